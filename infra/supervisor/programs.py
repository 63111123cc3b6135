"""The services as parts: which program, with which environment, listening where."""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from infra.home import CHECKOUT, Home
from infra.ports import Ports
from infra.services import SERVICES
from infra.stack import Part, Stack

TELEGRAM = "telegram"
STAND_IN = CHECKOUT / "demo" / "bot_api.py"


@dataclass(frozen=True)
class Programs:
    home: Home
    stack: Stack

    @property
    def ports(self) -> Ports:
        return Ports(self.home.root / "ports.json")

    def services(self, replicas: Mapping[str, int]) -> list[Part]:
        return [
            self._service(service, number)
            for service in SERVICES
            for number in range(1, replicas.get(service, 1) + 1)
        ]

    def stand_ins(self) -> list[Part]:
        """Telegram answers from here until somebody sets a real bot's token."""
        if os.environ.get("LUMBUNG_TELEGRAM_TOKEN") or not STAND_IN.exists():
            return []
        port = self.ports.renew_if_taken(TELEGRAM)
        return [
            self._program(
                TELEGRAM, ["demo.bot_api", str(port)], {}, port, f"http://127.0.0.1:{port}/received"
            )
        ]

    def _service(self, service: str, number: int) -> Part:
        name = service if number == 1 else f"{service}.{number}"
        port = self.ports.renew_if_taken(name)
        env = self.environment(service) | {"LUMBUNG_HTTP_HOST": "127.0.0.1", "LUMBUNG_HTTP_PORT": str(port)}
        return self._program(
            name, ["services.run", service], env, port, f"http://127.0.0.1:{port}/health/ready"
        )

    def _program(self, name: str, module: list[str], env: Mapping[str, str], port: int, ready: str) -> Part:
        return Part(
            name=name,
            address=f"127.0.0.1:{port}",
            command=lambda: [sys.executable, "-m", *module],
            log=self.home.log(name),
            answers=lambda: _says_yes(ready),
            env=env,
            folder=CHECKOUT,
        )

    def environment(self, service: str) -> dict[str, str]:
        own = {
            "LUMBUNG_DATABASE_URL": self.stack.dsn(service),
            "LUMBUNG_KAFKA": ",".join(self.stack.kafka),
            "LUMBUNG_KEYS": str(self.home.key_set),
            "LUMBUNG_STACK": self.stack.kind,
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "",
        }
        if self.stack.kind == "embedded":
            own["LUMBUNG_CLOCK"] = str(self.home.clock)
        return own | self._telegram()

    def _telegram(self) -> dict[str, str]:
        if os.environ.get("LUMBUNG_TELEGRAM_TOKEN"):
            return {}
        address = f"http://127.0.0.1:{self.ports.of(TELEGRAM)}"
        return {"LUMBUNG_TELEGRAM_URL": address, "LUMBUNG_TELEGRAM_TOKEN": "1:stand-in"}


def _says_yes(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
