"""A script whose Mathpie is gone stops in good order, and no other one does: each test starts real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mathpie_gpu.run.lock import process_start

ROOT = Path(__file__).parents[1]
SCRIPT = """
import os, time
from mathpie_gpu.run.directory import open_run
with open_run("generate") as run:
    run.event("progress", done=1, total=2)
    what = run.config["model"]
    if what == "torn":
        run.lock.own = {"pid": object()}
    if what == "deaf":
        while True: time.sleep(1)
    wait = 0.6 if what == "short" else 60
    if run.stopping.wait(wait):
        time.sleep(1.5 if what == "slow" else 0)
        run.event("warning", message="nobody reads this")
        run.end("interrupted", done=1)
    else:
        run.end("done", done=2)
"""


def command(tmp_path: Path, model: str) -> list[str]:
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"model": model, "requests": "r.jsonl"}))
    return [sys.executable, "-c", SCRIPT, str(config), "--run", str(tmp_path / "run")]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def events(tmp_path: Path) -> list[dict]:
    path = tmp_path / "run" / "events.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def wait_for(what, seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)


def begin(tmp_path: Path, model: str, *, grace: str | None, **options: object) -> subprocess.Popen:
    more = {} if grace is None else {"MATHPIE_LIFELINE": grace}
    process = subprocess.Popen(command(tmp_path, model), stderr=subprocess.PIPE, env=environment(**more), **options)
    wait_for(lambda: any(row["event"] == "progress" for row in events(tmp_path)))
    return process


@pytest.mark.parametrize("grace, status, code", [("60", "interrupted", 143), (None, "done", 0)])
def test_the_end_of_the_pipe_stops_a_script_of_mathpie_alone(tmp_path: Path, grace, status: str, code: int) -> None:
    process = begin(tmp_path, "wait" if grace else "short", grace=grace, stdin=subprocess.PIPE)
    process.stdin.close()
    process.stderr.close()  # as of a Mathpie that is gone, to which a warning and the last line are said
    assert process.wait(timeout=30) == code
    assert events(tmp_path)[-1]["status"] == status
    assert not list((tmp_path / "run").glob(".lock*"))


@pytest.mark.parametrize("stdin", [subprocess.DEVNULL, "file"])
def test_a_standard_input_that_is_no_pipe_of_mathpie_ends_nothing(tmp_path: Path, stdin) -> None:
    with open(__file__) as file:
        process = begin(tmp_path, "short", grace="60", stdin=file if stdin == "file" else stdin)
    assert (process.wait(timeout=30), events(tmp_path)[-1]["status"]) == (0, "done")


def test_nothing_is_stopped_while_the_pipe_is_open(tmp_path: Path) -> None:
    process = begin(tmp_path, "short", grace="60", stdin=subprocess.PIPE)
    assert (process.wait(timeout=30), events(tmp_path)[-1]["status"]) == (0, "done")


def test_a_lock_that_cannot_be_written_hinders_no_stop(tmp_path: Path) -> None:
    process = begin(tmp_path, "torn", grace="60", stdin=subprocess.PIPE)
    process.stdin.close()
    assert (process.wait(timeout=30), events(tmp_path)[-1]["status"]) == (143, "interrupted")


@pytest.mark.parametrize("given", ["subprocess.PIPE", "subprocess.DEVNULL"])
@pytest.mark.parametrize("model, status", [("short", "done"), ("wait", "interrupted")])
def test_behind_a_program_that_gives_another_standard_input_mathpie_itself_is_watched(tmp_path: Path, given, model, status) -> None:
    # As `conda run` does: a pipe that ends at once
    between = f"import subprocess; subprocess.Popen({command(tmp_path, model)!r}, stdin={given}).communicate()"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as mathpie:
        value = f"60 {mathpie.pid} {process_start(mathpie.pid)}"
        with subprocess.Popen([sys.executable, "-c", between], env=environment(MATHPIE_LIFELINE=value)) as process:
            wait_for(lambda: any(row["event"] == "progress" for row in events(tmp_path)))
            if model == "wait":
                time.sleep(1.5)
                assert events(tmp_path)[-1]["event"] == "progress"  # the end of that pipe says nothing
                mathpie.kill()
            assert process.wait(timeout=30) == 0
        mathpie.kill()
    assert events(tmp_path)[-1]["status"] == status


def test_what_does_not_hear_it_is_ended_by_force(tmp_path: Path) -> None:
    process = begin(tmp_path, "deaf", grace="1", stdin=subprocess.PIPE)
    process.stdin.close()
    assert process.wait(timeout=30) == -signal.SIGKILL


def test_the_worker_of_a_launcher_that_was_killed_stops_too(tmp_path: Path) -> None:
    launcher = f"import subprocess; subprocess.Popen({command(tmp_path, 'wait')!r}, start_new_session=True).wait()"
    with subprocess.Popen(
        [sys.executable, "-c", launcher], stdin=subprocess.PIPE, env=environment(MATHPIE_LIFELINE="60")
    ) as process:
        wait_for(lambda: any(row["event"] == "progress" for row in events(tmp_path)))
        process.kill()
        process.wait()
        wait_for(lambda: events(tmp_path)[-1]["event"] == "run-end")  # the pipe is still open


def test_who_wants_the_directory_of_one_that_is_ending_waits_for_it(tmp_path: Path) -> None:
    process = begin(tmp_path, "slow", grace="60", stdin=subprocess.PIPE)
    process.stdin.close()
    lock = next((tmp_path / "run").glob(".lock.*"))
    wait_for(lambda: "isEnding" in lock.read_text())
    config = command(tmp_path, "slow")
    (tmp_path / "config.json").write_text(json.dumps({"model": "slow", "requests": "r.jsonl"}))
    config[2] = config[2].replace("wait = 0.6", "wait = 0").replace("else 60", "else 0.1")
    following = subprocess.run(config, env=environment(), capture_output=True, text=True, timeout=60)
    assert (following.returncode, following.stderr) == (0, "")
    assert [row.get("status") for row in events(tmp_path) if row["event"] == "run-end"] == ["interrupted", "done"]
    assert process.wait(timeout=30) == 143
