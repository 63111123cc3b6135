"""A plan's document: its shape is asked for here, its truth in `verify`."""

from typing import Any

from services.cooperative.documents import (
    Absent,
    day,
    document,
    listed,
    name,
    number,
    one_of,
    shaped,
    texts_by_name,
)
from services.cooperative.routing.day import LEGS, ZONES, Row
from services.cooperative.routing.day_shape import epoch

REASONS = ("TOO_BIG", "NOT_COLLECTED", "UNREACHABLE", "BUSY")
KINDS = ("BIGGER", "ROOM", "TIME", "VEHICLE")
LIMITS = ("closes", "cut_off", "latest", "earliest")
_count = number(0)
_POINT = shaped(
    place=name,
    stop=Absent(name, None),
    metres=_count,
    arrives=epoch,
    begins=epoch,
    departs=epoch,
    loads=listed(name),
    unloads=listed(name),
    grams=_count,
    crates=_count,
)
_ROUTE = shaped(
    leg=one_of(*LEGS),
    vehicle=name,
    points=listed(_POINT),
    metres=_count,
    seconds=_count,
    cost=shaped(fixed=_count, distance=_count, time=_count),
)
_HELP = shaped(
    kind=one_of(*KINDS),
    vehicle=Absent(name, None),
    grams=Absent(_count, None),
    crates=Absent(_count, None),
    **{limit: Absent(number(1), None) for limit in LIMITS},
)
_UNSERVED = shaped(
    leg=one_of(*LEGS), stop=name, parcels=listed(name), reason=one_of(*REASONS), help=listed(_HELP)
)
_SHAPE = shaped(
    engine=shaped(name=name, version=name, solver=name, iterations=_count, seed=_count),
    day=day,
    zone=one_of(*ZONES),
    hub=name,
    names=shaped(places=texts_by_name, stops=texts_by_name, vehicles=texts_by_name),
    day_hash=name,
    routes=listed(_ROUTE),
    unserved=listed(_UNSERVED),
    totals=shaped(metres=_count, seconds=_count, cost=_count),
    output_hash=name,
)


def plan_of(text: bytes) -> Row:
    """The plan in a file, times as epoch seconds. Raises `Malformed`, which says the path and what is allowed there."""
    return plan_of_document(document(text))


def plan_of_document(plain: Any) -> Row:
    """`plain`: the document as it was, for its hash."""
    read: Row = _SHAPE(plain, "")
    return read | {"day": read["day"].isoformat(), "plain": plain}
