"""Quantities: what is somewhere has left somewhere else, and nothing is promised twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from tests.faults.checker.evidence import Evidence, Row
from tests.faults.checker.violation import Anomaly, Violation, Violations

PLACES = ("available", "held", "committed", "collected")
WEIGHED = ("waiting", "returned", "rejected")
"""Where what was collected is."""
WITH_VERSIONS = (
    ("catalog", "lots"),
    ("orders", "orders"),
    ("cooperative", "shares"),
    ("cooperative", "lines"),
    ("cooperative", "weighings"),
)
TAKEN_BACK = {"CALLED_OFF", "NOT_COMMITTED"}
"""The only reasons for which less becomes of a share that its seller accepted."""


def judge_stock(evidence: Evidence) -> Violations:
    """Lot by lot, share by share, line by line."""
    yield from _lots(evidence)
    yield from _weighings(evidence)
    yield from _rows_are_as_told(evidence)
    yield from _shares(evidence)
    yield from _lines(evidence)
    yield from _accepted(evidence)


def _lots(evidence: Evidence) -> Violations:
    catalog = evidence.services["catalog"]
    held, committed = Counter[str](), Counter[str]()
    for hold in catalog.rows("holds"):
        held[hold["lot_id"]] += hold["held"]
        committed[hold["lot_id"]] += hold["committed"]
    for lot in catalog.rows("lots"):
        key, places = lot["id"], [lot[place] for place in PLACES]
        if min(places) < 0:
            yield Violation(Anomaly.IDENTITY, "catalog", key, f"below zero: {places}")
        if sum(places) != lot["listed"] + lot["corrections"]:
            what = f"{places} are not {lot['listed']} listed and {lot['corrections']} corrected"
            yield Violation(Anomaly.IDENTITY, "catalog", key, what)
        if (held[key], committed[key]) != (lot["held"], lot["committed"]):
            what = f"holds say {held[key]} held, {committed[key]} committed; the lot {lot['held']}, {lot['committed']}"
            yield Violation(Anomaly.IDENTITY, "catalog", key, what)


def _weighings(evidence: Evidence) -> Violations:
    """What was collected of a lot is what was weighed of it, and catalog has counted what cooperative weighed."""
    weighed: dict[str, Counter[str]] = defaultdict(Counter)
    counted = evidence.services["catalog"].by("weighings")
    for row in counted.values():
        weighed[row["lot_id"]].update({place: row[place] for place in WEIGHED})
    for lot in evidence.services["catalog"].rows("lots"):
        places, said = [lot[place] for place in WEIGHED], weighed[lot["id"]]
        if lot["collected"] != sum(places) or places != [said[place] for place in WEIGHED]:
            what = f"collected {lot['collected']}, of it {places}; weighings say {dict(said)}"
            yield Violation(Anomaly.IDENTITY, "catalog", lot["id"], what)
    if "cooperative" not in evidence.services:
        return
    told = evidence.services["cooperative"].by("weighings")
    for key in sorted(told.keys() | counted.keys()):
        both = [[of[key][place] for place in WEIGHED] if key in of else None for of in (told, counted)]
        if both[0] != both[1]:
            what = f"weighed {both[0]}, counted {both[1]}"
            yield Violation(Anomaly.IDENTITY, "cooperative", key, what)


def _rows_are_as_told(evidence: Evidence) -> Violations:
    """A state and the events that made it were committed together: same version, same stock."""
    for service, table in WITH_VERSIONS:
        if service not in evidence.services:
            continue
        told = Counter(fact.key for fact in evidence.facts(service))
        for row in evidence.services[service].rows(table):
            if row["version"] != told[row["id"]]:
                what = f"{table}: version {row['version']}, {told[row['id']]} events"
                yield Violation(Anomaly.IDENTITY, service, row["id"], what)
    changed = Counter[str]()
    corrected = "catalog.lot_corrected.v1", "catalog.lot_withdrawn.v1", "catalog.stock_collected.v1"
    for fact in evidence.facts("catalog", *corrected):
        body = fact.body
        changed[fact.key] += body["change"] if "change" in body else -body["quantity"]
    for lot in evidence.services["catalog"].rows("lots"):
        if lot["corrections"] != changed[lot["id"]]:
            what = f"corrected by {lot['corrections']}, told {changed[lot['id']]}"
            yield Violation(Anomaly.IDENTITY, "catalog", lot["id"], what)


def _shares(evidence: Evidence) -> Violations:
    """What cooperative counts as committed is what catalog committed; each once."""
    if "cooperative" not in evidence.services:
        return
    holds = evidence.services["catalog"].by("holds", "share_id")
    shares = evidence.services["cooperative"].by("shares")
    for key, share in shares.items():
        final = holds[key]["committed"] if key in holds else 0
        counted = share["quantity"] if share["status"] == "committed" else 0
        if share["status"] != "committing" and counted != final:
            what = f"share is {share['status']} with {counted}, catalog committed {final}"
            yield Violation(Anomaly.IDENTITY, "cooperative", key, what)
    for stranger in sorted(holds.keys() - shares.keys()):
        yield Violation(Anomaly.PHANTOM, "catalog", stranger, "stock is held for a share that nobody has")


def _lines(evidence: Evidence) -> Violations:
    """A buyer is told what was committed for his line, or weighed of it; and never more than he ordered."""
    if "cooperative" not in evidence.services:
        return
    committed = Counter[str]()
    promised, collected = Counter[str](), Counter[str]()
    for share in evidence.services["cooperative"].rows("shares"):
        promised[share["line_id"]] += share["quantity"]
        final = share["status"] in {"committed", "collected"}
        committed[share["line_id"]] += share["quantity"] if final else 0
        collected[share["line_id"]] += share["collected"] or 0
    for line in evidence.services["cooperative"].rows("lines"):
        key = line["id"]
        there = collected[key] if line["collected"] else committed[key]
        if line["filled"] is not None and line["filled"] != there:
            what = f"told {line['filled']}, {'weighed' if line['collected'] else 'committed'} {there}"
            yield Violation(Anomaly.IDENTITY, "cooperative", key, what)
        if promised[key] > line["quantity"]:
            what = f"ordered {line['quantity']}, promised {promised[key]}"
            yield Violation(Anomaly.IDENTITY, "cooperative", key, what)


def _accepted(evidence: Evidence) -> Violations:
    """Once the last answer was yes, only a call-off or catalog's no takes anything away."""
    if "cooperative" not in evidence.services:
        return
    stories: dict[str, list[Row]] = defaultdict(list)
    types = "cooperative.share_answered.v1", "cooperative.share_changed.v1", "cooperative.share_lapsed.v1"
    for fact in sorted(evidence.facts("cooperative", *types), key=lambda fact: fact.version):
        stories[fact.key].append({"type": fact.type, **fact.body})
    for key, story in stories.items():
        yield from _kept_word(key, story)


def _kept_word(key: str, story: Iterable[Row]) -> Violations:
    accepted = False
    for told in story:
        if told["type"] == "cooperative.share_answered.v1":
            accepted = told["answer"] in {"accepted", "reduced"}
        elif accepted and told.get("reason") not in TAKEN_BACK:
            what = f"accepted, then {told['type']} {told.get('reason', '')}"
            yield Violation(Anomaly.IDENTITY, "cooperative", key, what)
