"""Who may use the endpoints of orders, and for what."""

from typing import Annotated

from fastapi import Depends

from services.chassis.access import Allow, Caller

EVERY_ROLE = ("buyer", "manager", "seller", "assistant", "driver", "operator")

Buyer = Annotated[Caller, Depends(Allow("buyer", owns="orders placed by this person, or on his behalf"))]
OrderReader = Annotated[
    Caller,
    Depends(Allow("buyer", "manager", owns="a buyer's own orders, a manager's cooperative's orders")),
]
Manager = Annotated[Caller, Depends(Allow("manager", owns="books of this manager's cooperative"))]
WindowReader = Annotated[Caller, Depends(Allow(*EVERY_ROLE, owns="windows are for all to see"))]
