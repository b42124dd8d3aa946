"""One process at a time in a run directory, by the same locks as src/storage/lock-directory.ts."""

from __future__ import annotations

import json
import os
import random
import re
import secrets
import socket
import threading
import time
from pathlib import Path

from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.kernel_lock import KernelLock
from mathpie_gpu.run.whole_file import write_json

NAME = re.compile(r"^\.lock\.\d+\.[0-9a-f]{8}$")
ATTEMPTS = 5  # two processes that start at the same moment both step back
HEARTBEAT_SECONDS = 20.0
SILENCE_SECONDS = 600.0  # a lock of another machine that was not touched for so long is that of a machine that is gone
ENDING_SECONDS = 60.0  # how long one is waited for that is putting away what it did, as whoever started it was killed (lifeline.py)
NAMELESS_SECONDS = 2.0  # how long one that has no lock file yet, or none any more


class Held(UserError):
    """Another process has the directory, which is worth waiting for so long."""

    def __init__(self, message: str, *, patience: float) -> None:
        super().__init__(message)
        self.patience = patience


class DirectoryLock:
    def __init__(self, file: Path, own: dict, kernel: KernelLock) -> None:
        self.file, self.own, self.kernel, self.released = file, own, kernel, threading.Event()
        threading.Thread(target=self.keep_touching, daemon=True, name="lock heartbeat").start()

    def keep_touching(self) -> None:
        while not self.released.wait(HEARTBEAT_SECONDS):
            try:
                os.utime(self.file)
            except OSError:
                pass  # the disk may be gone for a while

    def tell_ending(self) -> None:
        """Whoever wants the directory may wait for it."""
        if not self.released.is_set():
            write_json(self.file, {**self.own, "isEnding": True})

    def release(self) -> None:
        self.released.set()
        self.file.unlink(missing_ok=True)
        self.kernel.release()


def lock_directory(directory: Path) -> DirectoryLock:
    """Makes a directory this process's own until it is released. Locks of dead processes are removed; UserError names a living one. What a
    killed Mathpie left, and is ending, is waited for: the same command goes on with what it saves."""
    started = time.monotonic()
    while True:
        try:
            return lock_at_once(directory)
        except Held as held:
            if time.monotonic() - started >= held.patience:
                raise
        time.sleep(0.1)


def lock_at_once(directory: Path) -> DirectoryLock:
    """The kernel's lock counts between the processes of this machine, whatever their containers, lock files between machines and where a
    disk has no locks (src/storage/lock-directory.ts says more).
    """
    own = {"pid": os.getpid(), "host": socket.gethostname(), "start": process_start(os.getpid())}
    kernel = KernelLock(directory)
    if kernel.state == "held":
        raise refusal(directory, find_any(directory), own)
    try:
        return DirectoryLock(write_own_file(directory, own, has_kernel=kernel.state == "own"), own, kernel)
    except BaseException:
        kernel.release()
        raise


def write_own_file(directory: Path, own: dict, *, has_kernel: bool) -> Path:
    for attempt in range(1, ATTEMPTS + 1):
        file = directory / f".lock.{own['pid']}.{secrets.token_hex(4)}"
        write_json(file, own)
        other = find_other(directory, file, own, has_kernel=has_kernel)
        if other is None:
            return file
        file.unlink(missing_ok=True)
        if attempt == ATTEMPTS:
            raise refusal(directory, other, own)
        time.sleep(random.random() * 0.02 * attempt)
    raise AssertionError("unreachable")


def find_other(directory: Path, own_file: Path, own: dict, *, has_kernel: bool) -> tuple[Path, dict] | None:
    found = None
    now = own_file.stat().st_mtime  # by the clock of the disk, which is the same for both
    for file in directory.iterdir():
        if not NAME.match(file.name) or file == own_file:
            continue
        try:
            holder = json.loads(file.read_text(encoding="utf-8"))
            silent = now - file.stat().st_mtime
            held = is_held(holder, own, has_kernel=has_kernel, silent=silent)
        except FileNotFoundError:
            continue  # released in this moment
        except (ValueError, KeyError, TypeError):
            held, holder = False, {}  # torn by a power cut
        if held:
            found = found or (file, holder)
        else:
            file.unlink(missing_ok=True)
    return found


def is_held(holder: dict, own: dict, *, has_kernel: bool, silent: float) -> bool:
    if holder["host"] == own["host"]:
        return process_start(int(holder["pid"])) == holder["start"]
    # A container has a host name of its own; who runs on this kernel would have its lock
    if has_kernel and is_same_kernel(holder, own):
        return False
    return silent < SILENCE_SECONDS


def is_same_kernel(holder: dict, own: dict) -> bool:
    boot, own_boot = (str(each["start"] or "").partition("/")[0] for each in (holder, own))
    return boot != "" and boot == own_boot


def find_any(directory: Path) -> tuple[Path, dict] | None:
    """Who holds the kernel's lock, as far as a file says so."""
    for file in directory.iterdir():
        try:
            if NAME.match(file.name):
                return file, json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
    return None


def process_start(pid: int) -> str | None:
    """What tells a process from a later one with the same number: boot id and start tick on Linux, "" on systems that do
    not tell; None for one that is gone."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        if fields[0] == "Z":
            return None
        return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()}/{fields[19]}"
    except (OSError, IndexError):
        return ""


def refusal(directory: Path, found: tuple[Path, dict] | None, own: dict) -> Held:
    is_ending = found is not None and found[1].get("isEnding") is True
    patience = NAMELESS_SECONDS if found is None else ENDING_SECONDS if is_ending else 0
    return Held(f"Cannot open {directory}: {describe_holder(found, own)}", patience=patience)


def describe_holder(found: tuple[Path, dict] | None, own: dict) -> str:
    if found is None:
        return "another process holds it; wait for it to end, or choose another directory"
    file, holder = found
    if holder["host"] != own["host"]:
        is_near = is_same_kernel(holder, own)
        where = f"in the container {holder['host']}" if is_near else f"on the machine {holder['host']}"
        way_out = "wait for it to end, or stop it" if is_near else f"wait for it, or delete {file} if it is gone"
        return f"process {holder['pid']} {where} holds it; {way_out}"
    if process_start(int(holder["pid"])) != holder["start"]:  # in a container with this one's host name, and numbers of its own
        return f"process {holder['pid']} in another container holds it; wait for it to end, or stop it"
    if holder.get("isEnding") is True:
        return f"process {holder['pid']}, whose Mathpie was killed, is still saving what it did; wait for it to end, or stop it"
    way_out = "wait for it to end, or stop it, or choose another directory"
    return f"it is locked by the living process {holder['pid']}; {way_out}"
