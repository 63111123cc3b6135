"""Free ports, chosen once and remembered in the home, so that addresses survive a restart."""

import random
import socket
from pathlib import Path

from infra.files import alone_with, read_json, write_json

# Below the range from which systems give ports to outgoing connections: one could take ours while we are down
LOWEST, HIGHEST = 20_000, 31_000


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Ports:
    def __init__(self, file: Path) -> None:
        self._file = file

    def of(self, part: str) -> int:
        port = read_json(self._file).get(part)
        return int(port) if port else self._choose(part, instead_of=None)

    def renew_if_taken(self, part: str) -> int:
        """Before a start, while nothing of ours runs: another program may have taken it meanwhile."""
        port = self.of(part)
        return port if is_free(port) else self._choose(part, instead_of=port)

    def _choose(self, part: str, instead_of: int | None) -> int:
        with alone_with(self._file):
            known = read_json(self._file)
            if known.get(part) != instead_of:
                return int(known[part])  # somebody else was quicker
            port = next(p for p in _candidates() if p not in known.values() and is_free(p))
            write_json(self._file, known | {part: port})
            return port


def _candidates() -> list[int]:
    return random.sample(range(LOWEST, HIGHEST), 500)
