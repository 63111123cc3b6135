"""Live means progress: something moves, or nothing is to be taken, or it is said what is waited for."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.chassis.consumer import Consumer
from services.chassis.health import LONGEST_SILENCE_S
from tests.chassis.conftest import alone
from tests.chassis.probe.services import MIRROR
from tests.harness.service import ServiceUnderTest

LONG_AGO = LONGEST_SILENCE_S + 1


@pytest.fixture
async def silent(databases: dict[str, str], tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    """`mirror` with a consumer that nobody has started, and that began long ago."""
    async with alone(databases["mirror"], MIRROR, tmp_path, kafka="127.0.0.1:1") as service:
        service.running.group.began_at -= LONG_AGO
        yield service


def consumer(silent: ServiceUnderTest) -> Consumer:
    assert silent.running.consumer
    return silent.running.consumer


async def live(silent: ServiceUnderTest) -> tuple[int, Any]:
    async with silent.client() as client:
        answer = await client.get("/health/live")
    return answer.status_code, answer.json()


async def test_a_consumer_that_polls_and_moves_is_live(silent: ServiceUnderTest) -> None:
    assert await live(silent) == (200, {"live": True, "waits_for": []})


async def test_a_consumer_that_no_longer_polls_is_not_live(silent: ServiceUnderTest) -> None:
    consumer(silent).polled_at -= LONG_AGO

    assert (await live(silent))[0] == 503


async def test_a_consumer_that_polls_but_takes_nothing_of_what_is_there_is_not_live(
    silent: ServiceUnderTest,
) -> None:
    consumer(silent).topics.moved_at -= LONG_AGO

    assert (await live(silent))[0] == 503


async def test_a_consumer_that_works_on_a_long_group_is_live(silent: ServiceUnderTest) -> None:
    consumer(silent).polled_at -= LONG_AGO
    consumer(silent).topics.moved_at -= LONG_AGO
    silent.running.group.began_at = time.monotonic()

    assert (await live(silent))[0] == 200


async def test_a_consumer_that_waits_for_what_is_down_is_live_and_says_for_what(
    silent: ServiceUnderTest,
) -> None:
    consumer(silent).polled_at -= LONG_AGO
    consumer(silent).topics.away = "Kafka: TimeoutError"

    assert await live(silent) == (200, {"live": True, "waits_for": ["Kafka: TimeoutError"]})
