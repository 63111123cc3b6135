"""Holds the event contract: what is released stays as it is, and everything that repeats it agrees."""
