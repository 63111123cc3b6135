"""The longest files are begun first, and what is named is there."""

from infra.home import CHECKOUT
from tests.order import LONGEST, place

FILES = [str(file.relative_to(CHECKOUT)) for file in (CHECKOUT / "tests").rglob("test_*.py")]


def test_what_is_said_to_take_long_stands_before_all_else() -> None:
    quick, short = "tests/faults/test_quick.py::test_nothing_is_lost", "tests/orders/test_books.py::test_one"

    assert [place(one) for one in (short, quick, "tests/flows/test_story.py::test_one[a]")] == [
        len(LONGEST),
        0,
        2,
    ]


def test_every_place_has_files_of_its_own() -> None:
    assert {place(file) for file in FILES} == {*range(len(LONGEST) + 1)}
