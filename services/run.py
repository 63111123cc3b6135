"""Run one service: `python -m services.run orders`. The same image runs any of them."""

import importlib
import logging
import os
import signal
import sys
import threading
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from services.chassis.logs import write_logs
from services.chassis.running import STOP_S
from services.chassis.service import Service, build
from services.chassis.settings import Settings

REQUESTS_S = 8
SECOND_DEADLINE_S = REQUESTS_S + 2 * STOP_S + 2


class Server(uvicorn.Server):
    """uvicorn, with a second deadline: what does not stop in time is ended hard, which is safe by design."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        threading.Timer(SECOND_DEADLINE_S, os._exit, [1]).start()
        super().handle_exit(sig, frame)
        self._captured_signals.clear()  # uvicorn would raise it again at the end, and die of it instead of exit 0


def main(arguments: list[str]) -> None:
    """Serve the service that is named."""
    serve(importlib.import_module(f"services.{arguments[0]}.app").SERVICE)


def server_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """Where and how an application is served; whom a proxy names as the caller is believed of known ones only."""
    return uvicorn.Config(
        app,
        host=settings.http_host,
        port=settings.http_port,
        timeout_graceful_shutdown=REQUESTS_S,
        access_log=False,
        log_config=None,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
    )


def serve(service: Service) -> None:
    """Serve until SIGTERM, then end this process: 0 after a clean stop, 1 when a part of the service failed."""
    settings = service.settings()
    write_logs(service.name, settings.log)
    app = build(service, settings)
    Server(server_config(app, settings)).run()
    logging.shutdown()
    sys.stdout.flush()
    os._exit(
        1 if app.state.running.failed else 0
    )  # threads of libraries must not hold a stopped service back


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main(sys.argv[1:])
