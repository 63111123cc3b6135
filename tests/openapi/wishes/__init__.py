"""One wish for each operation that is granted as things stand on the stage: the base of all that is then spoilt."""

import importlib

from infra.services import SERVICES
from tests.openapi.documents import OPERATIONS, Operation
from tests.openapi.stage import Stage
from tests.openapi.wishes.wish import WISHES, Wish

for service in SERVICES:
    importlib.import_module(f"tests.openapi.wishes.{service}")


async def granted(operation: Operation, stage: Stage) -> Wish:
    """A wish that this operation grants, if asked now. Things that it uses up are made anew for it."""
    if operation.path.startswith("/health/"):
        return Wish(None)
    return await WISHES[str(operation)](stage)


def without_wish() -> list[str]:
    return [str(one) for one in OPERATIONS if str(one) not in WISHES and "/health/" not in one.path]


__all__ = ["Wish", "granted", "without_wish"]
