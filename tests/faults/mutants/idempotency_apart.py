"""The answer to an Idempotency-Key is stored when the request is done, in a transaction of its own."""

from typing import Any

from services.chassis import points, trace
from services.chassis.http import Visit
from services.chassis.idempotency import store_answer, stored_answer
from tests.faults.mutants import replace


async def _done(self: Any) -> Any:
    running = self.request.app.state.running
    origin = trace.Origin(trace.joined(self.request.headers.get(trace.HEADER)))
    async with running.transaction(self.caller, origin) as tx:
        if self.wish and (stored := await stored_answer(tx, self.wish)):
            return stored
        self.request.state.tx = tx
        response = await self.handler(self.request)
    await points.reached("request-done")
    if self.wish:
        async with running.transaction(self.caller) as tx:
            await store_answer(tx, self.wish, response)
    return response


def mutate() -> None:
    replace(Visit, "_done", _done)
