"""How a share's timeline is shown: what happened, who did it, and on whose behalf."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.chassis.fields import View
from services.chassis.language import Language
from services.chassis.timeline import Entry
from services.cooperative import texts
from services.cooperative.api.views import Sentences


class EntryView(View):
    at: datetime
    what: str
    role: Annotated[str, Field(description="Who did it: a person's role, or `service`.")]
    actor: Annotated[str, Field(description="`<role>:<person>`, or `service:<name>`.")]
    on_behalf_of: Annotated[str | None, Field(description="The person for whom it was done.")]
    who: Annotated[str, Field(description="The same with names, as far as they are members.")]
    sentence: Annotated[str, Field(description="In the language asked for by Accept-Language.")]
    sentences: Sentences

    @classmethod
    def of(cls, entry: Entry, unit: str, names: Mapping[UUID, str], language: Language) -> "EntryView":
        both = {each: texts.sentence(entry, unit, names, each) for each in ("id", "en")}
        return cls(
            at=entry.at,
            what=entry.what,
            role=entry.actor.partition(":")[0],
            actor=entry.actor,
            on_behalf_of=entry.on_behalf_of,
            who=texts.who(entry, names, language),
            sentence=both[language],
            sentences=Sentences.model_validate(both),
        )
