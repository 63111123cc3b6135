"""The relay's cursor is the last id: what was made earlier and committed later is passed over."""

from services.chassis import relay
from tests.faults.mutants import replace

_WAITING = (
    "SELECT *, xid::text AS at_xid FROM outbox"
    " WHERE id > (SELECT last_id FROM relay WHERE relay.id = 1) ORDER BY id LIMIT $1"
)


def mutate() -> None:
    replace(relay, "_WAITING", _WAITING)
