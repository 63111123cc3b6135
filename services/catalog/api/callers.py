"""Who may use catalog's endpoints, and for what."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.catalog.domain.refusals import NotYourVillage
from services.chassis.access import Allow, Caller

Seller = Annotated[
    Caller,
    Depends(
        Allow(
            "seller",
            "assistant",
            owns="lots of this person, or of the person an assistant acts for",
            acts_for=("assistant",),
            only_for=("assistant",),
        )
    ),
]
Reader = Annotated[
    Caller,
    Depends(
        Allow(
            "seller",
            "assistant",
            "manager",
            "buyer",
            "driver",
            "operator",
            owns="every lot is for all to see; its seller's id and its story are for the seller, "
            "the assistants of its village and the manager of its cooperative",
            acts_for=("assistant", "manager"),
        )
    ),
]


def cooperative_in(seller: Caller, village: str) -> UUID:
    """The cooperative that the caller lists for, in a village that the caller may list for."""
    cooperative = seller.own_cooperative
    if village not in seller.villages:
        raise NotYourVillage(village=village, yours=", ".join(seller.villages) or "-")
    return cooperative
