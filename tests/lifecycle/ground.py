"""The four services in this process on real PostgreSQL: asked over HTTP, told by the transport, swept by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from infra.services import SERVICES
from services.chassis.access import Caller
from services.chassis.due import Sweep
from services.chassis.group import Group
from services.chassis.ids import new_id
from services.chassis.tokens import ISSUER, SigningKey, issue
from tests.harness.service import APART, ServiceUnderTest
from tests.lifecycle import look
from tests.lifecycle.clock import StoryClock
from tests.lifecycle.deaths import Deaths
from tests.lifecycle.look import Seen
from tests.lifecycle.transport import Logs, Transport

TOKEN_LASTS = timedelta(days=1)
FOUNDED = "founded"
_UNSENT = "SELECT EXISTS (SELECT 1 FROM outbox WHERE (xid, id) > ($1::text::xid8, $2::text::uuid))"
_DUE = "SELECT EXISTS (SELECT 1 FROM due WHERE at <= $1)"


class Broke(Exception):
    """A service did what it never may, whatever it is asked."""


@dataclass
class Ground:
    """What all stories are played on. `touched` are services that may have changed since they were looked at."""

    services: Mapping[str, ServiceUnderTest]
    http: httpx.AsyncClient
    key: SigningKey
    clock: StoryClock
    transport: Transport
    deaths: Deaths
    looks: Mapping[str, Any]
    cooperative: UUID | None = None
    chilli: str = ""
    touched: set[str] = field(default_factory=set)
    founded: Logs = field(default_factory=Logs)
    tokens: dict[Caller, str] = field(default_factory=dict)
    _asked: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._asked = {name: look.statement(service) for name, service in self.services.items()}

    async def send(
        self, caller: Caller, method: str, service: str, path: str, *, headers: Mapping[str, str], body: Any
    ) -> httpx.Response:
        """One request. A service may refuse a wish, but not break over it."""
        if caller not in self.tokens:
            self.tokens[caller] = issue(self.key, caller, issuer=ISSUER, lasts=TOKEN_LASTS)
        self.touched.add(service)
        sent = {"Authorization": f"Bearer {self.tokens[caller]}", **headers}
        answer = await self.http.request(method, f"http://{service}{path}", headers=sent, json=body)
        if answer.status_code >= 500:
            raise Broke(f"{service} answers {answer.status_code} to {method} {path} {body}")
        return answer

    async def tell(self, caller: Caller, service: str, path: str, body: Any, method: str = "POST") -> Any:
        """A request that must be granted."""
        key = {"Idempotency-Key": str(new_id())}
        answer = await self.send(caller, method, service, path, headers=key, body=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def deliver(self, service: str, parts: Sequence[Any], most: int) -> int:
        self.touched.add(service)
        return await self.transport.deliver(service, parts, most)

    async def sweep(self, service: str, times: int) -> int:
        """Do what is due, at most so many times over, with the work that it needs; answers how much was done."""
        self.touched.add(service)
        sweep, done = self.services[service].running.sweep, 0
        for _ in range(times):
            some = await sweep.once()
            if not await sweep.ahead.settled() and not some:
                break
            done += some
        return done

    async def settle(self, *, deaf: str | None = None, asleep: str | None = None) -> None:
        """Carry, deliver and do what is due until nothing is left to do now.

        One service may hear nothing meanwhile; one that is asleep does nothing at all.
        """
        awake, moved = [name for name in SERVICES if name != asleep], 1
        while moved:
            moved = sum([await self.transport.carry(name) for name in awake if await self._unsent(name)])
            for name in awake:
                if name != deaf and (parts := self.transport.waiting(name)):
                    moved += await self.deliver(name, parts, most=500)
            moved += sum([await self.sweep(name, times=100) for name in awake if await self._due(name)])

    async def _unsent(self, service: str) -> bool:
        xid, last = self.transport.carried(service)
        return bool(await self.looks[service].fetchval(_UNSENT, xid, last))

    async def _due(self, service: str) -> bool:
        return bool(await self.looks[service].fetchval(_DUE, self.clock.moment))

    def restarts(self, service: str) -> None:
        """A new process of it: what only memory held is gone."""
        running = self.services[service].running
        running.group = Group(running.database, running.reactions, running.steps)
        running.sweep = Sweep(running.database, running.reactions, self.transport.ends, running.steps, APART)

    async def look(self) -> dict[str, Seen]:
        """Those services that were touched, as they stand now."""
        seen = {
            name: await look.look(self.looks[name], name, self._asked[name])
            for name in SERVICES
            if name in self.touched
        }
        self.touched.clear()
        return seen

    async def keep_as_founded(self) -> None:
        """Every story begins with what stands here now."""
        for name, service in self.services.items():
            tables = [table.name for table in service.service.metadata.sorted_tables]
            copies = [f'CREATE TABLE {FOUNDED}."{table}" AS TABLE public."{table}"' for table in tables]
            drop = f"DROP SCHEMA IF EXISTS {FOUNDED} CASCADE; CREATE SCHEMA {FOUNDED}"
            await self.looks[name].execute("; ".join([drop, *copies]))
        self.founded = self.transport.logs

    async def begin_again(self) -> None:
        """As founded; nothing of the story before is left, in databases, topics or processes."""
        for name, service in self.services.items():
            await self.looks[name].execute(_as_founded(service))
            self.restarts(name)
        self.clock.begins_again()
        self.transport.begins_again(self.founded)
        self.touched = set(SERVICES)


def _as_founded(service: ServiceUnderTest) -> str:
    tables = [table for table in service.service.metadata.sorted_tables if table.name != "relay"]
    gone = [f'DELETE FROM "{table.name}"' for table in reversed(tables)]
    back = [
        f'INSERT INTO "{table.name}" OVERRIDING SYSTEM VALUE SELECT * FROM {FOUNDED}."{table.name}"'
        for table in tables
    ]
    return "; ".join([*gone, *back])  # sent as one, and so one transaction
