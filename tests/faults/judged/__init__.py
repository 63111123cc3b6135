"""The checker shown to fail: for every kind of violation a small world made by hand that has it, and nothing else."""
