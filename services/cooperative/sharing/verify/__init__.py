"""Is a sharing's record true? Whoever has the batch can find out, without a word from the program that made it.

Nothing of the engine is imported here and no solver: the files are read anew, and what must be fairest or fullest is
proved by the absence of any exchange path that would improve it (Frank & Murota, decreasing minimization, 2018-2022;
levels by lexicographically optimal flow: Megiddo 1974), one search over the graph for each part.
"""

from services.cooperative.documents import Malformed
from services.cooperative.sharing.verify.complaint import Complaint
from services.cooperative.sharing.verify.whole import first_complaint, verify

__all__ = ["Complaint", "Malformed", "first_complaint", "verify"]
