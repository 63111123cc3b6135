"""A timeline as answers show it: each entry as a sentence in the caller's language, and in both."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import Field

from services.chassis.fields import View
from services.chassis.language import Language, preferred
from services.chassis.timeline import Entry


class Sentences(View):
    id: str
    en: str


class EntryView(View):
    at: datetime
    what: str
    role: Annotated[str, Field(description="Who did it: a person's role, or `service`.")]
    actor: Annotated[str, Field(description="`<role>:<person>`, or `service:<name>`.")]
    on_behalf_of: Annotated[str | None, Field(description="The person for whom it was done.")]
    sentence: Annotated[str, Field(description="In the language asked for by Accept-Language.")]
    sentences: Sentences

    @classmethod
    def of(cls, entry: Entry, tell: Callable[[Entry, str], str], language: Language) -> "EntryView":
        both = Sentences(id=tell(entry, "id"), en=tell(entry, "en"))
        return cls(
            at=entry.at,
            what=entry.what,
            role=entry.actor.partition(":")[0],
            actor=entry.actor,
            on_behalf_of=entry.on_behalf_of,
            sentence=both.id if language == "id" else both.en,
            sentences=both,
        )


async def _spoken(request: Request, response: Response) -> Language:
    language = preferred(request.headers.get("accept-language"))
    response.headers.update({"Content-Language": language, "Vary": "Accept-Language"})
    return language


Spoken = Annotated[Language, Depends(_spoken)]
"""The caller's language; the answer says that it is in it."""
