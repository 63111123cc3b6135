"""What a window's sharing depends on, frozen in the engine's format under pseudonyms; done in the process apart."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.cooperative.domain.market import Carried, Good, KnownLot, Market, Wish
from services.cooperative.sharing import Pseudonyms

LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Frozen:
    """The public batch, and what it does not say: `people` by pseudonym, `lots` and `demands` by theirs, `rounds`."""

    batch: str
    people: str
    known: str
    rounds: int


@dataclass(frozen=True, slots=True)
class NotFrozen:
    """The market could not be frozen, and why."""

    complaint: str


def freeze(market: Market) -> Frozen:
    """The batch of these order lines over this market. Rows in any order give the same hash."""
    named = {one.id: one for one in market.goods}
    lots = [lot for lot in market.lots if _fits(lot, named)]
    secret = market.pseudonyms
    batch = {
        "batch": market.batch,
        "day": market.day.isoformat(),
        "parameters": dict(market.parameters),
        "commodities": [_commodity(one) for one in market.goods],
        "villages": _villages(market.villages, lots),
        "lots": [_lot(lot, named[lot.commodity_id], market) for lot in lots],
        "demands": [_demand(wish, named[wish.commodity_id], secret) for wish in market.wishes],
        "credits": [_credit(one, named[one.commodity_id], secret) for one in market.credits],
    }
    owners: list[KnownLot | Carried] = [*market.credits, *lots]
    people, known = _people(owners, secret), _known(market, lots, owners)
    return Frozen(_text(batch), _text(people), _text(known), market.rounds)


def _people(owners: Iterable[KnownLot | Carried], secret: Pseudonyms) -> dict[str, Any]:
    return {
        secret.of("seller", one.seller_id): {"name": one.seller_name, "village": one.village}
        for one in owners
    }


def _known(market: Market, lots: Iterable[KnownLot], owners: Iterable[KnownLot | Carried]) -> dict[str, Any]:
    """What stands behind the pseudonyms."""
    secret = market.pseudonyms
    return {
        "lots": {secret.of("lot", lot.lot_id): _behind(lot) for lot in lots},
        "demands": {secret.of("demand", wish.line_id): str(wish.line_id) for wish in market.wishes},
        "sellers": {secret.of("seller", one.seller_id): str(one.seller_id) for one in owners},
        "commodities": {one.name: str(one.id) for one in market.goods},
    }


def _behind(lot: KnownLot) -> list[str | int]:
    return [str(lot.lot_id), lot.lot_code, str(lot.seller_id), lot.village, lot.version]


def _text(plain: Any) -> str:
    """Canonical, as its hash is taken of, with what the format calls defaults."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _fits(lot: KnownLot, named: Mapping[UUID, Good]) -> bool:
    """Catalog lists no lot with a grade that its commodity has not; one that had such would stop the sharing."""
    grades = named[lot.commodity_id].grades
    return lot.grade in grades if grades else True


def _commodity(one: Good) -> dict[str, Any]:
    return {
        "commodity": one.name,
        "unit": one.unit,
        "per": one.per,
        "grades": list(one.grades),
        "reference_price": one.reference_price,
    }


def _villages(costs: Mapping[str, tuple[int, int]], lots: Iterable[KnownLot]) -> list[dict[str, Any]]:
    """The member villages; and without cost those that only a lot names."""
    named = {lot.village: (0, 0) for lot in lots} | dict(costs)
    return [
        {"village": code, "stop_cost": stop, "haul_cost": haul}
        for code, (stop, haul) in sorted(named.items())
    ]


def _lot(lot: KnownLot, commodity: Good, market: Market) -> dict[str, Any]:
    """Shared by the commodity's step, and never less of it than so many."""
    secret = market.pseudonyms
    row = {
        "lot": secret.of("lot", lot.lot_id),
        "seller": secret.of("seller", lot.seller_id),
        "village": lot.village,
        "commodity": commodity.name,
        "quantity": min(lot.available, LARGEST),
        "step": commodity.step,
        "minimum": min(market.minimum_steps * commodity.step, LARGEST),
        "price": lot.price,
        "certificates": sorted(set(lot.certificates)),
    }
    days = {"ready": lot.ready_on, "expiry": lot.expires_on}
    row |= {name: day.isoformat() for name, day in days.items() if day is not None}
    return row | ({"grade": lot.grade} if commodity.grades else {})


def _demand(wish: Wish, commodity: Good, secret: Pseudonyms) -> dict[str, Any]:
    """A line that names no grade takes any."""
    row = {
        "demand": secret.of("demand", wish.line_id),
        "buyer": secret.of("buyer", wish.buyer_id),
        "commodity": commodity.name,
        "quantity": wish.quantity,
        "cap": wish.cap,
        "certificates": sorted(set(wish.certificates)),
        "priority": 1,
    }
    if not commodity.grades:
        return row
    return row | {"grade": wish.grade if wish.grade in commodity.grades else commodity.grades[-1]}


def _credit(one: Carried, commodity: Good, secret: Pseudonyms) -> dict[str, Any]:
    return {
        "seller": secret.of("seller", one.seller_id),
        "commodity": commodity.name,
        "amount": max(-LARGEST, min(one.amount, LARGEST)),
    }
