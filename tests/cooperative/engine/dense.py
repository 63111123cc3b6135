"""Slow and plain: flows on the dense graph, and the best point by trying all. Nothing of the engine in here."""

from collections.abc import Iterator
from itertools import product

from tests.cooperative.engine.documents import Document, serves


def edges(document: Document) -> list[list[int]]:
    """Of each lot: the places of the demands it may serve."""
    return [
        [place for place, demand in enumerate(document["demands"]) if serves(lot, demand)]
        for lot in document["lots"]
    ]


def carried(reach: list[list[int]], stock: list[int], room: list[int]) -> list[list[int]]:
    """A fullest flow, lot by demand: the first lots keep what they have, the later only add (augmenting paths)."""
    flow = [[0] * len(room) for _ in stock]
    left = list(room)
    for place in range(len(stock)):
        for _ in range(stock[place]):
            if not _augment(reach, flow, left, place, set()):
                break
    return flow


def _augment(
    reach: list[list[int]], flow: list[list[int]], left: list[int], lot: int, seen: set[int]
) -> bool:
    for demand in reach[lot]:
        if demand in seen:
            continue
        seen.add(demand)
        free = left[demand] > 0
        if free:
            left[demand] -= 1
        for other in range(len(flow)):
            if free:
                break
            if other != lot and flow[other][demand] and _augment(reach, flow, left, other, seen):
                flow[other][demand] -= 1
                free = True
        if free:
            flow[lot][demand] += 1
            return True
    return False


def fullest(document: Document, stock: list[int]) -> int:
    rooms = [demand["quantity"] for demand in document["demands"]]
    return sum(map(sum, carried(edges(document), stock, rooms)))


def cheapest(document: Document, stock: list[int]) -> tuple[int, int]:
    """The fullest flow and the least it costs: the cheapest lot first takes what it can (a polymatroid)."""
    order = sorted(range(len(stock)), key=lambda place: document["lots"][place]["price"])
    reach = edges(document)
    rooms = [demand["quantity"] for demand in document["demands"]]
    flow = carried([reach[place] for place in order], [stock[place] for place in order], rooms)
    amounts = [sum(row) for row in flow]
    prices = [document["lots"][place]["price"] for place in order]
    return sum(amounts), sum(amount * price for amount, price in zip(amounts, prices, strict=True))


def points(document: Document, room: list[int]) -> Iterator[tuple[int, ...]]:
    """Every amount of every lot that can be carried together."""
    reach = edges(document)
    for point in product(*(range(lot["quantity"] + 1) for lot in document["lots"])):
        if sum(map(sum, carried(reach, list(point), room))) == sum(point):
            yield point
