"""`lumbung`: the commands, put together."""

import importlib
import sys
from collections.abc import Sequence

import typer

from lumbung import exits
from lumbung.screen import errors

MODULES = {
    "up": "running",
    "down": "running",
    "status": "status",
    "logs": "status",
    "events": "events",
    "token": "token",
    "migrate": "migrate",
    "doctor": "doctor",
    "reset": "running",
    "demo": "demo",
    "share": "share",
    "route": "route",
    "parked": "parked",
    "rebuild": "rebuild",
}


def build(arguments: Sequence[str]) -> typer.Typer:
    """Only the module that is asked for is imported: all of them take a second."""
    app = typer.Typer(
        name="lumbung",
        help="Run Lumbung on this machine, look into it, and play its story.",
        epilog=exits.MEANINGS,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_keeps_one_command_a_group)
    wanted = (
        {MODULES[arguments[0]]} if arguments and arguments[0] in MODULES else dict.fromkeys(MODULES.values())
    )
    for module in wanted:
        importlib.import_module(f"lumbung.commands.{module}").register(app)
    return app


def _keeps_one_command_a_group() -> None:
    """Run Lumbung on this machine, look into it, and play its story."""


def main() -> None:
    arguments = sys.argv[1:]
    try:
        build(arguments)(arguments)
    except (RuntimeError, TimeoutError, OSError) as error:
        errors.print(str(error), style="red", markup=False, soft_wrap=True)
        sys.exit(exits.FAILED)
    except KeyboardInterrupt:
        sys.exit(exits.INTERRUPTED)
