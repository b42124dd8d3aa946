"""Files that are whole under their names: whoever reads one, be it after a kill or a power cut, sees the old content or the new."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import re
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from mathpie_gpu.run.errors import storage_error
from mathpie_gpu.run.json_lines import without_non_finite

NAME = re.compile(r"^\..+\.(\d+)\.([0-9a-f]{4})?[0-9a-f]{8}\.tmp$")
SILENCE_SECONDS = 600.0  # what no process of this machine is known to write, and was not touched for so long, is nobody's


@contextmanager
def write_whole(path: str | Path) -> Iterator[BinaryIO]:
    """A file to write into, which gets its name when the block has ended well and its bytes are on the disk; else nothing of it is left."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{process_place()}{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for other in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
            if pid_of(other) != os.getpid():
                remove_orphan(other)
        with open(temporary, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        flush_folder(path.parent)
    except OSError as error:
        raise storage_error(f"write {path}", error) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_json(path: str | Path, value: Any) -> None:
    with write_whole(path) as file:
        file.write(json.dumps(without_non_finite(value), indent=2, ensure_ascii=False).encode() + b"\n")


def remove_orphans(directory: Path) -> None:
    """Removes what killed writers left below a directory that this process holds, as src/storage/temporary-file.ts does."""
    for file in directory.rglob(".*.tmp"):
        remove_orphan(file)


def remove_orphan(file: Path) -> None:
    """A process of another container or machine cannot be looked up: its silence decides."""
    named = NAME.match(file.name)
    if named is None:
        return
    pid = int(named[1])
    try:
        if named[2] == process_place():
            is_orphan = pid == os.getpid() or not is_alive(pid)
        else:
            is_orphan = time.time() - file.stat().st_mtime > SILENCE_SECONDS
        if is_orphan:
            file.unlink(missing_ok=True)
    except OSError:
        pass  # somebody else has taken it away, or may alone


def pid_of(file: Path) -> int | None:
    named = NAME.match(file.name)
    return None if named is None else int(named[1])


def is_alive(pid: int) -> bool:
    """Whether a process of this machine runs, as src/storage/living-process.ts says: one that has ended and waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    try:
        status = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return True
    # The second field is a name that may hold spaces and brackets
    return not status[status.rindex(")") + 2 :].startswith("Z")


@cache
def process_place(boot_file: str = "/proc/sys/kernel/random/boot_id", space_link: str = "/proc/self/ns/pid") -> str:
    """Four hex digits of where process numbers are those of this process: the machine since it was started, and the container.

    As src/storage/temporary-file.ts reckons them: each of the two falls back for itself.
    """
    try:
        boot = Path(boot_file).read_text().strip()
    except OSError:
        boot = socket.gethostname()
    try:
        space = os.readlink(space_link)
    except OSError:
        space = ""
    return hashlib.sha256(f"{boot} {space}".encode()).hexdigest()[:4]


def flush_folder(folder: str | Path) -> None:
    """A name that was given or taken away is on the disk when this returns; a system whose folders cannot be opened keeps its own time."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # network disks may not know it
    finally:
        os.close(descriptor)


def flush_tree(folder: str | Path) -> None:
    """All that lies below a folder is on the disk when this returns: what libraries wrote there without asking for it."""
    for path in [Path(folder), *sorted(Path(folder).rglob("*"))]:
        if path.is_dir():
            flush_folder(path)
        elif path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
