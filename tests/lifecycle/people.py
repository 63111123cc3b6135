"""Who takes part: three sellers, one of whom has no phone, two buyers, a manager."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from services.chassis.access import Caller

SERANG, CISURU, MULYADADI = "33.01.18.2006", "33.01.18.2004", "33.01.18.2007"
VILLAGES = {SERANG: "Serang", CISURU: "Cisuru", MULYADADI: "Mulyadadi"}


@dataclass(frozen=True)
class Person:
    """`speaks`: the assistant who acts for one without a phone."""

    name: str
    role: str
    village: str | None = None
    speaks: "Person | None" = None

    @property
    def id(self) -> UUID:
        return uuid5(NAMESPACE_URL, self.name)

    @property
    def as_told(self) -> str:
        return f"{self.speaks.name}, for {self.name}," if self.speaks else self.name

    def calls(self, cooperative: UUID | None) -> Caller:
        """Whoever speaks for this person, as a token names him."""
        if self.speaks:
            return Caller(self.speaks.id, "assistant", (self.village or "",), cooperative, self.id)
        belongs = None if self.role in {"buyer", "operator"} else cooperative
        return Caller(self.id, self.role, (self.village,) if self.village else (), belongs)

    def __repr__(self) -> str:
        return self.name


OPERATOR = Person("Mas Operator", "operator")
MANAGER = Person("Bu Ratna", "manager")
ASSISTANT = Person("Mas Bayu", "assistant", MULYADADI)
SARI = Person("Bu Sari", "seller", SERANG)
TUTI = Person("Bu Tuti", "seller", CISURU)
MINAH = Person("Mbah Minah", "seller", MULYADADI, speaks=ASSISTANT)
SELLERS = (SARI, TUTI, MINAH)
KITCHEN = Person("Dapur Kota", "buyer")
HOTEL = Person("Hotel Melati", "buyer")
BUYERS = (KITCHEN, HOTEL)
CAST = (OPERATOR, MANAGER, ASSISTANT, *SELLERS, *BUYERS)
