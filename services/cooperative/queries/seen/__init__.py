"""What people read of boards, sharings, sentences, credits and traces, each by whom it concerns."""

from services.cooperative.queries.seen.board import standings, tallied, village_parts
from services.cooperative.queries.seen.credits import amounts_of, credits_of, entries_of, may_know_credits
from services.cooperative.queries.seen.sentences import own_sentences, sentences_of
from services.cooperative.queries.seen.sharings import (
    batch_in,
    own_lots,
    published_paper,
    record_in,
    records_of,
    rows_of,
    sharing_of,
    sharings_of,
)
from services.cooperative.queries.seen.trace import Passage, came_from, went_to

__all__ = [
    "Passage",
    "amounts_of",
    "batch_in",
    "came_from",
    "credits_of",
    "entries_of",
    "may_know_credits",
    "own_lots",
    "own_sentences",
    "published_paper",
    "record_in",
    "records_of",
    "rows_of",
    "sentences_of",
    "sharing_of",
    "sharings_of",
    "standings",
    "tallied",
    "village_parts",
    "went_to",
]
