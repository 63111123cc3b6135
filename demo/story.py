"""One collective order in steps: each is done through one service, and seen through another."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from demo.people import ASSISTANT, MANAGER, OPERATOR, SELLERS, VILLAGES, Person, new_ids
from demo.watch import observed
from demo.world import World
from services.chassis.access import Caller

Say = Callable[[str], None]


@dataclass(slots=True)
class Window:
    """The order window of this telling, and when things happen in it."""

    id: str
    closes_at: datetime
    answer_by: datetime
    firm_at: datetime


@dataclass(slots=True)
class Story:
    """What the steps share: the world, who is who, and what has come of it so far."""

    world: World
    say: Say
    began: datetime
    ids: dict[str, UUID] = field(default_factory=new_ids)
    cooperative_id: UUID | None = None
    chilli: str = ""
    baskets: str = ""
    lots: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    tracking: str = ""
    asked: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    _window: Window | None = None

    @classmethod
    def begun(cls, world: World, say: Say) -> "Story":
        """A story that begins now, by the judged clock."""
        return cls(world, say, world.now())

    @property
    def today(self) -> date:
        return self.began.date()

    @property
    def delivery_day(self) -> date:
        """Also the last day of the chilli: what an earlier story left over is not sold again."""
        return self.today + timedelta(days=3)

    @property
    def window(self) -> Window:
        if self._window is None:
            raise LookupError("no window has been announced yet")
        return self._window

    @window.setter
    def window(self, announced: Window) -> None:
        self._window = announced

    def caller(self, person: Person, acts_for: Person | None = None) -> Caller:
        """A member of the cast with the rights of his role, acting for somebody where that is said."""
        villages = (
            tuple(VILLAGES) if person in (MANAGER, OPERATOR) else (person.village,) if person.village else ()
        )
        return Caller(
            subject=self.ids[person.short],
            role=person.role,
            villages=villages,
            cooperative=None if person.role in {"buyer", "operator"} else self.cooperative_id,
            on_behalf_of=self.ids[acts_for.short] if acts_for else None,
        )

    def voice(self, seller: Person) -> Caller:
        """Who speaks for a seller: himself, or the village's assistant where there is no phone."""
        return self.caller(seller) if seller.has_phone else self.caller(ASSISTANT, acts_for=seller)

    async def messages(self, person: Person) -> list[dict[str, Any]]:
        """What this person was told in this story, oldest first."""
        told = await self.world.all(self.caller(person), "notify", "/messages")
        return [one for one in told if datetime.fromisoformat(one["stored_at"]) >= self.began]

    async def tell(self, people: Mapping[Person, int], template: str) -> None:
        """Show what each of the people is told, once so many messages of this kind have come to each."""
        for person, count in people.items():
            for message in await self._new(person, template, count):
                self.shown.add(message["id"])
                self.say("[dim]✉[/] " + message["text"].replace("\n", "\n  "))

    async def _new(self, person: Person, template: str, count: int) -> list[dict[str, Any]]:
        async def look() -> list[dict[str, Any]]:
            told = [one for one in await self.messages(person) if one["template"] == template]
            new = [one for one in told if one["id"] not in self.shown]
            return new if len(new) >= count else []

        return await observed(f"{person.name} is told {template}", look)

    async def lot(self, seller: Person) -> dict[str, Any]:
        """The seller's lot, as catalog shows it to the one who speaks for him."""
        shown: dict[str, Any] = await self.world.ask(
            self.voice(seller), "catalog", f"/lots/{self.lots[seller.short]}"
        )
        return shown

    async def shares(self) -> list[dict[str, Any]]:
        """All shares of the window, as its manager sees them."""
        return await self.world.all(self.caller(MANAGER), "cooperative", "/shares", window_id=self.window.id)

    def asked_in(self, round_number: int) -> Counter[Person]:
        """For how many shares each seller was asked in that round."""
        return Counter(map(self.seller_of, self.asked[round_number]))

    def seller_of(self, share: dict[str, Any]) -> Person:
        return next(one for one in SELLERS if str(self.ids[one.short]) == share["seller_id"])


@dataclass(frozen=True, slots=True)
class Step:
    """`do` through one service; `see` it through another."""

    title: str
    do: Callable[[Story], Awaitable[None]]
    see: Callable[[Story], Awaitable[None]]


async def play(story: Story, steps: Sequence[Step], begins: Callable[[int, Step], None]) -> None:
    """Play the steps; a step that is not seen by its deadline ends the story with `NotObserved`."""
    for number, step in enumerate(steps, start=1):
        begins(number, step)
        await step.do(story)
        await step.see(story)
