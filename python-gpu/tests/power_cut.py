"""A power cut in the middle of a script: what was not flushed to the disk is cut away or read as zeros."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path


class PowerCut(BaseException):
    """No handler of errors may go on behind it."""


def with_power_cut(monkeypatch, work: Callable[[], object], *, at: int, below: Path) -> bool:
    """Does `work`, with a power cut before its `at`-th write or flush; False where there are fewer. Bytes of files below a folder that were
    not flushed are then cut at half (odd `at`), or the first half of them reads as zeros (even `at`)."""
    flushed: dict[Path, int] = {}
    state = {"count": 0, "is_out": False}
    write, flush = os.write, os.fsync

    def step(descriptor: int, half: Callable[[], object] = lambda: None) -> Path:
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        if state["is_out"]:
            raise PowerCut
        if below in path.parents:
            state["count"] += 1
            flushed.setdefault(path, 0)
            if state["count"] == at:
                half()
                state["is_out"] = True
                raise PowerCut
        return path

    def cut_write(descriptor: int, data) -> int:
        step(descriptor, lambda: write(descriptor, bytes(data)[: len(data) // 2]))
        return write(descriptor, data)

    def cut_flush(descriptor: int) -> None:
        path = step(descriptor)
        flush(descriptor)
        if path.is_file():
            flushed[path] = path.stat().st_size

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", cut_write)
        patch.setattr(os, "fsync", cut_flush)
        try:
            work()
        except PowerCut:
            pass
    if not state["is_out"]:
        return False
    gc.collect()  # the kernel's lock goes with what was thrown away
    for lock in below.glob(".lock*"):
        lock.unlink()  # its process is gone, which this one is not
    for path, bytes_there in flushed.items():
        if not path.exists() or path.stat().st_size <= bytes_there:
            continue
        lost = path.stat().st_size - bytes_there
        if at % 2:
            os.truncate(path, bytes_there + lost // 2)
        else:
            with open(path, "r+b") as file:
                file.seek(bytes_there)
                file.write(bytes(lost // 2))
    return True
