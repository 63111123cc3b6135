"""Cooperative: who belongs together, what they sell by, and how closed orders are shared over their lots.

It owns cooperatives, member villages, members, the commodity list, order windows, sharings, shares and their
answers. It shares a window only when it holds every order of its closed book in exactly that version, asks
catalog for a hold per share, sellers for an answer in rounds, and at firm catalog for the commitments. It
never counts stock, never changes an order, and tells a buyer nothing that catalog has not committed.
"""
