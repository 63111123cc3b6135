"""Three villages found a cooperative, write down what they sell by, and how everyone wants to be told."""

from typing import Any
from uuid import UUID

from demo.people import ASSISTANT, BUYERS, DISTRICT, MANAGER, OPERATOR, SELLERS, VILLAGES, Person
from demo.story import Step, Story
from demo.watch import observed

CHILLI: dict[str, Any] = {
    "name": "Cabai rawit",
    "unit": "g",
    "per": 1000,
    "grades": ["A", "B", "C"],
    "selling_units": [{"name": "kg", "quantity": 1000}, {"name": "karung", "quantity": 50_000}],
    "step": 1000,
    "reference_price": 36_000,
    "dated": True,
}
BASKETS: dict[str, Any] = {
    "name": "Keranjang bambu",
    "unit": "buah",
    "per": 1,
    "grades": [],
    "selling_units": [{"name": "buah", "quantity": 1}],
    "step": 1,
    "reference_price": 80_000,
    "dated": False,
}
TELEGRAM = "telegram"


async def found(story: Story) -> None:
    """The operator founds it; its manager adds villages and members, and everyone says how to be told."""
    if story.cooperative_id is None:
        founded = {
            "name": "Koperasi Tani Cipari",
            "district": DISTRICT,
            "manager_id": str(story.ids[MANAGER.short]),
        }
        made = await story.world.tell(story.caller(OPERATOR), "cooperative", "/cooperatives", founded)
        story.cooperative_id = UUID(made["id"])
        await _members(story)
    for number, person in enumerate((MANAGER, ASSISTANT, *SELLERS, *BUYERS), start=1):
        await _contact(story, person, number)


async def _members(story: Story) -> None:
    manager = story.caller(MANAGER)
    for code, name in VILLAGES.items():
        await story.world.tell(manager, "cooperative", "/villages", {"code": code, "name": name})
    for person in (ASSISTANT, *SELLERS):
        member = {
            "person_id": str(story.ids[person.short]),
            "village": person.village,
            "role": person.role,
            "name": person.name,
        }
        await story.world.tell(manager, "cooperative", "/members", member)


async def _contact(story: Story, person: Person, number: int) -> None:
    wish: dict[str, Any] = {"name": person.name, "language": "id", "channel": "list"}
    if person.has_phone:
        wish |= {"channel": TELEGRAM, "chat": 1_000 + number}
    by = story.voice(person) if person in SELLERS else story.caller(person)
    await story.world.tell(by, "notify", f"/contacts/{story.ids[person.short]}", wish, method="PUT")


async def see_founded(story: Story) -> None:
    cooperative = await story.world.ask(
        story.caller(MANAGER), "cooperative", f"/cooperatives/{story.cooperative_id}"
    )
    story.say(
        f"{cooperative['name']}: {', '.join(VILLAGES.values())}; {len(SELLERS)} sellers, Mas Bayu assists Cisuru"
    )


async def write_commodities(story: Story) -> None:
    """Those that an earlier story wrote down stay."""
    manager = story.caller(MANAGER)
    known = {one["name"]: one["id"] for one in await story.world.all(manager, "cooperative", "/commodities")}
    for wish in (CHILLI, BASKETS):
        if wish["name"] not in known:
            known[wish["name"]] = (await story.world.tell(manager, "cooperative", "/commodities", wish))["id"]
    story.chilli, story.baskets = known[CHILLI["name"]], known[BASKETS["name"]]


async def see_commodities(story: Story) -> None:
    async def look() -> bool:
        known = await story.world.all(
            story.caller(MANAGER), "catalog", "/commodities", cooperative_id=str(story.cooperative_id)
        )
        return {story.chilli, story.baskets} <= {one["id"] for one in known}

    await observed("catalog knows chilli and baskets", look)
    story.say("catalog knows Cabai rawit (grades A, B, C) and Keranjang bambu")


FOUNDING = Step("Three villages found a cooperative", found, see_founded)
COMMODITIES = Step("They agree on what they sell by", write_commodities, see_commodities)
