"""A closed book holds exactly the orders that stood, and exactly those are shared out."""

from collections import defaultdict
from hashlib import sha256

from tests.faults.checker.evidence import Evidence, Fact, Row
from tests.faults.checker.violation import Anomaly, Violation, Violations

Entry = tuple[str, int]


def judge_books(evidence: Evidence) -> Violations:
    """Book against orders, then what is shared against the book."""
    if not {"orders", "cooperative"} <= evidence.services.keys():
        return
    orders = _orders_by_window(evidence)
    for book in evidence.facts("orders", "orders.book_closed.v1"):
        yield from _is_whole(book, orders.get(book.key, {}))
    yield from _shared_whole(evidence)


def _orders_by_window(evidence: Evidence) -> dict[str, dict[str, list[Fact]]]:
    found: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    types = "orders.placed.v1", "orders.changed.v1", "orders.cancelled.v1"
    for fact in sorted(evidence.facts("orders", *types), key=lambda fact: fact.version):
        found[fact.body["window_id"]][fact.key].append(fact)
    return found


def _is_whole(book: Fact, orders: dict[str, list[Fact]]) -> Violations:
    """What stood when it closed; cancelled afterwards only because the window was called off."""
    body = book.body
    named = {(entry["order_id"], entry["version"]) for entry in body["orders"]}
    lines = "".join(f"{order}:{version}\n" for order, version in sorted(named))
    if sha256(lines.encode()).hexdigest() != body["digest"]:
        yield Violation(
            Anomaly.IDENTITY, "orders.books", book.key, "the digest is not that of its orders", book.at
        )
    for order, facts in orders.items():
        before = [fact for fact in facts if fact.at <= book.at]
        late = [fact for fact in facts if fact.at > book.at and fact.type != "orders.cancelled.v1"]
        stands = bool(before) and before[-1].type != "orders.cancelled.v1"
        if late:
            what = f"{late[0].type} of order {order} accepted after the book had closed"
            yield Violation(Anomaly.PHANTOM, "orders.books", book.key, what, late[0].at)
        elif stands and (order, before[-1].version) not in named:
            what = f"order {order} v{before[-1].version} was accepted and is not in the book"
            yield Violation(Anomaly.LOST_WRITE, "orders.books", book.key, what, before[-1].at)
    for order, version in sorted(named):
        if version not in {
            fact.version for fact in orders.get(order, []) if fact.type != "orders.cancelled.v1"
        }:
            what = f"order {order} v{version} is in the book and does not stand"
            yield Violation(Anomaly.PHANTOM, "orders.books", book.key, what, book.at)


def _shared_whole(evidence: Evidence) -> Violations:
    """Every line of the book is a line of the sharing, and no other is."""
    cooperative = evidence.services["cooperative"]
    windows = cooperative.by("windows")
    shared: dict[str, set[str]] = defaultdict(set)
    for line in cooperative.rows("lines"):
        shared[line["window_id"]].add(line["id"])
    lines = _lines_by_entry(evidence)
    for book in evidence.facts("orders", "orders.book_closed.v1"):
        window = windows.get(book.key)
        if window is None or not (window["shared"] or book.key in shared):
            continue
        wanted = {
            line
            for entry in book.body["orders"]
            for line in lines.get((entry["order_id"], entry["version"]), ())
        }
        if missing := sorted(wanted - shared[book.key]):
            what = f"{len(missing)} lines of the book were not shared out, such as {missing[0]}"
            yield Violation(Anomaly.LOST_WRITE, "cooperative", book.key, what, book.at)
        if extra := sorted(shared[book.key] - wanted):
            what = f"{len(extra)} lines that are not in the book were shared out, such as {extra[0]}"
            yield Violation(Anomaly.PHANTOM, "cooperative", book.key, what, book.at)


def _lines_by_entry(evidence: Evidence) -> dict[Entry, list[str]]:
    found: dict[Entry, list[str]] = {}
    for fact in evidence.facts("orders", "orders.placed.v1", "orders.changed.v1"):
        lines: list[Row] = fact.body["lines"]
        found[fact.key, fact.version] = [line["line_id"] for line in lines]
    return found
