"""What a plan says would help does help: with it done, planning again serves more."""

import json
from collections import Counter
from copy import deepcopy
from datetime import datetime, timedelta

from services.cooperative.routing import planned
from tests.cooperative.routing.days import Document, day


def _done(document: Document, row: Document, told: Document) -> Document:
    """The day with this help."""
    changed = deepcopy(document)
    own: Document = next((one for one in changed["vehicles"] if one["vehicle"] == told.get("vehicle")), {})
    if told["kind"] in ("VEHICLE", "BIGGER"):
        own = {**(own or changed["vehicles"][0]), "vehicle": "MORE"}
        changed["vehicles"].append(own)
    for room in ("grams", "crates"):
        if told["kind"] == "BIGGER":
            own[room] = max(own[room], told[room])
        own[room] += told.get(room, 0) if told["kind"] == "ROOM" else 0
    stops = changed["collections"] + changed["deliveries"]
    stop = next(one for one in stops if one["stop"] == row["stop"])
    moved = ((stop, "closes", 1), (changed["hub"], "cut_off", 1), (own, "latest", 1), (own, "earliest", -1))
    for place, limit, way in moved:
        if limit in told:
            later = datetime.fromisoformat(place[limit]) + way * timedelta(minutes=told[limit])
            place[limit] = later.isoformat()
    return changed


def test_each_help_alone_lets_more_go_or_what_it_was_told_for() -> None:
    tried: Counter[str] = Counter()
    vain: Counter[str] = Counter()
    for seed in range(50):
        document = day(seed, stops=3, vehicles=2)
        before = planned(document)
        for row in json.loads(before.plan)["unserved"]:
            for told in row["help"]:
                if told["kind"] == "BIGGER" or "cut_off" in told:
                    continue  # these move the rest of the day too
                after = planned(_done(document, row, told))
                assert after.complaint is None
                tried[told["kind"]] += 1
                vain[told["kind"]] += after.unserved >= before.unserved

    assert min(tried[kind] for kind in ("ROOM", "TIME", "VEHICLE")) >= 8
    assert not +vain
