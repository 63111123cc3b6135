"""Becomes another program that dies with its parent: child.py PARENT SIGNAL UID GID PROGRAM [ARGUMENT...]"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def die_with(parent: int, signal: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal)
        if os.getppid() != parent:
            sys.exit(1)


def become(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def main() -> None:
    parent, signal, uid, gid = (int(number) for number in sys.argv[1:5])
    if uid >= 0:
        become(uid, gid)
    die_with(parent, signal)  # after the change of user, which clears it
    os.execv(sys.argv[5], sys.argv[5:])  # noqa: S606


if __name__ == "__main__":
    main()
