"""The story of `make demo`, asserted: 500 kg of chilli and 40 baskets, sold together by three villages."""

import pytest
import pytest_asyncio

from demo.people import BUYERS, DECLINES, HOTEL, KG, KITCHEN, REDUCES, SELLERS, SILENT, STALL, WITHOUT_PHONE
from demo.steps import STEPS
from demo.steps.firm import check_lot
from demo.story import Story, play
from tests.flows.ending import ending
from tests.harness.flows import Villages

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = (*SELLERS, *BUYERS)
ROUND_ONE = {
    "sari": ("declined", 0), "wati": ("lapsed", 0), "yuni": ("committed", 45 * KG), "tarno": ("committed", 20 * KG),
    "karto": ("committed", 57 * KG), "slamet": ("committed", 57 * KG), "minah": ("committed", 40 * KG),
    "darto": ("committed", 75 * KG), "rini": ("committed", 57 * KG), "joko": ("committed", 57 * KG),
    "painem": ("committed", 15), "lastri": ("committed", 15), "tuti": ("committed", 10),
}  # fmt: skip
ROUND_TWO = {"karto": 23 * KG, "slamet": 23 * KG, "rini": 23 * KG, "joko": 23 * KG}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def story(running: Villages) -> Story:
    """Played to its end, once for all that is asked of it."""
    told = Story.begun(running.world, lambda _: None)
    await play(told, STEPS, lambda _number, _step: None)
    await running.quiet()
    return told


async def test_three_villages_sell_500_kg_of_chilli_and_40_baskets_together(story: Story) -> None:
    told = await ending(story)
    shares = told["shares"]
    assert {short: shares[short, 1] for short in ROUND_ONE} == ROUND_ONE
    assert {short: shares[short, 2] for short in ROUND_TWO} == {
        short: ("committed", quantity) for short, quantity in ROUND_TWO.items()
    }
    assert len(shares) == len(ROUND_ONE) + len(ROUND_TWO)
    assert told["lines"] == {
        KITCHEN.short: [(500 * KG, 0)],
        HOTEL.short: [(40, 0)],
        STALL.short: [(0, 30 * KG)],
    }


async def test_everyone_hears_of_it_once(story: Story) -> None:
    heard = {person.short: [told["template"] for told in await story.messages(person)] for person in PEOPLE}
    assert heard[SILENT.short] == ["lot_listed", "share_offered", "share_lapsed"]
    assert heard[DECLINES.short] == ["lot_listed", "share_offered", "share_answered"]
    assert heard[REDUCES.short] == ["lot_listed", "share_offered", "share_answered", "share_committed"]
    assert heard["siti"] == ["lot_listed"]
    assert heard[KITCHEN.short] == heard[HOTEL.short] == ["order_placed", "line_filled"]
    assert heard[STALL.short] == ["order_placed", "line_short"]


async def test_a_buyer_is_told_why_a_line_is_short(story: Story) -> None:
    order = await story.world.ask(story.caller(STALL), "orders", f"/orders/{story.orders[STALL.short]}")

    assert [(line["missing"], line["reason"]) for line in order["lines"]] == [(30 * KG, "NO_ELIGIBLE_LOT")]


async def test_whoever_holds_the_link_that_the_kitchen_sent_on_sees_that_all_of_it_comes(
    story: Story,
) -> None:
    page = await story.world.page("orders", story.tracking)

    assert "Semua yang dipesan sudah pasti ada." in page
    assert "500 kg" in page


async def test_a_seller_without_a_phone_is_spoken_for_and_the_timelines_say_so(story: Story) -> None:
    voice, minah = story.voice(WITHOUT_PHONE), str(story.ids[WITHOUT_PHONE.short])
    listed = await story.world.ask(voice, "catalog", f"/lots/{story.lots[WITHOUT_PHONE.short]}/timeline")
    share = next(one for one in story.asked[1] if one["seller_id"] == minah)
    answered = await story.world.ask(voice, "cooperative", f"/shares/{share['id']}/timeline")
    by_assistant = [entry for entry in (*listed, *answered) if entry["actor"] == f"assistant:{voice.subject}"]
    assert len(by_assistant) == 2
    assert {entry["on_behalf_of"] for entry in by_assistant} == {minah}


async def test_no_kilogram_is_promised_twice(story: Story) -> None:
    lots = [await story.lot(seller) for seller in SELLERS]
    for lot in lots:
        check_lot(lot)
    committed = sum(share["quantity"] for share in await story.shares() if share["status"] == "committed")
    assert committed == sum(lot["committed"] for lot in lots) == 500 * KG + 40
    assert sum(lot["held"] for lot in lots) == 0
