"""Every day is planned: all of it, or with what stays, why, and what would help; and the verifier agrees."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.cooperative.routing import planned
from tests.cooperative.routing.days import Document, at, day


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32),
    stops=st.integers(1, 6),
    vehicles=st.integers(1, 4),
    wide=st.booleans(),
    changes=st.fixed_dictionaries(
        {"speed_kmh": st.sampled_from((1, 15, 40, 200)), "cut_off": st.integers(5, 14)}
    ),
)
def test_every_day_is_planned_and_verified_or_names_what_stays(
    seed: int, stops: int, vehicles: int, wide: bool, changes: dict[str, int]
) -> None:
    document = day(seed, stops, vehicles, wide, iterations=15)
    document["roads"]["speed_kmh"] = changes["speed_kmh"]
    document["hub"]["cut_off"] = at(changes["cut_off"] * 3600)

    found = planned(document)

    assert found.complaint is None
    plan = json.loads(found.plan)
    travels = _carried(plan) | _left(plan)
    assert travels == _wanted(document)
    assert len(_left(plan)) == found.unserved
    assert all(row["help"] for row in plan["unserved"] if row["reason"] != "NOT_COLLECTED")


def _carried(plan: Document) -> set[tuple[str, str]]:
    return {
        (route["leg"], parcel)
        for route in plan["routes"]
        for point in route["points"]
        if "stop" in point
        for parcel in point["loads"] + point["unloads"]
    }


def _left(plan: Document) -> set[tuple[str, str]]:
    return {(row["leg"], parcel) for row in plan["unserved"] for parcel in row["parcels"]}


def _wanted(document: Document) -> set[tuple[str, str]]:
    legs = (("collect", "from"), ("deliver", "to"))
    return {(leg, row["parcel"]) for leg, end in legs for row in document["parcels"] if end in row}


def _one_stop(parcels: list[tuple[int, int]], vehicles: int = 2) -> Document:
    """Everything waits at one village; each vehicle takes 800 kg and 40 crates."""
    document = day(1, stops=1, vehicles=1, wide=True)
    stop = document["collections"][0]["stop"]
    document["parcels"] = [
        {"parcel": f"P{one}", "grams": grams, "crates": crates, "from": stop}
        for one, (grams, crates) in enumerate(parcels)
    ]
    own = document["vehicles"][0] | {"grams": 800_000, "crates": 40}
    document["vehicles"] = [own | {"vehicle": f"V{one}"} for one in range(vehicles)]
    return document


def test_a_stop_too_large_for_any_vehicle_is_visited_several_times_with_whole_parcels() -> None:
    found = planned(_one_stop([(300_000, 5)] * 4))

    plan = json.loads(found.plan)
    loads = [point["loads"] for route in plan["routes"] for point in route["points"] if point["loads"]]
    assert (found.complaint, found.unserved) == (None, 0)
    assert sorted(map(len, loads)) == [2, 2]


def test_what_finds_no_room_is_named_with_the_room_that_would_be_enough() -> None:
    found = planned(_one_stop([(300_000, 5)] * 5))

    (row,) = json.loads(found.plan)["unserved"]
    assert (row["reason"], len(row["parcels"])) == ("BUSY", 1)
    assert row["help"] == [
        {"kind": "ROOM", "vehicle": "V0", "grams": 100_000, "crates": 0},
        {"kind": "VEHICLE", "vehicle": "V0"},
    ]


def test_a_parcel_too_large_for_any_vehicle_is_never_divided() -> None:
    found = planned(_one_stop([(100_000, 5), (100_000, 41)]))

    (row,) = json.loads(found.plan)["unserved"]
    assert (row["reason"], row["parcels"]) == ("TOO_BIG", ["P1"])
    assert row["help"] == [{"kind": "BIGGER", "grams": 100_000, "crates": 41}]


def test_what_is_not_collected_is_not_delivered() -> None:
    document = _one_stop([(100_000, 41)])
    document["parcels"][0]["to"] = document["deliveries"][0]["stop"]

    rows = json.loads(planned(document).plan)["unserved"]

    assert [(row["leg"], row["reason"]) for row in rows] == [
        ("collect", "TOO_BIG"),
        ("deliver", "NOT_COLLECTED"),
    ]


def test_a_window_that_closes_too_soon_says_by_how_many_minutes() -> None:
    document = _one_stop([(100_000, 5)], vehicles=1)
    served = json.loads(planned(document).plan)["routes"][0]["points"][1]
    document["vehicles"][0]["earliest"] = at(7 * 3600)
    document["collections"][0] |= {"opens": at(0), "closes": at(6 * 3600)}
    document["hub"]["cut_off"] = at(20 * 3600)

    (row,) = json.loads(planned(document).plan)["unserved"]

    assert "stop" in served
    assert row["reason"] == "UNREACHABLE"
    assert {tuple(one) for one in row["help"]} >= {("closes", "kind", "vehicle")}


def test_a_day_without_parcels_has_an_empty_plan() -> None:
    found = planned(day(1) | {"parcels": []})

    plan = json.loads(found.plan)
    assert found.complaint is None
    assert (plan["routes"], plan["unserved"], plan["totals"]["cost"]) == ([], [], 0)


def test_the_largest_numbers_a_day_may_have_are_planned_too() -> None:
    document = day(2, stops=5, vehicles=3, wide=True)
    for one in document["vehicles"]:
        one |= {
            "fixed_cost": 10**8,
            "cost_per_km": 10**5,
            "cost_per_hour": 10**6,
            "grams": 10**8,
            "crates": 10**6,
        }
    names = [row["place"] for row in document["places"]]
    far = [[0 if here == there else 10**7 for there in names] for here in names]
    near = [[0 if here == there else 900 for there in names] for here in names]
    del document["roads"]
    document["matrix"] = {"places": names, "metres": far, "seconds": near}
    stop = document["collections"][0]["stop"]
    document["parcels"] += [
        {"parcel": f"X{one}", "grams": 10**8, "crates": 10**6, "from": stop} for one in range(100)
    ]

    found = planned(document)

    assert found.complaint is None
    assert found.unserved >= 95


def test_what_is_no_day_is_a_complaint() -> None:
    found = planned({"day": 7})

    assert found.plan == ""
    assert found.complaint == "the day is no day: day: must be a text"
