"""How orders are shared: `engine` computes a record from a batch, `verify` checks it, `solving` does both in turn.

Pure: no clock, no random, no I/O. The engine is imported by the process that solves, not by the service.
"""

from services.cooperative.sharing.pseudonyms import Pseudonyms
from services.cooperative.sharing.solving import Offer, Solved, VillageTotal, solved

__all__ = ["Offer", "Pseudonyms", "Solved", "VillageTotal", "solved"]
