"""Orders: its domain, its reactions, its HTTP."""
