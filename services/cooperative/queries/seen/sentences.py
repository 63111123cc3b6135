"""What a sharing tells sellers and buyers, read by whom it concerns."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, select

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.tx import Tx
from services.cooperative.queries.seen.credits import known
from services.cooperative.tables import members, sentences


async def sentences_of(tx: Tx, caller: Caller, sharing_id: UUID, part: Slice) -> Sequence[Row[Any]]:
    """Those that the caller may read, a page of them."""
    return (await tx.execute(part.narrow(_told(caller, sharing_id), sentences.c.id))).all()


async def own_sentences(tx: Tx, caller: Caller, sharing_id: UUID) -> Sequence[Row[Any]]:
    """Those to the person who calls or is acted for."""
    own = _told(caller, sharing_id).where(sentences.c.person_id == caller.person)
    return (await tx.execute(own.order_by(sentences.c.id))).all()


def _told(caller: Caller, sharing_id: UUID) -> Select[Any]:
    return select(sentences).where(sentences.c.sharing_id == sharing_id, _readable(caller))


def _readable(caller: Caller) -> ColumnElement[bool]:
    """A manager reads all, a buyer of his lines, a seller of his lots, an assistant of her villages' sellers."""
    own, bought = sentences.c.person_id == caller.person, sentences.c.line_id.is_not(None)
    match caller.role:
        case "manager":
            return sentences.c.id.is_not(None)
        case "buyer":
            return and_(own, bought)
        case "seller":
            return and_(own, ~bought)
    return ~bought & exists().where(known(caller), members.c.person_id == sentences.c.person_id)
