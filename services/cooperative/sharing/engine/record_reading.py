"""Reading a record strictly enough to explain it or to share again: its lists, and the fields of their rows."""

from typing import Any

from services.cooperative.sharing.engine.fields import LARGEST, Row
from services.cooperative.sharing.engine.reading import document

TEXTS = {
    "lines": ("lot", "demand"),
    "confirmed": ("lot", "demand"),
    "answers": ("lot", "demand", "kind"),
    "hak_lines": ("lot", "demand"),
    "sellers": ("seller", "commodity"),
    "lots": ("lot", "seller", "commodity", "unit", "reason"),
    "demands": ("demand", "buyer", "reason"),
    "villages": ("village", "reason"),
    "bottlenecks": ("commodity",),
}
NUMBERS = {
    "lines": ("quantity", "price"),
    "confirmed": ("quantity",),
    "answers": ("quantity", "refused"),
    "hak_lines": ("first", "hak"),
    "sellers": ("first", "hak", "due", "given", "refused", "credit"),
    "lots": ("quantity", "per", "price", "given"),
    "demands": ("quantity", "cap", "filled"),
    "villages": ("effective_cost",),
    "bottlenecks": ("level", "amount"),
}
HUGE = LARGEST**2
REASONS = {
    "lots": (
        "FULL", "ANSWERED", "NO_DEMAND", "DATE", "GRADE", "CERTIFICATE", "CAP", "BELOW_MIN_LOT",
        "VILLAGE_CLOSED", "STEP_ROUNDING", "TIER_NOT_REACHED", "LEVEL",
    ),
    "demands": ("FULL", "NO_ELIGIBLE_LOT", "STEP_ROUNDING", "SHORT"),
}  # fmt: skip


def read_record(text: bytes) -> dict[str, Any]:
    """The record in a file. Raises `Refused` for what is none."""
    plain = document(text)
    top = Row(plain, "")
    for key in ("batch", "input_hash", "output_hash"):
        top.text(key)
    for key in TEXTS:
        _rows(top, key)
    _reasons(top)
    _references(top)
    for key in ("cost", "engine", "names"):
        top.row(key)
    top.row("parameters").number("credit_permille", 0)
    top.names("names")
    return plain


def _reasons(top: Row) -> None:
    for key, known in REASONS.items():
        for row in top.rows(key):
            row.choice("reason", known)
            if row.plain["reason"] == "LEVEL":
                row.number("level", 0)


def _references(top: Row) -> None:
    """What one list names stands in the other."""
    lots = {row.plain["lot"] for row in top.rows("lots")}
    demands = {row.plain["demand"] for row in top.rows("demands")}
    for key in ("lines", "confirmed", "answers", "hak_lines"):
        for row in top.rows(key):
            row.one_of("lot", lots, "a lot of `lots`")
            row.one_of("demand", demands, "a demand of `demands`")
    sellers = set()
    for row in top.rows("sellers"):
        place = row.plain["seller"], row.plain["commodity"]
        if place in sellers:
            row.refuse("seller", "must have one row of each commodity")
        sellers.add(place)
    _sellers(top, sellers)


def _sellers(top: Row, sellers: set[tuple[str, str]]) -> None:
    for row in top.rows("lots"):
        if (row.plain["seller"], row.plain["commodity"]) not in sellers:
            row.refuse("seller", "must have a row in `sellers`")
    for row in top.rows("bottlenecks"):
        if row.plain.get("tier", "") is not None:
            row.number("tier", -HUGE, HUGE)
        members = row.texts("members")
        if not members or {(member, row.plain["commodity"]) for member in members} - sellers:
            row.refuse("members", "must name sellers of `sellers`")


def _rows(top: Row, key: str) -> None:
    if key not in top.plain:
        top.refuse(key, "is required: this is no record")
    for row in top.rows(key):
        for name in TEXTS[key]:
            row.text(name)
        for name in NUMBERS[key]:
            row.number(name, -HUGE, HUGE)
