"""The chassis, each promise on the real thing it is made about."""
