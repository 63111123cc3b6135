"""A buyer hands on a link, and whoever opens it follows the order: no token, no log-in."""

import re
from html import unescape

from demo.people import KITCHEN
from demo.story import Step, Story

LEAD = re.compile(r'<p class="lead">(.*?)</p>')
NEWEST = re.compile(r'<ol class="told">\s*<li><p>(.*?)</p>')


async def make_link(story: Story) -> None:
    order_id = story.orders[KITCHEN.short]
    made = await story.world.tell(story.caller(KITCHEN), "orders", f"/orders/{order_id}/tracking", {})
    story.tracking = made["path"]


async def see_page(story: Story) -> None:
    html = await story.world.page("orders", story.tracking)
    for line in (LEAD, NEWEST):
        found = line.search(html)
        if found is None:
            raise AssertionError(f"the tracking page says nothing like {line.pattern}")
        story.say(f"[dim]page:[/] {unescape(found[1])}")


FOLLOWED = Step(
    f"{KITCHEN.name} sends a link on, and whoever holds it sees where the order stands",
    make_link,
    see_page,
)
