"""Numbers, loads and moments of a plan as people read them."""

from datetime import date

from services.chassis import wording
from services.cooperative.routing.day import Row, local
from services.cooperative.routing.telling.words import WORDS


class Written:
    """One plan in one language."""

    def __init__(self, plan: Row, language: str) -> None:
        self.plan, self.language = plan, language
        self.words = WORDS[language]

    def day(self) -> str:
        return wording.day(date.fromisoformat(self.plan["day"]), self.language)

    def name(self, kind: str, one: str) -> str:
        """Of `places`, `stops` or `vehicles`."""
        return str(self.plan["names"][kind].get(one, one))

    def clock(self, at: int) -> str:
        """`05.30`, `05:30`; with the day where it is another one."""
        there = local(at, self.plan["zone"])
        time = f"{there:%H.%M}" if self.language == "id" else f"{there:%H:%M}"
        if there.date().isoformat() == self.plan["day"]:
            return time
        return f"{wording.day(there.date(), self.language)} {time}"

    def far(self, metres: int) -> str:
        tenths = (metres + 50) // 100
        return f"{wording.number(tenths // 10, self.language, tenths % 10 * 100)} km"

    def long(self, seconds: int) -> str:
        hours, minutes = divmod(-(-seconds // 60), 60)
        return self.words["hours" if hours else "minutes"].format(hours=hours, minutes=minutes)

    def money(self, rupiah: int) -> str:
        return wording.rupiah(rupiah, self.language)

    def weight(self, grams: int, crates: int) -> str:
        """What is zero is left out; nothing at all is `empty`."""
        counted = wording.number(crates, self.language)
        parts = [wording.amount(grams, "g", self.language)] if grams else []
        parts += [self.words["crates"].format(count=counted)] if crates else []
        return ", ".join(parts) or self.words["empty"]

    def parcels(self, names: list[str], grams: int, crates: int) -> str:
        weight = self.weight(grams, crates)
        told = self.words["parcels"].format(count=len(names), weight=weight, names=", ".join(names))
        return told.replace("1 parcels", "1 parcel", 1) if len(names) == 1 else told
