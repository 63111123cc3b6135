"""Who takes part, what they are known by, and what they have so far: lots, open windows, orders."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from infra.clock import read_offset, set_offset
from infra.home import Home
from services.chassis.access import Caller
from services.chassis.tokens import ISSUER, SigningKey, issue
from tests.faults.workload.client import Clients
from tests.harness.until import until

VILLAGES = {"33.01.18.2006": "Serang", "33.01.18.2004": "Cisuru", "33.01.18.2007": "Mulyadadi"}
KG = 1_000
COMMODITIES: dict[str, dict[str, Any]] = {
    "Cabai rawit": {"unit": "g", "per": KG, "grades": ["A", "B"], "step": KG, "reference_price": 36_000},
    "Kencur": {"unit": "g", "per": KG, "grades": [], "step": KG, "reference_price": 20_000},
}
SOLD, LISTED_ONLY = COMMODITIES
KNOWN_S = 60
CAP = 1_000_000
"""Caps begin here and prices stay below: each order has a cap of its own, by which it is known again."""


@dataclass
class Order:
    id: str
    window: str
    buyer: int
    version: int


@dataclass
class Lot:
    id: str
    seller: int
    sold: bool


@dataclass
class Village:
    """What all clients know. `drawn` is for what is decided once; each client draws for itself."""

    clients: Clients
    home: Home
    key: SigningKey
    drawn: random.Random
    sellers: int
    buyers: int
    cooperative: UUID = field(default_factory=lambda: UUID(int=0))
    commodities: dict[str, str] = field(default_factory=dict)
    lots: list[Lot] = field(default_factory=list)
    hot: Lot | None = None
    for_sale: int = 0
    """How many more lots may be listed for the windows of these days: less than is ordered, so all race."""
    poisoned: list[Lot] = field(default_factory=list)
    """Lots with a record that nobody can read; they are changed more often than others."""
    windows: list[str] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    def person(self, name: str) -> UUID:
        return UUID(int=random.Random(f"{self.home.id}/{name}").getrandbits(128), version=4)

    def token(self, role: str, number: int = 0) -> str:
        """One for each person, for the whole run."""
        name = f"{role}-{number}"
        if name not in self.tokens:
            belongs = None if role in {"buyer", "operator"} else self.cooperative
            villages = (self.village_of(number),) if role == "seller" else tuple(VILLAGES)
            caller = Caller(self.person(name), role, villages, belongs)
            self.tokens[name] = issue(self.key, caller, issuer=ISSUER, lasts=timedelta(days=1))
        return self.tokens[name]

    def village_of(self, seller: int) -> str:
        return list(VILLAGES)[seller % len(VILLAGES)]

    def now(self) -> datetime:
        """The judged time, by this machine's clock and the stack's offset."""
        return datetime.now(UTC) + timedelta(seconds=read_offset(self.home.clock))

    def move_to(self, moment: datetime) -> None:
        """Let time pass at once, never back."""
        ahead = (moment - datetime.now(UTC)).total_seconds()
        set_offset(self.home.clock, max(ahead, read_offset(self.home.clock)))


async def found(village: Village) -> None:
    """The cooperative with its villages, members and commodities, known to all services."""
    operator = village.token("operator")
    founding = {
        "name": "Koperasi",
        "district": "33.01.18",
        "manager_id": str(village.person("manager-0")),
    }
    made = await _told(village, operator, "/cooperatives", founding)
    village.cooperative = UUID(made["id"])
    manager = village.token("manager")
    for code, name in VILLAGES.items():
        await _told(village, manager, "/villages", {"code": code, "name": name})
    for seller in range(village.sellers):
        member = {
            "person_id": str(village.person(f"seller-{seller}")),
            "role": "seller",
            "name": f"Bu {seller}",
        }
        await _told(village, manager, "/members", member | {"village": village.village_of(seller)})
    for name, wish in COMMODITIES.items():
        listed = {"name": name, **wish, "selling_units": [], "dated": False}
        made = await _told(village, manager, "/commodities", listed)
        village.commodities[name] = made["id"]
    await until(lambda: _known(village), KNOWN_S, "catalog knows the commodities")


async def _told(village: Village, token: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    is_commodity = path == "/commodities"
    granted = "cooperative.commodity_listed.v1" if is_commodity else ""
    command = village.clients.history.begin("cooperative", granted, body["name"] if is_commodity else "")
    made = await village.clients.tell(command, token, path, body)
    if made is None:
        raise RuntimeError(f"the run could not begin: {path} was refused, {command.attempts[-1]}")
    return made


async def _known(village: Village) -> bool:
    listed = await village.clients.read(village.token("seller"), "catalog", "/commodities")
    return listed is not None and len(listed["items"]) == len(COMMODITIES)
