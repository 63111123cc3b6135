"""What is granted by catalog: of lots."""

from demo.people import SERANG
from tests.openapi.stage import KITCHEN, SARI, Stage
from tests.openapi.wishes.wish import Wish, wish


@wish("catalog POST /lots")
async def list_lot(on: Stage) -> Wish:
    return Wish(on.caller(SARI), body=on.lot())


@wish("catalog GET /lots")
async def see_lots(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), query={"village": SERANG, "limit": 5})


@wish("catalog GET /lots/{lot_id}")
@wish("catalog GET /lots/{lot_id}/timeline")
async def see_lot(on: Stage) -> Wish:
    return Wish(on.caller(SARI), {"lot_id": on.story.lots[SARI.short]})


@wish("catalog POST /lots/{lot_id}/price")
async def reprice_lot(on: Stage) -> Wish:
    return Wish(on.caller(SARI), {"lot_id": await on.new_lot()}, {"price": 36_500})


@wish("catalog POST /lots/{lot_id}/corrections")
async def correct_lot(on: Stage) -> Wish:
    return Wish(on.caller(SARI), {"lot_id": await on.new_lot()}, {"change": -500, "reason": "Dimakan burung"})


@wish("catalog POST /lots/{lot_id}/withdrawal")
async def withdraw_lot(on: Stage) -> Wish:
    return Wish(on.caller(SARI), {"lot_id": await on.new_lot()}, {"reason": "Laku di pasar"})


@wish("catalog GET /commodities")
async def see_commodities(on: Stage) -> Wish:
    return Wish(on.caller(SARI), query={"cooperative_id": str(on.story.cooperative_id)})
