"""generate.py over two engines in Ray actors on this host, one of which is killed on the way. Slow: `npm run test:engines`."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import engine_runs
import pytest
from engine_runs import ask, completions, events, question, run, start, wait_for_completions, write_run

pytestmark = pytest.mark.engines
pytest.importorskip("ray")

MANY = [ask(f"q{number}", question(number), samples=1 + number % 3) for number in range(400)]
EVERY = sorted((row["id"], sample) for row in MANY for sample in range(row["samples"]))
TWO = {"engine": "ray", "ray": {"workers": 2}, "window": 24}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return engine_runs.make_checkpoint(tmp_path_factory.mktemp("pocket"))


def test_a_killed_worker_is_replaced_and_each_sample_is_there_exactly_once(checkpoint: Path, tmp_path: Path) -> None:
    process = start(write_run(tmp_path, checkpoint, MANY, **TWO))
    try:
        wait_for_completions(tmp_path, process, 40)
        actors = find_actors(process.pid)
        assert len(actors) == 2
        os.kill(actors[0], signal.SIGKILL)
        _, error = process.communicate(timeout=engine_runs.SECONDS)
    finally:
        process.kill()
    assert process.returncode == 0, error + (tmp_path / "run" / "run.log").read_text()[-3000:]
    assert sorted((row["requestId"], row["sample"]) for row in completions(tmp_path)) == EVERY
    assert any("An engine was lost" in row["message"] for row in events(tmp_path, "warning"))
    assert all(row["finishReason"] == "stop" for row in completions(tmp_path))


def test_what_cannot_start_in_an_actor_is_one_line(checkpoint: Path, tmp_path: Path) -> None:
    refused = run(write_run(tmp_path, checkpoint, MANY[:1], **TWO, maxModelLength=4096))
    assert refused.returncode == 2, (tmp_path / "run" / "run.log").read_text()[-2000:]
    assert "maxModelLength is more than the model reads; lower it" in refused.stderr and refused.stderr.count("\n") == 1


def find_actors(driver: int) -> list[int]:
    """Ray gives each actor's process a title; those of this driver are its descendants."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = [pid for pid in descendants(driver) if title(pid).startswith("ray::EngineActor")]
        if len(found) == 2:
            return found
        time.sleep(0.2)
    return found


def title(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
    except OSError:
        return ""


def descendants(pid: int) -> list[int]:
    found = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *descendants(child)]
    except OSError:
        pass
    return found
