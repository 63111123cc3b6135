"""What falls due for a window plan: its next windows are announced, each once, in the order of their days."""

from uuid import UUID

from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.reaction import due
from services.chassis.timeline import note
from services.chassis.tx import Tx
from services.cooperative import plan_texts, queries


@due("announce-windows", keys=lambda plan_id: plan_id)
async def announce_windows(plan_id: UUID, tx: Tx) -> None:
    """After an outage all that can still be ordered in; the rest is skipped, and the plan's timeline says so."""
    plan, now = await queries.plan(tx, plan_id), await tx.now()
    wanted, late = plan.take_due(now, await queries.days_announced(tx, plan))
    for one in late:
        await note(tx, plan.id, plan_texts.SKIPPED, **plan_texts.skipped(one, plan.time_zone))
    for one in wanted:
        window = plan.window(one.day, new_id())
        emit(tx, window.announced(now, due_at=one.at))
        tx.add(window)
        await tx.schedule("firm", window.id, window.firm_at)
    await tx.schedule("announce-windows", plan_id, plan.next_due().at)
