"""A record beside the one before it: what stood is kept or refused, and nothing else has changed."""

from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.hashes import ordered, output_hash
from services.cooperative.sharing.verify.record import Record, Row

Place = tuple[str, str]
NO_ANSWER: Row = {"refused": 0}


def check_following(record: Record, before: Record) -> None:
    """Raises a Complaint. That the earlier record is true itself is not asked here."""
    if before.output_hash != output_hash(before.plain):
        raise Complaint("previous", "the record before was changed after it was made")
    if record.previous != before.output_hash or record.input_hash != before.input_hash:
        raise Complaint("previous", f"previous must be {before.output_hash}, the hash of the record before")
    _check_kept(record, before)
    _check_answers(record, before)


def _check_kept(record: Record, before: Record) -> None:
    now, then = ordered(record.plain), ordered(before.plain)
    for part in ("hak_lines", "bottlenecks"):
        if now[part] != then[part]:
            raise Complaint("previous", f"{part} are not those of the record before")
    due = {(row["seller"], row["commodity"]): row["due"] for row in before.sellers}
    for row in record.sellers:
        if row["due"] != due.get((row["seller"], row["commodity"])):
            raise Complaint("previous", f"due of {row['commodity']} has changed", row["seller"])


def _check_answers(record: Record, before: Record) -> None:
    stood: dict[Place, int] = {}
    for row in (*before.confirmed, *before.lines):
        stood[_place(row)] = stood.get(_place(row), 0) + row["quantity"]
    stands = {_place(row): row["quantity"] for row in record.confirmed}
    old = {_place(row): row for row in before.answers}
    new = {_place(row): row for row in record.answers}
    seller = {row["lot"]: row["seller"] for row in record.lots}
    for place in sorted({*stood, *stands, *old, *new}):
        lost = stood.get(place, 0) - stands.get(place, 0)
        said, was = new.get(place, NO_ANSWER), old.get(place, NO_ANSWER)
        where, whose = f"lot {place[0]} for demand {place[1]}", seller.get(place[0])
        if lost < 0:
            raise Complaint("confirmed", f"{where}: {-lost} more stands than stood before", whose)
        if said["refused"] - was["refused"] != lost:
            what = f"{where}: {lost} less stands, the answers refuse {said['refused'] - was['refused']}"
            raise Complaint("answers", what, whose)
        if said != was and (false := _false_now(said, stood.get(place, 0), lost)):
            raise Complaint("answers", f"{where}: {false}", whose)


def _false_now(said: Row, stood: int, lost: int) -> str | None:
    """Why this cannot have been answered where so much stood; None where it can."""
    if (lost == 0) != (said.get("kind") == "accepted"):
        return f"{said.get('kind')} now, and {lost} less stands"
    if not stood:
        return f"{said['kind']} now, and nothing stood"
    left = stood - lost
    return None if said["quantity"] == left else f"{said['quantity']} answered now, {left} stands"


def _place(row: Row) -> Place:
    return row["lot"], row["demand"]
