"""Two small services for the chassis' tests: `counters` counts what is added, `mirror` repeats what it hears."""
