"""`python -m infra.supervisor --home FOLDER [--replicas orders=2] [--tied]`: runs until SIGTERM."""

import argparse
import logging
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from infra.child import die_with
from infra.home import Home
from infra.lock import HomeLock
from infra.stack import open_stack
from infra.supervisor.progress import Diary
from infra.supervisor.run import Supervisor

log = logging.getLogger("supervisor")

FAILED, ALREADY_RUNNING = 1, 4


def main() -> int:
    options = _options()
    home = Home(options.home).make()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    if options.tied:
        die_with(os.getppid(), signal.SIGTERM)
    if not HomeLock(home.root / "up.lock").take():
        return ALREADY_RUNNING
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    return _supervise(Supervisor(home, open_stack(home.root), options.replicas), Diary(home.state))


def _supervise(supervisor: Supervisor, diary: Diary) -> int:
    try:
        supervisor.start(diary)
        diary.now("ready")
        supervisor.keep()
    except Exception as error:
        log.exception("the start failed")
        diary.now("failed", str(error) or repr(error))
        return FAILED
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        supervisor.stop()
    return 0


def _leave(_signal: int, _frame: object) -> NoReturn:
    sys.exit(0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.supervisor")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--replicas", type=_replicas, default={}, help="for example orders=2,catalog=2")
    parser.add_argument(
        "--tied", action="store_true", help="stop when the process that started this one ends"
    )
    return parser.parse_args()


def _replicas(text: str) -> dict[str, int]:
    return {
        service: int(count) for service, _, count in (one.partition("=") for one in text.split(",") if one)
    }


if __name__ == "__main__":
    sys.exit(main())
