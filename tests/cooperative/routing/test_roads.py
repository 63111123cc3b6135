"""Distances: by whole numbers in the planner, by decimal numbers in the verifier, and by both the same."""

from math import asin, cos, radians, sin, sqrt
from random import Random

from services.cooperative.routing.day import Day
from services.cooperative.routing.day_reading import day_of_document
from services.cooperative.routing.planner.roads import roads
from services.cooperative.routing.verify.roads import roads as roads_anew
from tests.cooperative.routing.days import day


def _scattered(seed: int, places: int) -> Day:
    draw = Random(seed)
    document = day(1)
    for row in document["places"]:
        row |= {
            "latitude": draw.randint(-9_000_000, 6_000_000),
            "longitude": draw.randint(95_000_000, 141_000_000),
        }
    near = document["places"][0]
    document["places"] += [
        {
            "place": f"X{one}",
            "latitude": near["latitude"] + draw.randint(-300_000, 300_000),
            "longitude": near["longitude"] + draw.randint(-300_000, 300_000),
        }
        for one in range(places)
    ]
    return day_of_document(document)


def test_planner_and_verifier_measure_every_way_alike() -> None:
    for seed in range(4):
        scattered = _scattered(seed, 12)

        assert roads(scattered) == roads_anew(scattered)


def test_a_way_is_the_great_circle_times_the_road_factor() -> None:
    scattered = _scattered(5, 12)
    points = {row["place"]: row for row in scattered.plain["places"]}

    for (here, there), metres in roads(scattered).metres.items():
        one, other = points[here], points[there]
        north, south = radians(one["latitude"] / 1e6), radians(other["latitude"] / 1e6)
        across = radians((one["longitude"] - other["longitude"]) / 1e6)
        half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
        assert abs(metres - 1.3 * 2 * 6_371_009 * asin(sqrt(half))) < 0.6
