"""Accept-Language decides between Indonesian and English."""

import pytest

from services.chassis.language import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("id", "id"),
        ("ID-id", "id"),
        ("id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7", "id"),
        ("en-US,en;q=0.9,id;q=0.8", "en"),
        ("id,en", "id"),
        ("en,id", "en"),
        ("en;q=0.3 , id ; q=0.4", "id"),
        ("fr, jv;q=0.9, id;q=0.1", "id"),
        ("fr", "en"),
        ("*", "en"),
        ("id;q=0", "en"),
        ("*, en;q=0.1", "id"),
        ("id;q=2, en;q=0.1", "en"),
        ("id;q=, ;;, ,", "en"),
        ("in", "en"),
    ],
)
def test_the_better_liked_language_is_answered_in(header: str | None, language: str) -> None:
    assert preferred(header) == language
