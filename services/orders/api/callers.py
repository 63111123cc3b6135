"""Who may use the endpoints of orders, and for what."""

from typing import Annotated

from fastapi import Depends

from services.chassis.access import Allow, Caller, Everyone

EVERY_ROLE = ("buyer", "manager", "seller", "assistant", "driver", "operator")
ACT_FOR_OTHERS = ("assistant", "manager")

Buyer = Annotated[Caller, Depends(Allow("buyer", owns="orders placed by this person"))]
OrderReader = Annotated[
    Caller,
    Depends(
        Allow(
            "buyer",
            "manager",
            owns="a buyer's own orders, a manager's cooperative's orders",
            acts_for=ACT_FOR_OTHERS,
        )
    ),
]
Manager = Annotated[
    Caller,
    Depends(Allow("manager", owns="books of this manager's cooperative", acts_for=ACT_FOR_OTHERS)),
]
WindowReader = Annotated[
    Caller,
    Depends(Allow(*EVERY_ROLE, owns="windows are for all to see", acts_for=ACT_FOR_OTHERS)),
]
LinkHolder = Annotated[
    Caller,
    Depends(Everyone("an order is shown to whoever holds its tracking link; wrong guesses are few")),
]
