"""A service that stands still by its own word is ended; one that is merely silent is left alone."""

import http.server
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.stack import Part
from infra.supervisor.pulse import LONGEST_STALL, Pulse, says_stalled

FOREVER = [sys.executable, "-c", "import signal; signal.pause()"]


class NotLive(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@pytest.fixture
def part(tmp_path: Path) -> Iterator[Part]:
    """A process that would go on for ever."""
    waits = Part("waits", "127.0.0.1:9", lambda: FOREVER, tmp_path / "log", lambda: True)
    waits.spawn()
    yield waits
    waits.kill()


def test_a_part_that_says_it_is_stalled_for_long_is_ended(part: Part) -> None:
    pulse = Pulse([part], stalled=lambda _: True)

    pulse.look(now=0)
    assert part.running
    pulse.look(now=LONGEST_STALL)

    assert not part.running


def test_a_part_that_recovers_in_time_is_left_alone(part: Part) -> None:
    says = iter([True, False, True])
    pulse = Pulse([part], stalled=lambda _: next(says))

    for now in (0, LONGEST_STALL - 1, LONGEST_STALL + 1):
        pulse.look(now=now)

    assert part.running


def test_only_its_own_word_makes_a_part_stalled(part: Part) -> None:
    assert not says_stalled(part)

    with http.server.HTTPServer(("127.0.0.1", 0), NotLive) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        part.address = f"127.0.0.1:{server.server_port}"
        assert says_stalled(part)
        server.shutdown()
