"""`demo`: everything started, the story played, and what to try next."""

import importlib
import signal
import sys
from types import ModuleType

import typer

from infra.home import Home
from infra.supervisor import client
from lumbung import exits
from lumbung.commands.running import bring_up
from lumbung.screen import console


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: lumbung demo")(demo)


def demo() -> None:
    """Play the story of a collective order, and show each step as it is observed. Ctrl-C stops everything."""
    home = Home.chosen().make()
    story = _story()
    started = bring_up(home, {}, tied=True)
    try:
        told = story.run_demo(home)
        if told and started and sys.stdin.isatty():
            console.print("Ctrl-C stops everything.", style="bold")
            signal.pause()
    except KeyboardInterrupt:
        told = True
    finally:
        if started:
            console.print("Stopping ...", style="dim")
            client.bring_down(home)
    raise typer.Exit(exits.OK if told else exits.FAILED)


def _story() -> ModuleType:
    """Imported by name: the command line does not depend on the story being there."""
    try:
        return importlib.import_module("demo.play")
    except ModuleNotFoundError as missing:
        exits.fail(f"The story cannot be told: {missing}")
