"""A small disk for PostgreSQL alone, mounted where root may, so that it can be filled up and emptied again."""

import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SIZE_MB = 1_200
"""Twice the log that PostgreSQL keeps, and a whole run's rows."""
BALLOON = "balloon"
PORTION = 1 << 20


@dataclass
class SmallDisk:
    """A tmpfs under PostgreSQL's folder."""

    folder: Path
    mounted: bool = False

    def mount(self) -> bool:
        """Whether there is one now; without root, or where the kernel says no, there is none."""
        if os.geteuid() != 0:
            return False
        self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        options = ["-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=755", "tmpfs", str(self.folder)]
        self.mounted = subprocess.run(["mount", *options], check=False, capture_output=True).returncode == 0
        return self.mounted

    def unmount(self) -> None:
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True)
            self.mounted = False

    def fill(self) -> None:
        """Until nothing more goes in."""
        with suppress(OSError), (self.folder / BALLOON).open("wb", buffering=0) as balloon:
            while True:
                balloon.write(bytes(PORTION))

    def free(self) -> None:
        (self.folder / BALLOON).unlink(missing_ok=True)
