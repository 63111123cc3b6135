"""The process apart: it answers, comes back after it died, and never outlives the service."""

import asyncio
import math
import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool

import psutil
import pytest

from services.chassis.apart import Apart, Overdue
from tests.harness.until import until

PARENT = """
import asyncio, math, time
from services.chassis.apart import Apart

async def main():
    apart = Apart()
    await apart.run(math.factorial, 3)
    print(apart.pids[0], flush=True)
    time.sleep(60)

asyncio.run(main())
"""


async def test_the_event_loop_goes_on_while_it_computes() -> None:
    apart = Apart()
    await apart.run(math.factorial, 3)
    computing = asyncio.create_task(apart.run(time.sleep, 0.5))

    turns = 0
    while not computing.done():
        await asyncio.sleep(0.01)
        turns += 1

    apart.close()
    assert turns > 5


async def test_who_was_waiting_hears_that_it_died_and_the_next_finds_a_new_one() -> None:
    apart = Apart()
    await apart.run(math.factorial, 3)
    (before,) = apart.pids
    waiting = asyncio.create_task(apart.run(time.sleep, 30))
    await asyncio.sleep(0)
    os.kill(before, signal.SIGKILL)

    with pytest.raises(BrokenProcessPool):
        await waiting

    assert await apart.run(math.factorial, 3) == 6
    assert apart.pids != [before]
    apart.close()


async def test_what_is_not_done_in_time_ends_with_its_process_and_the_next_finds_a_new_one() -> None:
    apart = Apart()
    await apart.run(math.factorial, 3)
    (before,) = apart.pids

    with pytest.raises(Overdue):
        await apart.run(time.sleep, 3600, within=0.1)

    await until(lambda: gone(before), what="the process has ended")
    assert await apart.run(math.factorial, 3, within=60) == 6
    assert apart.pids != [before]
    apart.close()


async def test_an_error_of_the_computation_is_not_a_deadline_and_its_process_goes_on() -> None:
    apart = Apart()
    await apart.run(math.factorial, 3)
    before = apart.pids

    with pytest.raises(TimeoutError, match="its own"):
        await apart.run(times_out_by_itself, within=60)

    assert apart.pids == before
    apart.close()


def times_out_by_itself() -> None:
    raise TimeoutError("its own")


async def test_a_signal_that_ends_the_service_is_left_to_the_service() -> None:
    apart = Apart()
    await apart.run(math.factorial, 3)
    (pid,) = apart.pids

    os.kill(pid, signal.SIGTERM)

    assert await apart.run(math.factorial, 4) == 24
    assert apart.pids == [pid]
    apart.close()


async def test_it_ends_when_it_is_closed_whatever_it_is_doing() -> None:
    apart = Apart()
    await apart.run(math.factorial, 3)
    (pid,) = apart.pids
    waiting = asyncio.create_task(apart.run(time.sleep, 30))
    await asyncio.sleep(0)

    apart.close()

    await until(lambda: gone(pid), what="the process has ended")
    with pytest.raises((BrokenProcessPool, asyncio.CancelledError)):
        await waiting


async def test_it_ends_with_a_parent_that_was_killed() -> None:
    pid = await asyncio.to_thread(orphan)

    await until(lambda: gone(pid), what="the process has ended")


def orphan() -> int:
    """The process apart of a service that was killed."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    return pid


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
