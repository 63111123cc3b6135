"""Every question that notify asks its database, one function each."""

from services.notify.queries.contacts import check_may_read, check_may_set, contact_of_person
from services.notify.queries.messages import (
    first_waiting,
    message_for,
    messages_of,
    note_attempt,
    store_once,
)
from services.notify.queries.queues import Lease, give_up, lease_queues, note_success, put_off, renew
from services.notify.queries.ties import tie

__all__ = [
    "Lease",
    "check_may_read",
    "check_may_set",
    "contact_of_person",
    "first_waiting",
    "give_up",
    "lease_queues",
    "message_for",
    "messages_of",
    "note_attempt",
    "note_success",
    "put_off",
    "renew",
    "store_once",
    "tie",
]
