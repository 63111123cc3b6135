"""The story in its middle: one window whose shares wait for answers, and one that is open with orders in it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from demo.people import BASKET_CAP, CHILLI_CAP, HOTEL, KG, KITCHEN, MANAGER, OPERATOR, SELLERS, SERANG, Person
from demo.steps.founding import COMMODITIES, FOUNDING
from demo.steps.listing import LISTING
from demo.steps.ordering import ANNOUNCED, BOOK_CLOSED, ORDERED
from demo.story import Story, Window
from services.chassis.access import Caller
from services.chassis.ids import new_id
from services.cooperative.tables import shares, sharing_papers, sharings, windows
from tests.openapi.hamlet import Hamlet

SARI = SELLERS[0]
Json = dict[str, Any]


@dataclass
class Stage:
    """What is stored, who may do what with it, and more of it on demand."""

    hamlet: Hamlet
    story: Story
    shared: Window
    open: Window
    number: int = 0

    def caller(self, person: Person) -> Caller:
        return self.story.caller(person)

    async def make(self, person: Person, service: str, path: str, body: Json) -> Json:
        """Something new, of this person, stored over HTTP."""
        made: Json = await self.story.world.tell(self.caller(person), service, path, body)
        return made

    def next_number(self) -> int:
        self.number += 1
        return self.number

    def lot(self) -> Json:
        return {
            "commodity_id": self.story.chilli,
            "village": SERANG,
            "quantity": 40 * KG,
            "price": 35_000,
            "grade": "B",
            "ready_on": str(self.story.today),
            "expires_on": str(self.story.delivery_day),
            "certificates": ["organik"],
        }

    def lines(self) -> Json:
        chilli = {"commodity_id": self.story.chilli, "quantity": 3 * KG, "cap": CHILLI_CAP, "grade": "A"}
        baskets = {"commodity_id": self.story.baskets, "quantity": 2, "cap": BASKET_CAP}
        return {"lines": [chilli | {"certificates": ["organik"]}, baskets]}

    def order(self) -> Json:
        return {"window_id": self.open.id, **self.lines()}

    def window(self) -> Json:
        now = self.story.world.now()
        return {
            "name": "Panen berikutnya",
            "commodities": [self.story.chilli, self.story.baskets],
            "delivery_day": str((now + timedelta(days=9)).date()),
            "opens_at": (now + timedelta(days=1)).isoformat(timespec="seconds"),
            "closes_at": (now + timedelta(days=5)).isoformat(timespec="seconds"),
            "answer_by": (now + timedelta(days=6)).isoformat(timespec="seconds"),
            "round_minutes": 120,
            "firm_at": (now + timedelta(days=7)).isoformat(timespec="seconds"),
            "time_zone": "Asia/Jakarta",
        }

    def commodity(self) -> Json:
        return {
            "name": f"Jahe {self.next_number()}",
            "unit": "g",
            "per": 1000,
            "grades": ["A", "B"],
            "selling_units": [{"name": "karung", "quantity": 50_000}],
            "step": 1000,
            "reference_price": 20_000,
            "dated": True,
        }

    async def new_lot(self) -> str:
        return str((await self.make(SARI, "catalog", "/lots", self.lot()))["id"])

    async def new_order(self) -> str:
        return str((await self.make(KITCHEN, "orders", "/orders", self.order()))["id"])

    async def new_window(self) -> str:
        return str((await self.make(MANAGER, "cooperative", "/windows", self.window()))["id"])

    async def new_open_window(self) -> str:
        opened = {"opens_at": (self.story.world.now() - timedelta(hours=1)).isoformat(timespec="seconds")}
        return str((await self.make(MANAGER, "cooperative", "/windows", self.window() | opened))["id"])

    def plan(self) -> Json:
        moments = {
            "opens": (4, "08:00"),
            "closes": (2, "12:00"),
            "answer_by": (2, "18:00"),
            "firm": (1, "12:00"),
        }
        return {
            "name": "Selasa dan Jumat",
            "commodities": [self.story.chilli],
            "weekdays": ["tuesday", "friday"],
            "round_minutes": 120,
            "time_zone": "Asia/Jakarta",
            "from_day": str((self.story.world.now() + timedelta(days=20)).date()),
            **{name: {"days_before": days, "at": at} for name, (days, at) in moments.items()},
        }

    async def new_plan(self) -> str:
        return str((await self.make(MANAGER, "cooperative", "/window-plans", self.plan()))["id"])

    async def firm_window(self) -> str:
        """A window that is firm, though nobody ordered in it: time would end the others' questions."""
        window_id = await self.new_window()
        async with self.hamlet.services["cooperative"].tx() as tx:
            await tx.execute(update(windows).where(windows.c.id == UUID(window_id)).values(status="firm"))
        return window_id

    def weigh_in(self) -> Json:
        """An entry of a lot that nobody has: it is answered and kept all the same."""
        said = {
            "entry_id": str(new_id()),
            "lot_code": "0000-0000",
            "gross": 21_000,
            "tare": 1_000,
            "grade": "A",
        }
        more = {"reason": "Masih hijau", "photo": "IMG_0001.jpg", "rejected": False}
        return said | more | {"at": self.story.world.now().isoformat(timespec="seconds")}

    async def committed_lot(self) -> tuple[str, str]:
        """A firm window and a lot committed in it, as if its whole order had come to that."""
        window_id, share_id = UUID(await self.firm_window()), new_id()
        async with self.hamlet.services["cooperative"].tx() as tx:
            share = select(shares).where(shares.c.id == UUID(await self.share()))
            row = dict((await tx.execute(share)).mappings().one())
            final = {"status": "committed", "held": row["wanted"], "quantity": row["wanted"], "version": 5}
            await tx.execute(insert(shares).values(row | {"id": share_id, "window_id": window_id} | final))
        return str(window_id), str(row["lot_id"])

    async def others_commodity(self) -> str:
        """What another cooperative has on its list, known to all services."""
        manager = Caller(new_id(), "manager")
        founded = {"name": "Koperasi Sidareja", "district": "33.01.17", "manager_id": str(manager.subject)}
        cooperative = await self.make(OPERATOR, "cooperative", "/cooperatives", founded)
        theirs = replace(manager, cooperative=UUID(cooperative["id"]))
        made = await self.story.world.tell(theirs, "cooperative", "/commodities", self.commodity())
        await self.hamlet.settle()
        return str(made["id"])

    async def share(self) -> str:
        """The share that Sari is asked about."""
        asked = await self.story.world.all(
            self.caller(SARI), "cooperative", "/shares", window_id=self.shared.id
        )
        return str(asked[0]["id"])

    async def sharing(self) -> str:
        of = await self.story.world.all(
            self.caller(MANAGER), "cooperative", "/sharings", window_id=self.shared.id
        )
        return str(of[0]["id"])

    async def held_sharing(self) -> str:
        """A sharing that did not pass the verifier; there is none without a broken engine, so it is written down."""
        sharing_id, window_id = new_id(), UUID(await self.new_window())
        async with self.hamlet.services["cooperative"].tx() as tx:
            held = {"status": "held", "complaint": "seller S1: gives too much", "frozen_at": await tx.now()}
            row = {"id": sharing_id, "first_id": sharing_id, "window_id": window_id, "round": 1, **held}
            await tx.execute(insert(sharings).values(**row, villages=[], version=1))
            papers = {"batch": "{}", "people": "{}", "known": "{}"}
            await tx.execute(insert(sharing_papers).values(sharing_id=sharing_id, **papers))
        return str(sharing_id)

    async def message(self, of: Person = KITCHEN) -> str:
        return str((await self.story.messages(of))[0]["id"])


async def staged(hamlet: Hamlet) -> Stage:
    """Tell the story until its shares are asked, then open a second window and order in it."""
    story = Story.begun(hamlet.world, lambda _: None)
    await hamlet.tell(story, FOUNDING, COMMODITIES, LISTING, ANNOUNCED, ORDERED, BOOK_CLOSED)
    shared = story.window
    await hamlet.tell(story, ANNOUNCED, ORDERED)
    return Stage(hamlet, story, shared, story.window)


def stranger(caller: Caller) -> Caller:
    """Another of the same role, in another cooperative of the same villages."""
    return Caller(new_id(), caller.role, caller.villages, new_id() if caller.cooperative else None)


__all__ = ["HOTEL", "KITCHEN", "MANAGER", "OPERATOR", "SARI", "Stage", "staged", "stranger"]
