"""Leases on people's waiting messages: while one process hands them over, no other does.

Leases and back-off are measured by the real clock: they wait for processes and providers, which no moved
clock can hurry. A lease that has run out stays its holder's until somebody else takes it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Update, Uuid, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from services.chassis.tx import Tx
from services.notify.domain import Status
from services.notify.tables import messages, queues

REAL_NOW = func.clock_timestamp()
_FREED = {"lease": None, "leased_until": REAL_NOW}


class Lease(NamedTuple):
    """The right to hand over one person's messages for a while."""

    id: UUID
    person_id: UUID


async def lease_queues(tx: Tx, lease_id: UUID, length: timedelta, most: int) -> Sequence[Lease]:
    """Claim up to so many people whose messages wait, whoever waits longest first."""
    free = (queues.c.leased_until <= REAL_NOW) & (queues.c.not_before <= REAL_NOW)
    taken = select(queues.c.person_id).where(queues.c.person_id == messages.c.person_id, ~free).exists()
    waiting = (
        select(messages.c.person_id, literal(lease_id, Uuid), REAL_NOW + length)
        .where(messages.c.status == Status.WAITING, ~taken)
        .group_by(messages.c.person_id)
        .order_by(func.min(messages.c.number))
        .limit(most)
    )
    claim = insert(queues).from_select(["person_id", "lease", "leased_until"], waiting)
    anew = {"lease": claim.excluded.lease, "leased_until": claim.excluded.leased_until}
    # Where two processes claim one person at once, the second finds the first's lease here and takes nothing.
    claim = claim.on_conflict_do_update(index_elements=[queues.c.person_id], set_=anew, where=free)
    return [Lease(lease_id, person_id) for person_id in await tx.scalars(claim.returning(queues.c.person_id))]


async def renew(tx: Tx, lease: Lease, length: timedelta) -> int | None:
    """Keep a lease for so long from now; answers the failures in a row so far, nothing where it is lost."""
    kept = _held(lease).values(leased_until=REAL_NOW + length).returning(queues.c.failures)
    failures: int | None = await tx.scalar(kept)
    return failures


async def note_success(tx: Tx, lease: Lease) -> None:
    """The provider answered: the next failure is a first one again."""
    await tx.execute(_held(lease).values(failures=0))


async def give_up(tx: Tx, lease: Lease) -> None:
    """Let anyone claim this person's messages from now on."""
    await tx.execute(_held(lease).values(_FREED))


async def put_off(tx: Tx, lease: Lease, failures: int, wait: timedelta) -> None:
    """Give the lease up and let this person's messages wait: the provider did not take one."""
    await tx.execute(_held(lease).values({**_FREED, "not_before": REAL_NOW + wait, "failures": failures}))


def _held(lease: Lease) -> Update:
    return update(queues).where(queues.c.person_id == lease.person_id, queues.c.lease == lease.id)
