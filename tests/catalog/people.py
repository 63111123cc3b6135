"""The people, commodities and lots that catalog's tests speak of."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.catalog.domain import Commodity, Hold, Lot, Offer, Packed, list_lot
from services.catalog.events import (
    CommitWanted,
    CommodityListed,
    HoldWanted,
    LotWeighed,
    ReleaseWanted,
    SellingUnit,
)
from services.chassis.access import Caller
from tests.harness.service import ServiceUnderTest

COOPERATIVE = UUID("01920000-0000-7000-8000-00000000c001")
OTHER_COOPERATIVE = UUID("01920000-0000-7000-8000-00000000c002")
SARI = UUID("01920000-0000-7000-8000-000000000501")
TUTI = UUID("01920000-0000-7000-8000-000000000502")
CHILLI = UUID("01920000-0000-7000-8000-00000000d001")
BASKET = UUID("01920000-0000-7000-8000-00000000d002")
LOT = UUID("01920000-0000-7000-8000-00000000e001")
SHARE = UUID("01920000-0000-7000-8000-00000000f001")
OTHER_SHARE = UUID("01920000-0000-7000-8000-00000000f002")
WEIGHING = UUID("01920000-0000-7000-8000-00000000f101")
SERANG, CISURU = "33.01.18.2006", "33.01.18.2004"
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=4)
KG = 1000


SARI_CALLS = Caller(SARI, "seller", (SERANG,), COOPERATIVE)
TUTI_CALLS = Caller(TUTI, "seller", (SERANG,), COOPERATIVE)
ASSISTANT = UUID("01920000-0000-7000-8000-00000000a001")
ASSISTANT_FOR_SARI = Caller(ASSISTANT, "assistant", (SERANG,), COOPERATIVE, on_behalf_of=SARI)
MANAGER = Caller(UUID("01920000-0000-7000-8000-00000000b001"), "manager", (), COOPERATIVE)
BUYER = Caller(UUID("01920000-0000-7000-8000-00000000b002"), "buyer")


def chilli() -> Commodity:
    return Commodity(
        id=CHILLI,
        cooperative_id=COOPERATIVE,
        name="Cabai merah",
        unit="g",
        per=KG,
        grades=["A", "B"],
        selling_units={"karung": 50 * KG, "kilogram": KG},
        dated=True,
        version=1,
    )


def basket() -> Commodity:
    return Commodity(
        id=BASKET,
        cooperative_id=COOPERATIVE,
        name="Keranjang bambu",
        unit="buah",
        per=1,
        grades=[],
        selling_units={},
        dated=False,
        version=1,
    )


def chilli_listed(cooperative_id: UUID = COOPERATIVE) -> CommodityListed:
    return CommodityListed(
        commodity_id=CHILLI,
        cooperative_id=cooperative_id,
        name="Cabai merah",
        unit="g",
        per=KG,
        grades=["A", "B"],
        selling_units=[
            SellingUnit(name="karung", quantity=50 * KG),
            SellingUnit(name="kilogram", quantity=KG),
        ],
        dated=True,
        version=1,
    )


def basket_listed() -> CommodityListed:
    return CommodityListed(
        commodity_id=BASKET,
        cooperative_id=COOPERATIVE,
        name="Keranjang bambu",
        unit="buah",
        per=1,
        grades=[],
        selling_units=[],
        dated=False,
        version=1,
    )


def chilli_offer(quantity: int | Packed = 50 * KG, grade: str | None = "A") -> Offer:
    return Offer(
        seller_id=SARI,
        village=SERANG,
        quantity=quantity,
        price=35_000,
        grade=grade,
        ready_on=date(2026, 11, 25),
        expires_on=date(2026, 11, 29),
    )


def chilli_lot(quantity: int = 50 * KG) -> Lot:
    lot, _ = list_lot(LOT, chilli(), chilli_offer(quantity), NOON)
    return lot


def hold_wanted(quantity: int, share_id: UUID = SHARE, version: int = 1) -> HoldWanted:
    return HoldWanted(share_id=share_id, lot_id=LOT, quantity=quantity, expires_at=LATER, version=version)


def commit_wanted(quantity: int, share_id: UUID = SHARE, version: int = 5) -> CommitWanted:
    return CommitWanted(share_id=share_id, lot_id=LOT, quantity=quantity, version=version)


def release_wanted(quantity: int, share_id: UUID = SHARE, version: int = 6) -> ReleaseWanted:
    return ReleaseWanted(share_id=share_id, lot_id=LOT, quantity=quantity, version=version)


def lot_weighed(
    waiting: int, *shares: UUID, returned: int = 0, rejected: int = 0, version: int = 1
) -> LotWeighed:
    return LotWeighed(
        weighing_id=WEIGHING,
        version=version,
        lot_id=LOT,
        shares=shares or (SHARE,),
        waiting=waiting,
        returned=returned,
        rejected=rejected,
    )


def held_for_share(lot: Lot, quantity: int) -> Hold:
    hold = Hold(share_id=SHARE, lot_id=LOT)
    hold.start(lot, hold_wanted(quantity))
    return hold


def stock_in(lot: Lot) -> tuple[int, int, int]:
    """Available, held, committed."""
    return lot.available, lot.held, lot.committed


async def stored_lot(catalog: ServiceUnderTest, quantity: int = 50 * KG) -> None:
    """Bu Sari's lot in the database, as if it had been listed some time ago."""
    async with catalog.tx() as tx:
        tx.add(chilli_lot(quantity))


async def stock_of(catalog: ServiceUnderTest, lot_id: UUID = LOT) -> tuple[int, int, int]:
    """Available, held, committed."""
    async with catalog.tx() as tx:
        lot = await tx.get(Lot, lot_id)
    assert lot is not None
    return stock_in(lot)
