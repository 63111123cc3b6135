"""The sharing rule: a batch in, a record out. Pure: no clock, no random, no I/O, no floating point.

The rule here is one water level per order line over the lots that may serve it. A fuller engine replaces
`share` and keeps `Batch`, `Record` and `sentences`.
"""

from services.cooperative.sharing.batch import Batch, Demand, Lot, Product
from services.cooperative.sharing.record import LineRecord, LotRecord, Part, Record
from services.cooperative.sharing.rule import share
from services.cooperative.sharing.sentences import sentences

__all__ = [
    "Batch",
    "Demand",
    "LineRecord",
    "Lot",
    "LotRecord",
    "Part",
    "Product",
    "Record",
    "sentences",
    "share",
]
