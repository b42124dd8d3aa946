from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.whole_file import write_json, write_whole


def test_a_json_file_is_written_whole(tmp_path: Path) -> None:
    write_json(tmp_path / "folder" / "a.json", {"a": float("nan")})
    assert json.loads((tmp_path / "folder" / "a.json").read_text()) == {"a": None}
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["a.json"]


def test_the_old_content_stays_under_the_name_until_the_new_one_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    seen: list[str] = []
    flush = os.fsync

    def flush_and_look(descriptor: int) -> None:
        seen.append(path.read_text())
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", flush_and_look)
    with write_whole(path) as file:
        file.write(b"new")
    assert seen == ["old", "new"], "the bytes are flushed before the rename, the folder behind it"


@pytest.mark.parametrize(
    "fault, told",
    [
        (OSError(errno.ENOSPC, "No space left on device"), UserError),
        (ValueError("no JSON"), ValueError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
    ids=["a full disk", "a value that cannot be written", "Ctrl-C"],
)
def test_a_failed_write_leaves_the_old_content_and_nothing_else(
    tmp_path: Path, fault: BaseException, told: type[BaseException]
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(told), write_whole(path) as file:
        file.write(b"ne")
        raise fault
    assert [file.name for file in tmp_path.iterdir()] == ["a"]
    assert path.read_bytes() == b"old"
