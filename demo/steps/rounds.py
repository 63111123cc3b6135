"""Sellers answer; one says no, one less, one nothing; only what is missing is shared again."""

from typing import Any

from demo.people import DECLINES, KG, REDUCES, SILENT, WITHOUT_PHONE
from demo.steps.ordering import all_offered
from demo.story import Step, Story
from demo.watch import observed


async def answer(story: Story) -> None:
    for share in story.asked[1]:
        seller = story.seller_of(share)
        if seller.says is not None:
            said: dict[str, Any] = {"answer": seller.says}
            await _say(story, share, said | ({"quantity": seller.reduced_to} if seller.says == 2 else {}))


async def _say(story: Story, share: dict[str, Any], said: dict[str, Any]) -> None:
    voice = story.voice(story.seller_of(share))
    await story.world.tell(voice, "cooperative", f"/shares/{share['id']}/answer", said)


async def see_answered(story: Story) -> None:
    speakers = {one: count for one, count in story.asked_in(1).items() if one.says}
    await story.tell(speakers, "share_answered")
    share = next(one for one in story.asked[1] if story.seller_of(one) is WITHOUT_PHONE)
    timeline = await story.world.ask(
        story.voice(WITHOUT_PHONE), "cooperative", f"/shares/{share['id']}/timeline"
    )
    story.say(f"[dim]share of {WITHOUT_PHONE.name}:[/] {timeline[-1]['sentences']['id']}")


async def let_round_close(story: Story) -> None:
    story.world.move_to(story.window.answer_by)


async def see_asked_again(story: Story) -> None:
    await story.tell({SILENT: 1}, "share_lapsed")
    story.say(
        f"{DECLINES.name} said no, {REDUCES.name} less, {SILENT.name} nothing: what they do not bring is shared again"
    )
    await observed("the missing part is offered", lambda: all_offered(story, 2))
    story.asked[2] = [one for one in await story.shares() if one["round"] == 2]
    await story.tell(story.asked_in(2), "share_offered")
    await _see_the_accepted_untouched(story)


async def _see_the_accepted_untouched(story: Story) -> None:
    before = {one["id"]: one["quantity"] for one in story.asked[1]}
    accepted = [one for one in await story.shares() if one["round"] == 1 and one["status"] == "accepted"]
    touched = [one for one in accepted if one["quantity"] != before[one["id"]]]
    if touched:
        raise AssertionError(f"accepted shares were changed: {touched}")
    kept = sum(one["quantity"] for one in accepted if one["unit"] == "g") // KG
    story.say(f"{len(accepted)} accepted shares stay as they are: {kept} kg of chilli, and the baskets")


async def answer_again(story: Story) -> None:
    for share in story.asked[2]:
        await _say(story, share, {"answer": 1})


async def see_answered_again(story: Story) -> None:
    await story.tell(story.asked_in(2), "share_answered")


ANSWERED = Step("Sellers answer 1 yes, 2 less, 3 no; one stays silent", answer, see_answered)
ASKED_AGAIN = Step("The round closes; only what is missing is shared again", let_round_close, see_asked_again)
ASKED_AGAIN_ANSWERED = Step("Those who are asked again say yes", answer_again, see_answered_again)
