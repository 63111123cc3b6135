"""The sentence of a share, from the record alone."""

from uuid import UUID

from hypothesis import given

from services.cooperative.sharing import Batch, Record, sentences, share
from tests.cooperative.sharing.batches import BASKET, batch, batches, demand, lot

LINE = UUID(int=100)


def said_of(record: Record, line_id: UUID, lot_id: UUID) -> dict[str, str]:
    line = next(line for line in record.lines if line.line_id == line_id)
    part = next(part for part in line.parts if part.lot_id == lot_id)
    return sentences(line, part, record.round)


def test_a_seller_at_the_level_reads_what_was_ordered_and_how_it_was_split() -> None:
    record = share(batch(demand(37_500), lot(1, 40_000), lot(2, 17_500), lot(3, 1_000)))

    said = said_of(record, LINE, UUID(int=1001))

    assert said["id"] == (
        "Diminta 19 kg dari 40 kg cabai Anda, Rp36.000/kg. "
        "37,5 kg dipesan, dibagi rata ke 3 lot: masing-masing paling banyak 19 kg."
    )
    assert said["en"] == (
        "You are asked for 19 kg of your 40 kg of cabai, at Rp36,000/kg. "
        "37.5 kg were ordered, shared evenly over 3 lots: at most 19 kg each."
    )


def test_a_seller_who_lost_the_draw_reads_so() -> None:
    record = share(batch(demand(15_000), lot(1, 40_000), lot(2, 40_000)))
    loser = next(part.lot_id for part in record.lines[0].parts if part.reason == "DRAWN_OUT")

    assert said_of(record, LINE, loser)["id"].endswith(
        "paling banyak 8 kg, dan undian sisa 1 kg jatuh ke lot lain."
    )


def test_when_there_is_too_little_the_seller_reads_that_all_of_it_is_asked_for() -> None:
    record = share(batch(demand(500_000), lot(1, 20_000), lot(2, 35_000)))

    assert said_of(record, LINE, UUID(int=1001))["id"] == (
        "Diminta seluruh 20 kg cabai Anda, Rp36.000/kg. "
        "500 kg dipesan, dan 2 lot yang memenuhi syarat hanya punya 55 kg: semuanya diminta."
    )


def test_a_later_round_speaks_of_what_is_still_missing() -> None:
    weaver = {"commodity_id": BASKET, "grade": None, "per": 1, "price": 45_000}
    record = share(
        batch(demand(4, commodity_id=BASKET, grade=None, cap=60_000, per=1), lot(1, 20, **weaver), round=2)
    )

    assert said_of(record, LINE, UUID(int=1001))["en"] == (
        "You are asked for 4 pieces of your 20 pieces of keranjang, at Rp45,000/piece. "
        "4 pieces are still missing, and only your lot qualifies."
    )


@given(batches())
def test_every_part_has_at_most_two_sentences_in_both_languages(batch: Batch) -> None:
    record = share(batch)

    for line in record.lines:
        for part in line.parts:
            said = said_of(record, line.line_id, part.lot_id)
            assert set(said) == {"id", "en"}
            assert all(text.count(". ") == 1 and text.endswith(".") for text in said.values())
