"""Which villages and cooperatives a person belongs to, as far as we were told: who may speak to us for him."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from services.chassis.access import Caller
from services.chassis.tx import Tx
from services.notify.domain import Place, Word
from services.notify.tables import contacts, messages, ties


async def tie(tx: Tx, person_id: UUID, places: Iterable[Place], word: Word) -> None:
    """Keep where a person belongs; what weighs less than this is forgotten, what weighs more stands."""
    rows = [{"person_id": person_id, "word": word, **place._asdict()} for place in places]
    if not rows or not word.counts_after(await _weightiest(tx, person_id)):
        return
    await tx.execute(delete(ties).where(ties.c.person_id == person_id, ties.c.word < word))
    await tx.execute(insert(ties).values(rows).on_conflict_do_nothing())


async def forget_claims(tx: Tx, person_id: UUID) -> None:
    """The person speaks for himself: what somebody merely claimed of him holds no longer."""
    await tx.execute(delete(ties).where(ties.c.person_id == person_id, ties.c.word == Word.CLAIMED))


async def _weightiest(tx: Tx, person_id: UUID) -> Word | None:
    word: int | None = await tx.scalar(select(func.max(ties.c.word)).where(ties.c.person_id == person_id))
    return None if word is None else Word(word)


async def is_tied(tx: Tx, person_id: UUID, caller: Caller) -> bool:
    """Whether the person belongs to the manager's cooperative, or where the assistant who acts for him serves."""
    wanted = select(exists().where(ties.c.person_id == person_id, _within(caller)))
    return _speaks_for(caller, person_id) and bool(await tx.scalar(wanted))


def _speaks_for(caller: Caller, person_id: UUID) -> bool:
    return caller.role == "manager" or (caller.role == "assistant" and caller.on_behalf_of == person_id)


def _within(caller: Caller) -> ColumnElement[bool]:
    here = ties.c.cooperative == caller.cooperative
    return here if caller.role == "manager" else and_(here, ties.c.village.in_(caller.villages))


async def is_unheard_of(tx: Tx, person_id: UUID) -> bool:
    """Whether nothing is known of a person: no tie, no contact, no message that a newcomer could read."""
    tables = (ties, contacts, messages)
    known = [exists().where(table.c.person_id == person_id) for table in tables]
    return not any((await tx.execute(select(*known))).one())
