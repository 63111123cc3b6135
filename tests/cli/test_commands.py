"""What `lumbung` answers where nothing runs, or where it was called wrongly."""

import json

import jwt
import pytest

from infra.home import Home
from infra.people import Person, remember
from lumbung.cli import MODULES
from tests.cli.command import InThisProcess

SARI = Person("0190b1a2-0000-7000-8000-000000000001", "Bu Sari", "seller", ("33.01.18.2006",))
BAYU = Person("0190b1a2-0000-7000-8000-000000000002", "Mas Bayu", "assistant", ("33.01.18.2006",), SARI.id)
NEW = "0190b1a2-0000-7000-8000-00000000ffff"


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["status", "--json"],
        ["events"],
        ["migrate"],
        ["parked", "list"],
        ["parked", "replay", NEW],
        ["parked", "discard", NEW, "--why", "x"],
        ["parked", "show", NEW],
    ],
)
def test_where_nothing_runs_the_exit_code_is_3_and_the_way_out_is_told(
    nothing: InThisProcess, command: list[str]
) -> None:
    answer = nothing(*command)

    assert answer.returncode == 3
    assert "lumbung up" in answer.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["up", "--replicas", "orders"],
        ["up", "--replicas", "ordres=2"],
        ["up", "--replicas", "orders=0"],
        ["token", "king"],
        ["token", "seller", "--for", "nobody-known"],
        ["token", "assistant", "--on-behalf-of", "nobody-known"],
        ["token", "buyer", "--on-behalf-of", SARI.id],
        ["migrate", "ordres"],
        ["events", "ordres"],
        ["logs", "ordres"],
        ["fly"],
        ["parked", "list", "--service", "ordres"],
        ["parked", "show", "no-id"],
        ["parked", "discard", NEW],
        ["parked", "discard", NEW, "--why", " "],
        ["parked", "fly"],
        ["rebuild", "ordres", "lots"],
        ["rebuild", "orders", "lines"],
        ["rebuild", "notify", "messages"],
    ],
)
def test_wrong_use_exits_with_2_and_no_stack_trace(nothing: InThisProcess, command: list[str]) -> None:
    answer = nothing(*command)

    assert answer.returncode == 2
    assert answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "command", [*sorted(MODULES), *[f"parked {what}" for what in ("list", "show", "replay", "discard")]]
)
def test_every_help_text_has_an_example(nothing: InThisProcess, command: str) -> None:
    answer = nothing(*command.split(), "--help")

    assert answer.returncode == 0
    assert f"Example: lumbung {command}" in answer.stdout


def test_the_exit_codes_are_documented(nothing: InThisProcess) -> None:
    assert "Exit codes: 0 done, 1 failed, 2 wrong use, 3 nothing runs here" in " ".join(
        nothing("--help").stdout.split()
    )


def test_a_start_that_fails_shows_its_cause_and_leaves_nothing(
    nothing: InThisProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUMBUNG_STACK", "external")
    monkeypatch.delenv("LUMBUNG_POSTGRES", raising=False)

    answer = nothing("up")

    assert answer.returncode == 1
    assert "LUMBUNG_POSTGRES" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert nothing("down").stdout == "Nothing was running.\n"


def test_reset_asks_first_and_deletes_only_what_is_its_own(nothing: InThisProcess) -> None:
    (nothing.home / "letter.txt").write_text("mine")
    (nothing.home / "ports.json").write_text("{}")

    refused = nothing("reset")
    kept = (nothing.home / "ports.json").exists()
    done = nothing("reset", "--yes")

    assert (refused.returncode, kept, done.returncode) == (1, True, 0)
    assert [file.name for file in nothing.home.iterdir()] == ["letter.txt"]


def test_a_token_says_who_acts_for_whom(nothing: InThisProcess) -> None:
    remember(Home(nothing.home), {"sari": SARI, "bayu": BAYU})

    own = _claims(nothing("token", "seller", "--for", "sari").stdout)
    on_behalf = _claims(nothing("token", "assistant", "--for", "sari").stdout)
    himself = _claims(nothing("token", "assistant", "--for", "bayu").stdout)

    assert (own["sub"], own["role"], "on_behalf_of" in own) == (SARI.id, "seller", False)
    assert (on_behalf["sub"], on_behalf["on_behalf_of"]) == (BAYU.id, SARI.id)
    assert (himself["sub"], "on_behalf_of" in himself) == (BAYU.id, False)
    assert on_behalf["villages"] == ["33.01.18.2006"]


@pytest.mark.parametrize("role", ["assistant", "manager"])
def test_a_token_for_an_unknown_id_is_held_by_that_person(nothing: InThisProcess, role: str) -> None:
    remember(Home(nothing.home), {"sari": SARI, "bayu": BAYU})
    theirs = nothing("token", role, "--for", NEW, "--village", "33.01.18.2004", "--cooperative", SARI.id)

    claims = _claims(theirs.stdout)

    assert (claims["sub"], claims["role"], "on_behalf_of" in claims) == (NEW, role, False)
    assert (claims["villages"], claims["cooperative"]) == (["33.01.18.2004"], SARI.id)


def test_holder_and_person_acted_for_are_said_apart(nothing: InThisProcess) -> None:
    remember(Home(nothing.home), {"sari": SARI, "bayu": BAYU})

    named = _claims(nothing("token", "assistant", "--on-behalf-of", "sari").stdout)
    ids = _claims(nothing("token", "manager", "--for", NEW, "--on-behalf-of", SARI.id).stdout)
    by_id = _claims(nothing("token", "assistant", "--for", SARI.id).stdout)

    assert (named["sub"], named["on_behalf_of"]) == (BAYU.id, SARI.id)
    assert (ids["sub"], ids["on_behalf_of"]) == (NEW, SARI.id)
    assert (by_id["sub"], by_id["on_behalf_of"]) == (BAYU.id, SARI.id)


def test_the_private_key_is_for_its_owner_alone(nothing: InThisProcess) -> None:
    nothing("token", "operator")

    assert (nothing.home / "keys" / "private.json").stat().st_mode & 0o077 == 0
    assert "d" not in json.loads((nothing.home / "keys" / "jwks.json").read_text())["keys"][0]


def _claims(token: str) -> dict[str, object]:
    return dict(jwt.decode(token.strip(), options={"verify_signature": False}))
