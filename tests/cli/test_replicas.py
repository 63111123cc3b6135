"""Two replicas of every service: the story is played on them, while each of them is stopped and killed in turn."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.services import SERVICES
from tests.cli.command import PATIENCE, Lumbung

REPLICAS = [name for service in SERVICES for name in (service, f"{service}.2")]


@pytest.fixture(scope="module")
def twofold(open_folder: Path) -> Iterator[Lumbung]:
    """Lumbung with two replicas of every service."""
    command = Lumbung(open_folder / "twofold")
    wishes = [word for service in SERVICES for word in ("--replicas", f"{service}=2")]
    up = command("up", *wishes)
    assert up.returncode == 0, up.stdout + up.stderr
    yield command
    reset = command("reset", "--yes")
    assert reset.returncode == 0, reset.stdout + reset.stderr


def test_every_replica_of_every_service_is_ready(twofold: Lumbung) -> None:
    told = twofold.status()

    assert {name: told[name]["state"] for name in REPLICAS} == dict.fromkeys(REPLICAS, "ready")
    assert len({told[name]["address"] for name in REPLICAS}) == len(REPLICAS)


def test_the_story_is_played_while_each_replica_in_turn_is_stopped_or_killed(twofold: Lumbung) -> None:
    with twofold.runs("demo") as demo:
        for name in REPLICAS:
            if demo.poll() is None:
                during = name
            os.kill(twofold.status()[name]["pid"], signal.SIGKILL if name.endswith(".2") else signal.SIGTERM)
            twofold.await_well()
        told, _ = demo.communicate(timeout=PATIENCE)

    assert demo.returncode == 0, told
    assert "Try it yourself" in told
    assert during != REPLICAS[0], "the story had ended before the second replica did"
