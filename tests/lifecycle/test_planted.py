"""The machine finds bugs: each that is planted is found, and told as a story."""

from collections.abc import Callable

import pytest

from tests.lifecycle.life import Broken
from tests.lifecycle.planted import PLANTED
from tests.lifecycle.playing import Playing

EXAMPLES, STEPS, SEED = 30, 30, 1


@pytest.mark.timeout(900)
@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_the_machine_finds_that(
    plant: Callable[[pytest.MonkeyPatch], None], playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)

    with pytest.raises(Broken) as found:
        playing.play(EXAMPLES, STEPS, by=SEED, shrinks=False)

    print(playing.played, found.value, sep="\n")
