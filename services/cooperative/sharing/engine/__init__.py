"""The sharing engine LexWF: a batch in, a record out. Pure: no clock, no random, no I/O, no floating point decides."""

from services.cooperative.sharing.engine.batch import Batch
from services.cooperative.sharing.engine.fields import Refused
from services.cooperative.sharing.engine.reading import read
from services.cooperative.sharing.engine.record import Record, output_hash, solve
from services.cooperative.sharing.engine.record_reading import read_record
from services.cooperative.sharing.engine.reshare import reshare

__all__ = ["Batch", "Record", "Refused", "output_hash", "read", "read_record", "reshare", "solve"]
