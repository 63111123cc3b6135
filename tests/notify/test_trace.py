"""What becomes of a message belongs to the trace of the fact that it tells, and names that fact as its cause."""

from sqlalchemy import select

from services.chassis.tables import outbox
from tests.chassis.taken import with_header
from tests.harness.service import ServiceUnderTest
from tests.notify.people import SARI, lot_listed
from tests.notify.replica import Replicas

TOLD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


async def test_a_sent_message_is_told_in_the_trace_of_its_fact(
    notify: ServiceUnderTest, sending: Replicas
) -> None:
    fact = notify.record(lot_listed(SARI, 50_000))
    await notify.takes(with_header(fact, "traceparent", TOLD.encode()))

    sending.start()
    (message,) = await sending.handed_over(SARI)

    async with notify.tx() as tx:
        [sent] = await tx.execute(select(outbox).where(outbox.c.type == "notify.message_sent.v1"))
    assert (sent.traceparent, sent.causationid) == (TOLD, str(message.fact))
