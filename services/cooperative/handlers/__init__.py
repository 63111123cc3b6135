"""What cooperative does when something happened elsewhere, or when a time has come."""

from services.cooperative.handlers import heard, rounds, sharings, stock

modules = (heard, stock, sharings, rounds)
