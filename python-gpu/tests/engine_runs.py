"""Starts generate.py, with the real engine on pocket or with a stub, and looks at what it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 300  # an engine starts in 10 s on a quiet machine and in 100 s on a busy one


def make_checkpoint(folder: Path) -> Path:
    """The committed model as transformers and vLLM open it, in float32."""
    command = [
        sys.executable,
        str(ROOT / "python-gpu" / "import_gguf.py"),
        "--gguf",
        str(ROOT / "data/pocket/pocket.gguf"),
    ]
    subprocess.run([*command, "--out", str(folder)], check=True, capture_output=True)
    return folder


def write_run(folder: Path, checkpoint: Path, requests: list[dict], **changes: object) -> list[str]:
    """The command of a run in folder/run."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "requests.jsonl").write_text("".join(json.dumps(row) + "\n" for row in requests))
    config = {
        "model": str(checkpoint),
        "requests": str(folder / "requests.jsonl"),
        "dtype": "float32",
        "enforceEager": True,
        "maxSequences": 16,
        "cpuCacheGiB": 1,
        **changes,
    }
    (folder / "config.json").write_text(json.dumps(config))
    return [
        sys.executable,
        str(ROOT / "python-gpu" / "generate.py"),
        str(folder / "config.json"),
        "--run",
        str(folder / "run"),
    ]


def environment(in_process: bool = True) -> dict[str, str]:
    """One process starts in a quarter of the time that vLLM's usual two take."""
    own = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "VLLM_ENABLE_V1_MULTIPROCESSING": "0" if in_process else "1"}
    return {**os.environ, **own}


def run(command: list[str], in_process: bool = True) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, env=environment(in_process), timeout=SECONDS)


def start(command: list[str], in_process: bool = True) -> subprocess.Popen:
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment(in_process))


def completions(folder: Path) -> list[dict]:
    return list(read_lines(folder / "run" / "completions.jsonl"))


def events(folder: Path, name: str) -> list[dict]:
    return [row for row in read_lines(folder / "run" / "events.jsonl") if row["event"] == name]


def read_lines(path: Path) -> Iterator[dict]:
    for line in path.read_text(encoding="utf-8").splitlines(True) if path.exists() else ():
        if line.endswith("\n"):
            yield json.loads(line)


def wait_for_completions(folder: Path, process: subprocess.Popen, count: int, *, seconds: float = SECONDS) -> None:
    path, until = folder / "run" / "completions.jsonl", time.monotonic() + seconds
    while not path.exists() or path.read_bytes().count(b"\n") < count:
        assert process.poll() is None and time.monotonic() < until, (folder / "run" / "run.log").read_text()[-2000:]
        time.sleep(0.02)


def descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *descendants(child)]
    return found


def assert_gone(pids: list[int]) -> None:
    until = time.monotonic() + 20
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < until, "the engine lives on"
        time.sleep(0.1)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def question(number: int) -> str:
    return f"Anna has {number % 40} pens and buys {number // 40 + 3} more. How many pens has she now?"


def ask(identifier: str, text: str, *, samples: int = 1, **sampling: object) -> dict:
    request = {"id": identifier, "messages": [{"role": "user", "content": text}], "samples": samples}
    return {**request, "sampling": {"maxTokens": 60, **sampling}}
