"""What is left of each lot while the lines are served. A lot is known by its place in the batch."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from services.cooperative.sharing.batch import Batch, Demand, Product
from services.cooperative.sharing.eligible import Obstacle, obstacle
from services.cooperative.sharing.level import drawn
from services.cooperative.sharing.record import PartReason


class Kind(NamedTuple):
    """What demands have in common that the same lots may serve."""

    commodity_id: UUID
    grade: str | None
    cap: int
    per: int
    certificates: tuple[str, ...]


@dataclass(slots=True)
class Suited:
    """The lots that serve one kind of demand, as long as they last, and what keeps the others from it."""

    places: list[int]
    refused: Counter[str]


class Stock:
    """`closest` is how near a lot came that gave nothing; `reason` that of the last part it gave."""

    def __init__(self, batch: Batch) -> None:
        self.lots, self.day = batch.lots, batch.delivery_day
        self.products = {product.commodity_id: product for product in batch.products}
        self.left = [lot.available for lot in batch.lots]
        self.turns = _turns(batch)
        self.closest: dict[int, Obstacle] = {}
        self.reason: dict[int, PartReason] = {}
        self._of_commodity: dict[UUID, list[int]] = defaultdict(list)
        self._suited: dict[Kind, Suited] = {}
        for place, lot in enumerate(batch.lots):
            self._of_commodity[lot.commodity_id].append(place)

    def suited(self, demand: Demand, product: Product) -> Suited:
        """The lots that may serve the demand and have a step left."""
        kind = Kind(demand.commodity_id, demand.grade, demand.cap, demand.per, demand.certificates)
        if kind not in self._suited:
            self._suited[kind] = self._sorted_out(demand, product)
        suited = self._suited[kind]
        for place in [place for place in suited.places if self.left[place] < product.step]:
            suited.places.remove(place)
            self._refuse(place, Obstacle.NO_STOCK, suited.refused)
        return suited

    def take(self, place: int, quantity: int, reason: PartReason) -> None:
        self.left[place] -= quantity
        self.reason[place] = reason

    def _sorted_out(self, demand: Demand, product: Product) -> Suited:
        suited = Suited([], Counter())
        for place in self._of_commodity[demand.commodity_id]:
            found = obstacle(self.lots[place], demand, product, self.day)
            if found is None:
                suited.places.append(place)
            else:
                self._refuse(place, found, suited.refused)
        return suited

    def _refuse(self, place: int, found: Obstacle, refused: Counter[str]) -> None:
        refused[found.name] += 1
        self.closest[place] = max(found, self.closest.get(place, found))


def _turns(batch: Batch) -> list[int]:
    """Each lot's turn when a remainder is drawn for."""
    draws = [drawn(batch.sharing_id, lot.lot_id) for lot in batch.lots]
    turn = {draw: number for number, draw in enumerate(sorted(draws))}
    return [turn[draw] for draw in draws]
