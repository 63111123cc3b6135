"""Where and when lots are collected: points of villages, and what of them one window uses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.chassis.wording import both, moment
from services.cooperative.domain.refusals import CollectedTwice, UnknownPoint, WrongCollectionTimes
from services.cooperative.domain.windows import Window
from services.cooperative.events import CollectionTold


@dataclass(eq=False, kw_only=True)
class Point:
    """A collection point; its coordinates are degrees (WGS 84), where they are known."""

    id: UUID
    cooperative_id: UUID
    village: str
    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a manager plans: one point, its hours, and whose sellers bring there (none named: its own village's)."""

    point_id: UUID
    starts_at: datetime
    ends_at: datetime
    villages: Sequence[str] = ()


@dataclass(eq=False, kw_only=True)
class Collection:
    """Where and when one window collects the lots of one village: `village` brings to the point."""

    window_id: UUID
    village: str
    point_id: UUID
    point_name: str
    point_village: str
    starts_at: datetime
    ends_at: datetime

    def told(self) -> CollectionTold:
        return CollectionTold.model_validate(self)


def collections_of(
    window: Window, planned: Sequence[Planned], points: Mapping[UUID, Point]
) -> list[Collection]:
    """Each village brings to one point at most, after firm and before the delivery day ends."""
    found: dict[str, Collection] = {}
    for one in planned:
        for collection in _of(window, one, points):
            if collection.village in found:
                raise CollectedTwice(village=collection.village)
            found[collection.village] = collection
    return [found[village] for village in sorted(found)]


def _of(window: Window, planned: Planned, points: Mapping[UUID, Point]) -> Iterator[Collection]:
    point = points.get(planned.point_id)
    if point is None:
        raise UnknownPoint(point_id=planned.point_id)
    if not window.firm_at <= planned.starts_at < planned.ends_at <= window.delivery_ends:
        raise WrongCollectionTimes(
            point=point.name,
            firm_at=both(moment, window.firm_at, window.time_zone),
            ends=both(moment, window.delivery_ends, window.time_zone),
        )
    for village in planned.villages or (point.village,):
        yield Collection(
            window_id=window.id,
            village=village,
            point_id=point.id,
            point_name=point.name,
            point_village=point.village,
            starts_at=planned.starts_at,
            ends_at=planned.ends_at,
        )
