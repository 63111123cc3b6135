"""One leg's trips by PyVRP, stopped by iterations: the same visits and seed give the same trips."""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyvrp
from pyvrp import search
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.stop import MaxIterations

from services.cooperative.routing.day import Day, Leg, Roads, fits, weight
from services.cooperative.routing.planner.fleet import Fleet, Start, starts
from services.cooperative.routing.planner.trips import Trip, Visit, cost

MILLI = 1000
"""Costs are thousandths of a rupiah: then rupiah per kilometre are whole numbers per metre."""
PART = 20
"""What is too much at first costs as much as a parcel left, when it is a twentieth of a load or of five hours."""
HOURS = 5 * 3600
DEAREST = 1 << 50
"""No visit is worth more, so that what PyVRP multiplies with it stays within 63 bits."""


def searched(leg: Leg, visits: Sequence[Visit], day: Day, roads: Roads, fleet: Fleet) -> list[Trip]:
    """A trip of each vehicle that is used. Visits that are in no trip were not served, as far as was searched."""
    usable = list(starts(leg, day, roads, fleet))
    visits = [visit for visit in visits if any(fits(visit.parcels, one.vehicle) for one in usable)]
    if not visits:
        return []
    best = _best(_problem(visits, roads, usable), day)
    if not best.is_feasible():
        return []
    trips = []
    for route in best.routes():
        vehicle = usable[route.vehicle_type()].vehicle
        taken = tuple(visits[one.idx] for one in route.schedule() if one.is_client())
        trips.append(Trip(vehicle, leg, taken, vehicle.vehicle in fleet.at_hub))
    return sorted(trips, key=lambda trip: trip.vehicle.vehicle)


def _problem(visits: Sequence[Visit], roads: Roads, usable: Sequence[Start]) -> pyvrp.ProblemData:
    """Times count from the first moment of the day; each visit is optional, at a price above any detour."""
    names = sorted({one for start in usable for one in (start.place, start.end)})
    depots = {place: index for index, place in enumerate(names)}
    names += sorted({visit.stop.place for visit in visits} - depots.keys())
    index = {place: at for at, place in enumerate(names)}
    zero = min(start.earliest for start in usable)
    prize = _prize(names, roads, usable)
    return pyvrp.ProblemData(
        [pyvrp.Location(0, 0, name=name) for name in names],
        [_client(visit, index, zero, prize) for visit in visits],
        [pyvrp.Depot(index[place]) for place in depots],
        [_vehicle_type(start, depots, zero) for start in usable],
        [_square(names, roads.metres)],
        [_square(names, roads.seconds)],
    )


def _square(names: Sequence[str], between: Mapping[tuple[str, str], int]) -> Any:
    return np.array([[between[here, there] for there in names] for here in names])


def _client(visit: Visit, index: dict[str, int], zero: int, prize: int) -> pyvrp.Client:
    """What leaves a stop and what comes to it are the same to a vehicle's room: all of it is in at once."""
    stop = visit.stop
    return pyvrp.Client(
        index[stop.place],
        delivery=list(weight(visit.parcels)),
        service_duration=stop.service_seconds,
        tw_early=max(0, stop.opens - zero),
        tw_late=max(0, stop.closes - zero),
        required=False,
        prize=min(prize * len(visit.parcels), DEAREST),
    )


def _vehicle_type(start: Start, depots: dict[str, int], zero: int) -> pyvrp.VehicleType:
    vehicle = start.vehicle
    return pyvrp.VehicleType(
        capacity=[vehicle.grams, vehicle.crates],
        start_depot=depots[start.place],
        end_depot=depots[start.end],
        fixed_cost=start.beside * MILLI,
        tw_early=start.earliest - zero,
        tw_late=start.latest - zero,
        unit_distance_cost=vehicle.cost_per_km,
        unit_duration_cost=vehicle.cost_per_hour * MILLI // 3600,
    )


def _prize(names: Sequence[str], roads: Roads, usable: Sequence[Start]) -> int:
    """More than the dearest vehicle for itself, there and back by the longest way, in its whole shift."""
    farthest = max(roads.metres[a, b] for a in names for b in names)
    return MILLI * max(
        1 + one.beside + sum(cost(one.vehicle, 3 * farthest, one.latest - one.earliest)) for one in usable
    )


def _best(problem: pyvrp.ProblemData, day: Day) -> pyvrp.Solution:
    """As `pyvrp.solve`, but what is too heavy or too late is dear from the start, measured by what it would save."""
    rng = pyvrp.RandomNumberGenerator(seed=day.seed)
    local = search.LocalSearch(problem, rng, search.compute_neighbours(problem))
    for operator in search.OPERATORS:
        if operator.supports(problem):
            local.add_operator(operator(problem))
    prize = max(client.prize for client in problem.clients())
    largest = [max(1, *(one.capacity[at] for one in problem.vehicle_types())) for at in (0, 1)]
    prices = [PART * prize / most for most in largest], PART * prize / HOURS, 1.0
    penalties = pyvrp.PenaltyManager(prices, pyvrp.PenaltyParams(max_penalty=float(prize)))
    first = local(pyvrp.Solution.make_random(problem, rng), penalties.cost_evaluator(), exhaustive=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        run = pyvrp.IteratedLocalSearch(problem, penalties, local, first)
        return run.run(MaxIterations(day.iterations), collect_stats=False).best
