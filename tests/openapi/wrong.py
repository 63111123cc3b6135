"""Wishes that are well-formed and cannot be granted: by which operation, and with which code it says so."""

from collections.abc import Awaitable, Callable

from tests.openapi.documents import OPERATIONS, Operation
from tests.openapi.stage import Stage
from tests.openapi.wishes import Wish

Maker = Callable[[Stage], Awaitable[Wish]]
BY_NAME = {str(one): one for one in OPERATIONS}


class WrongWishes(dict[str, tuple[Operation, str, Maker]]):
    """By a name for each."""

    def keep(self, operation: str, code: str, what: str, make: Maker) -> None:
        self[f"{operation}: {what}"] = (BY_NAME[operation], code, make)

    def wrong(self, operation: str, code: str) -> Callable[[Maker], Maker]:
        """The decorated function makes the wish; its name says what is wrong with it."""

        def keep(make: Maker) -> Maker:
            self.keep(operation, code, make.__name__.replace("_", " "), make)
            return make

        return keep
