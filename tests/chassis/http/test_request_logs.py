"""What is written down of a request that fails: its trace, and nothing of its body."""

import io
from pathlib import Path

from tests.chassis.conftest import lines
from tests.chassis.http.conftest import serve
from tests.harness.service import ServiceUnderTest, person

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TOLD = f"00-{TRACE}-00f067aa0ba902b7-01"
NAME = "Bu Sari"


async def test_a_request_that_fails_is_found_by_the_trace_it_brought(
    things: ServiceUnderTest, log: io.StringIO
) -> None:
    async with things.client(person("maker"), traceparent=TOLD) as maker:
        thing = (await maker.post("/things", json={"name": NAME})).json()
        await maker.post(f"/things/{thing['id']}/spoiling", json={"how": "bug"})

    [line] = lines(log)
    assert (line["trace_id"], line["logger"]) == (TRACE, "services.chassis.edge")
    assert NAME not in str(line)


async def test_while_the_database_is_away_the_log_names_the_trace_too(
    tmp_path: Path, log: io.StringIO
) -> None:
    nowhere = serve("postgresql://nobody:x@127.0.0.1:9/none", tmp_path)

    async with nowhere.client(person("maker"), traceparent=TOLD) as maker:
        await maker.get("/things")

    assert [line["trace_id"] for line in lines(log)] == [TRACE]
