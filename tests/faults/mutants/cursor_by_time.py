"""The relay's cursor is the time of the last event: what was begun earlier and committed later is passed over."""

from services.chassis import relay
from tests.faults.mutants import replace

_WAITING = (
    "SELECT *, xid::text AS at_xid FROM outbox WHERE time > coalesce((SELECT last.time FROM outbox AS last"
    " WHERE last.id = (SELECT last_id FROM relay WHERE relay.id = 1)), '-infinity') ORDER BY time, id LIMIT $1"
)


def mutate() -> None:
    replace(relay, "_WAITING", _WAITING)
