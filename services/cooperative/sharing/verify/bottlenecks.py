"""The groups that were stuck: who is in them, how much they have together, and that none of them could have more."""

from collections import Counter

from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.paths import ladder
from services.cooperative.sharing.verify.record import Record, Row
from services.cooperative.sharing.verify.sheet import Sheet, summed

Part = dict[int | None, dict[str, int]]


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


def _check_amount(row: Row, part: dict[str, int]) -> None:
    """Water-filling freezes all at one level: each member within 1 of it, odd units to some."""
    where = f"of tier {row['tier']}"
    amount = sum(part[member] for member in row["members"])
    if amount != row["amount"]:
        raise Complaint("bottlenecks", f"amount {where} is {amount}, the record says {row['amount']}")
    for member in row["members"]:
        if part[member] > row["level"] + 1:
            what = f"has {part[member]} where the level {where} is {row['level']}"
            raise Complaint("bottlenecks", what, member)


def _parts(sheet: Sheet) -> Part:
    """What each seller has in each part of hak: the first shares, and each tier's rest."""
    market = sheet.market
    used, _ = summed(sheet.hak, len(market.lots), len(market.demands))
    parts: Part = {None: {}}
    for seller, lots in enumerate(market.lots_of):
        row = sheet.seller[seller]
        parts[None][row["seller"]] = row["first"]
        own = ladder(market, lots, used, row["first"])
        for tier, amount in zip(own.tiers, own.more, strict=True):
            parts.setdefault(tier, {})[row["seller"]] = amount
    return parts
