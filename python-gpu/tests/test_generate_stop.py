"""generate.py is stopped and killed while its engine is a process of its own that does not listen. The engine is a stub; the real
one has its turn at night (test_generate_engine.py)."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from engine_runs import assert_gone, completions, descendants, events, run, start, wait_for_completions, write_run

STUB = Path(__file__).with_name("stub_engine")
MANY = [{"id": f"q{number}", "promptTokenIds": [number], "samples": 2, "sampling": {"maxTokens": 4}} for number in range(80)]

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the engine's process by /proc")


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("PYTHONPATH", str(STUB))
    model = tmp_path / "model"
    model.mkdir()
    (model / "config.json").write_text("{}")
    return write_run(tmp_path, model, MANY)


def test_sigterm_ends_in_good_order_and_ends_the_engine_by_force(command: list[str], tmp_path: Path) -> None:
    process = start(command)
    wait_for_completions(tmp_path, process, 10)
    children = descendants(process.pid)
    assert children
    process.send_signal(signal.SIGTERM)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 143 and "the same command goes on" in error
    assert events(tmp_path, "run-end")[-1]["status"] == "interrupted"
    assert_gone(children)


def test_after_sigkill_no_engine_is_left_and_the_same_command_gives_every_sample_once(command: list[str], tmp_path: Path) -> None:
    process = start(command)
    wait_for_completions(tmp_path, process, 10)
    children = descendants(process.pid)
    assert children
    process.kill()
    process.communicate()
    assert_gone(children)  # an engine that outlived us would hold the GPU
    assert run(command).returncode == 0
    every = sorted((row["id"], sample) for row in MANY for sample in range(row["samples"]))
    assert sorted((row["requestId"], row["sample"]) for row in completions(tmp_path)) == every


@pytest.mark.parametrize("start_method", ["spawn", "fork"])
def test_a_session_opens_however_its_engine_is_started(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start_method: str
) -> None:
    monkeypatch.setenv("STUB_START", start_method)
    settings = tmp_path / "session.json"
    settings.write_text(json.dumps({"run": str(tmp_path / "session"), "model": str(tmp_path / "model"), "requests": "-", "maxSequences": 4}))
    script = str(Path(command[1]).with_name("generate_session.py"))
    request = {"request": {"id": "a", "promptTokenIds": [1, 2], "sampling": {"maxTokens": 4}}}
    with subprocess.Popen(
        [sys.executable, script, str(settings)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = threading.Timer(40, process.kill)
        watch.start()
        # Nothing is sent before: whoever reads waits on standard input while the engine starts
        first = process.stdout.readline()
        out, error = process.communicate(json.dumps(request) + "\n")
        watch.cancel()
    assert "ready" in first, error
    lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert process.returncode == 0, error
    assert [line["completion"]["text"] for line in lines if "completion" in line] == ["1 2"]
