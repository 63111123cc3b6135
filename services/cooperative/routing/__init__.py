"""How the day's parcels travel: `planner` makes a plan from a day, `verify` checks it, `planning` does both in turn.

Pure: no clock, no I/O. The planner is imported by the process that plans, not by the service.
"""

from services.cooperative.routing.planning import Planned, planned

__all__ = ["Planned", "planned"]
