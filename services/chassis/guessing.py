"""Wrong guesses at secrets that stand in addresses: few from one place, and not many from all together."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request

from services.chassis.http import address_of
from services.chassis.limits import MINUTE_S, Rate

OF_ONE, OF_ONE_S = 10, 15 * MINUTE_S
"""How many wrong guesses one address has, and in how many seconds."""
OF_ALL, OF_ALL_S = 600, 60 * MINUTE_S
"""The same for all addresses together: many at once guess no faster."""


class Guesses:
    """Counted in this process; each replica counts for itself."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._of_one = Rate(OF_ONE, clock, OF_ONE_S)
        self._of_all = Rate(OF_ALL, clock, OF_ALL_S)

    def check(self, address: str) -> None:
        self._of_all.check("all")
        self._of_one.check(neighbourhood(address))

    def wrong(self, address: str) -> None:
        self.check(address)
        self._of_all.count("all")
        self._of_one.count(neighbourhood(address))


def neighbourhood(address: str) -> str:
    """Whom an address stands for: of IPv6 the /64, since one line has all of its addresses."""
    try:
        one = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((one, 64), strict=False)) if isinstance(one, IPv6Address) else address


@dataclass(frozen=True)
class GuessesFromHere:
    """The guesses of the address that a request comes from."""

    guesses: Guesses
    address: str

    def check(self) -> None:
        """Before a secret is looked up that is short enough to be guessed.

        Raises:
            TooManyRequests: there were too many wrong ones; then a right one is not told from them either.
        """
        self.guesses.check(self.address)

    def wrong(self) -> None:
        """One more that opened nothing.

        Raises:
            TooManyRequests: it was one too many.
        """
        self.guesses.wrong(self.address)


async def _from_here(request: Request) -> GuessesFromHere:
    guesses: Guesses = request.app.state.guesses
    return GuessesFromHere(guesses, address_of(request))


Guessing = Annotated[GuessesFromHere, Depends(_from_here)]
