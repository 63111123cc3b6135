"""What a service keeps of others' facts is what one gets by reading those facts from the beginning."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.faults.checker.evidence import Carried, Evidence, Row
from tests.faults.checker.violation import Anomaly, Violation, Violations

LOTS = ("price", "available", "withdrawn", "version")


def judge_projections(evidence: Evidence) -> Violations:
    """Read again from the topics, row by row."""
    for service in ("orders", "cooperative"):
        if service in evidence.services:
            yield from _same(evidence, service, "lots", "catalog.lots", _lot)
    for service in ("catalog", "orders"):
        if service in evidence.services:
            yield from _same(evidence, service, "commodities", "cooperative.commodities", _commodity)
    if "orders" in evidence.services:
        yield from _same(evidence, "orders", "windows", "cooperative.windows", _window)
        yield from _lines(evidence)
    if "cooperative" in evidence.services:
        yield from _same(evidence, "cooperative", "books", "orders.books", _book, key="window_id")
        yield from _orders(evidence)


def _same(
    evidence: Evidence, service: str, table: str, topic: str, fold: Callable[[Iterable[Carried]], Row], key: str = "id",
) -> Violations:  # fmt: skip
    kept = evidence.services[service].by(table, key)
    heard = {key: some for key, some in evidence.heard(service).items() if some[0].topic == topic}
    for one, records in heard.items():
        wanted, there = fold(records), kept.get(one)
        if there is None:
            yield Violation(Anomaly.STALE, service, one, f"not among its {table}", records[-1].at)
        elif differs := {
            name: (there[name], value) for name, value in wanted.items() if there[name] != value
        }:
            what = f"{table}: kept and told differ: {differs}"
            yield Violation(Anomaly.STALE, service, one, what, records[-1].at)
    for one in sorted(kept.keys() - heard.keys()):
        yield Violation(Anomaly.PHANTOM, service, one, f"among its {table}, and never told")


def _lot(records: Iterable[Carried]) -> Row:
    kept: Row = {"withdrawn": False}
    for record in records:
        body = record.body
        kept["version"] = record.version
        if record.type == "catalog.lot_listed.v1":
            kept |= {"price": body["price"], "available": body["quantity"]}
        elif record.type == "catalog.lot_repriced.v1":
            kept["price"] = body["price"]
        else:
            kept["available"] = body["available"]
            kept["withdrawn"] = kept["withdrawn"] or record.type == "catalog.lot_withdrawn.v1"
    return {name: kept[name] for name in LOTS if name in kept}


def _commodity(records: Iterable[Carried]) -> Row:
    last = list(records)[-1]
    return {"name": last.body["name"], "version": last.version}


def _window(records: Iterable[Carried]) -> Row:
    called_off = [one.body["reason"] for one in records if one.type == "cooperative.window_called_off.v1"]
    return {"called_off": called_off[0] if called_off else None}


def _book(records: Iterable[Carried]) -> Row:
    return {"digest": list(records)[-1].body["digest"]}


def _orders(evidence: Evidence) -> Violations:
    """Cooperative keeps every version of every order."""
    kept = {(row["order_id"], row["version"]) for row in evidence.services["cooperative"].rows("orders")}
    told = {
        (record.key, record.version): record
        for records in evidence.heard("cooperative").values()
        for record in records
        if record.topic == "orders.orders"
    }
    for missing in sorted(told.keys() - kept):
        what = f"version {missing[1]} is not kept"
        yield Violation(Anomaly.STALE, "cooperative", missing[0], what, told[missing].at)
    for extra in sorted(kept - told.keys()):
        yield Violation(
            Anomaly.PHANTOM, "cooperative", extra[0], f"version {extra[1]} is kept, and never told"
        )


def _lines(evidence: Evidence) -> Violations:
    """Orders shows of each line what cooperative told last."""
    kept: Mapping[str, dict[str, Any]] = evidence.services["orders"].by("lines", "line_id")
    for key, records in evidence.heard("orders").items():
        last = records[-1]
        if last.topic != "cooperative.lines":
            continue
        filled = kept[key]["filled"] if key in kept else None
        if filled != last.body["filled"]:
            what = f"told {last.body['filled']}, shown {filled}"
            yield Violation(Anomaly.STALE, "orders", key, what, last.at)
