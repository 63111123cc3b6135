"""What goes wrong is told as a problem: which field, what to do, when to come again, in the caller's language."""

import json
import logging
from pathlib import Path

import pytest

from services.chassis.problem import JUDUL, NotFound, Refused
from tests.chassis.http.conftest import serve
from tests.chassis.http.problem import problem
from tests.harness.service import ServiceUnderTest, person


async def test_each_wrong_field_is_named_with_what_to_do(things: ServiceUnderTest) -> None:
    wrong = {"name": " ", "parts": [{"quantity": 1}, {"quantity": 0.5, "x": 1}], "colour": "blue", "extra": 1}

    async with things.client(person("maker")) as maker:
        told = problem(await maker.post("/things", json=wrong), 422)

    assert told["errors"] == [
        {"field": "name", "message": "Write something here; blanks alone are not enough."},
        {"field": "parts[1].quantity", "message": "Send a whole number, without quotes or decimals."},
        {"field": "parts[1].x", "message": "This is not known here. Remove it or check its spelling."},
        {"field": "colour", "message": "Send one of: 'red' or 'green'."},
        {"field": "extra", "message": "This is not known here. Remove it or check its spelling."},
    ]


async def test_problems_are_told_in_indonesian_to_who_prefers_it(things: ServiceUnderTest) -> None:
    async with things.client(person("maker"), **{"Accept-Language": "id-ID,en;q=0.5"}) as maker:
        answer = await maker.post("/things", json={"colour": "blue"})

    assert answer.headers["content-language"] == "id"
    assert (answer.json()["title"], answer.json()["code"]) == ("Ada isian yang keliru", "invalid")
    assert problem(answer, 422)["errors"] == [
        {"field": "name", "message": "Ini wajib. Tambahkan."},
        {"field": "colour", "message": "Kirim salah satu dari: 'red' atau 'green'."},
    ]


async def test_a_bug_is_a_500_that_gives_nothing_away_and_is_logged_once(
    things: ServiceUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    async with things.client(person("maker")) as maker:
        thing = (await maker.post("/things", json={"name": "basket"})).json()
        answer = await maker.post(f"/things/{thing['id']}/spoiling", json={"how": "bug"})

    assert problem(answer, 500)["code"] == "broken"
    assert "a bug" not in answer.text
    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.exc_info is not None


async def test_a_database_that_is_away_is_a_503_that_says_when_to_come_again(tmp_path: Path) -> None:
    nowhere = serve("postgresql://nobody:x@127.0.0.1:9/none", tmp_path)

    async with nowhere.client(person("maker")) as maker:
        answers = [await maker.get("/things"), await maker.post("/things", json={"name": "basket"})]

    assert [problem(answer, 503)["code"] for answer in answers] == ["unavailable", "unavailable"]
    assert answers[0].headers["retry-after"] == "1"
    await nowhere.running.database.engine.dispose()


async def test_more_requests_than_a_minutes_share_are_told_when_to_come_again(
    things_url: str, tmp_path: Path
) -> None:
    strict = serve(things_url, tmp_path, requests_per_minute=2)

    async with strict.client(person("maker")) as busy, strict.client(person("maker")) as calm:
        answers = [await busy.get("/things") for _ in range(3)]
        other = await calm.get("/things")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["retry-after"]) <= 60
    assert (problem(answers[2], 429)["code"], other.status_code) == ("too-many-requests", 200)
    await strict.running.database.engine.dispose()


async def test_a_strangers_guesses_at_tokens_are_counted_too(things_url: str, tmp_path: Path) -> None:
    strict = serve(things_url, tmp_path, requests_per_minute=2)

    async with strict.client(Authorization="Bearer guess") as stranger:
        answers = [(await stranger.get("/things")).status_code for _ in range(3)]

    assert answers == [401, 401, 429]


def test_a_refusal_names_itself_by_its_class() -> None:
    class BookClosed(Refused):
        en = "Closed at {at}."
        id = "Tutup pukul {at}."

    assert (BookClosed.code, BookClosed.status, NotFound.status) == ("book-closed", 409, 404)
    assert BookClosed(at="10:00").sentence("id") == "Tutup pukul 10:00."
    assert str(BookClosed(at="10:00")) == "Closed at 10:00."


async def test_a_refusal_of_the_domain_is_a_409_in_the_callers_language(things: ServiceUnderTest) -> None:
    async with things.client(person("maker"), **{"Accept-Language": "id"}) as maker:
        thing = (await maker.post("/things", json={"name": "bakul"})).json()
        await maker.post(f"/things/{thing['id']}/taking")
        told = problem(await maker.post(f"/things/{thing['id']}/taking"), 409)

    assert told["type"] == "urn:lumbung:problem:already-taken"
    assert told["detail"] == "bakul sudah diambil. Ambil yang lain."
    assert json.dumps(told["errors"]) == "[]"


def every_refusal(kind: type[Refused] = Refused) -> set[type[Refused]]:
    return {kind}.union(*map(every_refusal, kind.__subclasses__()))


def test_every_status_of_a_refusal_has_a_title_in_indonesian() -> None:
    statuses = {kind.status for kind in every_refusal()}

    assert {401, 403, 404, 409, 422, 500} <= statuses
    assert statuses <= set(JUDUL)
    assert (NotFound.title("id"), NotFound.title("en")) == ("Tidak ditemukan", "Not found")
    assert Refused.title("id") == "Tidak bisa sekarang"
