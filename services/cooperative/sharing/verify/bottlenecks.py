"""The groups that were stuck: who is in them, how much they have together, and that none of them could have more."""

from collections import Counter
from typing import NamedTuple

from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.record import Record, Row
from services.cooperative.sharing.verify.sheet import Sheet


class Own(NamedTuple):
    """Of one seller in one part: what he has, and the most he could have."""

    amount: int
    most: int


Part = dict[str, Own]
Parts = dict[int | None, Part]


def check_bottlenecks(record: Record, sheet: Sheet) -> None:
    market = sheet.market
    parts = _parts(sheet)
    named: Counter[tuple[int | None, str]] = Counter()
    for row in record.bottlenecks:
        if row["commodity"] != market.commodity.commodity:
            continue
        part = parts.get(row["tier"])
        if part is None or not row["members"] or set(row["members"]) - set(part):
            raise Complaint("bottlenecks", f"members of tier {row['tier']} have no lot there")
        named.update((row["tier"], member) for member in row["members"])
        _check_amount(row, part)
    twice = [member for (_, member), times in named.items() if times > 1]
    if twice:
        raise Complaint("bottlenecks", f"{min(twice)} is stuck twice in one part", min(twice))
    _check_named(parts, named)


def _check_amount(row: Row, part: Part) -> None:
    """Water-filling freezes all at one level: nobody has more than it, odd units apart, and somebody has it.

    Who has less has no more to give: each lies within 1 of the lower of his stock and the level.
    """
    where = f"of tier {row['tier']}"
    amount = sum(part[member].amount for member in row["members"])
    if amount != row["amount"]:
        raise Complaint("bottlenecks", f"amount {where} is {amount}, the record says {row['amount']}")
    most, member = max((part[member].amount, member) for member in row["members"])
    if row["level"] not in (most - 1, most):
        what = f"has {most} where the level {where} is {row['level']}"
        raise Complaint("bottlenecks", what, member)
    for member in row["members"]:
        own = part[member]
        if own.amount + 1 < own.most and own.amount + 2 < most:
            what = f"has {own.amount} of {own.most} {where}, others of his group {most}"
            raise Complaint("bottlenecks", what, member)


def _check_named(parts: Parts, named: Counter[tuple[int | None, str]]) -> None:
    """Whoever got something of a part, and could have given more, was stuck in a group."""
    for tier, part in parts.items():
        for seller, own in part.items():
            if 0 < own.amount < own.most and not named[tier, seller]:
                what = f"has {own.amount} of {own.most} in tier {tier}, and no bottleneck names him"
                raise Complaint("bottlenecks", what, seller)


def _parts(sheet: Sheet) -> Parts:
    """What each seller has in each part of hak, and could have had: the first shares, and each tier's rest."""
    market = sheet.market
    parts: Parts = {None: {}}
    for seller, lots in enumerate(market.lots_of):
        row = sheet.seller[seller]
        left = sum(market.stock[lot] for lot in lots)
        parts[None][row["seller"]] = Own(row["first"], left)
        left -= row["first"]
        own = sheet.rest[seller]
        for tier, here, amount in zip(own.tiers, own.lots, own.more, strict=True):
            most = min(left, sum(market.stock[lot] for lot in here))
            parts.setdefault(tier, {})[row["seller"]] = Own(amount, most)
            left -= amount
    return parts
