"""Sentences come from the record alone, and say nothing that is not in it."""

import re
from functools import cache
from random import Random
from typing import Any

import pytest

from services.cooperative.sharing.engine import Record, read, reshare, solve
from services.cooperative.sharing.engine.sentences import explained
from services.cooperative.sharing.engine.words import BUYER_WHY, WHY
from tests.cooperative.engine import markets
from tests.cooperative.engine.documents import batch, commodity, demand, lot, raw, shared
from tests.cooperative.verify.worlds import answers

NUMBER = re.compile(r"(?<![\w.,])(?:Rp)?\d[\d.,]*(?<![.,])(?: k?g\b| butir\b| eggs?\b)?")


def _written(quantity: int, unit: str, language: str) -> str:
    """`12500` g: `12,5 kg`; in English `12.5 kg`."""
    if unit != "g" or 0 < quantity < 1000:
        english = (
            f"{quantity:,} {unit if language == 'id' or unit == 'g' else 'egg' if quantity == 1 else 'eggs'}"
        )
    else:
        english = f"{quantity // 1000:,}" + f".{quantity % 1000:03}".rstrip("0").rstrip(".") + " kg"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def _rupiah(value: int, language: str) -> str:
    return f"Rp{value:,}" if language == "en" else f"Rp{value:,}".replace(",", ".")


@cache
def _records(seed: int) -> tuple[Record, ...]:
    """A sharing, and two rounds of answers to it."""
    read_batch, draw = read(raw(markets.whole(seed))), Random(seed)
    records = [solve(read_batch)]
    for _ in range(2):
        records.append(reshare(read_batch, records[-1], answers(records[-1], draw)))
    return tuple(records)


def _lots_of(record: Record, row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        one
        for one in record["lots"]
        if (one["seller"], one["commodity"]) == (row["seller"], row["commodity"])
    ]


def _numbers_of_seller(record: Record, row: dict[str, Any], language: str) -> set[str]:
    """All that a text to a seller may say, from the rows that concern him."""
    lots = _lots_of(record, row)
    here = [one for one in record["lots"] if one["commodity"] == row["commodity"]]
    unit = here[0]["unit"] if here else ""
    refused = {
        own["lot"]: sum(one["refused"] for one in record["answers"] if one["lot"] == own["lot"])
        for own in lots
    }
    known = {row["demand"]: row["quantity"] for row in record["demands"] if _served(record, row, here)}
    amounts = {
        *(sum(one[key] for one in lots) for key in ("given", "quantity")),
        *(one["level"] for one in lots if "level" in one),
        *refused.values(),
        abs(row["credit"]),
        sum(known.values()),
    }
    sharing = len({one["seller"] for one in here if one["given"]})
    money = {one["price"] for one in here} | {one["cap"] for one in record["demands"]}
    return {
        f"{sharing:,}",
        *(_written(one, unit, language) for one in amounts),
        *(_rupiah(one, language) for one in money),
    }


def _served(record: Record, row: dict[str, Any], here: list[dict[str, Any]]) -> bool:
    names = {one["lot"] for one in here}
    return any(
        one["lot"] in names and one["demand"] == row["demand"]
        for key in ("hak_lines", "lines", "confirmed")
        for one in record[key]
    )


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("block", range(3))
def test_every_number_in_a_sellers_text_is_his_in_the_record(block: int, language: str) -> None:
    told = set()
    for seed in range(block * 40, block * 40 + 40):
        for record in _records(seed):
            for person in dict.fromkeys(row["seller"] for row in record["sellers"]):
                rows = [row for row in record["sellers"] if row["seller"] == person]
                texts = explained(record, person, language)
                assert len(texts) == len(rows)
                for row, text in zip(rows, texts, strict=True):
                    found = set(NUMBER.findall(text))
                    assert found <= _numbers_of_seller(record, row, language), (seed, text)
                    assert len(re.findall(r"\.(?: |$)", text)) <= 2
                    _check_first_words(record, row, text, language)
                    told |= {one["reason"] for one in _lots_of(record, row)}
    assert told == {"FULL", "ANSWERED", "NO_DEMAND", "DATE", "GRADE", "CERTIFICATE", "CAP", "BELOW_MIN_LOT",
                    "VILLAGE_CLOSED", "STEP_ROUNDING", "TIER_NOT_REACHED", "LEVEL"}  # fmt: skip


def _check_first_words(record: Record, row: dict[str, Any], text: str, language: str) -> None:
    """What he gives and what he offered stand first, each as the record has it."""
    lots = _lots_of(record, row)
    name = record["names"].get(row["seller"], row["seller"])
    if not lots:
        assert text.startswith(f"{name}: {'hari ini tidak' if language == 'id' else 'offers no'}")
        return
    given, offered = (
        _written(sum(one[key] for one in lots), lots[0]["unit"], language) for key in ("given", "quantity")
    )
    between = ("diminta", "dari", "") if language == "id" else ("asked for", "of", "of ")
    assert text.startswith(
        f"{name}: {between[0]} {given} {between[1]} {offered} {between[2]}{row['commodity']}"
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_number_in_a_buyers_text_is_in_his_row(language: str) -> None:
    told = set()
    for seed in range(120):
        for record in _records(seed):
            texts = explained(record, None, language)[-len(record["demands"]) :] if record["demands"] else []
            for row, text in zip(record["demands"], texts, strict=True):
                unit = "g" if row["demand"][0] == "c" else "butir"
                amounts = (row["filled"], row["quantity"], row["quantity"] - row["filled"])
                known = {_written(one, unit, language) for one in amounts} | {_rupiah(row["cap"], language)}
                assert set(NUMBER.findall(text)) <= known, (seed, text)
                assert len(re.findall(r"\.(?: |$)", text)) == 2
                assert f" {row['demand']}: " in text
                told.add(row["reason"])
    assert told == {"FULL", "NO_ELIGIBLE_LOT", "STEP_ROUNDING", "SHORT"}


def test_ibu_sari_reads_what_she_gives_and_why() -> None:
    lots = [lot(f"L{place}", 20_000, 100) for place in range(2)]
    record = shared(batch(lots, [demand("D1", 25_000)], names={"SL0": "Ibu Sari"}))

    assert explained(record, "SL0", "id") == [
        "Ibu Sari: diminta 12,5 kg dari 20 kg cabai; 25 kg dipesan, dibagi ke 2 penjual. "
        "Penjual sekelompok Anda berhak paling banyak 12,5 kg, menawarkan lebih banyak tidak menambah."
    ]


def test_of_several_lots_the_one_of_which_most_is_left_is_named() -> None:
    record = shared(batch([lot("L0", 5, seller="S"), lot("L1", 9, 130, seller="S")], [demand("D1", 5)]))

    (text,) = explained(record, "S", "id")

    assert "diminta 5 g dari 14 g cabai" in text
    assert "Harga lot L1 Rp130/g di atas batas pembeli" in text


def test_an_order_that_nobody_serves_is_never_said_to_be_of_the_wrong_commodity() -> None:
    """The record does not tell of which commodity such a demand is."""
    eggs = commodity("telur") | {"unit": "butir"}
    wanted = [demand("D1", 500), demand("D2", 40, commodity="telur")]
    record = shared(batch([lot("L0", 900)], wanted, commodities=[commodity(), eggs]))

    seller, *buyers = explained(record, None, "id")

    assert "paling sedikit 500 g dipesan, diisi 1 penjual" in seller
    assert buyers[1] == (
        "BD2, pesanan D2: belum terisi. "
        "Tidak ada lot yang cocok mutu, tanggal, dan sertifikatnya dengan harga sampai Rp120."
    )


def test_who_offers_nothing_today_is_told_what_is_kept_for_him() -> None:
    carried = [
        {"seller": one, "commodity": "cabai", "amount": kept} for one, kept in (("S8", 2500), ("S9", -1))
    ]
    record = shared(batch([lot("L0", 9)], [demand("D1", 5)], credits=carried))

    assert explained(record, "S8", "id") == [
        "S8: hari ini tidak menawarkan cabai. Hak 2,5 kg yang belum diterima dicatat untuk hari berikutnya."
    ]
    assert explained(record, "S9", "en") == [
        "S9: offers no cabai today. 1 g more than was due counts on the next days."
    ]


def test_every_reason_has_its_words_in_both_languages() -> None:
    for words in (WHY, BUYER_WHY):
        assert words["id"].keys() == words["en"].keys()
        for reason, said in words["id"].items():
            fields = [sorted(re.findall(r"{(\w+)}", one)) for one in (said, words["en"][reason])]
            assert fields[0] == fields[1], reason
