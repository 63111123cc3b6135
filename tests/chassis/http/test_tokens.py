"""A token is its caller's word, signed: anything odd about it is 401, never a crash."""

import base64
import json
import stat
import time
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import jwt
import pytest

from services.chassis.access import Caller, Unknown
from services.chassis.ids import new_id
from services.chassis.tokens import DAY, SigningKey, TokenVerifier, issue, write_key_set

SARI = Caller(new_id(), "maker", ("33.01.18.2006",), cooperative=new_id(), on_behalf_of=new_id())


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    made = SigningKey.new()
    write_key_set(tmp_path / "keys.json", [made])
    return made


@pytest.fixture
def verify(key: SigningKey, tmp_path: Path) -> TokenVerifier:
    return TokenVerifier(tmp_path / "keys.json")


def signed(key: SigningKey, header: dict[str, Any] | None = None, **claims: object) -> str:
    now = datetime.now(UTC)
    said = {"iss": "lumbung", "sub": str(new_id()), "role": "maker", "iat": now, "exp": now + DAY} | claims
    kept = {name: claim for name, claim in said.items() if claim is not ...}
    return jwt.encode(kept, key.private, "EdDSA", headers={"kid": key.kid} | (header or {}))


def test_a_token_carries_its_caller_whole(key: SigningKey, verify: TokenVerifier) -> None:
    assert verify(issue(key, SARI)) == SARI


def test_a_token_from_another_key_is_refused(verify: TokenVerifier, key: SigningKey) -> None:
    forger = SigningKey(key.kid, SigningKey.new().private)

    with pytest.raises(Unknown):
        verify(issue(forger, SARI))
    with pytest.raises(Unknown):
        verify(issue(SigningKey.new(), SARI))


def test_a_token_ends_with_its_time_give_or_take_a_few_seconds(
    key: SigningKey, verify: TokenVerifier
) -> None:
    def expired_for(ago: timedelta) -> str:
        return issue(key, SARI, lasts=timedelta(hours=1), at=datetime.now(UTC) - timedelta(hours=1) - ago)

    assert verify(expired_for(timedelta(seconds=2))) == SARI
    with pytest.raises(Unknown):
        verify(expired_for(timedelta(seconds=30)))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "another"},
        {"iss": ...},
        {"exp": ...},
        {"iat": ...},
        {"sub": ...},
        {"sub": "bu-sari"},
        {"role": ...},
        {"role": ["maker"]},
        {"role": "Maker\n"},
        {"role": "a" * 41},
        {"villages": "33.01.18.2006"},
        {"villages": ["x"] * 101},
        {"villages": [None]},
        {"cooperative": 7},
        {"on_behalf_of": "her neighbour"},
        {"nbf": 4_000_000_000},
        {"exp": "soon"},
        {"exp": float("inf")},
        {"exp": float("nan")},
    ],
    ids=str,
)
def test_a_token_with_odd_claims_is_refused(
    claims: dict[str, Any], key: SigningKey, verify: TokenVerifier
) -> None:
    with pytest.raises(Unknown):
        verify(signed(key, **claims))


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "a.b.c",
        "ééé.é.é",
        f"{part({'alg': 'none', 'typ': 'JWT'})}.{part({'sub': str(new_id()), 'role': 'maker'})}.",
        f"{part({'alg': 'EdDSA', 'kid': ['x']})}.{part({})}.AAAA",
        f"{part({'alg': 'EdDSA', 'kid': {'x': 1}})}.{part({})}.AAAA",
        f"{part('alg')}.{part({})}.AAAA",
        base64.urlsafe_b64encode(b"[" * 2900).decode() + ".e30.AAAA",
        "A" * 100_000,
    ],
    ids=lambda token: token[:12] or "empty",
)
def test_what_is_no_token_is_refused(token: str, verify: TokenVerifier) -> None:
    with pytest.raises(Unknown):
        verify(token)


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(
    key: SigningKey, verify: TokenVerifier
) -> None:
    secret = key.private.public_key().public_bytes_raw()
    confused = jwt.encode({"sub": str(new_id()), "role": "maker"}, secret, "HS256", headers={"kid": key.kid})

    with pytest.raises(Unknown):
        verify(confused)


def test_a_key_added_to_the_set_is_known_without_a_restart(
    key: SigningKey, verify: TokenVerifier, tmp_path: Path
) -> None:
    verify(issue(key, SARI))
    added = SigningKey.new()

    write_key_set(tmp_path / "keys.json", [key, added])

    assert verify(issue(added, SARI)) == SARI


def test_a_token_that_was_believed_before_ends_with_its_time_all_the_same(
    key: SigningKey, verify: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issue(key, SARI, lasts=timedelta(hours=1))
    verify(token)

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Tomorrow":
            return cls.fromtimestamp(time.time(), tz)

    later = time.time() + DAY.total_seconds()
    monkeypatch.setattr("services.chassis.tokens.time.time", lambda: later)
    monkeypatch.setattr("jwt.api_jwt.datetime", Tomorrow)

    with pytest.raises(Unknown):
        verify(token)


def test_a_key_that_was_replaced_takes_with_it_what_it_signed(
    key: SigningKey, verify: TokenVerifier, tmp_path: Path
) -> None:
    token, new = issue(key, SARI), SigningKey.new()
    verify(token)
    write_key_set(tmp_path / "keys.json", [new])

    verify(issue(new, SARI))

    with pytest.raises(Unknown):
        verify(token)


def test_a_saved_key_is_its_owners_alone_and_signs_as_before(
    key: SigningKey, verify: TokenVerifier, tmp_path: Path
) -> None:
    key.save(tmp_path / "private" / "key.json")

    loaded = SigningKey.load(tmp_path / "private" / "key.json")

    assert verify(issue(loaded, SARI)) == SARI
    assert stat.S_IMODE((tmp_path / "private" / "key.json").stat().st_mode) == 0o600
    assert '"d"' not in (tmp_path / "keys.json").read_text()
