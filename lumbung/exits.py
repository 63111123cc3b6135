"""What an exit code of `lumbung` means."""

from typing import NoReturn

import typer

from lumbung.screen import errors

OK = 0
FAILED = 1
WRONG_USE = 2
NOT_RUNNING = 3
INTERRUPTED = 130

MEANINGS = "Exit codes: 0 done, 1 failed, 2 wrong use, 3 nothing runs here, 130 interrupted."


def fail(message: str, code: int = FAILED) -> NoReturn:
    errors.print(message, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


def not_running() -> NoReturn:
    fail("Nothing runs here. Start it with: lumbung up", NOT_RUNNING)
