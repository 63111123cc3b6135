"""What cooperative does when something happened elsewhere, or when a time has come."""

from services.cooperative.handlers import given_up, heard, plans, rounds, sharings, stock, weighing

modules = (heard, given_up, stock, sharings, rounds, plans, weighing)
