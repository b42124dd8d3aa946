"""The kernel's lock on `.lock` in a directory: it ends with the process that holds it, and processes in other containers see it.

The same one as src/storage/kernel-lock.ts asks for: F_OFD_SETLK on Linux, flock on macOS.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
import time
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

NAME = ".lock"
PATIENCE_SECONDS = 0.06  # a release in this very moment is waited for
HELD_BY_ANOTHER = (errno.EAGAIN, errno.EACCES)


class KernelLock:
    """`state`: "own", "held" by another process, or "unsupported" by the system or the disk."""

    def __init__(self, directory: Path) -> None:
        self.path, self.descriptor, self.state = directory / NAME, -1, "unsupported"
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            self.descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
            self.state = ask(self.descriptor)
            if self.state == "own" and is_still_there(self.descriptor, self.path):
                return
            os.close(self.descriptor)
            self.descriptor = -1
            if self.state == "unsupported":
                return
            if self.state == "held":
                if time.monotonic() > until:
                    return
                time.sleep(0.01)

    def release(self) -> None:
        if self.descriptor < 0:
            return
        # Removed while it is held, so that nobody's lock is on a file without a name
        self.path.unlink(missing_ok=True)
        os.close(self.descriptor)
        self.descriptor = -1


def ask(descriptor: int) -> str:
    if fcntl is None:
        return "unsupported"
    try:
        if sys.platform == "linux":
            whole_file = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, whole_file)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return "own"
    except OSError as error:
        return "held" if error.errno in HELD_BY_ANOTHER else "unsupported"


def is_still_there(descriptor: int, path: Path) -> bool:
    """Whoever released it has removed the file, and another one may stand in its place."""
    try:
        own, there = os.fstat(descriptor), os.stat(path)
    except FileNotFoundError:
        return False
    return (own.st_ino, own.st_dev) == (there.st_ino, there.st_dev)
