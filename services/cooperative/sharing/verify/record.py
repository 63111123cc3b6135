"""A record as the verifier reads it: its shape is asked for here, its truth elsewhere."""

from dataclasses import dataclass
from typing import Any

from services.cooperative.documents import (
    Absent,
    Malformed,
    listed,
    maybe,
    name,
    number,
    shaped,
    text,
    texts_by_name,
    truth,
)

_ANY = number(-(10**30), 10**30)
KINDS = ("accepted", "reduced", "declined", "lapsed", "short")

_SHAPE = shaped(
    batch=name,
    input_hash=text,
    previous=maybe(text),
    parameters=shaped(first_share_permille=_ANY, tier_permille=_ANY, credit_permille=_ANY),
    lines=listed(shaped(lot=name, demand=name, quantity=_ANY, price=_ANY)),
    confirmed=listed(shaped(lot=name, demand=name, quantity=_ANY)),
    answers=listed(shaped(lot=name, demand=name, kind=text, quantity=_ANY, refused=_ANY)),
    hak_lines=listed(shaped(lot=name, demand=name, first=_ANY, hak=_ANY)),
    sellers=listed(
        shaped(
            seller=name, commodity=name, first=_ANY, hak=_ANY, due=_ANY, given=_ANY, refused=_ANY, credit=_ANY
        )
    ),
    lots=listed(
        shaped(
            lot=name,
            seller=name,
            commodity=name,
            quantity=_ANY,
            unit=text,
            per=_ANY,
            price=_ANY,
            given=_ANY,
            reason=text,
            level=Absent(_ANY, None),
        )
    ),
    demands=listed(shaped(demand=name, buyer=name, quantity=_ANY, cap=_ANY, filled=_ANY, reason=text)),
    villages=listed(shaped(village=name, open=truth, effective_cost=_ANY, reason=text)),
    cost=shaped(goods=_ANY, haul=_ANY, stops=_ANY),
    bottlenecks=listed(
        shaped(commodity=name, tier=maybe(_ANY), level=_ANY, members=listed(name), amount=_ANY)
    ),
    names=texts_by_name,
    engine=shaped(name=text, version=text),
    output_hash=text,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """The record's lists as they stand, and the whole document for its hash."""

    batch: str
    input_hash: str
    previous: str | None
    parameters: dict[str, int]
    lines: list[Row]
    confirmed: list[Row]
    answers: list[Row]
    hak_lines: list[Row]
    sellers: list[Row]
    lots: list[Row]
    demands: list[Row]
    villages: list[Row]
    cost: dict[str, int]
    bottlenecks: list[Row]
    names: dict[str, str]
    engine: dict[str, str]
    output_hash: str
    plain: dict[str, Any]


def record_of(document: Any, batch: str) -> Record:
    found = _SHAPE(document, "")
    if found["batch"] != batch:
        raise Malformed("batch", f"the record is of batch {found['batch']!r}, the file is batch {batch!r}")
    return Record(**found, plain=document)
