"""Whatever schemathesis sends, each operation answers as its document says; and has answered yes and no."""

import random
from collections import Counter

import httpx
import pytest
from schemathesis.core.failures import FailureGroup

from services.chassis.ids import new_id
from tests.openapi.documents import OPERATIONS, Operation
from tests.openapi.drawn import Case, cases
from tests.openapi.fuzz import CHECKS, aim, send
from tests.openapi.stage import Stage, stranger
from tests.openapi.wishes import Wish, granted, without_wish

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHARE_OF_STRANGERS = 0.2


def headers(stage: Stage, wish: Wish, dice: random.Random) -> dict[str, str]:
    """A new key; now and then a stranger's token or none; what else the wish needs, mostly."""
    sent = {"Idempotency-Key": str(new_id())} if dice.random() < 0.95 else {}
    if wish.caller and dice.random() < 0.95:
        caller = stranger(wish.caller) if dice.random() < SHARE_OF_STRANGERS else wish.caller
        sent["Authorization"] = f"Bearer {stage.hamlet.world.token(caller)}"
    return sent | (wish.headers if dice.random() < 0.8 else {})


async def fuzz(operation: Operation, stage: Stage) -> tuple[Counter[int], list[str]]:
    """How often each status was answered, and what was answered that the document does not say."""
    dice, seen, wrong = random.Random(str(operation)), Counter[int](), list[str]()
    wish = await granted(operation, stage)
    for case in cases(operation):
        aim(case, wish, headers(stage, wish, dice), dice)
        answer = await send(stage.hamlet, case)
        wrong += undocumented(case, answer)
        if case.method == operation.method:
            seen[answer.status_code // 100] += 1
        if answer.is_success and operation.method != "GET":
            wish = await granted(operation, stage)
    return seen, wrong


def undocumented(case: Case, answer: httpx.Response) -> list[str]:
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as found:
        return [str(found)]
    return []


async def ask(operation: Operation, stage: Stage, **more: str) -> int:
    """The wish that is granted; with a parameter that nobody knows it is not."""
    wish = await granted(operation, stage)
    body = {} if wish.body is None else {"json": wish.body}
    url, query = operation.url(wish.ids), wish.query | more
    answer = await stage.hamlet.send(
        wish.caller, operation.method, url, params=query, headers=wish.headers, **body
    )
    return answer.status_code // 100


async def test_every_operation_of_every_service_has_a_wish_that_is_granted() -> None:
    assert without_wish() == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_whatever_is_sent_is_answered_as_documented_with_a_yes_and_a_no(
    operation: Operation, stage: Stage
) -> None:
    granted_and_not = [await ask(operation, stage), await ask(operation, stage, made_up="1")]
    seen, wrong = await fuzz(operation, stage)

    assert wrong == []
    assert granted_and_not == [2, 4]
    assert seen.keys() <= {2, 4}
