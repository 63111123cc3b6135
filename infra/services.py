"""The services of Lumbung, in the order in which they are shown."""

SERVICES = ("catalog", "orders", "cooperative", "notify")
GROUPS = tuple(f"lumbung.{service}" for service in SERVICES)
