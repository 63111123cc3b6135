"""Finds each service's event models, and what asyncapi.yaml says they must be."""

from importlib import import_module
from pathlib import Path

from infra.contracts.contract import HERE
from infra.contracts.topics import exchanges
from services.chassis.event import Event

SERVICES = sorted(
    package.parent.name
    for package in (HERE.root / "services").glob("*/__init__.py")
    if package.parent.name != "chassis"
)
SENT = [(said.service, name) for said in exchanges(HERE, "send") for name in said.types]
RECEIVED = [(said.service, name) for said in exchanges(HERE, "receive") for name in said.types]


def models(service: str) -> dict[str, type[Event]]:
    """The event classes of a service's `events` module (or package) by their type."""
    place = f"services.{service}.events"
    import_module(place)
    classes = [model for model in Event.__subclasses__() if f"{model.__module__}.".startswith(f"{place}.")]
    named = {model.type: model for model in classes}
    assert len(named) == len(classes), f"{place} has two classes for one event type"
    return named


def model(service: str, event_type: str) -> type[Event]:
    known = models(service)
    assert event_type in known, (
        f"asyncapi.yaml says that {service} sends or receives {event_type}: "
        f"declare its class in {Path('services', service, 'events.py')}, or correct asyncapi.yaml"
    )
    return known[event_type]
