"""One trace from the request to the last event it led to, through Kafka and through time; and what caused what."""

import pytest
from sqlalchemy import select

from services.chassis.ids import new_id
from services.chassis.tables import due, outbox
from services.chassis.trace import Origin, joined, sound
from tests.chassis import broker
from tests.chassis.taken import DAY, NOON, counted, with_header
from tests.chassis.world import World
from tests.harness.service import ServiceUnderTest

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TOLD = f"00-{TRACE}-00f067aa0ba902b7-01"


async def origins(service: ServiceUnderTest) -> list[tuple[str | None, str | None]]:
    async with service.tx() as tx:
        found = await tx.execute(
            select(outbox.c.traceparent, outbox.c.causationid)
            .where(outbox.c.original.is_(None))
            .order_by(outbox.c.id)
        )
        return [tuple(row) for row in found]


async def test_a_request_its_event_and_the_event_of_who_reacts_to_it_are_one_trace(launched: World) -> None:
    counter_id = new_id()
    counters = await launched.start("counters").ready()
    launched.start("mirror")

    await launched.add(counters, counter_id, traceparent=TOLD)
    await launched.tells("mirror.mirrors", 1, counter_id)

    [counting] = await broker.headers(launched.kafka, "probe.counters", counter_id)
    [mirrored] = await broker.headers(launched.kafka, "mirror.mirrors", counter_id)
    assert counting["traceparent"].split("-")[:2] == ["00", TRACE]
    assert counting["traceparent"] != TOLD
    assert mirrored["traceparent"] == counting["traceparent"]
    assert (counting.get("ce_causationid"), mirrored["ce_causationid"]) == (None, counting["ce_id"])


@pytest.mark.parametrize("told", [None, "", "x" * 5_000, TOLD.upper(), f"00-{'0' * 32}-{'1' * 16}-01"])
def test_who_is_told_no_sound_trace_begins_one(told: str | None) -> None:
    begun, another = joined(told), joined(told)

    assert (sound(begun), sound(another)) == (begun, another)
    assert begun.split("-")[1] not in {another.split("-")[1], TRACE, "0" * 32}


async def test_events_of_one_group_each_hand_on_the_trace_of_their_own_cause(
    mirror: ServiceUnderTest,
) -> None:
    traces = [f"00-{'1' * 32}-{'a' * 16}-01", f"00-{'2' * 32}-{'b' * 16}-00", "no trace at all"]
    records = [mirror.record(event) for event in counted(new_id(), 1, 2, 3)]

    await mirror.takes(
        *[with_header(one, "traceparent", trace.encode()) for one, trace in zip(records, traces, strict=True)]
    )

    ids = [dict(one.headers)["ce_id"] for one in records]
    causes = [one.decode() for one in ids if one]
    assert await origins(mirror) == list(zip([*traces[:2], None], causes, strict=True))


async def test_due_work_goes_on_in_the_trace_in_which_it_was_scheduled(mirror: ServiceUnderTest) -> None:
    cause, key = str(new_id()), new_id()
    async with mirror.running.transaction(origin=Origin(TOLD, cause)) as tx:
        await tx.schedule("ring", key, NOON)

    await mirror.falls_due(NOON + DAY)

    assert await origins(mirror) == [(TOLD, cause)]


async def test_due_work_that_is_scheduled_again_belongs_to_who_did_so(mirror: ServiceUnderTest) -> None:
    key, cause = new_id(), str(new_id())
    for origin in (Origin(TOLD, str(new_id())), Origin(None, cause)):
        async with mirror.running.transaction(origin=origin) as tx:
            await tx.schedule("ring", key, NOON)

    async with mirror.tx() as tx:
        found = (await tx.execute(select(due.c.traceparent, due.c.causationid))).one()
    assert tuple(found) == (None, cause)
