"""How many drawn cases a test tries: in every run half of them, with `make test FULL=1` all."""

import os

FULL = bool(os.environ.get("LUMBUNG_TEST_FULL"))


def tries(full: int) -> int:
    """The cases are the same in every run, and the first ones are tried first."""
    return full if FULL else full // 2
