"""Buyers who order, each as soon as the last answer is there, on a connection of his own; little more than bytes."""

import asyncio
import random
import time
from uuid import uuid4

from bench.market import WINDOWS, wish

WARM_S = 1.0
ACCEPTED = b"201"


async def load(address: str, token: str, clients: int, seconds: float) -> float:
    """Orders accepted per second by so many clients."""
    began = time.perf_counter() + WARM_S
    done = await asyncio.gather(*[_buyer(address, token, began, began + seconds) for _ in range(clients)])
    return sum(done) / seconds


async def once(address: str, token: str, window: int) -> str:
    """Place one order in that window and give back what was answered."""
    host, _, port = address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    status, body = await _order(reader, writer, token, window)
    writer.close()
    if status != ACCEPTED:
        raise RuntimeError(f"{status!r} {body!r}")
    return body.decode()


async def _buyer(address: str, token: str, since: float, until: float) -> int:
    host, _, port = address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    accepted = 0
    while time.perf_counter() < until:
        status, body = await _order(reader, writer, token, random.randrange(WINDOWS))
        if status != ACCEPTED:
            raise RuntimeError(f"{status!r} {body!r}")
        accepted += since <= time.perf_counter() < until
    writer.close()
    return accepted


async def _order(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str, window: int
) -> tuple[bytes, bytes]:
    body = wish(window)
    head = (
        f"POST /orders HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"Authorization: Bearer {token}\r\nIdempotency-Key: {uuid4()}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return answer[9:12], await reader.readexactly(int(length.partition(b":")[2]))
