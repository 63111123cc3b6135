"""Whatever people, news, time and crashes do to collective orders, in whatever order, every identity holds."""

import os
import random

import pytest

from tests.harness.counts import tries
from tests.lifecycle.playing import Playing

EXAMPLES, STEPS, SEED = tries(40), 30, 1
THOUSANDS = 200, 60
ASKED = "LUMBUNG_LIFECYCLE"


def asked() -> tuple[int, int, int]:
    """How many examples of how many steps, by which seed: `thousands`, or `thousands:7` to play those of seed 7."""
    how, _, by = os.environ.get(ASKED, "").partition(":")
    return (*THOUSANDS, int(by or random.randrange(10**6))) if how == "thousands" else (EXAMPLES, STEPS, SEED)


@pytest.mark.timeout(4 * 3600 if ASKED in os.environ else 900)
def test_every_identity_holds_through_the_whole_life_of_collective_orders(playing: Playing) -> None:
    examples, steps, by = asked()
    print(f"\n{examples} stories of {steps} steps; to play them again: {ASKED}=thousands:{by} make lifecycle")

    print(playing.play(examples, steps, by=by))


def test_the_same_steps_always_tell_the_same_story(playing: Playing) -> None:
    first, again = (playing.play(3, 25, by=2) for _ in range(2))

    assert list(map(str, first.stories)) == list(map(str, again.stories))
