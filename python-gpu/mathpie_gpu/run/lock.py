"""One process at a time in a run directory, by the same lock files as src/storage/lock-directory.ts."""

from __future__ import annotations

import json
import os
import random
import re
import secrets
import socket
import time
from pathlib import Path

from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.json_lines import write_json

NAME = re.compile(r"^\.lock\.\d+\.[0-9a-f]{8}$")
ATTEMPTS = 5  # two processes that start at the same moment both step back


def lock_directory(directory: Path) -> Path:
    """Makes a directory this process's own; returns the lock file, which is removed to unlock. Locks of dead processes
    are removed; UserError names a living one."""
    own = {"pid": os.getpid(), "host": socket.gethostname(), "start": process_start(os.getpid())}
    for attempt in range(1, ATTEMPTS + 1):
        file = directory / f".lock.{own['pid']}.{secrets.token_hex(4)}"
        write_json(file, own)
        other = find_other(directory, file, own)
        if other is None:
            return file
        file.unlink(missing_ok=True)
        if attempt == ATTEMPTS:
            raise refusal(directory, *other, own)
        time.sleep(random.random() * 0.02 * attempt)
    raise AssertionError("unreachable")


def find_other(directory: Path, own_file: Path, own: dict) -> tuple[Path, dict] | None:
    found = None
    for file in directory.iterdir():
        if not NAME.match(file.name) or file == own_file:
            continue
        try:
            holder = json.loads(file.read_text(encoding="utf-8"))
            is_held = holder["host"] != own["host"] or process_start(int(holder["pid"])) == holder["start"]
        except FileNotFoundError:
            continue  # released in this moment
        except (ValueError, KeyError, TypeError):
            is_held, holder = False, {}  # torn by a power cut
        if is_held:
            found = found or (file, holder)
        else:
            file.unlink(missing_ok=True)
    return found


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


def refusal(directory: Path, file: Path, holder: dict, own: dict) -> UserError:
    if holder["host"] != own["host"]:
        return UserError(
            f"Cannot open {directory}: process {holder['pid']} on the machine {holder['host']} holds it; "
            f"wait for it, or delete {file} if it is gone"
        )
    return UserError(
        f"Cannot open {directory}: it is locked by the living process {holder['pid']}; "
        "wait for it to end, or stop it, or choose another directory"
    )
