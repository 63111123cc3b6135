"""The fault suite: real processes under a workload and faults, judged from databases and topics alone."""
