"""Lists page by page: an opaque cursor says where the next page starts, whatever was added meanwhile."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar, TypeVarTuple
from uuid import UUID

from fastapi import Depends, Query
from pydantic import Field
from sqlalchemy import ColumnElement, Select

from services.chassis.answers import Invalid
from services.chassis.fields import View
from services.chassis.validation import mistake

Item = TypeVar("Item", bound=View)
Columns = TypeVarTuple("Columns")
CURSOR = "^[A-Za-z0-9_-]{22}$"


class Page(View, Generic[Item]):
    """Some of the items, and the cursor of the next page where there is one."""

    items: tuple[Item, ...]
    next: Annotated[str | None, Field(description="Send it as `cursor` for the next page.")] = None


@dataclass(frozen=True)
class Slice:
    """The part of a list that is asked for: `limit` items behind the one with id `after`, newest first."""

    limit: int
    after: UUID | None = None

    def narrow(self, statement: Select[*Columns], by: ColumnElement[UUID]) -> Select[*Columns]:
        """The statement for this page and one row more, newest (largest UUIDv7) first."""
        if self.after is not None:
            statement = statement.where(by < self.after)
        return statement.order_by(by.desc()).limit(self.limit + 1)

    def page(self, items: Sequence[Item], by: Callable[[Item], UUID]) -> Page[Item]:
        """The page of what `narrow` found; `by` tells an item's id."""
        shown = tuple(items[: self.limit])
        return Page(items=shown, next=_cursor(by(shown[-1])) if len(items) > len(shown) > 0 else None)


def _cursor(after: UUID) -> str:
    return urlsafe_b64encode(after.bytes).decode().rstrip("=")


def _after(cursor: str) -> UUID:
    try:
        return UUID(bytes=urlsafe_b64decode(f"{cursor}==".encode("ascii")))
    except (binascii.Error, ValueError):
        raise Invalid(mistake("cursor_unknown", "query", "cursor")) from None


async def _slice(
    limit: Annotated[int, Query(ge=1, le=100, description="How many items at most.")] = 50,
    cursor: Annotated[
        str | None,
        Query(description="`next` of the page before.", max_length=22, json_schema_extra={"pattern": CURSOR}),
    ] = None,
) -> Slice:
    return Slice(limit, _after(cursor) if cursor is not None else None)


Paging = Annotated[Slice, Depends(_slice)]
