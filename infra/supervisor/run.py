"""Starts the stack, then the services; keeps them; stops the services first and the stack last."""

import logging
import time
from collections.abc import Mapping

from infra.home import Home
from infra.provision import prepare
from infra.stack import Part, Report, Stack
from infra.stack.leftovers import Record
from infra.stack.starting import start_all
from infra.supervisor.keeping import Keeper
from infra.supervisor.programs import Programs
from infra.supervisor.pulse import Pulse

log = logging.getLogger(__name__)

PERIOD = 0.25


class Supervisor:
    def __init__(self, home: Home, stack: Stack, replicas: Mapping[str, int]) -> None:
        self._home, self._stack, self._replicas = home, stack, replicas
        self._record = Record(home.root / "services.json")
        self._programs: list[Part] = []

    def start(self, report: Report) -> None:
        self._record.end_leftovers()
        self._stack.start(report)
        prepare(self._home, self._stack, report)
        report.step("Starting the services")
        programs = Programs(self._home, self._stack)
        self._programs = [*programs.stand_ins(), *programs.services(self._replicas)]
        start_all(self._programs, spawned=self._remember, within=90)
        self._remember(ready=True)

    def keep(self) -> None:
        """Until a signal ends it."""
        stack_parts, programs = Keeper(self._stack.parts), Keeper(self._programs)
        Pulse(self._programs).beat_forever()
        while True:
            if stack_parts.look():
                self._stack.remember()
            if programs.look():
                self._remember(ready=True)
            time.sleep(PERIOD)

    def stop(self) -> None:
        for part in self._programs:
            part.ask_to_stop()
        for part in self._programs:
            part.stop(within=30)
        self._record.clear()
        self._stack.stop()

    def _remember(self, ready: bool = False) -> None:
        self._record.write(self._programs, ready)
