"""The whole check, in one order: the first thing that is false is the complaint."""

from services.cooperative.documents import document
from services.cooperative.sharing.verify.batch import Batch, batch_of
from services.cooperative.sharing.verify.bottlenecks import check_bottlenecks
from services.cooperative.sharing.verify.buyers import check_buyers, check_first_expired
from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.direct import check_exchanges
from services.cooperative.sharing.verify.fair import check_first, check_given_evenly, check_hak
from services.cooperative.sharing.verify.feasible import (
    check_copied,
    check_hak_lines,
    check_lines,
    check_standing,
)
from services.cooperative.sharing.verify.following import check_following
from services.cooperative.sharing.verify.hashes import check_hashes
from services.cooperative.sharing.verify.reasons import check_demands, check_lots
from services.cooperative.sharing.verify.record import Record, record_of
from services.cooperative.sharing.verify.sheet import Sheet, sheets_of
from services.cooperative.sharing.verify.sums import check_cost, check_given, check_sellers
from services.cooperative.sharing.verify.villages import check_reach, check_villages


def first_complaint(batch: bytes, record: bytes, before: bytes | None = None) -> Complaint | None:
    """Read the files and check; raises Malformed for what is no batch, no record, or another batch's record.

    `before`: the record that a later one follows; with it also what was kept and refused between them is checked.
    """
    read = batch_of(document(batch))
    earlier = None if before is None else record_of(document(before), read.batch)
    try:
        verify(read, record_of(document(record), read.batch), earlier)
    except Complaint as complaint:
        return complaint
    return None


def verify(batch: Batch, record: Record, before: Record | None = None) -> None:
    """Raises the first Complaint."""
    check_hashes(batch, record)
    sheets = sheets_of(batch, record)
    check_copied(batch, record)
    check_standing(batch, record)
    first_share = batch.parameters["first_share_permille"]
    for sheet in sheets.values():
        check_lines(sheet)
        check_hak_lines(sheet, first_share)
        check_given(sheet)
    check_sellers(batch, record, sheets)
    for sheet in sheets.values():
        check_first(sheet, first_share)
        check_hak(sheet)
    check_villages(batch, record, sheets)
    for sheet in sheets.values():
        _check_sharing(record, sheet, first_share)
    check_cost(batch, record, sheets)
    if before is not None:
        check_following(record, before)


def _check_sharing(record: Record, sheet: Sheet, first_share: int) -> None:
    check_reach(record, sheet)
    if all(lot.step == lot.minimum == 1 for lot in sheet.market.lots):
        check_given_evenly(sheet)
    else:
        check_exchanges(sheet)
    check_buyers(sheet)
    check_first_expired(sheet)
    check_demands(sheet)
    check_bottlenecks(record, sheet)
    check_lots(record, sheet, first_share)
