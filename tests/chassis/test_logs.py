"""What is written down: a JSON object a line, with service, trace and event, and nothing that people entered."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.chassis.ids import new_id
from services.chassis.logs import JsonLines, Plain, readable, without_values, write_logs
from tests.chassis.conftest import lines
from tests.chassis.probe.events import Counted
from tests.chassis.taken import with_header
from tests.chassis.world import World
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TOLD = f"00-{TRACE}-00f067aa0ba902b7-01"
NAME = "Bu Sari"


async def test_a_parked_event_is_named_by_its_id_and_its_trace(
    mirror: ServiceUnderTest, log: io.StringIO
) -> None:
    poison = mirror.record(Counted(counter_id=new_id(), amount=-13, total=-13, version=1))

    await mirror.takes(with_header(poison, "traceparent", TOLD.encode()))

    [line] = lines(log)
    assert (line["service"], line["level"], line["trace_id"]) == ("mirror", "ERROR", TRACE)
    assert ("ce_id", line["event_id"].encode()) in poison.headers
    assert "ValueError: a mirror breaks at -13" in line["error"]


async def test_every_line_of_a_process_is_json_where_no_terminal_listens(launched: World) -> None:
    await launched.publish(Counted(counter_id=new_id(), amount=-13, total=-13, version=1))
    replica = await launched.start("mirror").ready()
    await until(lambda: "parked" in replica.log.read_text(), what="the poison is parked")
    replica.ask_to_stop()
    assert await replica.ended() == 0

    written = [json.loads(line) for line in replica.log.read_text().splitlines()]

    assert {line["service"] for line in written} == {"mirror"}
    assert all({"at", "level", "logger", "message"} <= line.keys() for line in written)


async def test_a_setting_makes_the_lines_plain(launched: World) -> None:
    replica = await launched.start("mirror", log="text").ready()

    assert "INFO uvicorn.error Application startup complete." in replica.log.read_text()
    assert "{" not in replica.log.read_text().splitlines()[0]


@pytest.fixture
def root_as_it_was() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers[:], root.level = handlers, level


@pytest.mark.parametrize(
    ("terminal", "form", "formatter"),
    [
        (True, "auto", Plain),
        (False, "auto", JsonLines),
        (True, "json", JsonLines),
        (False, "text", Plain),
    ],
)
def test_a_terminal_is_written_to_in_plain_lines_unless_told_otherwise(
    root_as_it_was: logging.Logger,
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,
    form: str,
    formatter: type,
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)

    write_logs("orders", form)  # type: ignore[arg-type]

    assert [type(handler.formatter) for handler in root_as_it_was.handlers] == [formatter]


class Contact(BaseModel):
    chat: int


def refused_by_pydantic() -> BaseException:
    with pytest.raises(ValueError, match="chat") as refused:
        Contact.model_validate({"chat": NAME})
    return refused.value


async def refused_by_database(mirror: ServiceUnderTest, statement: str) -> BaseException:
    with pytest.raises(DBAPIError) as refused:
        async with mirror.tx() as tx:
            await tx.execute(text(statement), {"told": NAME})
    return refused.value


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT CAST(:told AS int)",
        "SELECT CAST(CAST(:told AS text) AS int)",
        "SELECT CAST(CAST(:told AS text) AS timestamptz)",
        "SELECT CAST(CAST(:told AS text) AS uuid)",
        "SELECT CAST(CAST(:told AS text) AS jsonb)",
        "INSERT INTO labels (id, text, times) VALUES (gen_random_uuid(), :told, NULL)",
    ],
)
async def test_what_the_database_refuses_is_logged_without_the_value(
    mirror: ServiceUnderTest, log: io.StringIO, statement: str
) -> None:
    error = await refused_by_database(mirror, statement)

    logging.getLogger("any").error("failed: %s", error, exc_info=error)

    [line] = lines(log)
    assert NAME not in log.getvalue()
    assert type(error).__name__ in line["error"]


def test_what_a_model_refuses_is_logged_without_the_value(log: io.StringIO) -> None:
    error = refused_by_pydantic()

    logging.getLogger("any").error("failed: %s", error, exc_info=error)

    [line] = lines(log)
    assert NAME not in log.getvalue()
    assert "input_type=str" in line["message"]


def test_people_read_a_line_with_its_trace_and_the_error_below_it() -> None:
    line = {
        "at": "2030-06-01T12:00:00.250+00:00",
        "level": "ERROR",
        "logger": "orders",
        "message": "failed",
        "trace_id": TRACE,
        "event_id": "1",
        "error": "Traceback\n  here\n",
    }

    told = readable(json.dumps(line)).splitlines()

    assert told[0].endswith(f":00.250 ERROR orders failed (trace {TRACE}, event 1)")
    assert told[1:] == ["Traceback", "  here"]


@pytest.mark.parametrize(
    "line", ["", "plain words", "5", "null", "[1]", '{"message": "half', '{"at": "then"}']
)
def test_a_line_that_is_not_ours_stays_as_it_is(line: str) -> None:
    assert readable(line) == line


def test_a_text_without_values_is_not_touched() -> None:
    assert without_values("parked orders.placed.v1 at orders.orders/0/7") == (
        "parked orders.placed.v1 at orders.orders/0/7"
    )
