"""What tests share: the embedded stack, one service on a real database, and waiting for conditions."""
