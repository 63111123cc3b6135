"""A plan in sentences: trip by trip, point by point, then what is not served and what would help."""

from collections.abc import Iterator

from services.cooperative.routing.day import Row
from services.cooperative.routing.telling.help import why
from services.cooperative.routing.telling.written import Written


def explained(plan: Row, language: str) -> Iterator[str]:
    """Line by line; points of a trip begin with two blanks."""
    written = Written(plan, language)
    words = written.words
    yield words["title"].format(day=written.day(), hub=written.name("places", plan["hub"]))
    for route in plan["routes"]:
        yield heading(route, written)
        yield from (f"  {line}." for line in points(route, written))
    for row in plan["unserved"]:
        yield unserved(row, written)
    if not plan["unserved"]:
        yield words["all"] + "."
    totals = plan["totals"]
    yield words["total"].format(far=written.far(totals["metres"]), cost=written.money(totals["cost"])) + "."


def heading(route: Row, written: Written) -> str:
    return written.words["trip"].format(
        vehicle=written.name("vehicles", route["vehicle"]),
        leg=written.words[route["leg"]],
        far=written.far(route["metres"]),
        long=written.long(route["seconds"]),
        cost=written.money(sum(route["cost"].values())),
    )


def unserved(row: Row, written: Written) -> str:
    return written.words["unserved"].format(
        stop=written.name("stops", row["stop"]),
        leg=written.words[row["leg"]],
        names=", ".join(row["parcels"]),
        why=why(row, written),
    )


def points(route: Row, written: Written) -> Iterator[str]:
    """What is done at each point of a trip, in turn, with place and time."""
    for point, key, what in works(route, written):
        said = written.words[key].format(
            place=written.name("places", point["place"]),
            arrives=written.clock(point["arrives"]),
            departs=written.clock(point["departs"]),
            what=what,
        )
        yield said + waits(point, written)


def works(route: Row, written: Written) -> Iterator[tuple[Row, str, str]]:
    """Each point with the key of its words and the parcels it is about."""
    before, last = (0, 0), len(route["points"]) - 1
    for at, point in enumerate(route["points"]):
        after = point["grams"], point["crates"]
        grams, crates = abs(after[0] - before[0]), abs(after[1] - before[1])
        before = after
        what = written.parcels([*point["loads"], *point["unloads"]], grams, crates)
        yield point, _key(point, at == 0, at == last), what


def waits(point: Row, written: Written) -> str:
    if point["begins"] == point["arrives"]:
        return ""
    return f" ({written.words['waits'].format(begins=written.clock(point['begins']))})"


def _key(point: Row, first: bool, last: bool) -> str:
    """A collecting trip that goes home afterwards unloads at the hub before its end."""
    if point["loads"]:
        return "loads_first" if first else "loads"
    if point["unloads"]:
        return "ends_unloading" if last else "unloads"
    return "ends" if last else "leaves"
