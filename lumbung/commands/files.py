"""What commands on files alone share: `-` is standard input, and what is wrong is said in one line on stderr."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

import typer

from lumbung import exits

Read = TypeVar("Read")


def read_file(name: str, read: Callable[[bytes], Read], refused: type[Exception]) -> Read:
    """What a file holds. A file that cannot be read, or that `read` refuses, ends the command as wrong use."""
    try:
        return read(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes())
    except refused as why:
        wrong(name, str(why))
    except OSError as error:
        wrong(name, error.strerror or str(error))


def check_inputs(*names: str | None) -> None:
    """At most one of the files may be standard input."""
    if names.count("-") > 1:
        wrong("-", "only one of the files can be standard input")


def check_language(lang: str) -> None:
    if lang not in ("id", "en"):
        wrong("--lang", "must be id or en")


def say(text: str) -> None:
    """One line on stderr."""
    sys.stderr.buffer.write(" ".join(text.split()).encode("utf-8", "backslashreplace") + b"\n")


def wrong(name: str, what: str) -> NoReturn:
    say(f"{name}: {what}")
    raise typer.Exit(exits.WRONG_USE)
