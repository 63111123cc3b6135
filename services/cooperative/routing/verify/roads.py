"""Metres and seconds between places, computed anew: by the haversine formula, in decimal numbers of 40 digits."""

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from services.cooperative.routing.day import Day, Roads, Row

RADIUS = 6_371_009
PI = Decimal("3.14159265358979323846264338327950288419716939937511")
_EXACT = Context(prec=40)
_TINY = Decimal("1e-38")


def roads(day: Day) -> Roads:
    """From the day's matrix, or from its coordinates, road factor and speed."""
    matrix = day.plain.get("matrix")
    if matrix is None:
        return _measured(day.plain["places"], day.plain["roads"])
    metres, seconds = {}, {}
    for row, here in enumerate(matrix["places"]):
        for column, there in enumerate(matrix["places"]):
            metres[here, there] = matrix["metres"][row][column]
            seconds[here, there] = matrix["seconds"][row][column]
    return Roads(metres, seconds)


def _measured(places: list[Row], rule: Row) -> Roads:
    metres, seconds = {}, {}
    with localcontext(_EXACT):
        points = {row["place"]: (_radians(row["latitude"]), _radians(row["longitude"])) for row in places}
        cosines = {place: _cosine(point[0]) for place, point in points.items()}
        for here, (north, east) in points.items():
            for there, (other_north, other_east) in points.items():
                across = cosines[here] * cosines[there] * _sine((east - other_east) / 2) ** 2
                root = (_sine((north - other_north) / 2) ** 2 + across).sqrt()
                far = 2 * RADIUS * _arc_sine(root) * rule["permille"] / 1000
                metres[here, there] = int(far.quantize(Decimal(1), ROUND_HALF_UP))
                seconds[here, there] = -(-metres[here, there] * 3600 // (1000 * rule["speed_kmh"]))
    return Roads(metres, seconds)


def _radians(millionths: int) -> Decimal:
    return Decimal(millionths) / 1_000_000 * PI / 180


def _sine(angle: Decimal) -> Decimal:
    term = total = angle
    place = 1
    while abs(term) > _TINY:
        term = -term * angle * angle / ((place + 1) * (place + 2))
        total, place = total + term, place + 2
    return total


def _cosine(angle: Decimal) -> Decimal:
    return 1 - 2 * _sine(angle / 2) ** 2


def _arc_sine(value: Decimal) -> Decimal:
    """asin x = 2 asin(x / sqrt(2 (1 + sqrt(1 - x^2)))): halved four times, then its power series."""
    value = min(value, Decimal(1))
    for _ in range(4):
        value = value / (2 * (1 + (1 - value * value).sqrt())).sqrt()
    term = total = value
    place = 1
    while abs(term) > _TINY:
        term = term * value * value * place * place / ((place + 1) * (place + 2))
        total, place = total + term, place + 2
    return 16 * total
