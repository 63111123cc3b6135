"""A process that has imported every service and forks replicas: started in a moment, where Python alone takes seconds.

`python -m tests.faults.ground.nursery` reads a line of JSON for each replica, and answers with its process id.
"""

import importlib
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from infra.child import die_with
from infra.services import SERVICES
from tests.faults import launch


def main() -> None:
    die_with(os.getppid(), signal.SIGKILL)
    for service in SERVICES:
        importlib.import_module(f"services.{service}.app")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # what has ended leaves no trace
    print("ready", flush=True)
    for line in sys.stdin:
        print(_forked(json.loads(line)), flush=True)


def _forked(wanted: dict[str, Any]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _become(wanted, parent)
    return pid


def _become(wanted: dict[str, Any], parent: int) -> NoReturn:
    """The replica, as a process of its own that ends with the nursery."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    die_with(parent, signal.SIGKILL)
    with Path(wanted["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        for old, new in ((0, nothing), (1, log), (2, log)):
            os.dup2(new.fileno(), old)
    os.environ.update(wanted["env"])
    sys.argv = ["launch", *wanted["arguments"]]
    try:
        launch.main()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
