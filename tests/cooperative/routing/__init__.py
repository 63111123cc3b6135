"""Routes: planned, checked, explained; pure, on documents."""
