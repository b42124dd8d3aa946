from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.json_lines import JsonLinesAppender, read_json_lines, repair_torn_tail


@pytest.mark.parametrize(
    "before, after",
    [
        (b"", b""),
        (b'{"a":1}\n', b'{"a":1}\n'),
        (b'{"a":1}\n{"b"', b'{"a":1}\n'),
        (b'{"a"', b""),
        (b'{"a":1}\n' + b"x" * 200_000, b'{"a":1}\n'),
    ],
    ids=["empty", "whole", "torn", "nothing whole", "a torn line longer than a block"],
)
def test_a_torn_tail_is_cut_to_the_last_newline(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(before)
    assert repair_torn_tail(path) == len(before) - len(after)
    assert path.read_bytes() == after


def test_appending_after_a_kill_goes_on_behind_the_last_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a":1}\n{"a":')
    with JsonLinesAppender(path) as lines:
        assert lines.repaired_bytes == 5
        lines.append({"a": 2}, {"a": 3})
    assert [row["a"] for _, row in read_json_lines(path)] == [1, 2, 3]


@pytest.mark.parametrize(
    "value, text",
    [
        ({"a": float("nan"), "b": [float("inf"), 1.5]}, '{"a":null,"b":[null,1.5]}'),
        ({"a": "\ud800"}, '{"a": "\\ud800"}'),
        ({"a": "ä\n"}, '{"a":"ä\\n"}'),
    ],
    ids=["what JSON has not", "half a surrogate pair", "text"],
)
def test_any_row_becomes_one_line_of_json(tmp_path: Path, value: dict, text: str) -> None:
    with JsonLinesAppender(tmp_path / "a.jsonl") as lines:
        lines.append(value)
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == text + "\n"


@pytest.mark.parametrize(
    "line, reason",
    [
        (b"nonsense", "it is not JSON (Expecting value at column 1)"),
        (b"[1]", "it is not a JSON object"),
        (b'{"a":"\xff"}', "it is not UTF-8"),
        (b'{"a":' + b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_a_bad_line_is_named_by_file_and_number(tmp_path: Path, line: bytes, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a":1}\n\n' + line + b"\n")
    with pytest.raises(UserError) as caught:
        list(read_json_lines(path))
    assert str(caught.value) == f"Cannot read {path}:3: {reason}; mend or delete the line"
    bad: list[tuple[int, str]] = []
    assert [number for number, _ in read_json_lines(path, on_bad=lambda *found: bad.append(found))] == [1]
    assert bad == [(3, reason)]


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="it is not there; check the path"):
        list(read_json_lines(tmp_path / "a.jsonl"))


def test_a_full_disk_is_one_line_and_leaves_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = JsonLinesAppender(tmp_path / "a.jsonl")
    lines.append({"a": 1})
    write = os.write

    def fill(descriptor: int, data: memoryview) -> int:
        if len(data) <= 4:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data[:-4])

    monkeypatch.setattr(os, "write", fill)
    with pytest.raises(UserError, match="the disk is full; free some space and start the same command again"):
        lines.append({"a": 2})
    monkeypatch.undo()
    lines.close()
    assert (tmp_path / "a.jsonl").read_text() == '{"a":1}\n'
