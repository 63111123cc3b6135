"""Is a plan true? Whoever has the day can find out, without a word from the program that made it.

Nothing of the planner is imported here and no solver. From the stops of each trip and their order follows all else:
every moment, load, metre and rupiah is computed anew and compared; what is unserved is tried in every trip, and each
help told is tried too, whether it is enough and whether less would be.
"""

from services.cooperative.documents import Malformed
from services.cooperative.routing.verify.complaint import Complaint
from services.cooperative.routing.verify.whole import first_complaint, verify

__all__ = ["Complaint", "Malformed", "first_complaint", "verify"]
