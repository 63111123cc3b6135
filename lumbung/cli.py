"""`lumbung`: the commands, put together."""

import sys

import typer

from infra.stack import StartFailed
from lumbung import exits
from lumbung.commands import demo, doctor, events, migrate, running, status, token
from lumbung.screen import errors

app = typer.Typer(
    name="lumbung",
    help="Run Lumbung on this machine, look into it, and play its story.",
    epilog=exits.MEANINGS,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for module in (running, status, events, token, migrate, doctor, demo):
    module.register(app)


def main() -> None:
    try:
        app()
    except (StartFailed, RuntimeError, TimeoutError, OSError) as error:
        errors.print(str(error), style="red", markup=False)
        sys.exit(exits.FAILED)
    except KeyboardInterrupt:
        sys.exit(130)
