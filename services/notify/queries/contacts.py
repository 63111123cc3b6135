"""Who people are to us, and who may see and change it."""

from uuid import UUID

from services.chassis.access import Caller
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.notify.domain import Contact, Word, places_of
from services.notify.queries import ties


async def contact_of_person(tx: Tx, person_id: UUID) -> Contact | None:
    return await tx.get(Contact, person_id)


async def check_may_read(tx: Tx, person_id: UUID, caller: Caller) -> None:
    """Whether the person's contact and messages are the caller's to read: his own, or of one tied to him.

    Raises:
        NotFound: they are not.
    """
    if not is_himself(caller, person_id) and not await ties.is_tied(tx, person_id, caller):
        raise NotFound


async def check_may_set(tx: Tx, person_id: UUID, caller: Caller) -> None:
    """Whether the caller may say how a person is told: who may read it, or the first to claim him.

    Raises:
        NotFound: he may not.
    """
    if is_himself(caller, person_id):
        await _believe(tx, caller)
    elif _may_claim(caller, person_id) and await ties.is_unheard_of(tx, person_id):
        await ties.tie(tx, person_id, places_of(caller.cooperative, caller.villages), Word.CLAIMED)
    else:
        await check_may_read(tx, person_id, caller)


def is_himself(caller: Caller, person_id: UUID) -> bool:
    return caller.subject == person_id and caller.on_behalf_of is None


def _may_claim(caller: Caller, person_id: UUID) -> bool:
    """An assistant, before anything is known of the person: he answers for it with where he serves."""
    served = caller.cooperative is not None and bool(caller.villages)
    return caller.role == "assistant" and caller.on_behalf_of == person_id and served


async def _believe(tx: Tx, himself: Caller) -> None:
    await ties.forget_claims(tx, himself.id)
    await ties.tie(tx, himself.id, places_of(himself.cooperative, himself.villages), Word.OWN)
