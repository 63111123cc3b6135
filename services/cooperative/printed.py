"""The pick list on paper and in tables: a page with a QR code per lot, and CSV."""

import csv
from functools import cache, partial
from io import StringIO

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from services.chassis import wording
from services.chassis.language import Language
from services.cooperative.domain import Pick, PickedVillage, PickList

COLUMNS = (
    *("village", "village_name", "point", "starts_at", "ends_at", "lot_code", "seller", "commodity"),
    *("grade", "expires_on", "unit", "order_code", "line_id", "quantity"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def page(picked: PickList, language: Language) -> str:
    """HTML for a printer: everything is in the page, no script and no other address."""
    return _environment(language).get_template(f"pick_list.{language}.html").render(picked=picked)


def table(picked: PickList) -> str:
    """CSV with a row per lot and order line; times are UTC. No cell is read as a formula by a spreadsheet."""
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for village in picked.villages:
        for lot in village.lots:
            rows.writerows(map(_cell, _row(village, pick)) for pick in lot.picks)
    return text.getvalue()


def _row(village: PickedVillage, pick: Pick) -> tuple[object, ...]:
    at = village.collection
    hours = (at.point_name, at.starts_at.isoformat(), at.ends_at.isoformat()) if at else (None, None, None)
    return (
        *(village.village, village.name, *hours, pick.lot_code, pick.seller_name, pick.commodity_name),
        *(pick.grade, pick.expires_on, pick.unit, pick.order_code, pick.line_id, pick.quantity),
    )


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _qr(text: str) -> Markup:
    """An SVG that a phone reads off paper: the lot code alone, so it works without a network."""
    # segno writes this SVG of digits and capitals; nothing of it comes from a person
    return Markup(segno.make_qr(text, error="m").svg_inline(scale=3, border=2))  # noqa: S704


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=PackageLoader("services.cooperative"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for written in (wording.amount, wording.day, wording.moment):
        environment.filters[written.__name__] = partial(written, language=language)
    environment.filters["qr"] = _qr
    return environment
