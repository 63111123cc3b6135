"""Where and when a window collects, without a database."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.cooperative.domain import Planned, Point, collections_of
from services.cooperative.domain.refusals import CollectedTwice, UnknownPoint, WrongCollectionTimes
from tests.cooperative.people import CISURU, COOPERATIVE, FIRM, MULYADADI, SERANG, window

HALL = Point(id=UUID(int=71), cooperative_id=COOPERATIVE, village=SERANG, name="Balai desa")
MARKET = Point(id=UUID(int=72), cooperative_id=COOPERATIVE, village=MULYADADI, name="Pasar")
POINTS = {point.id: point for point in (HALL, MARKET)}
MORNING = FIRM + timedelta(hours=8)
HOUR = timedelta(hours=1)


def planned(
    point: Point, *villages: str, starts: timedelta = timedelta(), lasts: timedelta = HOUR
) -> Planned:
    begins = MORNING + starts
    return Planned(point_id=point.id, starts_at=begins, ends_at=begins + lasts, villages=villages)


def test_a_point_collects_its_own_village_unless_others_are_named() -> None:
    found = collections_of(window(), [planned(MARKET), planned(HALL, CISURU, SERANG)], POINTS)

    assert [(one.village, one.point_name, one.point_village) for one in found] == [
        (CISURU, "Balai desa", SERANG),
        (SERANG, "Balai desa", SERANG),
        (MULYADADI, "Pasar", MULYADADI),
    ]


def test_a_window_without_points_is_as_before() -> None:
    assert collections_of(window(), [], POINTS) == []


def test_a_village_is_not_sent_to_two_points() -> None:
    with pytest.raises(CollectedTwice):
        collections_of(window(), [planned(HALL), planned(MARKET, SERANG)], POINTS)


def test_a_point_that_nobody_named_collects_nothing() -> None:
    with pytest.raises(UnknownPoint):
        collections_of(window(), [planned(HALL)], {})


@pytest.mark.parametrize(
    ("starts", "lasts"),
    [
        (-9 * HOUR, HOUR),
        (timedelta(), timedelta()),
        (timedelta(), -HOUR),
        (timedelta(), timedelta(days=9)),
    ],
    ids=["before firm", "for no time", "backwards", "after the delivery day"],
)
def test_lots_are_collected_between_firm_and_the_end_of_the_delivery_day(
    starts: timedelta, lasts: timedelta
) -> None:
    with pytest.raises(WrongCollectionTimes):
        collections_of(window(), [planned(HALL, starts=starts, lasts=lasts)], POINTS)
