"""An application served over real HTTP by this process, as its own would serve it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import uvicorn
from fastapi import FastAPI

from demo.bot_api import Server
from tests.harness.until import until


@asynccontextmanager
async def served(app: FastAPI, lifespan: Literal["auto", "off"] = "auto") -> AsyncIterator[str]:
    """Serve on a free port of this machine; answers the address. `off`: the test itself starts what it needs."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan=lifespan))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await until(lambda: server.started or serving.done(), what="a service serves HTTP")
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving
