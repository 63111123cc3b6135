"""All rules on the same worlds, in one command: `make bench-sharing` or `python -m bench.sharing`."""
