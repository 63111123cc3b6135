"""What the suite stands on: a stack of its own, replicas of the services, and links that can be cut."""
