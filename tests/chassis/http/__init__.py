"""A service's HTTP edge: who is calling, what may be sent, one transaction, one answer."""
