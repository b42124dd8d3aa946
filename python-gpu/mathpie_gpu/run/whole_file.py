"""Files that are whole under their names: whoever reads one, be it after a kill or a power cut, sees the old content or the new."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from mathpie_gpu.run.errors import storage_error
from mathpie_gpu.run.json_lines import without_non_finite


@contextmanager
def write_whole(path: str | Path) -> Iterator[BinaryIO]:
    """A file to write into, which gets its name when the block has ended well and its bytes are on the disk; else nothing of it is left."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
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
