"""Route sheets to print: one page for each vehicle, in large letters, as one HTML document without anything else."""

from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from services.cooperative.routing.day import Row
from services.cooperative.routing.telling.sentences import unserved, waits, works
from services.cooperative.routing.telling.written import Written


def sheet(plan: Row, language: str) -> str:
    """Names come from people: everything is escaped."""
    written = Written(plan, language)
    return _template().render(
        language=language,
        title=written.words["title"].format(day=written.day(), hub=written.name("places", plan["hub"])),
        words=written.words,
        pages=list(_pages(plan, written)),
        unserved=[unserved(row, written) for row in plan["unserved"]],
        plan_hash=plan["output_hash"],
    )


def _pages(plan: Row, written: Written) -> Iterator[Row]:
    """Both trips of a vehicle stand on its page; what they cost does not."""
    for vehicle in dict.fromkeys(route["vehicle"] for route in plan["routes"]):
        trips = [route for route in plan["routes"] if route["vehicle"] == vehicle]
        yield {
            "vehicle": written.name("vehicles", vehicle),
            "trips": [
                {"heading": _heading(one, written), "points": list(_points(one, written))} for one in trips
            ],
        }


def _heading(route: Row, written: Written) -> str:
    leg, far = written.words[route["leg"]].capitalize(), written.far(route["metres"])
    return written.words["page"].format(leg=leg, far=far, long=written.long(route["seconds"]))


def _points(route: Row, written: Written) -> Iterator[Row]:
    for point, key, what in works(route, written):
        yield {
            "arrives": written.clock(point["arrives"]),
            "departs": "" if key == "ends" else written.clock(point["departs"]),
            "place": written.name("places", point["place"]),
            "work": written.words[f"does_{key}"].format(what=what) + waits(point, written),
            "load": written.weight(point["grams"], point["crates"]),
        }


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("services.cooperative.routing.telling"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sheet.html.j2")
