"""Who collects in the tests of cooperative, where, and when."""

from datetime import timedelta
from uuid import UUID

from services.chassis.access import Caller
from services.cooperative.domain import Collection, Point
from tests.cooperative.people import COOPERATIVE, FIRM, SERANG, WINDOW
from tests.harness.service import ServiceUnderTest

DRIVER = Caller(UUID(int=8), "driver", (), COOPERATIVE)
HALL = Point(
    id=UUID("01920000-0000-7000-8000-00000000ab01"),
    cooperative_id=COOPERATIVE,
    village=SERANG,
    name="Balai desa",
)
STARTS = FIRM + timedelta(hours=8)
ENDS = STARTS + timedelta(hours=2)


async def collects(cooperative: ServiceUnderTest, *villages: str) -> None:
    """The announced window collects the lots of these villages at Serang's hall."""
    async with cooperative.tx() as tx:
        tx.add(Point(id=HALL.id, cooperative_id=COOPERATIVE, village=SERANG, name=HALL.name))
        await tx.flush()
        for village in villages:
            tx.add(
                Collection(
                    window_id=WINDOW,
                    village=village,
                    point_id=HALL.id,
                    point_name=HALL.name,
                    point_village=SERANG,
                    starts_at=STARTS,
                    ends_at=ENDS,
                )
            )
