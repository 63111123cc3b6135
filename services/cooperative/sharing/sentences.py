"""Why a share is what it is, in at most two sentences, from the record alone."""

from functools import lru_cache

from services.chassis import wording
from services.cooperative.sharing.record import LineRecord, Part

amount, price = (lru_cache(maxsize=10_000)(write) for write in (wording.amount, wording.price))
"""All shares of a line say the same numbers."""
ASKED = {
    "id": {
        "ALL": "Diminta seluruh {quantity} {commodity} Anda, {price}.",
        "SOME": "Diminta {quantity} dari {stock} {commodity} Anda, {price}.",
    },
    "en": {
        "ALL": "You are asked for all your {quantity} of {commodity}, at {price}.",
        "SOME": "You are asked for {quantity} of your {stock} of {commodity}, at {price}.",
    },
}
WHY = {
    "id": {
        "ALONE": "{wanted} {need}, dan hanya lot Anda yang memenuhi syarat.",
        "LEVEL": "{wanted} {need}, dibagi rata ke {lots} lot: masing-masing paling banyak {level}.",
        "DRAWN_OUT": "{wanted} {need}, dibagi rata ke {lots} lot: masing-masing paling banyak {level}, "
        "dan undian sisa {step} jatuh ke lot lain.",
        "SHORT": "{wanted} {need}, dan {lots} lot yang memenuhi syarat hanya punya {all}: semuanya diminta.",
    },
    "en": {
        "ALONE": "{wanted} {need}, and only your lot qualifies.",
        "LEVEL": "{wanted} {need}, shared evenly over {lots} lots: at most {level} each.",
        "DRAWN_OUT": "{wanted} {need}, shared evenly over {lots} lots: at most {level} each, "
        "and the draw for the last {step} went to other lots.",
        "SHORT": "{wanted} {need}, and the {lots} lots that qualify have only {all}: all of it is asked for.",
    },
}
NEED = {
    "id": {"first": "dipesan", "later": "masih kurang"},
    "en": {"first": "were ordered", "later": "are still missing"},
}


def sentences(line: LineRecord, part: Part, turn: int) -> dict[str, str]:
    """The sentence about one lot's part of one line in that round, in Indonesian (`id`) and English (`en`)."""
    return {language: _sentence(language, line, part, turn) for language in ("id", "en")}


def _sentence(language: str, line: LineRecord, part: Part, turn: int) -> str:
    asked = ASKED[language]["ALL" if part.quantity == part.stock else "SOME"]
    words = {
        "commodity": line.commodity_name,
        "price": price(part.price, line.per, line.unit, language),
        "need": NEED[language]["first" if turn == 1 else "later"],
        "lots": str(line.lots),
    }
    quantities = {
        "quantity": part.quantity,
        "stock": part.stock,
        "wanted": line.wanted,
        "level": line.level,
        "step": line.step,
        "all": line.stock,
    }
    words |= {name: amount(quantity, line.unit, language) for name, quantity in quantities.items()}
    return f"{asked} {WHY[language][_why(line, part)]}".format(**words)


def _why(line: LineRecord, part: Part) -> str:
    if line.lots == 1:
        return "ALONE"
    if line.stock < line.wanted:
        return "SHORT"
    return "DRAWN_OUT" if part.reason == "DRAWN_OUT" else "LEVEL"
