"""Many clients: sellers who list and correct, buyers who order, change and cancel, a manager whose windows pass."""
