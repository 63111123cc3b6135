"""How a cooperative wants to share: who decided it, and when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(eq=False, kw_only=True)
class Policy:
    """First share, width of a price tier and worth of a credit, in thousandths; a change is a new version.

    `minimum_steps`: the least that is asked of one lot, in its commodity's steps. `rounds`: the most in a window.
    """

    cooperative_id: UUID
    version: int = 0
    first_share_permille: int = 250
    tier_permille: int = 50
    credit_permille: int = 80
    minimum_steps: int = 1
    rounds: int = 10
    changed_by: str | None = None
    changed_at: datetime | None = None

    def parameters(self) -> dict[str, int]:
        """As a batch names them; the least of a lot stands in each lot, and rounds are no matter of a batch."""
        return {
            "first_share_permille": self.first_share_permille,
            "tier_permille": self.tier_permille,
            "credit_permille": self.credit_permille,
        }

    def changed(self, *, by: str, at: datetime, **wish: int) -> "Policy":
        """The next version of it; this one stays as history."""
        return Policy(
            cooperative_id=self.cooperative_id,
            version=self.version + 1,
            changed_by=by,
            changed_at=at,
            **wish,
        )
