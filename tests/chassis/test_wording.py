"""What people read: quantities, money and times."""

from datetime import UTC, date, datetime

import pytest

from services.chassis.wording import Both, amount, both, day, moment, number, price, rupiah


@pytest.mark.parametrize(
    ("quantity", "unit", "indonesian", "english"),
    [
        (500_000, "g", "500 kg", "500 kg"),
        (62_500, "g", "62,5 kg", "62.5 kg"),
        (1_250_005, "g", "1.250,005 kg", "1,250.005 kg"),
        (750, "g", "750 g", "750 g"),
        (0, "g", "0 kg", "0 kg"),
        (1500, "ml", "1,5 liter", "1.5 l"),
        (40, "buah", "40 buah", "40 pieces"),
        (1, "ikat", "1 ikat", "1 bunch"),
    ],
)
def test_a_quantity_is_written_in_the_unit_people_use(
    quantity: int, unit: str, indonesian: str, english: str
) -> None:
    assert (amount(quantity, unit, "id"), amount(quantity, unit, "en")) == (indonesian, english)


def test_money_and_numbers_have_the_separators_of_their_language() -> None:
    assert (rupiah(38_000, "id"), rupiah(38_000, "en")) == ("Rp38.000", "Rp38,000")
    assert (number(1_234_567, "id"), number(1_234_567, "en")) == ("1.234.567", "1,234,567")


def test_a_price_names_what_it_is_for() -> None:
    assert price(38_000, 1000, "g", "id") == "Rp38.000/kg"
    assert price(85_000, 1, "buah", "en") == "Rp85,000/piece"
    assert price(9_000, 250, "g", "id") == "Rp9.000/250 g"


def test_a_moment_is_told_in_the_zone_where_it_happens() -> None:
    at = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)

    assert moment(at, "Asia/Jakarta", "id") == "Jumat 27 Nov 2026 pukul 10.00 WIB"
    assert moment(at, "Asia/Makassar", "en") == "Fri 27 Nov 2026 at 11:00 WITA"
    assert moment(at, "Europe/Paris", "en").endswith("04:00 CET")


def test_a_day_has_its_weekday() -> None:
    assert day(date(2026, 5, 4), "id") == "Senin 4 Mei 2026"


def test_one_thing_can_be_handed_over_in_both_languages() -> None:
    assert both(amount, 62_500, "g") == Both(id="62,5 kg", en="62.5 kg")
