"""One day from its document to a checked plan, as text; runs in the process apart."""

import json
from dataclasses import dataclass
from typing import Any

from services.cooperative.documents import Malformed
from services.cooperative.routing.day import written
from services.cooperative.routing.day_reading import day_of_document
from services.cooperative.routing.verify import first_complaint


@dataclass(frozen=True, slots=True)
class Planned:
    """`complaint`: why the plan must not be used, where it must not. `unserved`: how many parcels' ways are missing."""

    plan: str
    output_hash: str
    complaint: str | None
    unserved: int = 0


def planned(day: dict[str, Any]) -> Planned:
    """Plan the day; then let the verifier read what was written.

    What is no day, and what the planner cannot do, is a complaint too: nobody is sent anywhere then.
    """
    from services.cooperative.routing.planner import plan

    try:
        found = plan(day_of_document(day))
        text = written(found)
        complaint = first_complaint(json.dumps(day, ensure_ascii=False).encode(), text)
    except Malformed as malformed:
        return Planned("", "", f"the day is no day: {malformed}")
    except Exception as error:
        return Planned("", "", f"the planner failed: {type(error).__name__}: {error}")
    unserved = sum(len(row["parcels"]) for row in found["unserved"])
    said = None if complaint is None else str(complaint)
    return Planned(text.decode(), found["output_hash"], said, unserved)
