"""Why parcels stay and what would be enough, as sentences."""

from services.cooperative.routing.day import Row
from services.cooperative.routing.plan_reading import LIMITS
from services.cooperative.routing.telling.words import ENOUGH, HELP, REASONS
from services.cooperative.routing.telling.written import Written


def why(row: Row, written: Written) -> str:
    """The reason, then each help that alone is enough."""
    reason = REASONS[written.language][row["reason"]] + "."
    if not row["help"]:
        return reason
    ways = [_help(one, row, written) for one in row["help"]]
    enough = ENOUGH[written.language]["one" if len(ways) == 1 else "more"]
    return f"{reason} {enough.format(ways='; '.join(ways))}."


def _help(told: Row, row: Row, written: Written) -> str:
    words = HELP[written.language]
    fields = {
        "vehicle": written.name("vehicles", told["vehicle"] or ""),
        "stop": written.name("stops", row["stop"]),
        "room": written.weight(told["grams"] or 0, told["crates"] or 0),
    }
    parts = [words[told["kind"]].format(**fields)] if told["kind"] != "TIME" else []
    moved = [limit for limit in LIMITS if told[limit] is not None]
    parts += [words[limit].format(**fields, minutes=told[limit]) for limit in moved]
    by = told["kind"] == "TIME" and not {"latest", "earliest"} & set(moved)
    return words["and"].join(parts) + (words["by"].format(**fields) if by else "")
