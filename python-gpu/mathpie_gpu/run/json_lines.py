"""JSON Lines that survive a kill: whole lines are appended, a torn last line is cut away when the file is opened again."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from mathpie_gpu.run.errors import UserError, storage_error

SECONDS_BETWEEN_FLUSHES = 1.0  # to the disk; the operating system has each line at once


def read_json_lines(
    path: str | Path, *, start: int = 0, on_bad: Callable[[int, str], None] | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yields (line number from 1, object) for each line that is not blank, without holding the file in memory.

    A line that is no JSON object raises UserError with file and line, or goes to `on_bad(line, reason)`.
    """
    try:
        with open(path, "rb") as file:
            for number, line in enumerate(file, start + 1):
                if not line.strip():
                    continue
                try:
                    yield number, parse_object(line)
                except ValueError as error:
                    if on_bad is None:
                        raise UserError(f"Cannot read {path}:{number}: {error}; mend or delete the line") from None
                    on_bad(number, str(error))
    except OSError as error:
        raise storage_error(f"read {path}", error) from error


def parse_object(line: bytes | str) -> dict[str, Any]:
    """The JSON object on a line. Raises ValueError with a short reason."""
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        value = json.loads(text)
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg} at column {error.colno})") from None
    if not isinstance(value, dict):
        raise ValueError("it is not a JSON object")
    return value


class JsonLinesAppender:
    """A JSONL file that only grows. Each append is one write of whole lines, so that a kill tears at most the last one.

    `repaired_bytes` is what a killed writer had left half-written.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            self.repaired_bytes = repair_torn_tail(self.path)
            self.descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        except OSError as error:
            raise storage_error(f"append to {path}", error) from error
        self.flushed_at = time.monotonic()

    def append(self, *rows: dict[str, Any]) -> None:
        self.append_lines(dump_line(row) for row in rows)

    def append_lines(self, lines: Iterable[bytes]) -> None:
        """`lines` end with a newline each. After a failed write the half-written line is cut away again."""
        data = memoryview(b"".join(lines))
        try:
            while data:
                data = data[os.write(self.descriptor, data) :]
            if time.monotonic() - self.flushed_at >= SECONDS_BETWEEN_FLUSHES:
                self.flush()
        except OSError as error:
            repair_torn_tail(self.path)
            raise storage_error(f"append to {self.path}", error) from error

    def keep_lines(self, count: int) -> None:
        """Takes away all but the first lines, blank ones not counted."""
        try:
            with open(self.path, "r+b") as file:
                while count > 0 and (line := file.readline()):
                    count -= bool(line.strip())
                file.truncate(file.tell())
            self.flush()
        except OSError as error:
            raise storage_error(f"write {self.path}", error) from error

    def flush(self) -> None:
        os.fsync(self.descriptor)
        self.flushed_at = time.monotonic()

    def close(self) -> None:
        if self.descriptor < 0:
            return
        try:
            self.flush()
        except OSError as error:
            raise storage_error(f"append to {self.path}", error) from error
        finally:
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> JsonLinesAppender:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def dump_line(row: dict[str, Any]) -> bytes:
    """One line of JSON. Not-a-number and infinities become null: JSON has neither."""
    try:
        text = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError:
        text = json.dumps(without_non_finite(row), ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair, which UTF-8 cannot hold but JSON's escapes can
        return json.dumps(json.loads(text)).encode() + b"\n"


def without_non_finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_non_finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_non_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def repair_torn_tail(path: str | Path) -> int:
    """Cuts a file back to just after its last newline; returns how many bytes went. An absent file is left absent.

    A line with a zero byte, which JSON never has, is what a power cut leaves of lines that were not flushed: it goes with all behind it.
    """
    if not os.path.isfile(path):
        return 0
    with open(path, "r+b") as file:
        size, end = file.seek(0, os.SEEK_END), 0
        file.seek(0)
        for line in file:
            if b"\0" in line:
                file.truncate(end)
                return size - end
            end += len(line)
    with open(path, "r+b") as file:
        size = end = file.seek(0, os.SEEK_END)
        while end > 0:
            start = max(0, end - 65536)
            file.seek(start)
            last = file.read(end - start).rfind(b"\n")
            if last >= 0:
                end = start + last + 1
                break
            end = start
        if end < size:
            file.truncate(end)
        return size - end
