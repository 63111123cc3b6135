"""How a long step tells the person who waits what it is doing."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Report(Protocol):
    def step(self, text: str) -> None: ...

    def counting(self, text: str, total: int) -> AbstractContextManager[Callable[[], None]]: ...


class Silent:
    """Nobody watches."""

    def step(self, text: str) -> None: ...

    def counting(self, text: str, total: int) -> AbstractContextManager[Callable[[], None]]:  # noqa: ARG002
        return nullcontext(lambda: None)


SILENT = Silent()
