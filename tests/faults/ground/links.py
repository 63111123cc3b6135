"""A small TCP proxy between services and PostgreSQL or a broker: a link that can be cut, silenced and slowed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

CONNECTING, SILENT, SLOW, FULL = "connecting", "silent", "slow", "full"


@dataclass
class Link:
    """`slow_s` delays every chunk. Cut, it ends its connections and refuses new ones; silent, it passes nothing."""

    name: str
    port: int
    behind: int
    slow_s: float = 0.0
    is_cut: bool = False
    is_silent: bool = False
    sides: set["Side"] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Front(self), "127.0.0.1", self.port)

    async def close(self) -> None:
        self.cut()
        if self._server is not None:
            self._server.close()

    def cut(self) -> None:
        self.is_cut = True
        for side in list(self.sides):
            side.transport.abort()

    def silence(self) -> None:
        self.is_silent = True
        for side in self.sides:
            side.stop(SILENT)

    def heal(self) -> None:
        self.is_cut, self.is_silent, self.slow_s = False, False, 0.0
        for side in list(self.sides):
            side.go(SILENT)
            side.go(SLOW)


class Side(asyncio.Protocol):
    """One end of a connection: what comes here goes out at the other. Every statement of a run passes: it is lean."""

    transport: asyncio.Transport
    other: "Side"

    def __init__(self, link: Link) -> None:
        self.link = link
        self._held = b""
        self._stops = set[str]()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is none by its class
        self.link.sides.add(self)
        if self.link.is_silent:
            self.stop(SILENT)

    def data_received(self, data: bytes) -> None:
        if self.link.slow_s:
            self.stop(SLOW)
            asyncio.get_running_loop().call_later(self.link.slow_s, self.go, SLOW)
        if self._stops:  # reading may stop a little late
            self._held += data
        else:
            self.other.transport.write(data)

    def stop(self, why: str) -> None:
        """Read nothing until this reason, and every other, has gone."""
        self._stops.add(why)
        if not self.transport.is_closing():
            self.transport.pause_reading()

    def go(self, why: str) -> None:
        """This reason has gone: what was held back goes out and more is read, unless there is another."""
        self._stops.discard(why)
        if self._stops:
            return
        held, self._held = self._held, b""
        if held and not self.other.transport.is_closing():
            self.other.transport.write(held)
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def pause_writing(self) -> None:
        self.other.stop(FULL)

    def resume_writing(self) -> None:
        self.other.go(FULL)

    def connection_lost(self, exc: Exception | None) -> None:
        self.link.sides.discard(self)
        if hasattr(self, "other"):
            self.other.transport.close()


class Front(Side):
    """The end that a service connected to; it connects to what is behind the link."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self.link.is_cut:
            self.transport.abort()
            return
        self.stop(CONNECTING)
        self._connecting = asyncio.ensure_future(self._connect())

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        back = Side(self.link)
        back.other = self
        try:
            await loop.create_connection(lambda: back, "127.0.0.1", self.link.behind)
        except OSError:
            self.transport.abort()
            return
        self.other = back
        if self.transport.is_closing() or self.link.is_cut:
            self.transport.abort()
            back.transport.abort()
            return
        self.go(CONNECTING)


async def open_links(wanted: Mapping[str, tuple[int, int]]) -> dict[str, Link]:
    """Open a link for each name: the port it listens on, and the port behind it."""
    links = {name: Link(name, port, behind) for name, (port, behind) in wanted.items()}
    for link in links.values():
        await link.open()
    return links
