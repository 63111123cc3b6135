"""The kinds of values requests carry, each refusing what could never be meant; the bases of their models."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated

from annotated_types import GroupedMetadata
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

LARGEST = 10**12
YEARS = range(2020, 2100)
# Control characters, line separators and direction overrides: none is ever typed. Half a character is no text
# for pydantic already; patterns that name those halves cannot be read by every JSON Schema validator.
UNTYPED = r"\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069"
UNTYPED_BUT_NEWLINE = UNTYPED.replace(r"\u0000-\u001F", r"\u0000-\u0009\u000B-\u001F")
BLANK = r"\s\u200B-\u200F\u2060\uFEFF"
ISO_DAY = r"^20[2-9][0-9]-[0-9]{2}-[0-9]{2}$"
# Seven digits or more are dialled; a date and a sum of money are not.
DIALLED = re.compile(r"\d(?:[\s.,()/\u2010-\u2015+-]*\d){6,}")
NOT_DIALLED = re.compile(
    r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}([-./])\d{1,2}\1\d{4}\b|\bRp\.?\s?\d+(?:\.\d+)*", re.I
)
MAILED = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")
RFC3339 = ISO_DAY[:-1] + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$"


class Body(BaseModel):
    """What a request carries: unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class View(BaseModel):
    """What an answer shows; never a table row."""

    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True)
class Text(GroupedMetadata):
    """`Annotated[str, Text(80)]`: typed by a person, not blank; blanks around it are cut off."""

    longest: int
    lines: bool = False

    def __iter__(self) -> Iterator[object]:
        untyped = UNTYPED_BUT_NEWLINE if self.lines else UNTYPED
        pattern = f"^[^{untyped}]*[^{untyped}{BLANK}][^{untyped}]*$"
        yield Strict()
        yield Field(min_length=1, max_length=self.longest, json_schema_extra={"pattern": pattern})
        yield AfterValidator(_Typed(re.compile(f"[{untyped}]"), re.compile(f"[^{BLANK}]")))


@dataclass(frozen=True)
class _Typed:
    untyped: re.Pattern[str]
    visible: re.Pattern[str]

    def __call__(self, text: str) -> str:
        if self.untyped.search(text):
            raise PydanticCustomError("text_characters", "text holds characters that nobody types")
        if not self.visible.search(text):
            raise PydanticCustomError("text_blank", "text is blank")
        return text.strip()


@dataclass(frozen=True)
class Form(GroupedMetadata):
    """`Annotated[str, Form("^[A-Z]{3}$", en="Send three capitals.", id="Kirim tiga huruf besar.")]`."""

    pattern: str
    en: str
    id: str

    def __iter__(self) -> Iterator[object]:
        yield Strict()
        yield Field(json_schema_extra={"pattern": self.pattern})
        yield AfterValidator(self._check)

    def _check(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text) or text.endswith("\n"):
            raise PydanticCustomError("form", "not in the form asked for", {"en": self.en, "id": self.id})
        return text


def _day(value: object) -> object:
    """Pydantic alone would also take seconds since 1970."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return value
    raise PydanticCustomError("day_form", "not a day as YYYY-MM-DD")


def _moment(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}", value, re.ASCII):
        return value
    raise PydanticCustomError("moment_form", "not a moment as YYYY-MM-DDThh:mm:ssZ")


def _check_year(value: date) -> date:
    if value.year not in YEARS:
        raise PydanticCustomError("year_range", "year out of range", {"first": YEARS[0], "last": YEARS[-1]})
    return value


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise PydanticCustomError("moment_zone", "a moment needs its zone")
    _check_year(value)
    return value.astimezone(UTC)


def _names_no_address(text: str) -> str:
    """A reason leaves the service and is read by strangers: nobody's number may be in it."""
    if MAILED.search(text) or DIALLED.search(NOT_DIALLED.sub("x", text)):
        raise PydanticCustomError("names_address", "a phone number or an e-mail address in what others read")
    return text


Quantity = Annotated[int, Strict(), Field(ge=1, le=LARGEST)]
Rupiah = Annotated[int, Strict(), Field(ge=1, le=LARGEST)]
Name = Annotated[str, Text(80)]
Reason = Annotated[
    str,
    Text(300),
    AfterValidator(_names_no_address),
    Field(description="Everyone concerned reads it; no phone number and no e-mail address."),
]
VillageCode = Annotated[
    str,
    Form(
        r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}$",
        en="Send the home ministry's code of the village, such as 33.01.18.2006.",
        id="Kirim kode desa dari Kemendagri, misalnya 33.01.18.2006.",
    ),
]
Grade = Annotated[
    str,
    Form(
        r"^[A-Za-z0-9][A-Za-z0-9 +-]{0,11}$",
        en="Send a grade of at most 12 letters and digits, such as A.",
        id="Kirim mutu paling banyak 12 huruf dan angka, misalnya A.",
    ),
]
Day = Annotated[
    date, BeforeValidator(_day), AfterValidator(_check_year), Field(json_schema_extra={"pattern": ISO_DAY})
]
Moment = Annotated[
    datetime, BeforeValidator(_moment), AfterValidator(_utc), Field(json_schema_extra={"pattern": RFC3339})
]
