"""A small TCP proxy between services and PostgreSQL or a broker: a link that can be cut, silenced and slowed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

CHUNK = 65_536


@dataclass
class Link:
    """`slow_s` delays every chunk. Cut, it ends its connections and refuses new ones; silent, it passes nothing."""

    name: str
    port: int
    behind: int
    slow_s: float = 0.0
    is_cut: bool = False
    _passing: asyncio.Event = field(default_factory=asyncio.Event)
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def open(self) -> None:
        self._passing.set()
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port, limit=CHUNK)

    async def close(self) -> None:
        self.cut()
        if self._server is not None:
            self._server.close()

    def cut(self) -> None:
        self.is_cut = True
        for writer in list(self._writers):
            writer.transport.abort()

    def silence(self) -> None:
        self._passing.clear()

    def heal(self) -> None:
        self.is_cut, self.slow_s = False, 0.0
        self._passing.set()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.behind, limit=CHUNK)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, back}
        self._writers |= both
        try:
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
        finally:
            self._writers -= both
            for one in both:
                one.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while chunk := await reader.read(CHUNK):
                if self.slow_s:
                    await asyncio.sleep(self.slow_s)
                await self._passing.wait()
                writer.write(chunk)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


async def open_links(wanted: Mapping[str, tuple[int, int]]) -> dict[str, Link]:
    """Open a link for each name: the port it listens on, and the port behind it."""
    links = {name: Link(name, port, behind) for name, (port, behind) in wanted.items()}
    for link in links.values():
        await link.open()
    return links
