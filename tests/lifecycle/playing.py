"""Playing many examples of the machine, and counting what happened in them."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.lifecycle.ground import Ground
from tests.lifecycle.life import Life
from tests.lifecycle.machine import Lifecycle
from tests.lifecycle.story import Story


@dataclass
class Played:
    """`stories` of all examples, in their order."""

    stories: list[Story] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def __str__(self) -> str:
        took, happened = time.monotonic() - self.began, Counter[str]()
        for story in self.stories:
            happened += story.happened
        steps = sum(story.steps for story in self.stories)
        facts = "".join(f"\n{count:8,} {kind}" for kind, count in sorted(happened.items()))
        return f"{len(self.stories)} stories, {steps:,} steps in {took:.0f} s ({steps / took:.1f} a second){facts}"


@dataclass
class Playing:
    """`played` is what the last call of `play` came to, also where it failed."""

    ground: Ground
    loop: asyncio.AbstractEventLoop
    played: Played = field(default_factory=Played)

    def play(self, examples: int, steps: int, *, by: int, shrinks: bool = True) -> Played:
        """So many examples, drawn by this seed; the same seed draws the same.

        Raises:
            Broken: an identity does not hold in one of them; the shortest story that was found.
        """
        self.played = Played()
        run_state_machine_as_test(
            cast(type[Lifecycle], seed(by)(self._machine())),
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                phases=(Phase.generate, Phase.shrink) if shrinks else (Phase.generate,),
                database=None,
                deadline=None,
                print_blob=False,
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
        return self.played

    def begins(self) -> Lifecycle:
        """A story of one's own: its rules are called one by one."""
        return Lifecycle(Life(self.ground, self.loop))

    def _machine(self) -> Callable[[], Lifecycle]:
        def machine() -> Lifecycle:
            life = Life(self.ground, self.loop)
            self.played.stories.append(life.story)
            return Lifecycle(life)

        return machine
