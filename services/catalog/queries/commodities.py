"""Commodities as cooperative lists them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.catalog.domain import Commodity
from services.catalog.domain.refusals import UnknownCommodity
from services.catalog.events import CommodityListed
from services.catalog.tables import commodities
from services.chassis.page import Slice
from services.chassis.projection import keep_newest
from services.chassis.tx import Tx


async def keep_commodity(tx: Tx, listed: CommodityListed) -> None:
    """The newest version of a commodity holds, in whatever order they come."""
    row = _row(listed)
    newer = commodities.c.version < listed.version
    await tx.execute(
        insert(commodities).values(row).on_conflict_do_update(index_elements=["id"], set_=row, where=newer)
    )


async def keep_commodities(tx: Tx, listed: Sequence[CommodityListed]) -> None:
    """The same for many, in their order."""
    await keep_newest(tx, commodities, listed, _row)


def _row(listed: CommodityListed) -> dict[str, Any]:
    row = listed.model_dump(exclude={"commodity_id", "selling_units"})
    units = {unit.name: unit.quantity for unit in listed.selling_units}
    return row | {"id": listed.commodity_id, "selling_units": units}


async def commodity_of(tx: Tx, cooperative_id: UUID, commodity_id: UUID) -> Commodity:
    """The commodity, if it is on this cooperative's list."""
    commodity = await tx.get(Commodity, commodity_id)
    if commodity is None or commodity.cooperative_id != cooperative_id:
        raise UnknownCommodity(commodity_id=commodity_id)
    return commodity


async def commodities_listed(tx: Tx, cooperative_id: UUID | None, part: Slice) -> Sequence[Commodity]:
    """Newest first; of one cooperative, or of all."""
    wanted = select(Commodity)
    if cooperative_id:
        wanted = wanted.where(commodities.c.cooperative_id == cooperative_id)
    return (await tx.scalars(part.narrow(wanted, commodities.c.id))).all()
