"""What a window's sharing depends on, frozen in the engine's format under pseudonyms."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.cooperative.domain.lines import Line
from services.cooperative.domain.policy import Policy
from services.cooperative.domain.registry import Commodity, Village
from services.cooperative.domain.windows import Window
from services.cooperative.sharing import Pseudonyms

LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class KnownLot:
    """A lot as catalog last told of it, with its seller's name."""

    lot_id: UUID
    lot_code: str
    seller_id: UUID
    seller_name: str
    village: str
    commodity_id: UUID
    grade: str | None
    available: int
    price: int
    ready_on: date | None
    expires_on: date | None
    certificates: Sequence[str]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a seller carries over in one commodity."""

    seller_id: UUID
    seller_name: str
    village: str
    commodity_id: UUID
    amount: int


@dataclass(frozen=True, slots=True)
class Market:
    """What a window can be shared over, as known now, and by which policy."""

    policy: Policy
    pseudonyms: Pseudonyms
    commodities: Sequence[Commodity]
    villages: Sequence[Village]
    lots: Sequence[KnownLot]
    credits: Sequence[Carried]


@dataclass(frozen=True, slots=True)
class Frozen:
    """The public batch, and what it does not say: `people` by pseudonym, `lots` and `demands` by theirs."""

    batch: str
    people: str
    known: str


def freeze(window: Window, lines: Sequence[Line], market: Market) -> Frozen:
    """The batch of these lines over this market. Rows in any order give the same hash."""
    named = {one.id: one for one in market.commodities}
    lots = [lot for lot in market.lots if _fits(lot, named)]
    secret = market.pseudonyms
    owners: list[KnownLot | Carried] = [*market.credits, *lots]
    batch = {
        "batch": f"{window.id}/{window.round + 1}" if window.round else str(window.id),
        "day": window.delivery_day.isoformat(),
        "parameters": market.policy.parameters(),
        "commodities": [_commodity(one) for one in market.commodities],
        "villages": _villages(market.villages, lots),
        "lots": [_lot(lot, named[lot.commodity_id], secret) for lot in lots],
        "demands": [_demand(line, named[line.commodity_id], secret) for line in lines],
        "credits": [_credit(one, named[one.commodity_id], secret) for one in market.credits],
    }
    people = {
        secret.of("seller", one.seller_id): {"name": one.seller_name, "village": one.village}
        for one in owners
    }
    known = {
        "lots": {
            secret.of("lot", lot.lot_id): [str(lot.lot_id), lot.lot_code, str(lot.seller_id), lot.village]
            for lot in lots
        },
        "demands": {secret.of("demand", line.id): str(line.id) for line in lines},
        "sellers": {secret.of("seller", one.seller_id): str(one.seller_id) for one in owners},
        "commodities": {one.name: str(one.id) for one in market.commodities},
    }
    return Frozen(_text(batch), _text(people), _text(known))


def _text(plain: Any) -> str:
    """Canonical, as its hash is taken of, with what the format calls defaults."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _fits(lot: KnownLot, named: Mapping[UUID, Commodity]) -> bool:
    """Catalog lists no lot with a grade that its commodity has not; one that had such would stop the sharing."""
    grades = named[lot.commodity_id].grades
    return lot.grade in grades if grades else True


def _commodity(one: Commodity) -> dict[str, Any]:
    return {
        "commodity": one.name,
        "unit": one.unit,
        "per": one.per,
        "grades": list(one.grades),
        "reference_price": one.reference_price,
    }


def _villages(villages: Iterable[Village], lots: Iterable[KnownLot]) -> list[dict[str, Any]]:
    """The member villages; and without cost those that only a lot names."""
    known = {one.code: (one.stop_cost, one.haul_cost) for one in villages}
    named = {lot.village: (0, 0) for lot in lots} | known
    return [
        {"village": code, "stop_cost": stop, "haul_cost": haul}
        for code, (stop, haul) in sorted(named.items())
    ]


def _lot(lot: KnownLot, commodity: Commodity, secret: Pseudonyms) -> dict[str, Any]:
    """Shared by the commodity's step, and never less of it than one."""
    row = {
        "lot": secret.of("lot", lot.lot_id),
        "seller": secret.of("seller", lot.seller_id),
        "village": lot.village,
        "commodity": commodity.name,
        "quantity": min(lot.available, LARGEST),
        "step": commodity.step,
        "minimum": commodity.step,
        "price": lot.price,
        "certificates": sorted(set(lot.certificates)),
    }
    days = {"ready": lot.ready_on, "expiry": lot.expires_on}
    row |= {name: day.isoformat() for name, day in days.items() if day is not None}
    return row | ({"grade": lot.grade} if commodity.grades else {})


def _demand(line: Line, commodity: Commodity, secret: Pseudonyms) -> dict[str, Any]:
    """A line that names no grade takes any."""
    row = {
        "demand": secret.of("demand", line.id),
        "buyer": secret.of("buyer", line.buyer_id),
        "commodity": commodity.name,
        "quantity": line.quantity,
        "cap": line.cap,
        "certificates": sorted(set(line.certificates)),
        "priority": 1,
    }
    if not commodity.grades:
        return row
    return row | {"grade": line.grade if line.grade in commodity.grades else commodity.grades[-1]}


def _credit(one: Carried, commodity: Commodity, secret: Pseudonyms) -> dict[str, Any]:
    return {
        "seller": secret.of("seller", one.seller_id),
        "commodity": commodity.name,
        "amount": max(-LARGEST, min(one.amount, LARGEST)),
    }
