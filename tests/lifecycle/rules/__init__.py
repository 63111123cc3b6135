"""What may happen, a module for each area of life. A rule is an async method that returns what it did."""
