"""Sentences come from the record alone, and say nothing that is not in it."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.cooperative.sharing.engine.sentences import explained
from services.cooperative.sharing.engine.words import WHY
from tests.cooperative.engine.documents import Document, batch, demand, documents, lot, shared


def test_ibu_sari_reads_what_she_gives_and_why() -> None:
    lots = [lot(f"L{place}", 20_000, 100) for place in range(2)]
    record = shared(batch(lots, [demand("D1", 25_000)], names={"SL0": "Ibu Sari"}))

    assert explained(record, "SL0", "id") == [
        "Ibu Sari: diminta 12,5 kg dari 20 kg cabai. 25 kg dipesan, 2 penjual; "
        "yang ikut dibagi menawar sampai Rp100/g, dan haknya masing-masing paling banyak 12,5 kg."
    ]


def test_a_lower_price_shares_as_the_sentence_says() -> None:
    document = batch([lot("L0", 20, 100), lot("L1", 20, 119)], [demand("D1", 15)])
    (text,) = explained(shared(document), "SL1", "en")
    assert "one below Rp119" in text

    document["lots"][1]["price"] = 100

    assert {row["lot"]: row["given"] for row in shared(document)["lots"]}["L1"] > 0


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(), st.sampled_from(("id", "en")))
def test_every_seller_and_line_has_at_most_two_sentences(document: Document, language: str) -> None:
    record = shared(document)

    texts = explained(record, None, language)

    with_lots = {(one["seller"], one["commodity"]) for one in record["lots"]}
    assert len(texts) == len(with_lots) + len(record["demands"])
    assert all(len(re.findall(r"\.( |$)", text)) <= 2 for text in texts)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_every_number_is_in_the_record_or_a_sum_of_it(document: Document) -> None:
    record = shared(document)
    known = {
        str(value) for key in ("lots", "demands", "sellers") for row in record[key] for value in row.values()
    }
    known |= {str(number) for number in range(len(record["lots"]) + 1)} | {"1"}
    known |= {str(row["quantity"] - row["filled"]) for row in record["demands"]}
    known |= {str(sum(row["quantity"] for row in record["demands"]))}

    for row in record["demands"]:
        text = next(one for one in explained(record, None, "en") if f" {row['demand']}:" in one)
        assert set(re.findall(r"\b\d+\b", text)) <= known


def test_every_reason_has_its_words_in_both_languages() -> None:
    assert WHY["id"].keys() == WHY["en"].keys()
