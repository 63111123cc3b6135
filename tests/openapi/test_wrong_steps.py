"""A wish at the wrong time, to the wrong place, or twice: refused with a reason and advice, changing nothing."""

import pytest

from services.chassis.ids import new_id
from tests.openapi.documents import Operation
from tests.openapi.stage import Stage
from tests.openapi.wishes import granted
from tests.openapi.wrong import BY_NAME, Maker
from tests.openapi.wrong_fields import FIELDS
from tests.openapi.wrong_steps import STEPS

WRONG = FIELDS | STEPS
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(("operation", "code", "make"), WRONG.values(), ids=WRONG)
async def test_what_cannot_be_now_is_refused_with_its_reason_in_the_callers_language_and_nothing_changes(
    operation: Operation, code: str, make: Maker, stage: Stage
) -> None:
    wish = await make(stage)
    before = await stage.hamlet.digest()

    answers = [
        await stage.hamlet.send(
            wish.caller, operation.method, operation.url(wish.ids), params=wish.query,
            headers={"Accept-Language": language, **wish.headers}, **({"json": wish.body} if wish.body else {}),
        )
        for language in ("en", "id")
    ]  # fmt: skip

    english, indonesian = (answer.json() for answer in answers)
    assert (english["code"], english["status"]) == (code, answers[0].status_code)
    assert english["status"] in {403, 404, 409, 412, 422, 428}
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}
    assert indonesian["code"] == code
    assert indonesian["detail"] != english["detail"]
    assert await stage.hamlet.digest() == before


async def test_a_key_that_stands_for_one_wish_is_refused_for_another(stage: Stage) -> None:
    operation, headers = BY_NAME["catalog POST /lots/{lot_id}/price"], {"Idempotency-Key": str(new_id())}
    wish = await granted(operation, stage)
    first = await stage.hamlet.send(
        wish.caller, "POST", operation.url(wish.ids), json=wish.body, headers=headers
    )
    before = await stage.hamlet.digest()

    other = await stage.hamlet.send(
        wish.caller, "POST", operation.url(wish.ids), json={"price": 1}, headers=headers
    )

    assert (first.status_code, other.status_code, other.json()["code"]) == (200, 422, "idempotency-key-used")
    assert await stage.hamlet.digest() == before


async def test_names_in_any_script_and_with_emoji_are_kept_as_they_were_written(stage: Stage) -> None:
    operation = BY_NAME["notify PUT /contacts/{person_id}"]
    wish = await granted(operation, stage)
    for name in ("Bu Sari 🌶️👩‍🌾", "ꦧꦸꦱꦫꦶ", "محمّد", "'; DROP TABLE contacts; --", "<b>Bu</b> {{ 7*7 }} {0} %s"):
        answer = await stage.hamlet.send(
            wish.caller, "PUT", operation.url(wish.ids), json=wish.body | {"name": name}
        )
        read = await stage.hamlet.send(wish.caller, "GET", operation.url(wish.ids))

        assert (answer.status_code, read.json()["name"]) == (200, name)
