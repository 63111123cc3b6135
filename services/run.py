"""Run one service: `python -m services.run orders`. The same image runs any of them."""

import importlib
import logging
import os
import signal
import sys
import threading
from types import FrameType

import uvicorn

from services.chassis.service import Service, build

SECOND_DEADLINE_S = 25
REQUESTS_S = 10


class Server(uvicorn.Server):
    """uvicorn, with a second deadline: what does not stop in time is ended hard, which is safe by design."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        threading.Timer(SECOND_DEADLINE_S, os._exit, [1]).start()
        super().handle_exit(sig, frame)


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM; 0 after a clean stop, 1 when a part of the service failed."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("aiokafka", "httpx"):
        logging.getLogger(noisy).setLevel(logging.ERROR if noisy == "aiokafka" else logging.WARNING)
    service: Service = importlib.import_module(f"services.{arguments[0]}.app").SERVICE
    settings = service.settings()
    app = build(service, settings)
    config = uvicorn.Config(
        app,
        host=settings.http_host,
        port=settings.http_port,
        timeout_graceful_shutdown=REQUESTS_S,
        access_log=False,
        log_config=None,
    )
    Server(config).run()
    failed = app.state.running.failed
    return leave(1 if failed else 0)


def leave(code: int) -> int:
    """End now: threads of libraries must not hold a stopped service back."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main(sys.argv[1:])
