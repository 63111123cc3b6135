"""How a cooperative shares, over HTTP: what holds, and who decided it when."""

from services.chassis.http import Now, RequestTx, service_router
from services.cooperative import queries
from services.cooperative.api.bodies import NewPolicy
from services.cooperative.api.callers import Manager
from services.cooperative.api.views import PolicyView

router = service_router(tags=["policy"])


@router.get("/policy")
async def see_policy(manager: Manager, tx: RequestTx) -> PolicyView:
    """The policy that the next sharing is frozen with."""
    return PolicyView.model_validate(await queries.policy(tx, manager.own_cooperative))


@router.put("/policy")
async def change_policy(wish: NewPolicy, manager: Manager, tx: RequestTx, now: Now) -> PolicyView:
    """Decide how to share from now on; sharings that are frozen already keep theirs."""
    cooperative_id = await tx.lock(manager.own_cooperative)
    await queries.cooperative(tx, cooperative_id)
    changed = (await queries.policy(tx, cooperative_id)).changed(by=tx.actor, at=now, **dict(wish))
    tx.add(changed)
    return PolicyView.model_validate(changed)


@router.get("/policy/changes")
async def see_policy_changes(manager: Manager, tx: RequestTx) -> list[PolicyView]:
    """Every policy that was decided, newest first: what, by whom, when. The newest hundred of them."""
    told = await queries.policies_of(tx, manager.own_cooperative)
    return [PolicyView.model_validate(one) for one in told]
