"""What Lumbung stands on: the stack, its topics, and the supervisor that keeps it running."""
