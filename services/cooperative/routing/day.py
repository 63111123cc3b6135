"""One delivery day as routes see it: the hub, vehicles, stops, parcels. All whole numbers; times in epoch seconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from json import dumps
from typing import Any, Literal

Leg = Literal["collect", "deliver"]
LEGS: tuple[Leg, Leg] = ("collect", "deliver")
ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hub:
    """Everything collected is unloaded here by `cut_off`; from then on vehicles load and leave."""

    place: str
    cut_off: int
    unload_seconds: int
    load_seconds: int


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One vehicle with its driver: it leaves `start` at `earliest` and is at `end` by `latest`. Costs in rupiah."""

    vehicle: str
    grams: int
    crates: int
    start: str
    end: str
    earliest: int
    latest: int
    fixed_cost: int
    cost_per_km: int
    cost_per_hour: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Where vehicles load (collect) or hand over (deliver): work begins between `opens` and `closes`."""

    stop: str
    leg: Leg
    place: str
    opens: int
    closes: int
    service_seconds: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """Never divided. `origin` None: it is at the hub already; `goal` None: it stays there."""

    parcel: str
    grams: int
    crates: int
    origin: str | None
    goal: str | None

    def stop(self, leg: Leg) -> str | None:
        return self.origin if leg == "collect" else self.goal


@dataclass(frozen=True, slots=True)
class Roads:
    """Metres by road and seconds at the wheel, from each place to each."""

    metres: Mapping[tuple[str, str], int]
    seconds: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Day:
    """`plain`: the document with its rows sorted, its defaults filled in and its times in the day's zone."""

    hub: Hub
    vehicles: tuple[Vehicle, ...]
    stops: Mapping[str, Stop]
    parcels: Mapping[str, Parcel]
    iterations: int
    seed: int
    plain: Row

    def of_leg(self, leg: Leg) -> tuple[Parcel, ...]:
        """The parcels that this leg must carry, by id."""
        return tuple(one for one in self.parcels.values() if one.stop(leg) is not None)


def weight(parcels: Sequence[Parcel]) -> tuple[int, int]:
    """Grams and crates together."""
    return sum(one.grams for one in parcels), sum(one.crates for one in parcels)


def fits(parcels: Sequence[Parcel], vehicle: Vehicle) -> bool:
    grams, crates = weight(parcels)
    return grams <= vehicle.grams and crates <= vehicle.crates


def digest(plain: Row) -> str:
    """Lower-case hex SHA-256 of JSON with sorted keys, without blanks, in UTF-8; without its own `output_hash`."""
    kept = {key: value for key, value in plain.items() if key != "output_hash"}
    return sha256(written(kept)).hexdigest()


def written(plain: Row) -> bytes:
    """The one way in which a plan is written."""
    return dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def moment(at: int, zone: str) -> str:
    """`2026-11-24T05:30:00+07:00`."""
    return local(at, zone).isoformat()


def local(at: int, zone: str) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(timezone(timedelta(hours=ZONES[zone])))
