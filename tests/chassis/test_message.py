"""What an outbox row becomes on its way to Kafka."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.chassis.envelope import Envelope
from services.chassis.ids import new_id
from services.chassis.message import message

WIB = timezone(timedelta(hours=7))
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.mark.parametrize("at", [datetime(2026, 6, 1, 12, tzinfo=UTC), datetime(2026, 6, 1, 5, 0, 0, 7, WIB)])
@pytest.mark.parametrize(("behalf", "cause", "trace"), [(None, None, None), ("somebody", "an event", TRACE)])
def test_a_row_has_the_headers_of_its_envelope(
    at: datetime, behalf: str | None, cause: str | None, trace: str | None
) -> None:
    envelope = Envelope(
        new_id(), "/lumbung/x", "x.told.v1", at, str(new_id()), 12, "buyer:é", behalf, cause, trace
    )
    row = {
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "time": at,
        "aggregateid": envelope.subject,
        "version": envelope.version,
        "actor": envelope.actor,
        "onbehalfof": behalf,
        "causationid": cause,
        "traceparent": trace,
        "payload": b"{}",
        "original": None,
    }

    told = message(row)

    assert sorted(told["headers"]) == sorted(envelope.headers())
    assert (told["key"], told["value"]) == (envelope.subject.encode(), b"{}")
