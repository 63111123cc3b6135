"""The transport is honest: what is said in time is heard before a duty ends it, and what is not told is not known."""

from datetime import timedelta

import pytest

from tests.faults.checker.evidence import Row
from tests.lifecycle.life import Broken
from tests.lifecycle.machine import Lifecycle
from tests.lifecycle.planted import nothing_is_heard_first
from tests.lifecycle.playing import Playing

PAST = timedelta(minutes=1)


def with_a_hold_that_cooperative_has_not_heard(playing: Playing) -> Lifecycle:
    """The round's end has come, and catalog's answer to the hold is on its topic since before."""
    day = playing.begins()
    day.a_day_begins([5], [5], "asked", deaf="catalog")
    day.all_is_settled(deaf="cooperative")
    day.time_passes(PAST)
    return day


def share(day: Lifecycle) -> Row:
    """The first; what it did not bring is asked again."""
    return day.rows("cooperative", "shares")[0]


def test_a_round_does_not_close_before_what_was_on_the_topic_is_heard(playing: Playing) -> None:
    day = with_a_hold_that_cooperative_has_not_heard(playing)

    day.what_is_due_is_done("cooperative", 100)
    before = share(day)
    day.all_is_settled(deaf=None)

    assert (before["status"], before["round_open"]) == ("wanted", True)
    assert (share(day)["held"], share(day)["round_open"]) == (5_000, False)


def test_a_round_that_closes_without_hearing_is_a_story(
    playing: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_is_heard_first(monkeypatch)
    day = with_a_hold_that_cooperative_has_not_heard(playing)

    with pytest.raises(Broken, match="closed without hearing"):
        day.what_is_due_is_done("cooperative", 100)
