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


def read_record(text: bytes) -> dict[str, Any]:
    """The record in a file. Raises `Refused` for what is none."""
    plain = document(text)
    top = Row(plain, "")
    for key in ("batch", "input_hash", "output_hash"):
        top.text(key)
    for key in TEXTS:
        _rows(top, key)
    for row in top.rows("bottlenecks"):
        row.texts("members")
    for key in ("cost", "parameters", "engine"):
        top.row(key)
    top.names("names")
    return plain


def _rows(top: Row, key: str) -> None:
    if key not in top.plain:
        top.refuse(key, "is required: this is no record")
    for row in top.rows(key):
        for name in TEXTS[key]:
            row.text(name)
        for name in NUMBERS[key]:
            row.number(name, -HUGE, HUGE)
