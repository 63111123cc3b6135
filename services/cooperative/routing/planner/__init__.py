"""The route planner: a day in, a plan out. Pure: no clock, no I/O; chance comes from the day's seed alone."""

from services.cooperative.routing.planner.plan import plan

__all__ = ["plan"]
