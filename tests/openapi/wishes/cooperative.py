"""What is granted by cooperative: of a cooperative, its windows and shares."""

from demo.people import SERANG
from services.chassis.ids import new_id
from tests.openapi.stage import KITCHEN, MANAGER, OPERATOR, SARI, Stage
from tests.openapi.wishes.wish import Wish, wish


@wish("cooperative POST /cooperatives")
async def found_cooperative(on: Stage) -> Wish:
    founded = {"name": "Koperasi Wanareja", "district": "33.01.19", "manager_id": str(new_id())}
    return Wish(on.caller(OPERATOR), body=founded)


@wish("cooperative GET /cooperatives/{cooperative_id}")
async def see_cooperative(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), {"cooperative_id": str(on.story.cooperative_id)})


@wish("cooperative POST /villages")
async def add_village(on: Stage) -> Wish:
    village = {"code": f"33.01.18.{3000 + on.next_number()}", "name": "Caruy"}
    return Wish(on.caller(MANAGER), body=village)


@wish("cooperative POST /members")
async def add_member(on: Stage) -> Wish:
    member = {"person_id": str(new_id()), "village": SERANG, "role": "seller", "name": "Bu Ani"}
    return Wish(on.caller(MANAGER), body=member)


@wish("cooperative POST /commodities")
async def list_commodity(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), body=on.commodity())


@wish("cooperative POST /windows")
async def announce_window(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), body=on.window())


@wish("cooperative GET /villages")
@wish("cooperative GET /members")
@wish("cooperative GET /commodities")
@wish("cooperative GET /windows")
@wish("cooperative GET /window-plans")
async def see_registry(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), query={"limit": 3})


@wish("cooperative POST /window-plans")
async def make_plan(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), body=on.plan())


@wish("cooperative PUT /window-plans/{plan_id}")
async def change_plan(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"plan_id": await on.new_plan()}, on.plan())


@wish("cooperative GET /window-plans/{plan_id}")
@wish("cooperative GET /window-plans/{plan_id}/timeline")
@wish("cooperative POST /window-plans/{plan_id}/end")
async def see_or_end_plan(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"plan_id": await on.new_plan()})


@wish("cooperative POST /points")
async def add_point(on: Stage) -> Wish:
    point = {
        "village": SERANG,
        "name": f"Balai {on.next_number()}",
        "latitude": -7.4312,
        "longitude": 108.7789,
    }
    return Wish(on.caller(MANAGER), body=point)


@wish("cooperative GET /points")
async def see_points(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), query={"limit": 3})


@wish("cooperative GET /windows/{window_id}/collections")
async def see_collections(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": on.shared.id})


@wish("cooperative GET /windows/{window_id}/pick-list")
@wish("cooperative GET /windows/{window_id}/pick-list.csv")
@wish("cooperative GET /windows/{window_id}/pick-list.html")
async def see_pick_list(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": await on.firm_window()})


@wish("cooperative POST /windows/{window_id}/weigh-ins")
async def take_weigh_ins(on: Stage) -> Wish:
    sent = {"device": "HP Pak Darto", "entries": [on.weigh_in()]}
    return Wish(on.caller(MANAGER), {"window_id": on.shared.id}, sent)


@wish("cooperative GET /windows/{window_id}/weigh-ins")
@wish("cooperative GET /windows/{window_id}/weighings")
async def see_weigh_ins(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": on.shared.id})


@wish("cooperative POST /windows/{window_id}/weighings")
async def decide_weighing(on: Stage) -> Wish:
    window_id, lot_id = await on.committed_lot()
    word = {"lot_id": lot_id, "gross": 21_000, "tare": 1_000, "grade": "A", "rejected": False}
    word |= {"reason": "Ditimbang ulang", "photo": "IMG_0001.jpg"}
    return Wish(on.caller(MANAGER), {"window_id": window_id}, word)


@wish("cooperative GET /lots/{code}/trace")
async def trace_lot(on: Stage) -> Wish:
    await on.committed_lot()
    share = await on.story.world.ask(on.caller(SARI), "cooperative", f"/shares/{await on.share()}")
    return Wish(on.caller(MANAGER), {"code": share["lot_code"]})


@wish("cooperative GET /windows/{window_id}/board")
async def see_board(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": on.shared.id})


@wish("cooperative POST /windows/{window_id}/close")
async def close_window(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": await on.new_open_window()})


@wish("cooperative POST /windows/{window_id}/call-off")
async def call_off_window(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": await on.new_window()}, {"reason": "Jembatan putus"})


@wish("cooperative GET /shares")
async def see_shares(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), query={"window_id": on.shared.id, "status": "offered"})


@wish("cooperative GET /shares/{share_id}")
@wish("cooperative GET /shares/{share_id}/timeline")
async def see_share(on: Stage) -> Wish:
    return Wish(on.caller(SARI), {"share_id": await on.share()})


@wish("cooperative POST /shares/{share_id}/answer")
async def answer_share(on: Stage) -> Wish:
    return Wish(on.caller(SARI), {"share_id": await on.share()}, {"answer": 2, "quantity": 12_000})


@wish("cooperative GET /sharings")
async def see_sharings(on: Stage) -> Wish:
    return Wish(on.caller(SARI), query={"window_id": on.shared.id})


@wish("cooperative GET /sharings/{sharing_id}")
@wish("cooperative GET /sharings/{sharing_id}/sentences")
async def see_sharing(on: Stage) -> Wish:
    return Wish(on.caller(SARI), {"sharing_id": await on.sharing()})


@wish("cooperative GET /sharings/{sharing_id}/record")
@wish("cooperative GET /sharings/{sharing_id}/batch")
async def see_papers(on: Stage) -> Wish:
    return Wish(None, {"sharing_id": await on.sharing()})


@wish("cooperative POST /sharings/{sharing_id}/retry")
async def try_again(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"sharing_id": await on.held_sharing()})


@wish("cooperative PUT /villages/{village_id}/costs")
async def change_costs(on: Stage) -> Wish:
    village = {"code": f"33.01.18.{3000 + on.next_number()}", "name": "Caruy"}
    added = await on.make(MANAGER, "cooperative", "/villages", village)
    return Wish(on.caller(MANAGER), {"village_id": added["id"]}, {"stop_cost": 150_000, "haul_cost": 300})


@wish("cooperative GET /credits")
@wish("cooperative GET /credits/entries")
async def see_credits(on: Stage) -> Wish:
    return Wish(on.caller(SARI), query={"limit": 3})


@wish("cooperative GET /villages/costs/changes")
async def see_cost_changes(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), query={"limit": 3})


@wish("cooperative GET /policy")
@wish("cooperative GET /policy/changes")
async def see_policy(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER))


@wish("cooperative PUT /policy")
async def change_policy(on: Stage) -> Wish:
    decided = {"first_share_permille": 250, "tier_permille": 50, "credit_permille": 80}
    decided |= {"minimum_steps": 5, "rounds": 3}
    return Wish(on.caller(MANAGER), body=decided)
