"""A batch as the verifier reads it: defaults filled in, every limit of the format checked."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.cooperative.documents import (
    Absent,
    Malformed,
    Reader,
    day,
    listed,
    name,
    number,
    shaped,
    texts_by_name,
)


def _tier_width(value: Any, path: str) -> int:
    return int(value) if type(value) is int and value == 0 else int(number(5, 10_000)(value, path))


def _signed(value: Any, path: str) -> int:
    return int(number(-(10**12))(value, path))


def _rows(reader: Reader) -> Absent:
    return Absent(listed(reader), [])


_NAMES = listed(name)
_SHAPE = shaped(
    batch=name,
    day=day,
    parameters=shaped(
        first_share_permille=number(0, 1000),
        tier_permille=_tier_width,
        credit_permille=number(0, 1_000_000),
    ),
    commodities=_rows(
        shaped(commodity=name, unit=name, per=number(1), grades=Absent(_NAMES, []), reference_price=number(1))
    ),
    villages=_rows(shaped(village=name, stop_cost=number(0), haul_cost=Absent(number(0), 0))),
    lots=_rows(
        shaped(
            lot=name,
            seller=name,
            village=name,
            commodity=name,
            grade=Absent(name, None),
            quantity=number(0),
            step=Absent(number(1), 1),
            minimum=Absent(number(1), 1),
            price=number(1),
            ready=Absent(day, None),
            expiry=Absent(day, None),
            certificates=Absent(_NAMES, []),
        )
    ),
    demands=_rows(
        shaped(
            demand=name,
            buyer=name,
            commodity=name,
            grade=Absent(name, None),
            quantity=number(1),
            cap=number(1),
            certificates=Absent(_NAMES, []),
            priority=Absent(number(1), 1),
        )
    ),
    credits=_rows(shaped(seller=name, commodity=name, amount=_signed)),
    confirmed=_rows(shaped(lot=name, demand=name, quantity=number(1))),
    names=Absent(texts_by_name, {}),
)


@dataclass(frozen=True, slots=True)
class Commodity:
    commodity: str
    unit: str
    per: int
    grades: list[str]
    reference_price: int


@dataclass(frozen=True, slots=True)
class Lot:
    lot: str
    seller: str
    village: str
    commodity: str
    grade: str | None
    quantity: int
    step: int
    minimum: int
    price: int
    ready: date | None
    expiry: date | None
    certificates: frozenset[str]


@dataclass(frozen=True, slots=True)
class Demand:
    demand: str
    buyer: str
    commodity: str
    grade: str | None
    quantity: int
    cap: int
    certificates: frozenset[str]
    priority: int


@dataclass(frozen=True, slots=True)
class Batch:
    """The frozen input, everything by its id. Quantities in the commodity's smallest unit, money in rupiah."""

    batch: str
    day: date
    parameters: dict[str, int]
    commodities: dict[str, Commodity]
    villages: dict[str, tuple[int, int]]
    lots: dict[str, Lot]
    demands: dict[str, Demand]
    credits: dict[tuple[str, str], int]
    confirmed: dict[tuple[str, str], int]
    names: dict[str, str]
    plain: dict[str, Any]


def batch_of(document: Any) -> Batch:
    found = _SHAPE(document, "")
    commodities = _unique(found["commodities"], "commodities", lambda row: row["commodity"])
    for place, row in enumerate(found["commodities"]):
        if len(set(row["grades"])) != len(row["grades"]):
            raise Malformed(f"commodities[{place}].grades", "must not name one twice")
    _unique(found["villages"], "villages", lambda row: row["village"])
    _unique(found["lots"], "lots", lambda row: row["lot"])
    _unique(found["demands"], "demands", lambda row: row["demand"])
    _unique(found["credits"], "credits", lambda row: (row["seller"], row["commodity"]))
    _unique(found["confirmed"], "confirmed", lambda row: (row["lot"], row["demand"]))
    for kind in ("lots", "demands"):
        _known_commodities(found[kind], kind, commodities)
    villages = {row["village"] for row in found["villages"]}
    for place, lot in enumerate(found["lots"]):
        if lot["village"] not in villages:
            raise Malformed(f"lots[{place}].village", "must be one of the villages")
    for place, credit in enumerate(found["credits"]):
        if credit["commodity"] not in commodities:
            raise Malformed(f"credits[{place}].commodity", "must be one of the commodities")
    batch = _built(found)
    _check_confirmed(batch, found["confirmed"])
    return batch


def _unique(rows: list[Any], kind: str, key: Callable[[Any], Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for place, row in enumerate(rows):
        if key(row) in found:
            raise Malformed(f"{kind}[{place}]", "must be unique in its list")
        found[key(row)] = row
    return found


def _known_commodities(rows: list[Any], kind: str, commodities: dict[str, Any]) -> None:
    for place, row in enumerate(rows):
        commodity = commodities.get(row["commodity"])
        if commodity is None:
            raise Malformed(f"{kind}[{place}].commodity", "must be one of the commodities")
        if commodity["grades"] and row["grade"] not in commodity["grades"]:
            raise Malformed(f"{kind}[{place}].grade", f"must be one of {', '.join(commodity['grades'])}")
        if not commodity["grades"] and row["grade"] is not None:
            raise Malformed(f"{kind}[{place}].grade", "must be absent: the commodity has no grades")


def _built(found: dict[str, Any]) -> Batch:
    for row in (*found["lots"], *found["demands"]):
        row["certificates"] = frozenset(row["certificates"])
    return Batch(
        batch=found["batch"],
        day=found["day"],
        parameters=found["parameters"],
        commodities={row["commodity"]: Commodity(**row) for row in found["commodities"]},
        villages={row["village"]: (row["stop_cost"], row["haul_cost"]) for row in found["villages"]},
        lots={row["lot"]: Lot(**row) for row in found["lots"]},
        demands={row["demand"]: Demand(**row) for row in found["demands"]},
        credits={(row["seller"], row["commodity"]): row["amount"] for row in found["credits"]},
        confirmed={(row["lot"], row["demand"]): row["quantity"] for row in found["confirmed"]},
        names=found["names"],
        plain=found,
    )


def _check_confirmed(batch: Batch, rows: Iterable[dict[str, Any]]) -> None:
    taken: defaultdict[str, int] = defaultdict(int)
    for place, row in enumerate(rows):
        path = f"confirmed[{place}]"
        lot, demand = batch.lots.get(row["lot"]), batch.demands.get(row["demand"])
        if lot is None:
            raise Malformed(f"{path}.lot", "must be one of the lots")
        if demand is None:
            raise Malformed(f"{path}.demand", "must be one of the demands")
        if lot.commodity != demand.commodity:
            raise Malformed(path, "must name a lot and a demand of one commodity")
        taken["lot " + row["lot"]] += row["quantity"]
        taken["demand " + row["demand"]] += row["quantity"]
        if taken["lot " + row["lot"]] > lot.quantity:
            raise Malformed(f"{path}.quantity", f"must not sum to more than the lot's {lot.quantity}")
        if taken["demand " + row["demand"]] > demand.quantity:
            raise Malformed(f"{path}.quantity", f"must not sum to more than the demand's {demand.quantity}")
