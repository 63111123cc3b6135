"""No test is skipped in silence."""

from tests.skips import Skips

ALLOWED = [("tests/infra/test_containers.py", "no Docker engine answers")]


def test_a_skip_is_allowed_for_its_test_and_its_reason_only() -> None:
    skips = Skips(ALLOWED)

    skips.judge("tests/infra/test_containers.py::test_one", "Skipped: no Docker engine answers")
    skips.judge("tests/infra/test_containers.py::test_two", "Skipped: too slow")
    skips.judge("tests/infra/test_stack.py::test_three", "Skipped: no Docker engine answers")

    assert [skip.partition(":")[0] for skip in skips.refused] == [
        "tests/infra/test_containers.py",
        "tests/infra/test_stack.py",
    ]


def test_the_file_names_a_test_and_a_reason_on_each_line() -> None:
    assert all(test.startswith("tests/") and reason for test, reason in Skips.from_file()._allowed)
