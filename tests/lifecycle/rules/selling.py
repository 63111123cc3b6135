"""Sellers list what they have, and change their minds about it at any time."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.faults.checker.evidence import Row
from tests.lifecycle.clock import BEGINS
from tests.lifecycle.people import SELLERS, Person
from tests.lifecycle.rules.area import KG, PRICE, WHICH, Area, pick, told
from tests.lifecycle.story import kg as in_kg

KEEPS_DAYS = 6
SELLER = st.sampled_from(SELLERS)
GRADE = st.sampled_from("AB")
MOST_LOTS = 6


class Selling(Area):
    @precondition(lambda self: len(self.rows("catalog", "lots")) < MOST_LOTS)
    @rule(seller=SELLER, kg=KG, price=PRICE, grade=GRADE)
    @told
    async def a_lot_is_listed(self, seller: Person, kg: int, price: int, grade: str) -> str:
        return await self.lists(seller, kg, price, grade)

    async def lists(self, seller: Person, kg: int, price: int, grade: str) -> str:
        lot = {
            "commodity_id": self.life.ground.chilli,
            "village": seller.village,
            "quantity": kg * 1000,
            "price": price,
            "grade": grade,
            "ready_on": f"{BEGINS:%Y-%m-%d}",
            "expires_on": f"{BEGINS.replace(day=BEGINS.day + KEEPS_DAYS):%Y-%m-%d}",
        }
        went = await self.life.asks(seller, "catalog", "/lots", lot, "catalog.lot_listed.v1")
        return f"{seller.as_told} lists {kg} kg of grade {grade} at Rp{price}{went}"

    @precondition(lambda self: self.rows("catalog", "lots"))
    @rule(which=WHICH, kg=st.integers(-12, 12).filter(bool))
    @told
    async def a_lot_is_corrected(self, which: int, kg: int) -> str:
        lot, seller = self._lot(which)
        wish = {"change": kg * 1000, "reason": "Ditimbang ulang"}
        went = await self.life.asks(
            seller, "catalog", f"/lots/{lot['id']}/corrections", wish, "catalog.lot_corrected.v1"
        )
        return f"{seller.as_told} corrects {self.name(lot)} by {in_kg(kg * 1000)}{went}"

    @precondition(lambda self: self.rows("catalog", "lots"))
    @rule(which=WHICH, price=PRICE)
    @told
    async def a_lot_is_repriced(self, which: int, price: int) -> str:
        lot, seller = self._lot(which)
        went = await self.life.asks(
            seller, "catalog", f"/lots/{lot['id']}/price", {"price": price}, "catalog.lot_repriced.v1"
        )
        return f"{seller.as_told} asks Rp{price} for {self.name(lot)}{went}"

    @precondition(lambda self: self.rows("catalog", "lots"))
    @rule(which=WHICH)
    @told
    async def a_lot_is_withdrawn(self, which: int) -> str:
        lot, seller = self._lot(which)
        wish = {"reason": "Laku di pasar"}
        went = await self.life.asks(
            seller, "catalog", f"/lots/{lot['id']}/withdrawal", wish, "catalog.lot_withdrawn.v1"
        )
        return f"{seller.as_told} withdraws {self.name(lot)}{went}"

    @precondition(lambda self: self._asked_for())
    @rule(which=WHICH, left=st.sampled_from((0, 1000, 1500)))
    @told
    async def a_lot_is_sold_elsewhere_while_it_is_asked_for(self, which: int, left: int) -> str:
        """The race for the last kilograms: cooperative wants a hold, and catalog has not heard of it yet."""
        lot = pick(self._asked_for(), which)
        wish = {
            "change": min(left, lot["available"] - 1) - lot["available"],
            "reason": "Laku di pasar",
        }
        path = f"/lots/{lot['id']}/corrections"
        went = await self.life.asks(seller_of(lot), "catalog", path, wish, "catalog.lot_corrected.v1")
        return f"{seller_of(lot).as_told} sells {in_kg(-wish['change'])} of {self.name(lot)} elsewhere{went}"

    def _asked_for(self) -> list[Row]:
        held = self.life.seen["catalog"].by("holds", "share_id")
        shares = self.rows("cooperative", "shares")
        wanted = {one["lot_id"] for one in shares if one["status"] == "wanted" and one["id"] not in held}
        return [lot for lot in self.rows("catalog", "lots") if lot["id"] in wanted and lot["available"]]

    def _lot(self, which: int) -> tuple[Row, Person]:
        lot = pick(self.rows("catalog", "lots"), which)
        return lot, seller_of(lot)


def seller_of(row: Row) -> Person:
    return next(one for one in SELLERS if str(one.id) == row["seller_id"])
