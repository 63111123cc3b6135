"""What operators did about parked events, and how often each was tried."""

from services.chassis.migration import add_parked_history

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    add_parked_history()
