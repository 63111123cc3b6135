"""What is done to the system: faults drawn from a seed, one after another by several hands, all of it healed again."""
