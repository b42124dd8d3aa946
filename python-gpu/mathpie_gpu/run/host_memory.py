"""The host's memory that a process may still take: what the system calls available, within the limits of its control groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

UNLIMITED = 1 << 60  # version 1 writes the largest page count for "no limit", version 2 the word "max"


def available_bytes(root: Path = Path("/")) -> int:
    """Bytes. Pages that merely keep files count as available, since the kernel gives them up: on a machine that has read much,
    the free ones alone are a small part. root: where proc and sys are looked for."""
    import psutil  # a run on GPUs asks the driver, and needs no such package

    return min([psutil.virtual_memory().available, *(max(0, room) for room in group_rooms(root))])


def group_rooms(root: Path) -> Iterator[int]:
    """Bytes left in each control group of this process that has a limit, the group itself and all above it."""
    for line in lines_of(root / "proc/self/cgroup"):
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            yield from rooms(root / "sys/fs/cgroup", path, "memory.max", "memory.current", "inactive_file")
        elif "memory" in controllers.split(","):
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
            yield from rooms(root / "sys/fs/cgroup/memory", path, *names)


def rooms(mount: Path, path: str, limit_name: str, usage_name: str, idle_name: str) -> Iterator[int]:
    # In a container the path is often the host's and not there: the mount itself is then the container's group.
    group = mount / path.strip("/")
    for folder in (group, *group.parents):
        if folder != mount and mount not in folder.parents:
            return
        limit, usage = number_in(folder / limit_name), number_in(folder / usage_name)
        if limit is not None and usage is not None and limit < UNLIMITED:
            idle = re.search(rf"^{idle_name} (\d+)$", "\n".join(lines_of(folder / "memory.stat")), re.MULTILINE)
            yield limit - usage + (int(idle[1]) if idle else 0)


def number_in(file: Path) -> int | None:
    text = "".join(lines_of(file)).strip()
    return int(text) if text.isdecimal() else None


def lines_of(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except OSError:
        return []
