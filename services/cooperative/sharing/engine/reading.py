"""Reading a batch strictly: what is not allowed is refused with its place in the document."""

import json
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from services.cooperative.sharing.engine import batch as parts
from services.cooperative.sharing.engine.batch import Batch
from services.cooperative.sharing.engine.fields import LARGEST, Refused, Row


class _Pointed(str):
    """A number written with a point or an exponent, or too long to be one: refused wherever it stands."""


class _Twice(dict[str, Any]):
    """An object with a key given twice: different readers would read different things."""


def document(text: bytes) -> dict[str, Any]:
    """The JSON object in a file; raises `Refused` for anything else, and for numbers that are not whole."""
    try:
        plain = json.loads(
            text.decode(),
            parse_float=_Pointed,
            parse_constant=_Pointed,
            parse_int=_integer,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        raise Refused("", f"not UTF-8 at byte {error.start}") from None
    except (ValueError, RecursionError) as error:
        raise Refused("", f"not JSON: {error}") from None
    if not isinstance(plain, dict):
        raise Refused("", "must be a JSON object")
    try:
        _walk(plain, "")
    except RecursionError:
        raise Refused("", "nested too deeply") from None
    return plain


def _integer(text: str) -> int | str:
    return int(text) if len(text) < 40 else _Pointed(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Twice(found)


def _walk(value: Any, path: str) -> None:
    """Refuses half characters, keys given twice and numbers that are not whole, also where nobody reads."""
    if isinstance(value, dict):
        if isinstance(value, _Twice):
            raise Refused(path, "must not have a key twice")
        for key, one in value.items():
            _text(key, path)
            _walk(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            _walk(one, f"{path}[{place}]")
    elif isinstance(value, _Pointed):
        raise Refused(path, f"must be a whole number of at most {LARGEST}, without point or exponent")
    elif isinstance(value, str):
        _text(value, path)


def _text(value: str, path: str) -> None:
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refused(path.encode(errors="replace").decode(), "must be valid UTF-8")


def read(text: bytes) -> Batch:
    """The batch in a file. Raises `Refused`, which says the path in the document and what is allowed."""
    return read_document(document(text))


def read_document(plain: dict[str, Any]) -> Batch:
    top = Row(plain, "")
    name, day = top.text("batch"), top.day("day")
    parameters = _parameters(top.row("parameters"))
    commodities = _listed(top, "commodities", _commodity, lambda one: one.commodity)
    villages = _listed(top, "villages", _village, lambda one: one.village)
    grades = {one.commodity: one.grades for one in commodities}
    known = {one.village for one in villages}
    lots = _listed(top, "lots", lambda row: _lot(row, grades, known), lambda one: one.lot)
    demands = _listed(top, "demands", lambda row: _demand(row, grades), lambda one: one.demand)
    carried = _listed(top, "credits", lambda row: _carried(row, grades), lambda o: (o.seller, o.commodity))
    confirmed = _listed(top, "confirmed", _line, lambda one: (one.lot, one.demand))
    batch = Batch(
        name, day, parameters, commodities, villages, lots, demands, carried, confirmed, top.names("names")
    )
    _confirmed(batch, plain.get("confirmed", []))
    return batch


def _listed(
    top: Row, key: str, read_one: Callable[[Row], Any], name: Callable[[Any], Any]
) -> tuple[Any, ...]:
    """The list's rows, sorted by their ids, which are unique."""
    seen: dict[Any, int] = {}
    found = []
    for place, row in enumerate(top.rows(key)):
        one = read_one(row)
        if name(one) in seen:
            raise Refused(row.path, f"must differ from {key}[{seen[name(one)]}], which has the same id")
        seen[name(one)] = place
        found.append(one)
    return tuple(sorted(found, key=name))


def _parameters(row: Row) -> parts.Parameters:
    tier = row.number("tier_permille", 0, 10_000)
    if 0 < tier < 5:
        row.refuse("tier_permille", "must be 0 or a whole number from 5 to 10000")
    return parts.Parameters(
        row.number("first_share_permille", 0, 1000), tier, row.number("credit_permille", 0, 1_000_000)
    )


def _commodity(row: Row) -> parts.Commodity:
    return parts.Commodity(
        row.text("commodity"),
        row.text("unit"),
        row.number("per"),
        row.texts("grades", unique=True),
        row.number("reference_price"),
    )


def _village(row: Row) -> parts.Village:
    return parts.Village(
        row.text("village"), row.number("stop_cost", 0), row.number("haul_cost", 0, default=0)
    )


def _lot(row: Row, grades: dict[str, tuple[str, ...]], villages: set[str]) -> parts.Lot:
    lot, seller = row.text("lot"), row.text("seller")
    village = row.one_of("village", villages, "a village of `villages`")
    commodity = row.one_of("commodity", grades, "a commodity of `commodities`")
    return parts.Lot(
        lot,
        seller,
        village,
        commodity,
        _grade(row, grades[commodity]),
        row.number("quantity", 0),
        row.number("step", default=1),
        row.number("minimum", default=1),
        row.number("price"),
        row.day("ready", absent=True),
        row.day("expiry", absent=True),
        tuple(sorted(set(row.texts("certificates")))),
    )


def _demand(row: Row, grades: dict[str, tuple[str, ...]]) -> parts.Demand:
    demand, buyer = row.text("demand"), row.text("buyer")
    commodity = row.one_of("commodity", grades, "a commodity of `commodities`")
    return parts.Demand(
        demand,
        buyer,
        commodity,
        _grade(row, grades[commodity]),
        row.number("quantity"),
        row.number("cap"),
        tuple(sorted(set(row.texts("certificates")))),
        row.number("priority", default=1),
    )


def _grade(row: Row, grades: tuple[str, ...]) -> str | None:
    if grades:
        return row.one_of("grade", grades, f"one of {', '.join(grades)}")
    if "grade" in row.plain:
        row.refuse("grade", "must be absent: the commodity has no grades")
    return None


def _carried(row: Row, commodities: Iterable[str]) -> parts.Carried:
    seller = row.text("seller")
    commodity = row.one_of("commodity", commodities, "a commodity of `commodities`")
    return parts.Carried(seller, commodity, row.number("amount", -LARGEST))


def _line(row: Row) -> parts.Line:
    return parts.Line(row.text("lot"), row.text("demand"), row.number("quantity"))


def _confirmed(batch: Batch, rows: list[dict[str, Any]]) -> None:
    """Confirmed lines name what there is, of one commodity, and never more than there is."""
    lots = {lot.lot: lot for lot in batch.lots}
    demands = {demand.demand: demand for demand in batch.demands}
    for place, row in enumerate(rows):
        lot, demand = lots.get(row["lot"]), demands.get(row["demand"])
        path = f"confirmed[{place}]"
        if lot is None:
            _never(f"{path}.lot", "must name a lot of `lots`")
        if demand is None:
            _never(f"{path}.demand", "must name a demand of `demands`")
        if lot.commodity != demand.commodity:
            _never(f"{path}.demand", "must be of the commodity of its lot")
        if batch.confirmed_of_lots[lot.lot] > lot.quantity:
            _never(f"{path}.quantity", f"must not be above the lot's quantity {lot.quantity} in sum")
        if batch.confirmed_of_demands[demand.demand] > demand.quantity:
            _never(f"{path}.quantity", f"must not be above the demand's quantity {demand.quantity} in sum")


def _never(path: str, allowed: str) -> NoReturn:
    raise Refused(path, allowed)


__all__ = ["Refused", "document", "read", "read_document"]
