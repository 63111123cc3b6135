"""What an event is: a frozen model whose class names its type, topic and key."""

from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Event(BaseModel):
    """A fact, past tense. The same form serves facts a service publishes and the fields it reads of others'.

    class OrderPlaced(Event, type="orders.placed.v1", topic="orders.orders", key="order_id"): ...

    `version` is the aggregate's version that this fact made: 1..n without a gap.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    topic: ClassVar[str]
    key_field: ClassVar[str]

    version: int = Field(ge=1)

    @classmethod
    def __pydantic_init_subclass__(cls, **named: Any) -> None:
        super().__pydantic_init_subclass__()
        cls.type, cls.topic, cls.key_field = named["type"], named["topic"], named["key"]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__()

    @property
    def key(self) -> UUID:
        """The aggregate's id: the Kafka key, and what must be locked before this may be emitted."""
        aggregate: UUID = getattr(self, self.key_field)
        return aggregate


class Aggregate:
    """Something with a version that each of its events raises by one. Mixed into plain dataclasses."""

    version: int

    def next_version(self) -> int:
        self.version += 1
        return self.version


def family(event_type: str) -> str:
    """The type without its version: `orders.placed` of `orders.placed.v1`."""
    return event_type.rpartition(".v")[0] or event_type
