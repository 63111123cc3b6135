"""`lumbung`, the command people use."""
