"""Fixtures that every test may use."""

from tests.harness.stack import stack

__all__ = ["stack"]
