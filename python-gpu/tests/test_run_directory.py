"""A run directory as the scripts use it: each test starts a real process, because output, signals and exit codes are the contract."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mathpie_gpu.run.config import is_one_place
from mathpie_gpu.run.contract import first_violation

# Python taken apart means an abort in these: what a thread of C++ does that asks for Python then
GROUP = """
import atexit, ctypes
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.directory import open_run
ctypes.pythonapi.Py_AtExit(ctypes.CDLL(None).abort)
atexit.register(print, "registered")
with open_run("generate") as run:
    print("a library speaks")
    what = run.config["model"]
    if what == "user": raise UserError("Cannot go on: it is Monday; wait")
    if what == "crash": raise ValueError("no way")
    run.stop_signal = 2
    run.end(what)
"""

SCRIPT = """
import os, sys, time
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.directory import open_run
with open_run("generate") as run:
    print("a library speaks")
    os.system("echo a child speaks >&2")
    run.event("progress", done=1, total=2, tokensPerSecond=float("nan"))
    what = run.config["model"]
    if what == "user": raise UserError("Cannot go on: it is Monday; wait")
    if run.dry_run: sys.exit(0)
    if what == "made":
        (run.directory / "out.txt").write_text("x")
        raise UserError("Cannot go on: the disk is full")
    if what == "crash": raise ValueError("no\\nway")
    if what == "wait":
        while not run.stopping.wait(0.05): pass
        run.end("interrupted", done=1)
    elif what == "hang":
        time.sleep(60)
    else:
        (run.directory / "out.txt").write_text("x")
        run.end("done", done=2)
"""


def command(tmp_path: Path, *arguments: str, model: str = "fine", script: str = SCRIPT) -> list[str]:
    config = tmp_path / "config.json"
    # `$schema` is for editors: recipes name it
    config.write_text(json.dumps({"$schema": "x.schema.json", "model": model, "requests": "r.jsonl"}))
    return [sys.executable, "-c", script, str(config), "--run", str(tmp_path / "run"), *arguments]


def start(*arguments: object, **options: object) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **options.pop("env", {})}
    return subprocess.run(command(*arguments, **options), capture_output=True, text=True, env=environment, timeout=60)


def popen(*arguments: object, **options: object) -> subprocess.Popen:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    before = sum(row["event"] == "progress" for row in events(arguments[0]))
    process = subprocess.Popen(command(*arguments, **options), stderr=subprocess.PIPE, text=True, env=environment)
    deadline = time.monotonic() + 30
    while sum(row["event"] == "progress" for row in events(arguments[0])) == before and time.monotonic() < deadline:
        time.sleep(0.02)
    return process


def events(tmp_path: Path) -> list[dict]:
    path = tmp_path / "run" / "events.jsonl"
    return (
        [json.loads(line) for line in path.read_text().splitlines(True) if line.endswith("\n")] if path.exists() else []
    )


def test_a_run_leaves_its_configuration_events_log_and_manifest_and_a_clean_terminal(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [row["event"] for row in events(tmp_path)] == ["run-start", "progress", "run-end"]
    assert [first_violation("event", row) for row in events(tmp_path)] == [None] * 3
    assert sorted((tmp_path / "run" / "run.log").read_text().splitlines()) == ["a child speaks", "a library speaks"]
    config = json.loads((tmp_path / "run" / "config.json").read_text())
    assert "$schema" not in config["config"]
    assert (config["script"], config["config"]["model"], config["config"]["order"]) == (
        "generate",
        "fine",
        "longest-first",
    )
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text())
    assert manifest["totals"] == {"done": 2} and list(manifest["files"]) == ["out.txt"]
    assert not list((tmp_path / "run").glob(".lock*"))


@pytest.mark.parametrize(
    "model, code, line, kind",
    [
        ("user", 2, "Cannot go on: it is Monday; wait\n", "user"),
        ("crash", 1, "ValueError: no way; the traceback is in {run}/run.log\n", "crash"),
    ],
)
def test_a_failure_is_one_line_an_event_and_a_traceback_in_the_log(tmp_path, model, code, line, kind) -> None:
    failed = start(tmp_path, model=model)
    assert (failed.returncode, failed.stderr) == (code, line.format(run=tmp_path / "run"))
    last = events(tmp_path)[-1]
    assert (last["event"], last["kind"]) == ("run-failed", kind)
    assert "Traceback" in (tmp_path / "run" / "run.log").read_text()
    assert not (tmp_path / "run" / "manifest.json").exists()


def test_a_refusal_in_a_dry_run_is_one_line_too(tmp_path: Path) -> None:
    refused = start(tmp_path, "--dry-run", model="user")
    assert refused.returncode == 2
    assert [line for line in refused.stderr.splitlines() if "speaks" not in line] == ["Cannot go on: it is Monday; wait"]


@pytest.mark.parametrize("full", ["run.log", "events.jsonl"])
def test_a_full_disk_is_one_line_on_the_terminal(tmp_path: Path, full: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / full).symlink_to("/dev/full")
    failed = start(tmp_path, model="user", env={"PYTHONUNBUFFERED": "1"})
    line = {"run.log": f"Cannot write to {tmp_path}/run: the disk is full; free", "events.jsonl": f"Cannot append to {tmp_path}/run/events.jsonl"}[full]
    assert failed.returncode == 2 and failed.stderr.startswith(line) and failed.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["{", "[]", "null"])
def test_a_damaged_configuration_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "config.json").write_text(text)
    refused = start(tmp_path)
    assert refused.returncode == 2 and "its config.json is damaged; delete it or choose another" in refused.stderr


@pytest.mark.parametrize("number, code", [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_lets_the_script_finish_cleanly(tmp_path: Path, number: int, code: int) -> None:
    process = popen(tmp_path, model="wait")
    process.send_signal(number)
    _, error = process.communicate(timeout=30)
    assert process.returncode == code
    assert "the same command goes on" in error
    assert events(tmp_path)[-1]["status"] == "interrupted"


def test_a_directory_held_by_a_living_process_is_refused_and_one_left_by_a_killed_process_is_not(
    tmp_path: Path,
) -> None:
    process = popen(tmp_path, model="hang")
    refused = start(tmp_path, model="hang")
    assert refused.returncode == 2
    assert f"it is locked by the living process {process.pid}" in refused.stderr
    process.kill()
    process.communicate()
    with open(tmp_path / "run" / "events.jsonl", "a") as file:
        file.write('{"event": "pro')
    process = popen(tmp_path, model="hang")
    process.kill()
    process.communicate()
    assert [row["event"] for row in events(tmp_path)][-2:] == ["run-start", "progress"]


def test_another_configuration_is_refused_with_the_difference_but_for_keys_that_may_change(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0
    refused = start(tmp_path, "--set", "seed=5", "--set", "dtype=float16")
    assert refused.returncode == 2
    assert 'dtype: "auto" → "float16"; seed: 0 → 5' in refused.stderr
    assert start(tmp_path, "--set", "window=7").returncode == 0


ROWS = {"data": "a/rows.jsonl", "run": "a/run"}


@pytest.mark.parametrize(
    "is_now, is_same",
    [
        ({"data": "{here}/a/rows.jsonl", "run": "{here}/a/run"}, True),
        ({"data": "./a/../a/rows.jsonl", "run": "a/run"}, True),
        ({"data": ["a/rows.jsonl"], "run": "a/run"}, True),
        # Moved with its rows beside it, or continued from another folder
        ({"data": "b/rows.jsonl", "run": "b/run"}, True),
        ({"data": "b/rows.jsonl", "run": "a/run"}, False),
        ({"data": "a/other.jsonl", "run": "a/run"}, False),
        ({"data": ["a/rows.jsonl", "a/other.jsonl"], "run": "a/run"}, False),
        ({"data": "c/rows.jsonl", "run": "c/run"}, False),
        ({"data": None, "run": "a/run"}, False),
    ],
)
def test_a_file_in_other_words_is_the_same_file(tmp_path: Path, monkeypatch, is_now: dict, is_same: bool) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/rows.jsonl", "a/other.jsonl", "b/rows.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    here = {
        key: value.format(here=tmp_path) if isinstance(value, str) else value for key, value in is_now.items()
    }
    assert is_one_place(ROWS, here, "data") == is_same


@pytest.mark.parametrize("failing, code", [("user", 0), ("crash", 0), ("made", 2)])
def test_a_directory_in_which_nothing_was_made_is_free_for_another_configuration(tmp_path, failing, code) -> None:
    assert start(tmp_path, model=failing).returncode != 0
    again = start(tmp_path, model="fine")
    assert again.returncode == code
    assert ("made with another configuration" in again.stderr) == (code == 2)
    # One that was begun before stays what it was, also when nothing was made in it
    assert start(tmp_path, model="user").returncode == 2 and (tmp_path / "run" / "config.json").exists()


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--set", "ordr=file"], '"ordr" is unknown; did you mean "order"?'),
        (["--set", "ray.workers=many"], '"ray.workers": "many" is not integer'),
        (["--set", "window"], "it has no value; write --set key=value"),
    ],
)
def test_a_bad_flag_is_one_line_and_makes_nothing(tmp_path: Path, arguments: list[str], message: str) -> None:
    refused = start(tmp_path, *arguments)
    assert refused.returncode == 2 and message in refused.stderr and refused.stderr.count("\n") == 1
    assert not (tmp_path / "run").exists()


def test_a_dry_run_prints_its_events_and_writes_nothing(tmp_path: Path) -> None:
    done = start(tmp_path, "--dry-run")
    assert [json.loads(line)["event"] for line in done.stdout.splitlines()][:2] == ["run-start", "progress"]
    assert not (tmp_path / "run" / "events.jsonl").exists()


def test_ranks_other_than_the_first_write_only_the_log(tmp_path: Path) -> None:
    assert start(tmp_path, env={"RANK": "1"}).returncode == 0
    assert not events(tmp_path) and not (tmp_path / "run" / "config.json").exists()


@pytest.mark.parametrize("rank", ["0", "1"])
@pytest.mark.parametrize("model, code", [("done", 0), ("interrupted", 130), ("user", 2), ("crash", 1)])
def test_a_process_of_a_group_ends_without_taking_python_apart(tmp_path: Path, model: str, code: int, rank: str) -> None:
    ended = start(tmp_path, model=model, script=GROUP, env={"RANK": rank, "WORLD_SIZE": "2"})
    assert (ended.returncode, ended.stdout) == (code, "registered\n")
    assert "a library speaks" in (tmp_path / "run" / "run.log").read_text()


def test_a_process_that_is_alone_ends_as_python_does(tmp_path: Path) -> None:
    assert start(tmp_path, model="done", script=GROUP, env={"WORLD_SIZE": "1"}).returncode == -signal.SIGABRT
