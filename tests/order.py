"""The order in which the files of a run are begun: the longest first, so that no worker has one left at the end."""

LONGEST = (
    "tests/faults/test_quick.py",
    "tests/flows/test_stopped_subscriptions.py",
    "tests/flows/",
    "tests/openapi/",
    "tests/lifecycle/",
    "tests/cli/",
    "tests/infra/",
    "tests/chassis/test_",
    "tests/cooperative/engine/",
    "tests/cooperative/verify/",
)
"""How the paths of files begin, those that take the longest first. What is not named comes after, in pytest's order."""


def place(nodeid: str) -> int:
    """Where among these the test's file stands; it counts as the first of them that it begins with."""
    return next((number for number, start in enumerate(LONGEST) if nodeid.startswith(start)), len(LONGEST))
