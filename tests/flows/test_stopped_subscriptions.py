"""The story with each subscription in turn stopped: it ends the same, and everyone hears the same, once."""

import importlib

import pytest
import pytest_asyncio

from demo.steps import STEPS
from demo.story import Step, Story, play
from infra.services import SERVICES
from tests.flows.ending import Ending, ending
from tests.harness.flows import Villages

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNFED = {
    ("orders", "cooperative.orders"),
    ("catalog", "cooperative.weighings"),
    ("notify", "cooperative.weighings"),
}
"""The story gives up no order, test_parked.py does; and it ends at firm, before anything is weighed."""
SUBSCRIPTIONS = sorted(
    {
        (service, topic)
        for service in SERVICES
        for topic in importlib.import_module(f"services.{service}.app").SERVICE.reactions.topics
    }
    - UNFED
)


async def told_with_stop(story: Story, running: Villages, service: str, topic: str) -> bool:
    """Play the story; stop the subscription until something first waits for it and all else is quiet."""
    fed = False
    for step in STEPS:
        if fed:
            await step.do(story)
        else:
            fed = await done_while_stopped(step, story, running, service, topic)
        await step.see(story)
    await running.quiet()
    return fed


async def done_while_stopped(step: Step, story: Story, running: Villages, service: str, topic: str) -> bool:
    async with running.stopped(service, topic):
        await step.do(story)
        await running.quiet(but=(service, topic))
        return await running.waiting(service, topic)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def undisturbed(running: Villages) -> Ending:
    """How the story ends when nothing is stopped."""
    story = Story.begun(running.world, lambda _: None)
    await play(story, STEPS, lambda _number, _step: None)
    await running.quiet()
    return await ending(story)


@pytest.mark.parametrize(("service", "topic"), SUBSCRIPTIONS)
async def test_a_stopped_subscription_changes_nothing_in_the_end(
    story: Story, running: Villages, undisturbed: Ending, service: str, topic: str
) -> None:
    fed = await told_with_stop(story, running, service, topic)

    assert fed
    told = await ending(story)
    assert told.keys() == undisturbed.keys()
    for part, content in undisturbed.items():
        assert told[part].keys() == content.keys()
        assert {name: told[part][name] for name in content if told[part][name] != content[name]} == {}, part
