"""Fifteen sellers list what they have; Mbah Minah has no phone, the village's assistant lists for her."""

from datetime import timedelta
from typing import Any

from demo.people import SELLERS, WITHOUT_PHONE, Person
from demo.story import Step, Story


async def list_lots(story: Story) -> None:
    for seller in SELLERS:
        lot = await story.world.tell(story.voice(seller), "catalog", "/lots", _lot(story, seller))
        story.lots[seller.short] = lot["id"]


def _lot(story: Story, seller: Person) -> dict[str, Any]:
    offer = seller.offer
    if offer is None:
        raise LookupError(f"{seller.name} has nothing to list")
    lot: dict[str, Any] = {
        "commodity_id": story.chilli if offer.grade else story.baskets,
        "village": seller.village,
        "quantity": offer.quantity,
        "price": offer.price,
    }
    if offer.grade:
        lot |= {
            "grade": offer.grade,
            "ready_on": str(story.today + timedelta(days=1)),
            "expires_on": str(story.delivery_day),
        }
    return lot


async def see_listed(story: Story) -> None:
    await story.tell(dict.fromkeys(SELLERS, 1), "lot_listed")
    timeline = await story.world.ask(
        story.voice(WITHOUT_PHONE), "catalog", f"/lots/{story.lots[WITHOUT_PHONE.short]}/timeline"
    )
    for entry in timeline:
        story.say(f"[dim]lot of {WITHOUT_PHONE.name}:[/] {entry['sentences']['id']}")


LISTING = Step("Fifteen sellers list what they have", list_lots, see_listed)
