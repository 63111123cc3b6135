"""The system user that PostgreSQL runs as when we are root, and the folders it can reach."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

NAME = "lumbung"
FALLBACK = "nobody"


@dataclass(frozen=True)
class User:
    uid: int
    gid: int

    def can_reach(self, path: Path) -> bool:
        return all(self._may_enter(folder) for folder in (path, *path.parents) if folder.is_dir())

    def _may_enter(self, folder: Path) -> bool:
        there = folder.stat()
        if there.st_uid == self.uid:
            return bool(there.st_mode & stat.S_IXUSR)
        if there.st_gid == self.gid:
            return bool(there.st_mode & stat.S_IXGRP)
        return bool(there.st_mode & stat.S_IXOTH)

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def database_user() -> User | None:
    """None: PostgreSQL may run as whoever runs us."""
    if os.geteuid() != 0:
        return None
    entry = _known(NAME) or _made() or _known(FALLBACK)
    if entry is None:
        raise RuntimeError(f"PostgreSQL refuses to run as root: make a user for it (useradd --system {NAME})")
    return User(entry.pw_uid, entry.pw_gid)


def _known(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd is None:
        return None
    options = ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false"]
    subprocess.run([useradd, *options, NAME], check=False, capture_output=True)
    return _known(NAME)
