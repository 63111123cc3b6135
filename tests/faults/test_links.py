"""The suite's own links: what passes arrives whole and in order, and a link that is cut or silent lets nothing by."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from tests.faults.ground.links import Link
from tests.harness.until import until

MANY = bytes(range(256)) * 20_000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Around:
    """An echo behind a link, and those who talk to it."""

    link: Link
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def say(self, what: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.link.port)
        self.writers.append(writer)
        writer.write(what)
        return reader, writer

    async def echo(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        with suppress(OSError):
            while chunk := await reader.read(65_536):
                writer.write(chunk)
                await writer.drain()

    async def leave(self) -> None:
        for writer in self.writers:
            writer.close()
        for writer in self.writers:
            with suppress(OSError):
                await writer.wait_closed()


@pytest.fixture
async def around() -> AsyncIterator[Around]:
    around = Around(Link("echo", free_port(), free_port()))
    server = await asyncio.start_server(around.echo, "127.0.0.1", around.link.behind)
    await around.link.open()
    yield around
    await around.leave()
    await around.link.close()
    server.close()
    await until(lambda: not around.link.sides, what="all connections have ended")


async def test_more_than_any_buffer_holds_comes_back_whole(around: Around) -> None:
    reader, _ = await around.say(MANY)

    assert await reader.readexactly(len(MANY)) == MANY


async def test_what_is_slowed_keeps_its_order_also_when_the_link_heals_meanwhile(around: Around) -> None:
    around.link.slow_s = 60
    reader, writer = await around.say(b"first ")
    await until(lambda: any(side._held for side in around.link.sides), what="the first word is held back")
    around.link.heal()
    writer.write(b"second")

    assert await reader.readexactly(12) == b"first second"


async def test_a_silent_link_keeps_its_connections_and_lets_everything_by_once_healed(around: Around) -> None:
    reader, writer = await around.say(b"before")
    assert await reader.readexactly(6) == b"before"
    around.link.silence()
    writer.write(b"during")
    late, _ = await around.say(b"new")
    await until(lambda: len(around.link.sides) == 4, what="a new connection has come up")

    assert not reader._buffer  # type: ignore[attr-defined]
    around.link.heal()
    assert (await reader.readexactly(6), await late.readexactly(3)) == (b"during", b"new")


async def test_a_cut_link_ends_its_connections_and_takes_none(around: Around) -> None:
    reader, _ = await around.say(b"before")
    assert await reader.readexactly(6) == b"before"
    around.link.cut()

    with suppress(ConnectionError):
        assert await reader.read() == b""
    with suppress(ConnectionError):
        refused, _ = await around.say(b"during")
        assert await refused.read() == b""
    assert not around.link.sides
    around.link.heal()
    reader, _ = await around.say(b"after")
    assert await reader.readexactly(5) == b"after"
