"""The terminal: one console for results, one for errors, and steps that show how long they took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

COLOURS = {"catalog": "green", "orders": "cyan", "cooperative": "yellow", "notify": "magenta"}


def colour(name: str) -> str:
    """Of a service, by the first word of a part, a topic or a type."""
    return COLOURS.get(name.partition(".")[0], "white")


class Steps:
    """Tells each step on a line of its own, with the seconds since the start."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def step(self, text: str) -> None:
        console.print(f"[dim]{self.seconds:5.1f} s[/]  {text}", soft_wrap=True)

    @contextmanager
    def counting(self, text: str, total: int) -> Iterator[Callable[[], None]]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as bar:
            task = bar.add_task(text, total=total)
            yield lambda: bar.advance(task)
