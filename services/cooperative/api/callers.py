"""Who may use the endpoints of cooperative, and for what."""

from typing import Annotated

from fastapi import Depends, Request

from services.chassis.access import Allow, Caller


class AllowManager(Allow):
    """A manager, of a cooperative that the token names."""

    def admit(self, request: Request) -> Caller:
        caller = super().admit(request)
        _ = caller.own_cooperative
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
        Allow(
            "seller",
            "assistant",
            owns="shares of this person, or of whom an assistant acts for",
            acts_for=ACT_FOR_OTHERS,
            only_for=("assistant",),
        )
    ),
]
Collector = Annotated[
    Caller,
    Depends(
        Allow(
            "manager",
            "driver",
            "assistant",
            owns="what is collected for this person's cooperative; an assistant's in the villages that are served",
            acts_for=ACT_FOR_OTHERS,
        )
    ),
]
ShareReader = Annotated[
    Caller,
    Depends(
        Allow(
            "seller",
            "assistant",
            "manager",
            owns="a seller's own shares, those of whom an assistant acts for, a manager's cooperative's",
            acts_for=ACT_FOR_OTHERS,
            only_for=("assistant",),
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
            "buyer",
            owns="a seller's own lots and credits, a buyer's own lines, "
            "the villages' numbers for those who serve one, a manager's all",
            acts_for=ACT_FOR_OTHERS,
        )
    ),
]

CreditReader = Annotated[
    Caller,
    Depends(
        Allow(
            "seller",
            "assistant",
            "manager",
            owns="a seller's own credits, those of the sellers of a village that is served, a manager's all",
            acts_for=ACT_FOR_OTHERS,
        )
    ),
]
