"""Draws docs/events.md from asyncapi.yaml."""

from collections.abc import Iterator

from infra.contracts.contract import Contract
from infra.contracts.topics import Exchange, Topic, exchanges, topics

INTRODUCTION = """\
# Events

Generated from [`schemas/asyncapi.yaml`](../schemas/asyncapi.yaml) by `python -m infra.contracts events-md`;
the gate in `make check` fails while the two differ. Each topic carries the facts about one kind of thing, in
order per key. A record's value is the event, as its schema says; its headers are the CloudEvents envelope
(`envelope` in asyncapi.yaml). A service that parks a record sends its original to `<service>.dead-letters`.
"""


def events_md(contract: Contract) -> str:
    sends, receives = exchanges(contract, "send"), exchanges(contract, "receive")
    sections = [_section(contract, topic, sends, receives) for topic in topics(contract)]
    return "\n".join([INTRODUCTION, *_flow(sends, receives), *sections])


def _flow(sends: list[Exchange], receives: list[Exchange]) -> Iterator[str]:
    yield "```mermaid\nflowchart LR"
    for service in sorted({exchange.service for exchange in sends}):
        yield f"    {service}[{service}]"
    for topic in sorted({exchange.topic for exchange in sends}):
        yield f"    {_node(topic)}([{topic}])"
    yield from (f"    {exchange.service} --> {_node(exchange.topic)}" for exchange in sends)
    yield from (f"    {_node(exchange.topic)} --> {exchange.service}" for exchange in receives)
    yield "```\n"


def _section(contract: Contract, topic: Topic, sends: list[Exchange], receives: list[Exchange]) -> str:
    rows = [
        f"| [`{name}`](../schemas/events/{name}.json) | {_services(sends, name)} "
        f"| {_services(receives, name)} | {_examples(contract, name)} |"
        for name in topic.types
    ]
    head = f"## `{topic.address}`, key `{topic.key}`\n\n{topic.says}\n"
    return "\n".join([head, "| type | producer | consumers | examples |", "|---|---|---|---|", *rows, ""])


def _services(told: list[Exchange], name: str) -> str:
    return ", ".join(exchange.service for exchange in told if name in exchange.types) or "none yet"


def _examples(contract: Contract, name: str) -> str:
    stories = contract.examples_of(name)
    return ", ".join(f"[{story}](../schemas/examples/{name}/{story}.json)" for story in stories)


def _node(topic: str) -> str:
    return topic.replace(".", "_")
