"""`up`, `down`, `reset`: what runs, and what is kept."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from infra.home import Home
from infra.services import SERVICES
from infra.stack import open_stack
from infra.stack.postgres import OUTSIDE
from infra.supervisor import client
from lumbung import exits
from lumbung.commands.status import show
from lumbung.screen import Steps, console

KEPT = ("postgres", "kafka", "logs", "keys")
MOST_REPLICAS = 9

Replicas = Annotated[
    list[str] | None,
    typer.Option(
        "--replicas", metavar="SERVICE=N", help="Run a service N times; may be given more than once."
    ),
]


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: lumbung up --replicas orders=2")(up)
    app.command(epilog="Example: lumbung down")(down)
    app.command(epilog="Example: lumbung reset --yes")(reset)


def up(replicas: Replicas = None) -> None:
    """Start everything and leave it running; attach when it already runs."""
    home = Home.chosen().make()
    if client.owner(home) is not None and replicas:
        exits.fail(
            "Lumbung already runs here; stop it first to change replicas: lumbung down", exits.WRONG_USE
        )
    bring_up(home, _counts(replicas or []))
    show(home)


def bring_up(home: Home, replicas: dict[str, int], tied: bool = False) -> bool:
    """False when it attached to what somebody else had started."""
    steps = Steps()
    pid = client.owner(home)
    if pid is None:
        open_stack(home.root).fetch(steps)
        pid = client.launch(home, replicas, tied).pid
        started = True
    else:
        steps.step(f"Already running (supervisor {pid})")
        started = False
    try:
        client.follow(home, steps, pid)
    except client.NotUp as why:
        client.bring_down(home)
        exits.fail(str(why))
    except KeyboardInterrupt:
        client.bring_down(home)
        raise
    steps.step("Everything is up")
    return started


def down() -> None:
    """Stop everything. What was stored stays."""
    home = Home.chosen()
    ran = home.root.exists() and client.bring_down(home)
    console.print("Stopped." if ran else "Nothing was running.")


def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Stop everything and delete all that is stored here: databases, topics, logs, keys."""
    home = Home.chosen()
    outside = _outside(home)
    if not yes:
        also = f" and {outside}" if outside.exists() else ""
        typer.confirm(f"Delete everything that Lumbung stored in {home.root}{also}?", abort=True)
    if home.root.exists():
        client.bring_down(home)
        if client.owner_of_stack(home):
            exits.fail(
                f"Process {client.owner_of_stack(home)} uses this home (a test run?); let it end first."
            )
        _delete(home)
    shutil.rmtree(outside, ignore_errors=True)
    console.print("Deleted. The next start begins with nothing.")


def _outside(home: Home) -> Path:
    return OUTSIDE / home.id


def _delete(home: Home) -> None:
    """Only what is ours by name: a mistyped LUMBUNG_HOME must not cost anybody a folder."""
    for name in KEPT:
        shutil.rmtree(home.root / name, ignore_errors=True)
    for file in (*home.root.glob("*.json"), *home.root.glob("*lock"), home.clock):
        file.unlink(missing_ok=True)


def _counts(wishes: list[str]) -> dict[str, int]:
    return dict(_count(wish) for wish in wishes)


def _count(wish: str) -> tuple[str, int]:
    service, _, count = wish.partition("=")
    if service not in SERVICES or not count.isdigit() or not 1 <= int(count) <= MOST_REPLICAS:
        raise typer.BadParameter(f"{wish!r}: write for example orders=2 (services: {', '.join(SERVICES)})")
    return service, int(count)
