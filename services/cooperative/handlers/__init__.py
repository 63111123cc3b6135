"""What cooperative does when something happened elsewhere, or when a time has come."""

from services.cooperative.handlers import heard, rounds, stock

modules = (heard, stock, rounds)
