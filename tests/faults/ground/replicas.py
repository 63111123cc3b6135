"""Replicas of the services as processes of the suite: killed, frozen, stopped, and started again when they end."""

import asyncio
import os
import signal
import ssl
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import psutil

from infra.stack.part import Part
from tests.faults.timeline import Timeline

ASKED_S = 5
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Made once: a client that reads the authorities' certificates anew takes longer than what it asks."""
EVERY_S = 0.2
AGAIN_S = 0.3


@dataclass
class Replica:
    """`wanted` is whether it should run; the keeper starts what is wanted and has ended."""

    service: str
    part: Part
    wanted: bool = True
    arming: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.part.name

    @property
    def url(self) -> str:
        return f"http://{self.part.address}"

    async def says(self, what: str = "ready") -> bool:
        answer = await self.asked(what)
        return answer is not None and answer.status_code == 200

    async def told(self) -> dict[str, Any] | None:
        """Its readiness in its own words, None when it does not answer."""
        answer = await self.asked("ready")
        try:
            return dict(answer.json()) if answer is not None else None
        except ValueError:
            return None

    async def asked(self, what: str) -> httpx.Response | None:
        """What it answers on a connection of its own, None where no answer comes."""
        try:
            async with httpx.AsyncClient(timeout=ASKED_S, verify=_NO_TLS, trust_env=False) as client:
                return await client.get(f"{self.url}/health/{what}")
        except httpx.HTTPError:
            return None

    def ended(self) -> bool:
        return not self.part.running


def signal_all(part: Part, number: signal.Signals) -> None:
    """A part and all its children, each in a session of its own."""
    if part.process is None:
        return
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        whole = psutil.Process(part.process.pid)
        for process in [whole, *whole.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess, ProcessLookupError):
                os.kill(process.pid, number)


def kill_one(part: Part) -> None:
    """The main process alone, with -9: what its children do about it is theirs."""
    if part.process is not None and part.running:
        part.process.kill()
        part.process.wait(10)


async def keep(parts: Iterable[Replica], timeline: Timeline, until: asyncio.Event) -> None:
    """Start again what is wanted and has ended, as the supervisor of a real installation would."""
    while not until.is_set():
        for one in parts:
            if one.wanted and one.ended():
                code = one.part.process.returncode if one.part.process else None
                timeline.note("ended", one.name, f"by itself, with code {code}; started again")
                await asyncio.sleep(AGAIN_S)
                one.part.spawn()
        await asyncio.sleep(EVERY_S)
