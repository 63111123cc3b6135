"""Well-formed wishes that come too early, too late, twice, or from somebody who cannot have them."""

from dataclasses import replace

from demo.people import ASSISTANT
from services.chassis.access import Caller
from services.chassis.ids import new_id
from tests.openapi.stage import KITCHEN, MANAGER, SARI, Json, Stage
from tests.openapi.wishes import Wish, granted
from tests.openapi.wrong import BY_NAME, WrongWishes

STEPS = WrongWishes()

LOTS, ORDERS, WINDOWS = "catalog POST /lots", "orders POST /orders", "cooperative POST /windows"
ANSWER = "cooperative POST /shares/{share_id}/answer"


async def used_up(operation: str, on: Stage) -> Wish:
    """A wish that was granted already."""
    done = await granted(BY_NAME[operation], on)
    answer = await on.hamlet.send(
        done.caller,
        BY_NAME[operation].method,
        BY_NAME[operation].url(done.ids),
        json=done.body,
        headers=done.headers,
    )
    assert answer.is_success, answer.text
    return done


@STEPS.wrong("catalog POST /lots/{lot_id}/withdrawal", "nothing-to-withdraw")
async def withdrawn_before(on: Stage) -> Wish:
    return await used_up("catalog POST /lots/{lot_id}/withdrawal", on)


@STEPS.wrong("catalog POST /lots/{lot_id}/price", "already-withdrawn")
async def repriced_after_withdrawal(on: Stage) -> Wish:
    done = await used_up("catalog POST /lots/{lot_id}/withdrawal", on)
    return replace(done, body={"price": 36_500})


@STEPS.wrong("orders POST /orders/{order_id}/cancel", "already-cancelled")
async def cancelled_before(on: Stage) -> Wish:
    return await used_up("orders POST /orders/{order_id}/cancel", on)


@STEPS.wrong("orders PUT /orders/{order_id}", "already-cancelled")
async def changed_after_it_was_cancelled(on: Stage) -> Wish:
    done = await used_up("orders POST /orders/{order_id}/cancel", on)
    return replace(done, body=on.lines(), headers={"If-Match": '"2"'})


@STEPS.wrong("orders PUT /orders/{order_id}", "changed-meanwhile")
async def changed_from_an_old_version(on: Stage) -> Wish:
    return await used_up("orders PUT /orders/{order_id}", on)


@STEPS.wrong("orders PUT /orders/{order_id}", "version-needed")
async def changed_without_having_read_it(on: Stage) -> Wish:
    return replace(await granted(BY_NAME["orders PUT /orders/{order_id}"], on), headers={})


async def _closed_order(on: Stage) -> Json:
    kitchen = on.caller(KITCHEN)
    (order,) = await on.story.world.all(kitchen, "orders", "/orders", window_id=on.shared.id)
    return {"order_id": order["id"]}


@STEPS.wrong("orders POST /orders/{order_id}/cancel", "too-late")
async def cancelled_after_the_book_closed(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), await _closed_order(on), {"reason": "Acara ditunda"})


@STEPS.wrong("orders PUT /orders/{order_id}", "too-late")
async def changed_after_the_book_closed(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), await _closed_order(on), on.lines(), headers={"If-Match": '"1"'})


@STEPS.wrong(ORDERS, "not-open-yet")
async def ordered_before_the_window_opens(on: Stage) -> Wish:
    window_id = await on.new_window()
    await on.hamlet.settle()
    return Wish(on.caller(KITCHEN), body=on.order() | {"window_id": window_id})


@STEPS.wrong(ORDERS, "called-off")
async def ordered_in_a_window_that_was_called_off(on: Stage) -> Wish:
    done = await used_up("cooperative POST /windows/{window_id}/call-off", on)
    await on.hamlet.settle()
    return Wish(on.caller(KITCHEN), body=on.order() | done.ids)


@STEPS.wrong("orders GET /orders/{order_id}/tracking", "no-link")
@STEPS.wrong("orders DELETE /orders/{order_id}/tracking", "no-link")
async def of_an_order_without_a_link(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), {"order_id": await on.new_order()})


@STEPS.wrong("orders GET /books/{window_id}", "book-not-closed")
async def a_book_read_before_it_closes(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": on.open.id})


@STEPS.wrong("cooperative POST /windows/{window_id}/call-off", "already-called-off")
async def called_off_before(on: Stage) -> Wish:
    return await used_up("cooperative POST /windows/{window_id}/call-off", on)


END = "cooperative POST /window-plans/{plan_id}/end"


@STEPS.wrong(END, "plan-ended")
async def ended_before(on: Stage) -> Wish:
    return await used_up(END, on)


CLOSE = "cooperative POST /windows/{window_id}/close"


@STEPS.wrong(CLOSE, "not-open-yet")
async def closed_before_it_opened(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": await on.new_window()})


@STEPS.wrong(CLOSE, "already-closed")
async def closed_before(on: Stage) -> Wish:
    return await used_up(CLOSE, on)


@STEPS.wrong(LOTS, "nobody-named")
async def listed_by_an_assistant_for_nobody(on: Stage) -> Wish:
    return Wish(on.caller(ASSISTANT), body=on.lot())


@STEPS.wrong(ANSWER, "nobody-named")
async def answered_by_an_assistant_for_nobody(on: Stage) -> Wish:
    return Wish(on.caller(ASSISTANT), {"share_id": await on.share()}, {"answer": 1})


@STEPS.wrong(LOTS, "no-cooperative")
async def listed_by_a_seller_of_no_cooperative(on: Stage) -> Wish:
    return Wish(Caller(new_id(), "seller", ("33.01.18.2006",)), body=on.lot())


@STEPS.wrong(WINDOWS, "no-cooperative")
async def announced_by_a_manager_of_no_cooperative(on: Stage) -> Wish:
    return Wish(Caller(new_id(), "manager"), body=on.window())


@STEPS.wrong(LOTS, "unknown-commodity")
async def listed_what_only_another_cooperative_sells(on: Stage) -> Wish:
    return Wish(on.caller(SARI), body=on.lot() | {"commodity_id": await on.others_commodity()})


@STEPS.wrong(WINDOWS, "unknown-commodity")
async def announced_for_what_only_another_cooperative_sells(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), body=on.window() | {"commodities": [await on.others_commodity()]})


@STEPS.wrong(ORDERS, "not-in-window")
async def ordered_what_only_another_cooperative_sells(on: Stage) -> Wish:
    lines = [on.lines()["lines"][0] | {"commodity_id": await on.others_commodity()}]
    return Wish(on.caller(KITCHEN), body=on.order() | {"lines": lines})


@STEPS.wrong("cooperative GET /windows/{window_id}/pick-list", "not-firm-yet")
async def read_what_is_brought_before_the_window_is_firm(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": on.shared.id})


@STEPS.wrong("cooperative POST /sharings/{sharing_id}/retry", "not-held")
async def tried_again_though_it_was_published(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"sharing_id": await on.sharing()})
