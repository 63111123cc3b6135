"""Lists in which nothing stands twice."""

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError


def once(things: tuple[object, ...]) -> tuple[object, ...]:
    if len(set(things)) < len(things):
        raise PydanticCustomError(
            "named_twice",
            "something is named twice",
            {"en": "Name each of them once.", "id": "Sebutkan masing-masing sekali saja."},
        )
    return things


Once = AfterValidator(once)
UNIQUE = {"uniqueItems": True}
