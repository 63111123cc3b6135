"""Following an order: the link that its buyer makes and takes back, and the page that it opens."""

from uuid import UUID

from fastapi import Request, Response

from services.chassis import html
from services.chassis.guessing import Guessing
from services.chassis.http import Now, RequestTx, service_router
from services.chassis.ids import new_secret
from services.chassis.timeline import entries, note
from services.orders import domain, queries, texts
from services.orders.api.callers import Buyer, LinkHolder
from services.orders.api.tracking_page import TrackingPage
from services.orders.api.views import TRACKING, TrackingLinkView
from services.orders.domain.refusals import LinkShowsNothing
from services.orders.queries import LinkKey

router = service_router(tags=["tracking"])
pages = service_router(route=html.PageRoute)


@router.post("/orders/{order_id}/tracking", status_code=201)
async def make_link(order_id: UUID, buyer: Buyer, tx: RequestTx, now: Now) -> TrackingLinkView:
    """Make a link that shows the order to whoever holds it. An earlier one shows nothing any more."""
    order = await queries.order_of(tx, buyer, order_id)
    window = await queries.last_window(tx, order)
    link = domain.new_link(order, new_secret(), window=window, at=now)
    await queries.keep_link(tx, link)
    await note(tx, order.id, texts.TRACKING_MADE)
    return TrackingLinkView.of(link, window)


@router.get("/orders/{order_id}/tracking")
async def see_link(order_id: UUID, buyer: Buyer, tx: RequestTx) -> TrackingLinkView:
    """The order's link. Its buyer alone sees it, and hands it on."""
    order = await queries.order_of(tx, buyer, order_id)
    link = await queries.link_of(tx, order)
    return TrackingLinkView.of(link, await queries.last_window(tx, order))


@router.delete("/orders/{order_id}/tracking", status_code=204)
async def revoke_link(order_id: UUID, buyer: Buyer, tx: RequestTx) -> None:
    """Take the link back: it shows nothing to anybody any more."""
    order = await queries.order_of(tx, buyer, order_id)
    await queries.revoke_link(tx, order)
    await note(tx, order.id, texts.TRACKING_REVOKED)


@pages.get(f"{TRACKING}/{{key}}", include_in_schema=False)
async def follow_order(
    key: str, request: Request, guessing: Guessing, _: LinkHolder, tx: RequestTx, now: Now
) -> Response:
    """What was ordered, what comes from where, what changed and why, and when it arrives."""
    brought = LinkKey.read(key)
    if brought.can_be_guessed:
        guessing.check()
    shown = await queries.shown_by(tx, brought, now)
    if shown is None:
        guessing.wrong()
        raise LinkShowsNothing
    order = await queries.order(tx, shown.link.order_id)
    page = TrackingPage.of(shown, order, await entries(tx, order.id), html.language_of(request))
    return html.page(request, "services.orders", "tracking.html", **page.facts())
