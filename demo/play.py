"""`make demo`: the story on the running stack, shown step by step, and what to try next."""

import asyncio
from uuid import UUID

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table

from demo.people import ASSISTANT, BUYERS, CAST, KITCHEN, MANAGER, WITHOUT_PHONE
from demo.people import Person as Role
from demo.steps import STEPS
from demo.story import Step, Story, play
from demo.watch import NotObserved
from demo.world import Rejected, World
from infra.files import last_lines
from infra.home import Home
from infra.keys import signing_key
from infra.people import Person, known, remember
from infra.services import SERVICES
from infra.stack import open_stack
from infra.status import rows

LOG_LINES = 8

console = Console(highlight=False)


def run_demo(home: Home) -> bool:
    """Play the story in this home, on the data of earlier tellings; answer whether all of it was seen."""
    return asyncio.run(_tell(home))


async def _tell(home: Home) -> bool:
    world = World(_addresses(home), signing_key(home), home.clock, open_stack(home.root).kafka)
    story = _remembered(home, Story.begun(world, lambda line: console.print(Padding.indent(line, 3))))
    try:
        await play(story, STEPS, _begins)
    except (NotObserved, Rejected, AssertionError) as error:
        _explain(home, error)
        return False
    finally:
        _remember(home, story)
        await world.close()
    _panel(story)
    return True


def _addresses(home: Home) -> dict[str, list[str]]:
    found = [(row.part.partition(".")[0], row.address) for row in rows(home)]
    return {service: [address for name, address in found if name == service] for service in SERVICES}


def _begins(number: int, step: Step) -> None:
    console.print(f"\n[bold]{number}. {step.title}[/]")


def _remembered(home: Home, story: Story) -> Story:
    people = known(home)
    if all(one.short in people for one in CAST):
        story.ids = {one.short: people[one.short].uuid for one in CAST}
        founded = people[MANAGER.short].cooperative
        story.cooperative_id = UUID(founded) if founded else None
    return story


def _remember(home: Home, story: Story) -> None:
    remember(home, {one.short: _as_known(story, one) for one in CAST})


def _as_known(story: Story, role: Role) -> Person:
    caller = story.caller(role)
    cooperative = str(caller.cooperative) if caller.cooperative else None
    return Person(str(caller.id), role.name, role.role, caller.villages, cooperative)


def _explain(home: Home, error: Exception) -> None:
    console.print(f"\n[bold red]The story ends here:[/] {error}")
    for service in SERVICES:
        lines = last_lines(home.log(service), LOG_LINES) if home.log(service).exists() else []
        console.print(f"[bold]{service}[/] wrote last:", *lines, sep="\n   ", markup=False, soft_wrap=True)


def _panel(story: Story) -> None:
    console.print("\n[bold]Tokens[/] (for a day; paste one under Authorize in the docs):")
    for role in CAST:
        acts_for = WITHOUT_PHONE if role is ASSISTANT else None
        who = f"{role.name} ({role.role}{f' for {acts_for.name}' if acts_for else ''})"
        console.print(f"[bold]{who}[/]\n{story.world.token(story.caller(role, acts_for))}", soft_wrap=True)
    console.print(Panel(_hints(story), title="Try it yourself", border_style="green"))
    link = story.world.urls["orders"][0] + story.tracking
    console.print(
        f"[bold]Follow the order of {KITCHEN.name}[/] in a browser, without a token:\n{link}", soft_wrap=True
    )


def _hints(story: Story) -> Table:
    table = Table(box=None, show_header=False)
    for service, addresses in story.world.urls.items():
        table.add_row(service, *[f"{address}/docs" for address in addresses])
    table.add_row("window", story.window.id)
    for buyer in BUYERS:
        table.add_row(f"order of {buyer.name}", story.orders[buyer.short])
    table.add_row("watch", "lumbung events --follow")
    table.add_row("look", "lumbung status")
    table.add_row("a new token", "lumbung token seller --for sari")
    table.add_row("stop", "Ctrl-C here, or lumbung down")
    return table
