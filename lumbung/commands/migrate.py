"""`migrate`: the services' databases brought to the code's revision."""

from typing import Annotated

import typer

from infra.home import Home
from infra.migrations import migrate as bring_up_to_date
from infra.services import SERVICES
from infra.stack import open_stack
from lumbung import exits
from lumbung.screen import Steps


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: lumbung migrate orders")(migrate)


def migrate(
    service: Annotated[str | None, typer.Argument(help="One service; all when left out.")] = None,
) -> None:
    """Bring the databases to the code's revision (a start does it by itself)."""
    if service is not None and service not in SERVICES:
        exits.fail(f"There is no service {service!r}. There are: {', '.join(SERVICES)}", exits.WRONG_USE)
    home = Home.chosen().make()
    stack = open_stack(home.root)
    if not any(part.state == "running" for part in stack.status() if part.name == "postgres"):
        exits.not_running()
    steps, chosen = Steps(), [service] if service else list(SERVICES)
    bring_up_to_date(home, stack, chosen)
    steps.step(f"Up to date: {', '.join(chosen)}")
