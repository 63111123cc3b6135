"""How a share's timeline is shown: as the chassis shows it, with the members' names."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.chassis.language import Language
from services.chassis.telling import EntryView
from services.chassis.timeline import Entry
from services.cooperative import texts


class NamedEntryView(EntryView):
    who: Annotated[str, Field(description="Who did it, by name as far as they are members.")]


def named(entry: Entry, unit: str, names: Mapping[UUID, str], language: Language) -> NamedEntryView:
    """An entry with the names of those who acted and were acted for."""
    shown = EntryView.of(entry, lambda one, spoken: texts.sentence(one, unit, names, spoken), language)
    return NamedEntryView(**dict(shown), who=texts.who(entry, names, language))
