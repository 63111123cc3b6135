"""What everybody of a solved sharing is told: each seller of each commodity, each buyer of each of his lines."""

from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
ToSellers = Mapping[tuple[str, str], Mapping[str, str]]
"""Of each seller's pseudonym and commodity the sentences, by language."""
LANGUAGES = ("id", "en")


def told_to_sellers(
    record: Row, people: Mapping[str, Any], behind: Row, not_held: Iterable[Row] = ()
) -> ToSellers:
    """To everyone who has a lot or a credit, also to who is asked for nothing.

    `not_held`: of lot and demand, by their pseudonyms, what catalog did not set aside and why.
    """
    from services.cooperative.sharing.engine.sentences import Explained  # here: in the process apart only

    named = {**record, "names": {seller: one["name"] for seller, one in people.items()}}
    codes = {lot: row[1] for lot, row in behind["lots"].items()}
    unheld: dict[str, dict[str, Mapping[str, int]]] = {}
    for row in not_held:
        unheld.setdefault(row["lot"], {})[row["demand"]] = row["causes"]
    said = {language: Explained(named, language, codes, unheld) for language in LANGUAGES}
    return {
        (row["seller"], row["commodity"]): {
            language: said[language].of_lots(row["seller"], row["commodity"]) for language in LANGUAGES
        }
        for row in record["sellers"]
    }


def told_to_all(batch: Row, record: Row, sellers: ToSellers, behind: Row) -> Iterable[dict[str, Any]]:
    """By the ids behind the pseudonyms; whose a line is, the service knows."""
    from services.cooperative.sharing.engine.sentences import Explained

    for (seller, commodity), sentences in sellers.items():
        yield {"seller_id": behind["sellers"][seller], "commodity": commodity, "sentences": sentences}
    said = {language: Explained(record, language) for language in LANGUAGES}
    of = {row["demand"]: row["commodity"] for row in batch["demands"]}
    for row in record["demands"]:
        yield {
            "line_id": behind["demands"][row["demand"]],
            "commodity": of[row["demand"]],
            "sentences": {language: said[language].own_demand(row) for language in LANGUAGES},
        }
