"""Bearer tokens: JWT signed with EdDSA, verified offline against a key set; and how they are issued."""

import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.chassis.access import Caller, Unknown
from services.chassis.ids import new_id

ALGORITHM = "EdDSA"
ISSUER = "lumbung"
DAY = timedelta(days=1)
LEEWAY = timedelta(seconds=5)
LONGEST = 4096
"""Characters. A key set's answer to anything longer is no, before it is parsed."""
REMEMBERED = 1_000
"""Tokens that were verified and come again: to verify one takes as long as two statements of the database."""

Claim = Annotated[str, Field(min_length=1, max_length=64)]


class Claims(BaseModel):
    """What a token says about who calls."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    sub: UUID
    role: Annotated[str, Field(pattern="^[a-z][a-z_-]{0,39}$")]
    villages: Annotated[tuple[Claim, ...], Field(max_length=100)] = ()
    cooperative: UUID | None = None
    on_behalf_of: UUID | None = None

    def caller(self) -> Caller:
        return Caller(self.sub, self.role, self.villages, self.cooperative, self.on_behalf_of)


class TokenVerifier:
    """Turns a token into its caller, by the public keys in a JWKS file; read again when a new key appears."""

    def __init__(self, key_set: Path, issuer: str = ISSUER) -> None:
        self._key_set, self._issuer = key_set, issuer
        self._keys: dict[str, jwt.PyJWK] = {}
        self._read_at = 0
        self._verified: dict[str, tuple[float, Caller]] = {}

    def __call__(self, token: str) -> Caller:
        """The caller.

        Raises:
            Unknown: the token is forged, expired, of another issuer, or says what no token should.
        """
        ends, caller = self._verified.get(token, (0.0, None))
        if caller is None or time.time() >= ends:
            ends, caller = self._verify(token)
            if len(self._verified) >= REMEMBERED:
                self._verified.clear()
            self._verified[token] = ends, caller
        return caller

    def _verify(self, token: str) -> tuple[float, Caller]:
        """The caller, and until when the token may be believed."""
        if len(token) > LONGEST:
            raise Unknown
        try:
            key = self._key(jwt.get_unverified_header(token).get("kid"))
            claims = jwt.decode(
                token, key, [ALGORITHM], issuer=self._issuer, leeway=LEEWAY,
                options={"require": ["exp", "iat", "iss", "sub"], "verify_aud": False},
            )  # fmt: skip
            ends = int(claims["exp"]) + LEEWAY.total_seconds()
            return ends, Claims.model_validate(claims).caller()
        except (jwt.PyJWTError, ValidationError, ValueError, OverflowError, RecursionError):
            raise Unknown from None

    def _key(self, kid: object) -> jwt.PyJWK:
        if kid not in self._keys:
            self._read_again()
        if not isinstance(kid, str) or kid not in self._keys:
            raise Unknown
        return self._keys[kid]

    def _read_again(self) -> None:
        changed = self._key_set.stat().st_mtime_ns
        if changed != self._read_at:
            keys = jwt.PyJWKSet.from_json(self._key_set.read_text()).keys
            self._keys, self._read_at = {str(key.key_id): key for key in keys}, changed
            self._verified.clear()


@dataclass(frozen=True)
class SigningKey:
    """A private key and its name; whoever holds it can issue tokens."""

    kid: str
    private: Ed25519PrivateKey

    @classmethod
    def new(cls) -> "SigningKey":
        return cls(str(new_id()), Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, path: Path) -> "SigningKey":
        stored = json.loads(path.read_text())
        private = OKPAlgorithm.from_jwk(stored)
        if not isinstance(private, Ed25519PrivateKey):
            raise TypeError(f"{path} holds no Ed25519 private key")
        return cls(str(stored["kid"]), private)

    def save(self, path: Path) -> None:
        """Write it where only its owner can read it."""
        _write(path, {**OKPAlgorithm.to_jwk(self.private, as_dict=True), "kid": self.kid}, mode=0o600)

    def public_jwk(self) -> dict[str, Any]:
        public = OKPAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {**public, "kid": self.kid, "alg": ALGORITHM, "use": "sig"}


def write_key_set(path: Path, keys: Iterable[SigningKey]) -> None:
    """Write the public halves as a JWKS file, which every service may read."""
    _write(path, {"keys": [key.public_jwk() for key in keys]}, mode=0o644)


def issue(
    key: SigningKey,
    caller: Caller,
    *,
    issuer: str = ISSUER,
    lasts: timedelta = DAY,
    at: datetime | None = None,
) -> str:
    """A token for a caller, from `at` (now, by the real clock) on."""
    start = at or datetime.now(UTC)
    claims = {
        "iss": issuer,
        "sub": str(caller.id),
        "role": caller.role,
        "villages": list(caller.villages),
        "cooperative": str(caller.cooperative) if caller.cooperative else None,
        "on_behalf_of": str(caller.on_behalf_of) if caller.on_behalf_of else None,
        "iat": start,
        "exp": start + lasts,
    }
    said = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(said, key.private, ALGORITHM, headers={"kid": key.kid})


def _write(path: Path, content: dict[str, Any], mode: int) -> None:
    """All or nothing: a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.touch(mode=mode)
    beside.write_text(json.dumps(content))
    beside.replace(path)
