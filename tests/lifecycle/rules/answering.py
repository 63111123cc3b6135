"""Sellers answer what they are asked, change their minds, and answer what they are not asked any more."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.faults.checker.evidence import Row
from tests.lifecycle.rules.area import WHICH, Area, pick, told
from tests.lifecycle.rules.selling import seller_of

ASKED = {"offered", "accepted", "reduced", "declined"}
SAYS = {1: "yes", 2: "less", 3: "no"}


class Answering(Area):
    @precondition(lambda self: self.questions())
    @rule(which=WHICH, says=st.sampled_from((1, 3, 2)))
    @told
    async def a_question_is_answered(self, which: int, says: int) -> str:
        return await self._answers(pick(self.questions(), which), says)

    @precondition(lambda self: self.questions())
    @rule()
    @told
    async def everybody_says_yes(self) -> str:
        said = [await self._answers(share, 1) for share in self.questions()]
        return "; ".join(said)

    @precondition(lambda self: self.rows("cooperative", "shares"))
    @rule(which=WHICH, says=st.sampled_from((1, 2)))
    @told
    async def something_is_answered_at_whatever_time(self, which: int, says: int) -> str:
        return await self._answers(pick(self.rows("cooperative", "shares"), which), says)

    async def _answers(self, share: Row, says: int) -> str:
        seller, half = seller_of(share), max(1000, share["held"] // 2000 * 1000)
        wish = {"answer": says, **({"quantity": half} if says == 2 else {})}
        path = f"/shares/{share['id']}/answer"
        went = await self.life.asks(seller, "cooperative", path, wish, "cooperative.share_answered.v1")
        less = f", {half // 1000} kg" if says == 2 else ""
        return f"{seller.as_told} says {SAYS[says]}{less} to {self.name(share)}{went}"

    def questions(self) -> list[Row]:
        shares = self.rows("cooperative", "shares")
        return [share for share in shares if share["status"] in ASKED and share["round_open"]]
