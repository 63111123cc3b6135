"""What happened to a thing, who did it and on whose behalf: kept as facts, told as sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from services.chassis.ids import new_id
from services.chassis.tables import timeline
from services.chassis.tx import Tx

_NOTE = insert(timeline)

Texts = Mapping[str, Mapping[str, str]]
"""Per kind of entry the sentence in `id` and `en`, with the facts' names in braces."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: `actor` is `role:id` or `service:name`, times are the judged clock's."""

    at: datetime
    what: str
    actor: str
    on_behalf_of: str | None
    facts: dict[str, Any]

    def sentence(self, texts: Texts, language: str) -> str:
        """The entry in a language that `texts` has; facts that are texts themselves are taken as they are."""
        return texts[self.what][language].format(**self.facts)


async def note(tx: Tx, subject_id: UUID, what: str, **facts: Any) -> None:
    """Add an entry to a thing's timeline, by whoever acts here (or sent the event that is handled)."""
    await note_each(tx, [subject_id], what, **facts)


async def note_each(tx: Tx, subject_ids: Iterable[UUID], what: str, **facts: Any) -> None:
    """Add the same entry to the timelines of many things at once."""
    await note_all(tx, [(subject_id, what, facts) for subject_id in subject_ids])


async def note_all(tx: Tx, news: Iterable[tuple[UUID, str, Mapping[str, Any]]]) -> None:
    """Add an entry of its own to each of many timelines at once: whose, what, and its facts."""
    cause = tx.cause
    same = {
        "at": cause.time if cause else await tx.now(),
        "actor": cause.actor if cause else tx.actor,
        "on_behalf_of": cause.on_behalf_of if cause else tx.on_behalf_of,
    }
    rows = [
        {"id": new_id(), "subject_id": of, "what": what, "facts": facts, **same} for of, what, facts in news
    ]
    if rows:
        await tx.execute(_NOTE, rows)


async def entries(tx: Tx, subject_id: UUID) -> list[Entry]:
    """Everything noted about a thing, in the order in which this service learned it."""
    wanted = timeline.c.at, timeline.c.what, timeline.c.actor, timeline.c.on_behalf_of, timeline.c.facts
    rows = await tx.execute(
        select(*wanted).where(timeline.c.subject_id == subject_id).order_by(timeline.c.id)
    )
    return [Entry(row.at, row.what, row.actor, row.on_behalf_of, row.facts) for row in rows]
