"""From each place to each: metres and seconds, by whole numbers alone, so that every machine gets the same."""

from itertools import combinations
from math import isqrt

from services.cooperative.routing.day import Day, Roads, Row

RADIUS = 6_371_009
"""Metres: the earth's mean radius (IUGG)."""
PI = 3_141_592_653_589_793_238_462_643
ONE = 10**24
"""Angles, sines and chords are whole numbers of this unit: a metre is some 10^17 of them."""
Vector = tuple[int, int, int]


def roads(day: Day) -> Roads:
    """As supplied in `matrix`, or the great circle by `roads`: longer by a factor, driven at one speed."""
    supplied = day.plain.get("matrix")
    if supplied is not None:
        names = supplied["places"]
        pairs = [(a, b) for a in range(len(names)) for b in range(len(names))]
        return Roads(
            {(names[a], names[b]): supplied["metres"][a][b] for a, b in pairs},
            {(names[a], names[b]): supplied["seconds"][a][b] for a, b in pairs},
        )
    rule = day.plain["roads"]
    metres = _metres(day.plain["places"], rule["permille"])
    return Roads(metres, {pair: -(-far * 18 // (5 * rule["speed_kmh"])) for pair, far in metres.items()})


def _metres(places: list[Row], permille: int) -> dict[tuple[str, str], int]:
    points = {row["place"]: _vector(row["latitude"], row["longitude"]) for row in places}
    found = dict.fromkeys(((one, one) for one in points), 0)
    for one, other in combinations(points, 2):
        far = RADIUS * _angle(points[one], points[other]) * permille
        found[one, other] = found[other, one] = (far + 500 * ONE) // (1000 * ONE)
    return found


def _vector(latitude: int, longitude: int) -> Vector:
    """The point on the unit sphere; millionths of a degree."""
    high, wide = (value * PI // 180_000_000 for value in (latitude, longitude))
    flat = _sine(high + PI // 2)
    return flat * _sine(wide + PI // 2) // ONE, flat * _sine(wide) // ONE, _sine(high)


def _angle(here: Vector, there: Vector) -> int:
    """Twice the arc sine of half the chord; by Newton's steps, from the chord itself."""
    half = isqrt(sum((a - b) ** 2 for a, b in zip(here, there, strict=True))) // 2
    if half * half * 2 > ONE * ONE:  # more than a quarter round the earth: by the opposite point
        return PI - _angle(here, (-there[0], -there[1], -there[2]))
    angle = half
    for _ in range(8):
        cosine = _sine(PI // 2 - angle)
        angle += (half - _sine(angle)) * ONE // cosine
    return 2 * angle


def _sine(angle: int) -> int:
    """Taylor's series."""
    term, total, place = angle, angle, 1
    while term:
        term = -term * angle // ONE * angle // ONE // ((place + 1) * (place + 2))
        total, place = total + term, place + 2
        if -1 <= term <= 0:
            break
    return total
