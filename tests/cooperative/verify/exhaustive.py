"""Every vector there is, and the flows that say which of them can be carried."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

Vector = tuple[int, ...]
Line = tuple[str, str]


def flow(
    supply: list[tuple[set[str], int]], room: dict[str, int], wanted: dict[str, int], serves: set[Line]
) -> Any:
    """Lines that carry every supply (lots it may lie on, amount) within room and demands, or None."""
    arcs = _arcs(supply, room, wanted, serves)
    total = 0
    while (path := _path(arcs)) is not None:
        amount = min(arcs[one][two] for one, two in path)
        for one, two in path:
            arcs[one][two] -= amount
            arcs[two][one] += amount
        total += amount
    lines = {(lot, demand): arcs.get(("demand", demand), {}).get(("out", lot), 0) for lot, demand in serves}
    return total, {place: amount for place, amount in lines.items() if amount}


def _arcs(
    supply: list[tuple[set[str], int]], room: dict[str, int], wanted: dict[str, int], serves: set[Line]
) -> dict[Any, dict[Any, int]]:
    arcs: dict[Any, dict[Any, int]] = {"s": {}, "t": {}}

    def arc(one: Any, two: Any, limit: int) -> None:
        arcs.setdefault(one, {})[two] = arcs.get(one, {}).get(two, 0) + limit
        arcs.setdefault(two, {}).setdefault(one, 0)

    for number, (lots, amount) in enumerate(supply):
        arc("s", number, amount)
        for lot in lots:
            arc(number, ("in", lot), 10**9)
    for lot, amount in room.items():
        arc(("in", lot), ("out", lot), amount)
    for lot, demand in serves:
        arc(("out", lot), ("demand", demand), 10**9)
    for demand, amount in wanted.items():
        arc(("demand", demand), "t", amount)
    return arcs


def _path(arcs: dict[Any, dict[Any, int]]) -> list[tuple[Any, Any]] | None:
    came: dict[Any, Any] = {"s": None}
    waiting = ["s"]
    for node in waiting:
        for after, limit in arcs[node].items():
            if limit > 0 and after not in came:
                came[after] = node
                waiting.append(after)
    if "t" not in came:
        return None
    path, node = [], "t"
    while came[node] is not None:
        path.append((came[node], node))
        node = came[node]
    return path[::-1]


def best(
    limits: list[int], total: int, fits: Callable[[Vector], bool], key: Callable[[Vector], Any] | None = None
) -> Vector:
    """Of all vectors of this total that fit, the one whose smallest is largest, then the next; or the best by key."""
    rank = key or (lambda vector: sorted(vector))
    found = [v for v in vectors(limits, total) if fits(v)]
    return max(found, key=rank)


def vectors(limits: list[int], total: int) -> Iterator[Vector]:
    for vector in product(*(range(limit + 1) for limit in limits)):
        if sum(vector) == total:
            yield vector


def tier(price: int, reference: int, width: int) -> int:
    if width == 0:
        return price
    ratio, k = Fraction(1000 + width, 1000), -400
    while reference * ratio ** (k + 1) <= price:
        k += 1
    return k
