"""What the rules of every area share: the life they happen in, and how one is told."""

from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from infra.services import SERVICES
from tests.faults.checker.evidence import Row
from tests.lifecycle.life import Life

Drawn = ParamSpec("Drawn")
Thing = TypeVar("Thing")
Rules = TypeVar("Rules", bound="Area")

WHICH = st.integers(0, 7)
"""Which of the things there are: the number wraps around, so that a story stays one when it is shortened."""
SERVICE = st.sampled_from(SERVICES)
KG = st.integers(1, 30)
PRICE = st.sampled_from((35_000, 30_000, 40_000))


class Area(RuleBasedStateMachine):
    """The rules of one area of life; `machine.Lifecycle` is made of all of them."""

    life: Life

    def rows(self, service: str, table: str) -> list[Row]:
        """What stands there, in the order in which it was made."""
        return sorted(self.life.seen[service].rows(table), key=lambda row: str(row.get("id", "")))

    def name(self, row: Row) -> str:
        return self.life.story.names[row["id"]]


def told(
    act: Callable[Concatenate[Rules, Drawn], Coroutine[Any, Any, str]],
) -> Callable[Concatenate[Rules, Drawn], None]:
    """A rule that is a step of the story: done, told, and judged."""

    @wraps(act)
    def step(self: Rules, *_: Drawn.args, **drawn: Drawn.kwargs) -> None:
        words = f"{act.__name__.replace('_', ' ')} {drawn or ''}".strip()
        self.life.step(act(self, *_, **drawn), words)

    return cast(Callable[Concatenate[Rules, Drawn], None], step)


def pick(things: Sequence[Thing], which: int) -> Thing:
    return things[which % len(things)]
