"""What a seller may say instead of the truth: from what he has today, the lots he lists."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
Lots = list[Document]
# (day's number, day, his lot with all he has) -> his lots as listed
Listing = Callable[[int, str, Document], Lots]


@dataclass(frozen=True)
class Lie:
    lists: Listing
    seasons_only: bool = False
    declines: bool = False


def honest(_number: int, _day: str, lot: Document) -> Lots:
    return [lot]


def overstates(times: int) -> Listing:
    """So many tenths of what he has; what he then cannot bring is short."""
    return lambda _number, _day, lot: [{**lot, "quantity": lot["quantity"] * times // 10}]


def two_accounts(_number: int, _day: str, lot: Document) -> Lots:
    half = lot["quantity"] // 2
    second = {**lot, "lot": lot["lot"] + "b", "seller": lot["seller"] + "b", "quantity": half}
    return [{**lot, "quantity": lot["quantity"] - half}, second]


def three_lots(_number: int, _day: str, lot: Document) -> Lots:
    third = lot["quantity"] // 3
    parts = (third, third, lot["quantity"] - 2 * third)
    return [{**lot, "lot": lot["lot"] + "abc"[place], "quantity": part} for place, part in enumerate(parts)]


def misdates(_number: int, day: str, lot: Document) -> Lots:
    """As if all of it expired today."""
    return [{**lot, "expiry": day}]


def every_other_day(number: int, _day: str, lot: Document) -> Lots:
    """Withdrawn before the window is frozen, listed again tomorrow with tomorrow's harvest."""
    return [lot] if number % 2 == 1 else []


LIES = {
    "overstates stock by half": Lie(overstates(15)),
    "overstates stock threefold": Lie(overstates(30)),
    "splits his stock over two accounts": Lie(two_accounts),
    "splits his lot in three, one account": Lie(three_lots),
    "says that all expires today": Lie(misdates),
    "withdraws, lists again tomorrow": Lie(every_other_day, seasons_only=True),
    "declines every other day": Lie(honest, seasons_only=True, declines=True),
}
