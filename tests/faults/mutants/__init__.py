"""Known-bad designs, each a small patch of a running service. Only the suite's launcher loads them."""

from typing import Any


def replace(owner: Any, name: str, by: object) -> None:
    """Put a piece of bad design where the good one is.

    Raises:
        AttributeError: there is no such piece any more, and the mutant would change nothing.
    """
    getattr(owner, name)
    setattr(owner, name, by)
