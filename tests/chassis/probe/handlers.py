"""What `mirror` does when something was counted, labelled or gathered, and when a time has come."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.chassis.outbox import emit
from services.chassis.reaction import due, on
from services.chassis.tx import Tx
from tests.chassis.probe.events import Counted, Gathered, Labelled
from tests.chassis.probe.mirror import TooMuch, labels, mirror_of, on_shelf

UNLUCKY = -13


@on(Counted, keys=lambda event: event.counter_id)
async def mirror_the_counter(event: Counted, tx: Tx) -> None:
    if event.amount == UNLUCKY:
        raise ValueError("a mirror breaks at -13")
    mirror = await mirror_of(tx, event.counter_id)
    try:
        emit(tx, mirror.add(event.amount))
    except TooMuch:
        emit(tx, mirror.refuse(event.amount))


@on(Labelled)
async def count_the_label(event: Labelled, tx: Tx) -> None:
    new = insert(labels).values(id=event.label_id, text=event.text, times=1)
    again = {"text": event.text, "times": labels.c.times + 1}
    await tx.execute(new.on_conflict_do_update(index_elements=[labels.c.id], set_=again))


@on(Gathered, keys=on_shelf)
async def ring_all_on_the_shelf(event: Gathered, tx: Tx) -> None:
    for mirror_id in await on_shelf(tx, event):
        emit(tx, (await mirror_of(tx, mirror_id)).ring())


@due("ring", keys=lambda key: key)
async def ring(key: UUID, tx: Tx) -> None:
    emit(tx, (await mirror_of(tx, key)).ring())


@due("settle", keys=lambda key: key, hears=("probe.counters",))
async def settle(key: UUID, tx: Tx) -> None:
    emit(tx, (await mirror_of(tx, key)).settle())


@due("break", keys=lambda key: key)
async def break_down(key: UUID, tx: Tx) -> None:
    raise ValueError(f"this duty is a bug: {key}")
