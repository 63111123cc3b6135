"""Who people are to us, and who may see and change it."""

from uuid import UUID

from services.chassis.access import Caller
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.notify.domain import Contact


async def contact_of_person(tx: Tx, person_id: UUID) -> Contact | None:
    return await tx.get(Contact, person_id)


async def contact_for(tx: Tx, person_id: UUID, caller: Caller) -> Contact | None:
    """The person's contact, if there is one: for himself, and for the manager of his cooperative.

    Raises:
        NotFound: for everybody else.
    """
    contact = await contact_of_person(tx, person_id)
    if person_id == caller.person:
        return contact
    if caller.role != "manager" or caller.cooperative is None:
        raise NotFound
    if contact is not None and contact.cooperative != caller.cooperative:
        raise NotFound
    return contact


async def check_may_read(tx: Tx, person_id: UUID, caller: Caller) -> None:
    """Whether the person's messages are the caller's to read.

    Raises:
        NotFound: they are not, or nobody knows the person.
    """
    if await contact_for(tx, person_id, caller) is None and person_id != caller.person:
        raise NotFound
