"""What asyncapi.yaml says, as values: topics with their messages, and who sends and receives them."""

from dataclasses import dataclass

from infra.contracts.contract import Contract, Json

DEAD_LETTERS = ".dead-letters"


@dataclass(frozen=True)
class Topic:
    """One channel: its address, which field is the key, and the types that travel in it."""

    address: str
    key: str
    says: str
    types: tuple[str, ...]


@dataclass(frozen=True)
class Exchange:
    """One operation: a service sends or receives these types in this topic."""

    service: str
    action: str
    topic: str
    types: tuple[str, ...]


def topics(contract: Contract) -> list[Topic]:
    """The topics of facts, without the dead letters."""
    channels = contract.asyncapi()["channels"].items()
    return [_topic(name, channel) for name, channel in channels if not name.endswith(DEAD_LETTERS)]


def exchanges(contract: Contract, action: str) -> list[Exchange]:
    """Who sends, or who receives, which facts."""
    operations = contract.asyncapi()["operations"].values()
    said = [_exchange(operation) for operation in operations if operation["action"] == action]
    return [exchange for exchange in said if not exchange.topic.endswith(DEAD_LETTERS)]


def _topic(name: str, channel: Json) -> Topic:
    types = tuple(channel["messages"])
    return Topic(address=name, key=channel["x-key"], says=channel["description"], types=types)


def _exchange(operation: Json) -> Exchange:
    return Exchange(
        service=operation["x-service"],
        action=operation["action"],
        topic=_last(operation["channel"]),
        types=tuple(_last(message) for message in operation["messages"]),
    )


def _last(reference: Json) -> str:
    return str(reference["$ref"]).rpartition("/")[2]
