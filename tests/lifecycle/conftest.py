"""The ground on which stories are played: opened once, begun again for each."""

import asyncio
from collections.abc import Iterator

import pytest

from infra.stack import Stack
from tests.lifecycle.opening import opened
from tests.lifecycle.playing import Playing


@pytest.fixture(scope="package")
def playing(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playing]:
    """A loop of its own, since Hypothesis waits for nothing."""
    loop = asyncio.new_event_loop()
    opening = opened(stack, tmp_path_factory.mktemp("lifecycle"))
    try:
        yield Playing(loop.run_until_complete(opening.__aenter__()), loop)
        loop.run_until_complete(opening.__aexit__(None, None, None))
    finally:
        loop.close()
