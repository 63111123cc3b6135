"""The frozen input of a sharing, as the file says it, with its defaults filled in and its hash."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter
from typing import Any

from services.cooperative.sharing.engine.canonical import digest


@dataclass(frozen=True, slots=True)
class Parameters:
    """A cooperative's policy: first share and credit value in thousandths, width of a price tier likewise."""

    first_share_permille: int
    tier_permille: int
    credit_permille: int


@dataclass(frozen=True, slots=True)
class Commodity:
    """Prices are rupiah per `per` units; grades best first; the reference comes from outside the sharing."""

    commodity: str
    unit: str
    per: int
    grades: tuple[str, ...]
    reference_price: int


@dataclass(frozen=True, slots=True)
class Village:
    """`stop_cost`: rupiah for a truck's stop; `haul_cost`: rupiah per `per` units on top of a lot's price."""

    village: str
    stop_cost: int
    haul_cost: int


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
    ready: str | None
    expiry: str | None
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    demand: str
    buyer: str
    commodity: str
    grade: str | None
    quantity: int
    cap: int
    certificates: tuple[str, ...]
    priority: int


@dataclass(frozen=True, slots=True)
class Carried:
    """A seller's credit in one commodity, in units: positive when less was given than was due."""

    seller: str
    commodity: str
    amount: int


@dataclass(frozen=True, slots=True)
class Line:
    """So much of a lot for a demand."""

    lot: str
    demand: str
    quantity: int


@dataclass(frozen=True)
class Batch:
    """One sharing's input; every list sorted by its ids, so that the order of the file's rows says nothing."""

    batch: str
    day: str
    parameters: Parameters
    commodities: tuple[Commodity, ...]
    villages: tuple[Village, ...]
    lots: tuple[Lot, ...]
    demands: tuple[Demand, ...]
    credits: tuple[Carried, ...]
    confirmed: tuple[Line, ...]
    names: Mapping[str, str]

    @cached_property
    def input_hash(self) -> str:
        """SHA-256 of the canonical form; `names` are for sentences only and are left out."""
        plain = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "names"}
        return digest({name: _plain(value) for name, value in plain.items()})

    @cached_property
    def confirmed_of_lots(self) -> Counter[str]:
        return _total((line.lot, line.quantity) for line in self.confirmed)

    @cached_property
    def confirmed_of_demands(self) -> Counter[str]:
        return _total((line.demand, line.quantity) for line in self.confirmed)


def _total(pairs: Any) -> Counter[str]:
    total: Counter[str] = Counter()
    for name, quantity in pairs:
        total[name] += quantity
    return total


def _plain(value: Any) -> Any:
    if not isinstance(value, tuple):
        return _row(value) if hasattr(type(value), "__slots__") else value
    if not value:
        return value
    names = tuple(one.name for one in fields(value[0]))
    columns = attrgetter(*names)
    return [
        {name: one for name, one in zip(names, columns(row), strict=True) if one is not None} for row in value
    ]


def _row(value: Any) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}
