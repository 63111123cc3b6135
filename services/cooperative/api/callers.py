"""Who may use the endpoints of cooperative, and for what."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from services.chassis.access import Allow, Caller
from services.cooperative.domain.refusals import NobodyNamed, NoCooperative


class AllowManager(Allow):
    """A manager, of a cooperative that the token names."""

    def admit(self, request: Request) -> Caller:
        caller = super().admit(request)
        cooperative_of(caller)
        return caller


class AllowForSeller(Allow):
    """A seller, or an assistant who says for whom."""

    def admit(self, request: Request) -> Caller:
        caller = super().admit(request)
        if caller.role == "assistant" and caller.on_behalf_of is None:
            raise NobodyNamed
        return caller


EVERY_ROLE = ("operator", "manager", "seller", "assistant", "buyer", "driver")
ACT_FOR_OTHERS = ("assistant", "manager")

Operator = Annotated[Caller, Depends(Allow("operator", owns="every cooperative"))]
Anyone = Annotated[
    Caller,
    Depends(Allow(*EVERY_ROLE, owns="a cooperative's name is for all to see", acts_for=ACT_FOR_OTHERS)),
]
Manager = Annotated[
    Caller,
    Depends(AllowManager("manager", owns="all of this manager's cooperative", acts_for=ACT_FOR_OTHERS)),
]
Seller = Annotated[
    Caller,
    Depends(
        AllowForSeller(
            "seller",
            "assistant",
            owns="shares of this person, or of whom an assistant acts for",
            acts_for=ACT_FOR_OTHERS,
        )
    ),
]
ShareReader = Annotated[
    Caller,
    Depends(
        AllowForSeller(
            "seller",
            "assistant",
            "manager",
            owns="a seller's own shares, those of whom an assistant acts for, a manager's cooperative's",
            acts_for=ACT_FOR_OTHERS,
        )
    ),
]

SharingReader = Annotated[
    Caller,
    Depends(
        Allow(
            "seller",
            "assistant",
            "manager",
            owns="a seller's own lots and credits, the villages' numbers for those who serve one, a manager's all",
            acts_for=ACT_FOR_OTHERS,
        )
    ),
]


def cooperative_of(caller: Caller) -> UUID:
    """The cooperative that the token names."""
    if caller.cooperative is None:
        raise NoCooperative
    return caller.cooperative
