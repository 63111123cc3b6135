"""What a batch may say, and that everything else is refused with its place."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.cooperative.sharing.engine import Refused, read, solve
from services.cooperative.sharing.engine.canonical import canonical
from services.cooperative.sharing.verify import Malformed, first_complaint
from tests.cooperative.engine.documents import batch, demand, documents, lot, raw


def _changed(path: str, value: Any) -> bytes:
    document = batch(
        [lot("L1", 10)],
        [demand("D1", 5)],
        confirmed=[{"lot": "L1", "demand": "D1", "quantity": 1}],
        credits=[{"seller": "SL1", "commodity": "cabai", "amount": 1}],
    )
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = document
    for part in way:
        place = place[part]
    place[last] = value
    return raw(document)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("lots.0.quantity", -1, "lots[0].quantity"),
        ("lots.0.quantity", 10**12 + 1, "lots[0].quantity"),
        ("lots.0.quantity", True, "lots[0].quantity"),
        ("lots.0.quantity", "5", "lots[0].quantity"),
        ("lots.0.quantity", 5.0, "lots[0].quantity"),
        ("lots.0.unknown", {"deep": [1.5]}, "lots[0].unknown.deep[0]"),
        ("lots.0.step", 0, "lots[0].step"),
        ("lots.0.minimum", 0, "lots[0].minimum"),
        ("lots.0.price", 0, "lots[0].price"),
        ("lots.0.lot", "", "lots[0].lot"),
        ("lots.0.lot", "\ud800", "lots[0].lot"),
        ("lots.0.grade", "C", "lots[0].grade"),
        ("lots.0.village", "X", "lots[0].village"),
        ("lots.0.commodity", "X", "lots[0].commodity"),
        ("lots.0.expiry", "27-11-2026", "lots[0].expiry"),
        ("lots.0.certificates", [1], "lots[0].certificates[0]"),
        ("demands.0.quantity", 0, "demands[0].quantity"),
        ("demands.0.priority", 0, "demands[0].priority"),
        ("parameters.tier_permille", 4, "parameters.tier_permille"),
        ("parameters.first_share_permille", 1001, "parameters.first_share_permille"),
        ("parameters.credit_permille", None, "parameters.credit_permille"),
        ("commodities.0.reference_price", 0, "commodities[0].reference_price"),
        ("villages.0.stop_cost", -1, "villages[0].stop_cost"),
        ("confirmed.0.quantity", 6, "confirmed[0].quantity"),
        ("confirmed.0.lot", "L9", "confirmed[0].lot"),
        ("credits", [{"seller": "S", "commodity": "X", "amount": 1}], "credits[0].commodity"),
        ("day", "2026-02-30", "day"),
        ("batch", 7, "batch"),
    ],
)
def test_what_is_not_allowed_is_refused_with_its_place(path: str, value: Any, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read(_changed(path, value))

    assert refused.value.path == said


MOST = 10**12
LIMITS = {
    "parameters.first_share_permille": (0, 1000),
    "parameters.credit_permille": (0, 1_000_000),
    "parameters.tier_permille": (0, 10_000),
    "commodities.0.per": (1, MOST),
    "commodities.0.reference_price": (1, MOST),
    "villages.0.stop_cost": (0, MOST),
    "villages.0.haul_cost": (0, MOST),
    "lots.0.quantity": (1, MOST),
    "lots.0.step": (1, MOST),
    "lots.0.minimum": (1, MOST),
    "lots.0.price": (1, MOST),
    "demands.0.quantity": (1, MOST),
    "demands.0.cap": (1, MOST),
    "demands.0.priority": (1, MOST),
    "credits.0.amount": (-MOST, MOST),
}


@pytest.mark.parametrize("path", LIMITS)
def test_a_number_is_read_up_to_its_limits_and_refused_beyond(path: str) -> None:
    """A lot of nothing is allowed too, where nothing of it is confirmed."""
    for limit in LIMITS[path]:
        assert first_complaint(_changed(path, limit), canonical(solve(read(_changed(path, limit))))) is None
    low, high = LIMITS[path]
    for beyond in (low - 1, high + 1):
        if (path, beyond) == ("lots.0.quantity", 0):
            continue
        with pytest.raises(Refused) as refused:
            read(_changed(path, beyond))
        assert refused.value.path == path.replace(".0", "[0]")
        with pytest.raises(Malformed) as malformed:
            first_complaint(_changed(path, beyond), b"{}")
        assert malformed.value.path == path.replace(".0", "[0]")


@pytest.mark.parametrize("name", ["first_share_permille", "tier_permille", "credit_permille"])
def test_each_parameter_is_required(name: str) -> None:
    document = json.loads(_changed("batch", "b"))
    del document["parameters"][name]

    with pytest.raises(Refused, match=rf"^parameters\.{name}: "):
        read(raw(document))


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff{}", b'{"batch": 1e400}', b"[" * 100_000])
def test_what_is_no_json_object_is_refused(text: bytes) -> None:
    with pytest.raises(Refused):
        read(text)


def test_an_id_stands_once() -> None:
    with pytest.raises(Refused, match=r"lots\[1\]"):
        read(raw(batch([lot("L1", 1), lot("L1", 2)], [])))


def test_defaults_and_unknown_keys_do_not_change_the_hash() -> None:
    plain = batch([lot("L1", 5)], [demand("D1", 3)])
    told = batch(
        [lot("L1", 5, step=1, minimum=1, certificates=[], note="x")],
        [demand("D1", 3, priority=1)],
        credits=[], confirmed=[], names={"SL1": "Ibu Sari"}, other=1,
    )  # fmt: skip

    assert read(raw(plain)).input_hash == read(raw(told)).input_hash


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 10**13),
    st.floats(),
    st.text(max_size=3),
    st.lists(st.integers()),
    st.just({}),
)


@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(), VALUES, st.data())
def test_every_fuzzed_input_is_shared_truly_or_refused(
    document: Any, value: Any, data: st.DataObject
) -> None:
    place: Any = document
    while isinstance(place, (dict, list)) and place:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], (dict, list)) or not place[key] or data.draw(st.integers(0, 5)) == 0:
            place[key] = value
            break
        place = place[key]
    text = json.dumps(document).encode()
    try:
        record = solve(read(text))
    except Refused:
        return

    assert first_complaint(text, canonical(record)) is None
