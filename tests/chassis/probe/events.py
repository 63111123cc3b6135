"""What the two services tell, and what each reads of the other."""

from uuid import UUID

from services.chassis.event import Event


class Counted(Event, type="probe.counted.v1", topic="probe.counters", key="counter_id"):
    counter_id: UUID
    amount: int
    total: int
    padding: str = ""


class Labelled(Event, type="probe.labelled.v1", topic="probe.labels", key="label_id"):
    label_id: UUID
    text: str


class Gathered(Event, type="probe.gathered.v1", topic="probe.gatherings", key="gathering_id"):
    """Everything on a shelf is asked to ring."""

    gathering_id: UUID
    shelf: int


class Mirrored(Event, type="mirror.mirrored.v1", topic="mirror.mirrors", key="counter_id"):
    counter_id: UUID
    amount: int
    total: int


class AddingRefused(Event, type="mirror.adding_refused.v1", topic="mirror.mirrors", key="counter_id"):
    counter_id: UUID
    amount: int


class Rung(Event, type="mirror.rung.v1", topic="mirror.mirrors", key="counter_id"):
    counter_id: UUID
    total: int


class Settled(Event, type="mirror.settled.v1", topic="mirror.mirrors", key="counter_id"):
    counter_id: UUID
    total: int
