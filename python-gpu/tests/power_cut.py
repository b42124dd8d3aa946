"""A power cut in the middle of a script: what was not flushed to the disk is cut away or reads as zeros, the latest names are undone."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

# Places of each script that are tried; each change waits for few.
MOST = int(os.environ.get("MATHPIE_POWER_CUTS", "3"))


class PowerCut(BaseException):
    """No handler of errors may go on behind it."""


class Disk:
    """What of a folder is on the disk for certain: of each file so many bytes, and each name that it had before a rename."""

    def __init__(self, below: Path, backups: Path) -> None:
        self.below, self.backups = below, backups
        self.flushed = {path.stat().st_ino: path.stat().st_size for path in files_of(below)}
        self.renames: list[tuple[Path, Path, Path | None]] = []

    def holds(self, path: Path) -> bool:
        return self.below == path or self.below in path.parents

    def flush(self, path: Path) -> None:
        if path.is_dir():
            self.renames = [rename for rename in self.renames if rename[1].parent != path]
        elif path.is_file():
            self.flushed[path.stat().st_ino] = path.stat().st_size

    def rename(self, source: Path, target: Path) -> None:
        backup = None
        if target.is_file():
            backup = self.backups / str(len(list(self.backups.iterdir())))
            os.link(target, backup)
        self.renames.append((source, target, backup))

    def after_cut(self, folder: Path, at: int) -> None:
        """Writes to a folder what is there when the power is back: three ways to lose bytes, two to lose names, by `at`."""
        kept = {path.relative_to(self.below): self.flushed.get(path.stat().st_ino, 0) for path in files_of(self.below)}
        if not self.below.exists():
            return
        shutil.copytree(self.below, folder, symlinks=True)
        for name, flushed in kept.items():
            lose(folder / name, flushed, how=at % 3)
        if at % 2 == 0:
            for source, target, backup in reversed(self.renames):
                undo(folder, *(path.relative_to(self.below) for path in (source, target)), backup)


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def lose(path: Path, flushed: int, *, how: int) -> None:
    lost = path.stat().st_size - flushed
    if lost <= 0:
        return
    if how == 0:
        os.truncate(path, flushed)
    elif how == 1:
        os.truncate(path, flushed + lost // 2)
    else:
        with open(path, "r+b") as file:
            file.seek(flushed)
            file.write(bytes((lost + 1) // 2))


def undo(folder: Path, source: Path, target: Path, backup: Path | None) -> None:
    if not (folder / target).exists() or (folder / source).exists():
        return  # taken away since, or another one has the name
    (folder / source).parent.mkdir(parents=True, exist_ok=True)
    os.rename(folder / target, folder / source)
    if backup is not None:
        shutil.copy(backup, folder / target)


def with_power_cut(monkeypatch, work: Callable[[], object], *, at: int, below: Path) -> bool:
    """Does `work`, with a power cut before its `at`-th write, flush or rename below a folder; False where there are fewer."""
    return count_until_cut(monkeypatch, work, at=at, below=below) == at


def count_until_cut(monkeypatch, work: Callable[[], object], *, at: int, below: Path) -> int:
    """How many writes, flushes and renames there were, the one before which the power was cut included."""
    with tempfile.TemporaryDirectory(dir=below.parent) as scratch:
        backups, after = Path(scratch, "backups"), Path(scratch, "after")
        backups.mkdir()
        disk = Disk(below, backups)
        count, is_out = 0, False
        write, flush, replace, rename = os.write, os.fsync, os.replace, os.rename

        def step(path: Path, half: Callable[[], object] = lambda: None) -> None:
            nonlocal count, is_out
            if is_out:
                raise PowerCut
            if not disk.holds(path):
                return
            count += 1
            if count == at:
                half()
                is_out = True
                disk.after_cut(after, at)
                raise PowerCut

        def cut_write(descriptor: int, data) -> int:
            step(path_of(descriptor), lambda: write(descriptor, bytes(data)[: len(data) // 2]))
            return write(descriptor, data)

        def cut_flush(descriptor: int) -> None:
            step(path_of(descriptor))
            flush(descriptor)
            if disk.holds(path_of(descriptor)):
                disk.flush(path_of(descriptor))

        def cut_rename(how: Callable) -> Callable:
            def renamed(source, target, **more) -> None:
                step(Path(target))
                if disk.holds(Path(target)):
                    disk.rename(Path(source), Path(target))
                how(source, target, **more)

            return renamed

        with monkeypatch.context() as patch:
            patch.setattr(os, "write", cut_write)
            patch.setattr(os, "fsync", cut_flush)
            patch.setattr(os, "replace", cut_rename(replace))
            patch.setattr(os, "rename", cut_rename(rename))
            try:
                work()
            except PowerCut:
                pass
        if not is_out:
            return count
        gc.collect()  # the kernel's lock goes with what was thrown away
        shutil.rmtree(below, ignore_errors=True)
        if after.exists():
            shutil.copytree(after, below, symlinks=True)
        for lock in below.glob(".lock*") if below.exists() else ():
            lock.unlink()  # its process is gone, which this one is not
    return count


def path_of(descriptor: int) -> Path:
    return Path(os.readlink(f"/proc/self/fd/{descriptor}"))
