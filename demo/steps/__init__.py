"""The steps of the story, in order."""

from demo.steps.firm import COMMITTED, TOTALS
from demo.steps.following import FOLLOWED
from demo.steps.founding import COMMODITIES, FOUNDING
from demo.steps.listing import LISTING
from demo.steps.ordering import ANNOUNCED, BOOK_CLOSED, ORDERED
from demo.steps.rounds import ANSWERED, ASKED_AGAIN, ASKED_AGAIN_ANSWERED
from demo.story import Step

STEPS: tuple[Step, ...] = (
    FOUNDING,
    COMMODITIES,
    LISTING,
    ANNOUNCED,
    ORDERED,
    BOOK_CLOSED,
    ANSWERED,
    ASKED_AGAIN,
    ASKED_AGAIN_ANSWERED,
    COMMITTED,
    FOLLOWED,
    TOTALS,
)
