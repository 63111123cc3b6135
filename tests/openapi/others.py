"""Whose each stored thing is, and the callers of rightful roles whose it is not."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from demo.people import CISURU, SERANG
from services.chassis.access import Allow, Caller
from services.chassis.ids import new_id

Owner = Literal["a person", "a cooperative", "all"]

OWNERS: dict[str, Owner] = {
    "catalog GET /lots/{lot_id}": "all",
    "catalog GET /lots/{lot_id}/timeline": "a person",
    "catalog POST /lots/{lot_id}/price": "a person",
    "catalog POST /lots/{lot_id}/corrections": "a person",
    "catalog POST /lots/{lot_id}/withdrawal": "a person",
    "orders GET /windows/{window_id}": "all",
    "orders GET /books/{window_id}": "a cooperative",
    "orders POST /cooperatives/{cooperative_id}/orders": "all",
    "orders GET /orders/{order_id}": "a person",
    "orders PUT /orders/{order_id}": "a person",
    "orders POST /orders/{order_id}/cancel": "a person",
    "orders GET /orders/{order_id}/timeline": "a person",
    "orders GET /orders/{order_id}/history": "a person",
    "orders POST /orders/{order_id}/tracking": "a person",
    "orders GET /orders/{order_id}/tracking": "a person",
    "orders DELETE /orders/{order_id}/tracking": "a person",
    "cooperative GET /cooperatives/{cooperative_id}": "all",
    "cooperative GET /window-plans/{plan_id}": "a cooperative",
    "cooperative PUT /window-plans/{plan_id}": "a cooperative",
    "cooperative POST /window-plans/{plan_id}/end": "a cooperative",
    "cooperative GET /window-plans/{plan_id}/timeline": "a cooperative",
    "cooperative GET /windows/{window_id}/board": "a cooperative",
    "cooperative POST /windows/{window_id}/close": "a cooperative",
    "cooperative POST /windows/{window_id}/call-off": "a cooperative",
    "cooperative GET /windows/{window_id}/collections": "a cooperative",
    "cooperative GET /lots/{code}/trace": "a cooperative",
    "cooperative GET /windows/{window_id}/pick-list": "a cooperative",
    "cooperative GET /windows/{window_id}/weigh-ins": "a cooperative",
    "cooperative POST /windows/{window_id}/weigh-ins": "a cooperative",
    "cooperative GET /windows/{window_id}/weighings": "a cooperative",
    "cooperative POST /windows/{window_id}/weighings": "a cooperative",
    "cooperative GET /windows/{window_id}/pick-list.csv": "a cooperative",
    "cooperative GET /windows/{window_id}/pick-list.html": "a cooperative",
    "cooperative GET /shares/{share_id}": "a person",
    "cooperative GET /shares/{share_id}/timeline": "a person",
    "cooperative POST /shares/{share_id}/answer": "a person",
    "cooperative GET /sharings/{sharing_id}": "a cooperative",
    "cooperative GET /sharings/{sharing_id}/sentences": "a cooperative",
    "cooperative POST /sharings/{sharing_id}/retry": "a cooperative",
    "cooperative PUT /villages/{village_id}/costs": "a cooperative",
    "notify PUT /contacts/{person_id}": "a person",
    "notify GET /contacts/{person_id}": "a person",
    "notify GET /messages/{message_id}": "a person",
}
"""Every operation with an id in its address: a new one that is not named here fails the walk."""


def others(caller: Caller, rule: Allow, owner: Owner) -> Iterator[tuple[str, Caller]]:
    """Callers whom the route takes, and whose this caller's thing is not."""
    villages = caller.villages or (SERANG,)
    for role in rule.roles:
        if role not in {"assistant", "manager"}:
            cooperative = caller.cooperative if owner == "a person" else new_id()
            yield f"another {role}", Caller(new_id(), role, villages, cooperative)
    if "assistant" in rule.roles:
        yield from _assistants(caller, villages, owner)
    if "manager" in rule.roles:
        yield from _managers(caller.person, villages)


def _assistants(caller: Caller, villages: tuple[str, ...], owner: Owner) -> Iterator[tuple[str, Caller]]:
    here, elsewhere = caller.cooperative, CISURU if CISURU not in villages else SERANG
    names = "an assistant of another cooperative", "an assistant of none"
    for name, cooperative in zip(names, (new_id(), None), strict=True):
        yield name, Caller(new_id(), "assistant", villages, cooperative, caller.person)
    if owner == "a person":
        yield (
            "an assistant of another village",
            Caller(new_id(), "assistant", (elsewhere,), here, caller.person),
        )
        yield "an assistant of no village", Caller(new_id(), "assistant", (), here, caller.person)


def _managers(person: UUID, villages: tuple[str, ...]) -> Iterator[tuple[str, Caller]]:
    yield "a manager of another cooperative", Caller(new_id(), "manager", villages, new_id())
    yield "one who names the person", Caller(new_id(), "manager", villages, new_id(), person)
