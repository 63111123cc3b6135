"""What a replica counts and times while it works, in a registry of its own: several live in one process."""

from prometheus_client import CollectorRegistry, Counter, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_EVENTS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


class Metrics:
    """Counters and histograms of one replica. What can be asked at any moment is asked by `scrape` instead."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.duplicates = Counter(
            "lumbung_duplicates_dropped",
            "Events that had been applied before and were dropped by the inbox",
            registry=self.registry,
        )
        self._group = Histogram(
            "lumbung_group_events",
            "Events read in one transaction",
            buckets=_EVENTS,
            registry=self.registry,
        )
        self._handler = Histogram(
            "lumbung_handler_seconds",
            "Seconds in the handler of an event type, or of a kind of due work",
            ["type"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._by_type: dict[str, Histogram] = {}

    def applied(self, events: int, duplicates: int) -> None:
        """A group was committed: so many events, of which so many had been applied before."""
        self._group.observe(events)
        self.duplicates.inc(duplicates)

    def handled(self, what: str, seconds: float) -> None:
        if what not in self._by_type:
            self._by_type[what] = self._handler.labels(what)
        self._by_type[what].observe(seconds)
