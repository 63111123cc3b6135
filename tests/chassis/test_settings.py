"""Settings that would lose or falsify something are refused at the start."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.chassis.settings import Settings

SOUND = {"database_url": "postgresql://x", "keys": "keys.json"}


@pytest.mark.parametrize("stack", ["external", "containers"])
def test_a_clock_that_can_be_moved_is_refused_outside_the_embedded_stack(stack: str) -> None:
    with pytest.raises(ValidationError, match="only the embedded stack may set it"):
        Settings.model_validate({**SOUND, "clock": "clock", "stack": stack})

    assert Settings.model_validate({**SOUND, "clock": "clock", "stack": "embedded"}).clock == Path("clock")


@pytest.mark.parametrize("inbox_days", [29, 30])
def test_an_inbox_kept_no_longer_than_the_topics_is_refused(inbox_days: int) -> None:
    with pytest.raises(ValidationError, match="a replay would apply events twice"):
        Settings.model_validate({**SOUND, "topic_days": 30, "inbox_days": inbox_days})


def test_brokers_are_read_from_one_comma_separated_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBUNG_KAFKA", "one:9092,two:9092")

    assert Settings.model_validate(SOUND | {"kafka": "one:9092,two:9092"}).kafka == ("one:9092", "two:9092")
    assert Settings(database_url="x", keys=Path("keys.json")).kafka == ("one:9092", "two:9092")
