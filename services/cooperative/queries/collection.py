"""Collection points, and where and when a window collects the lots of a village."""

from collections.abc import Collection as Some
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import exists, select

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import Collection, Planned, Point, Window
from services.cooperative.domain.refusals import PointTwice, UnknownVillage
from services.cooperative.events import BroughtTo
from services.cooperative.queries.registry import cooperative, village_names
from services.cooperative.tables import collections, points, shares, villages, windows


async def check_new_point(tx: Tx, cooperative_id: UUID, village: str, name: str) -> None:
    """Refuse a point that is there already, or of a village that is no member."""
    await cooperative(tx, cooperative_id)
    await check_villages(tx, cooperative_id, [village])
    same = points.c.cooperative_id == cooperative_id, points.c.village == village, points.c.name == name
    if await tx.scalar(select(exists().where(*same))):
        raise PointTwice(village=village, name=name)


async def check_villages(tx: Tx, cooperative_id: UUID, wanted: Iterable[str]) -> None:
    """Refuse villages that are no members."""
    known = await village_names(tx, cooperative_id)
    for village in wanted:
        if village not in known:
            raise UnknownVillage(village=village)


async def points_of(tx: Tx, cooperative_id: UUID, part: Slice) -> Sequence[Point]:
    wanted = select(Point).where(points.c.cooperative_id == cooperative_id)
    return (await tx.scalars(part.narrow(wanted, points.c.id))).all()


async def planned_points(tx: Tx, cooperative_id: UUID, planned: Sequence[Planned]) -> dict[UUID, Point]:
    """Those of the cooperative's points that are named; refuse villages that are no members."""
    await check_villages(tx, cooperative_id, [village for one in planned for village in one.villages])
    own = points.c.cooperative_id == cooperative_id, points.c.id.in_([one.point_id for one in planned])
    return {point.id: point for point in await tx.scalars(select(Point).where(*own))}


async def add_collections(tx: Tx, made: Some[Collection]) -> None:
    await tx.flush()
    for collection in made:
        tx.add(collection)


async def collections_of(tx: Tx, window_id: UUID) -> Sequence[Collection]:
    """By village; none where the window names no points."""
    own = select(Collection).where(collections.c.window_id == window_id)
    return (await tx.scalars(own.order_by(collections.c.village))).all()


async def collected_window(tx: Tx, collector: Caller, window_id: UUID) -> Window:
    """A window of the cooperative for which somebody collects."""
    found = await tx.get(Window, window_id)
    if found is None or found.cooperative_id != collector.cooperative:
        raise NotFound
    return found


async def brought_to(tx: Tx, share_id: UUID) -> BroughtTo | None:
    """Where and when the share's seller brings the lot; None where his window names no point for his village."""
    columns = collections.c.point_name, collections.c.starts_at, collections.c.ends_at
    told = select(*columns, windows.c.time_zone, villages.c.name.label("village_name"))
    here = (
        villages.c.code == collections.c.point_village,
        villages.c.cooperative_id == windows.c.cooperative_id,
    )
    found = (
        told.join_from(shares, windows, windows.c.id == shares.c.window_id)
        .join(collections, collections.c.window_id == windows.c.id)
        .join(villages, here[0] & here[1])
        .where(shares.c.id == share_id, collections.c.village == shares.c.village)
    )
    row = (await tx.execute(found)).mappings().one_or_none()
    return None if row is None else BroughtTo(**row)
