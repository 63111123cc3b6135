"""Sends one record whose header's name is no text: `python -m tests.chassis.send_unreadable BROKER TOPIC PARTITION`.

Run with AIOKAFKA_NO_EXTENSIONS=1: the compiled half of aiokafka takes nothing but text for a name.
"""

import asyncio
import sys

from tests.chassis import broker


class NoText(str):
    """Text that becomes bytes which are none."""

    __slots__ = ()

    def encode(self, *_: str) -> bytes:
        return b"\xff\xfe"


async def main(address: str, topic: str, partition: int) -> None:
    async with broker.producer([address]) as sender:
        headers = [(NoText("name"), b"value")]
        await (await sender.send(topic, key=b"x", value=b"{}", headers=headers, partition=partition))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
