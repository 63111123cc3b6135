"""Named moments at which the tests' launcher can stop a process. In production nothing listens."""

from collections.abc import Awaitable, Callable

Listener = Callable[[str], Awaitable[None]]
_listeners: list[Listener] = []


async def reached(point: str) -> None:
    """Tell whoever armed this process that it is now at `point`, such as `group-committed`."""
    for listener in _listeners:
        await listener(point)


def arm(listener: Listener) -> None:
    """Called by the tests' launcher only; no setting, argument or message leads here."""
    _listeners.append(listener)
