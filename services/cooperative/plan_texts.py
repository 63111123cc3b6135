"""What a manager reads in the timeline of a window plan, in Indonesian and English."""

from collections.abc import Mapping
from datetime import date, datetime

from services.chassis.timeline import Entry
from services.chassis.wording import day, moment
from services.cooperative.domain.plans import Due

MADE, CHANGED, ENDED, SKIPPED = "plan.made", "plan.changed", "plan.ended", "plan.day_skipped"
TEXTS: Mapping[str, Mapping[str, str]] = {
    MADE: {"id": "Rencana periode pesan dibuat.", "en": "The window plan was made."},
    CHANGED: {
        "id": "Rencana diubah; periode yang sudah diumumkan tetap.",
        "en": "The plan was changed; windows announced before stay as they are.",
    },
    ENDED: {"id": "Rencana diakhiri.", "en": "The plan was ended."},
    SKIPPED: {
        "id": "Periode untuk {day} tidak diumumkan: seharusnya {due}, dan bukunya sudah lewat.",
        "en": "The window for {day} was not announced: that was due {due}, and its book would be closed by now.",
    },
}


def skipped(due: Due, time_zone: str) -> dict[str, str]:
    """What the timeline keeps of a day that it was too late for."""
    return {"day": due.day.isoformat(), "due": due.at.isoformat(), "time_zone": time_zone}


def sentence(entry: Entry, language: str) -> str:
    """An entry as a person reads it."""
    said = dict(entry.facts)
    if entry.what == SKIPPED:
        due = moment(datetime.fromisoformat(said["due"]), said["time_zone"], language)
        said |= {"day": day(date.fromisoformat(said["day"]), language), "due": due}
    return TEXTS[entry.what][language].format(**said)
