from __future__ import annotations

import errno
import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.whole_file import is_alive, process_place, remove_orphans, write_json, write_whole


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


def test_what_killed_writers_left_is_removed_and_what_living_ones_write_is_not(tmp_path: Path) -> None:
    held = tmp_path / "run"
    (held / "tokens").mkdir(parents=True)
    place, elsewhere, dead = process_place(), "0000" if process_place() != "0000" else "1000", 99_999_999
    gone = [f".a.json.{dead}.{place}0123abcd.tmp", f".b.npy.{os.getpid()}.{place}0123abcd.tmp", f".old.{dead}.0123abcd.tmp"]
    stays = [f".a.json.{os.getppid()}.{place}0123abcd.tmp", f".a.json.{dead}.{elsewhere}0123abcd.tmp", ".hidden.tmp"]
    for folder in (held, held / "tokens"):
        for name in [*gone, *stays]:
            (folder / name).touch()
        os.utime(folder / gone[-1], (0, 0))
    write_json(held / "a.json", {})
    assert sorted(path.name for path in held.iterdir()) == sorted([*gone[1:], *stays, "a.json", "tokens"])
    remove_orphans(held)
    assert sorted(path.name for path in held.iterdir()) == sorted([*stays, "a.json", "tokens"])
    assert sorted(path.name for path in (held / "tokens").iterdir()) == sorted(stays)


@pytest.mark.parametrize(
    "boot, space, place",
    [("boot-1", "pid:[7]", "b105"), ("boot-1", None, "22fd"), (None, "pid:[7]", None)],
    ids=["where both are told", "without a process space", "without a boot id"],
)
def test_a_place_is_called_as_typescript_calls_it(tmp_path: Path, boot: str | None, space: str | None, place: str | None) -> None:
    if boot is not None:
        (tmp_path / "boot").write_text(f"{boot}\n")
    if space is not None:
        (tmp_path / "space").symlink_to(space)
    by_name = hashlib.sha256(f"{socket.gethostname()} {space}".encode()).hexdigest()[:4]
    assert process_place(str(tmp_path / "boot"), str(tmp_path / "space")) == (place or by_name)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell a process that has ended")
def test_a_process_that_ended_and_waits_to_be_collected_does_not_live() -> None:
    child = subprocess.Popen(["true"])
    until = time.monotonic() + 10
    try:
        while is_alive(child.pid):
            assert time.monotonic() < until, "a process that has ended is taken for a living one"
            time.sleep(0.01)
    finally:
        child.wait()
    assert is_alive(os.getpid())
