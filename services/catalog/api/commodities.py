"""What can be listed: the commodities of the cooperatives' lists."""

from uuid import UUID

from services.catalog import queries
from services.catalog.api.callers import Reader
from services.catalog.api.views import CommodityView
from services.chassis.http import RequestTx, service_router
from services.chassis.page import Page, Paging

router = service_router(tags=["commodities"])


@router.get("/commodities")
async def see_commodities(
    _: Reader, tx: RequestTx, paging: Paging, cooperative_id: UUID | None = None
) -> Page[CommodityView]:
    """What can be listed: of one cooperative, or of all."""
    listed = await queries.commodities_listed(tx, cooperative_id, paging)
    return paging.page([CommodityView.of(one) for one in listed], by=lambda commodity: commodity.id)
