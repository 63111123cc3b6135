"""What a sharing tells sellers and buyers: written down by the page, read by whom it concerns."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, select, text

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.tx import Tx
from services.cooperative.domain import Sharing
from services.cooperative.queries.credits_seen import known
from services.cooperative.tables import members, sentences

_ADD = text(
    """
INSERT INTO sentences (sharing_id, person_id, line_id, commodity, sentences)
SELECT :sharing_id, coalesce(told.seller_id, lines.buyer_id), told.line_id, told.commodity, told.sentences
FROM jsonb_to_recordset(CAST(:page AS jsonb))
     AS told(seller_id uuid, line_id uuid, commodity text, sentences jsonb)
LEFT JOIN lines ON lines.id = told.line_id
"""
)


async def add_sentences(tx: Tx, sharing: Sharing, pages: Sequence[str]) -> None:
    for page in pages:
        await tx.execute(_ADD, {"sharing_id": sharing.id, "page": page})


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
