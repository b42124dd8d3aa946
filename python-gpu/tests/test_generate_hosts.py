"""`mathpie generate` and `evaluate` over three hosts, one of which is gone on the way. Needs root for network namespaces. Slow:
`npm run test:nightly -- engines`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import engine_runs
import pytest
from engine_runs import ROOT, ask, completions, events, question, wait_for_completions, write_run
from hosts import Hosts, can_make_hosts, on_hosts, three_hosts

pytestmark = [
    pytest.mark.engines,
    pytest.mark.nightly,
    pytest.mark.skipif(not can_make_hosts(), reason="needs root, and ip netns"),
]
pytest.importorskip("ray")

MANY = [ask(f"q{number}", question(number), samples=1 + number % 3) for number in range(600)]
EVERY = sorted((row["id"], sample) for row in MANY for sample in range(row["samples"]))
WINDOW = 24
PATIENCE = 1500  # seconds: three engines that start at once on two busy cores
ENGINE = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "VLLM_ENABLE_V1_MULTIPROCESSING": "0"}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return engine_runs.make_checkpoint(tmp_path_factory.mktemp("pocket"))


@pytest.fixture
def hosts():
    with three_hosts() as made:
        yield made


def lost_samples(warnings: list[dict]) -> list[int]:
    found = [
        re.search(r"An engine was lost; another one takes over its (\d+) samples", row["message"]) for row in warnings
    ]
    return [int(match[1]) for match in found if match]


def test_generate_loses_nothing_with_a_host_and_repeats_only_what_was_in_flight(
    checkpoint: Path, hosts: Hosts, tmp_path: Path
) -> None:
    ray = {"address": hosts.address, "workers": 3, "cpusPerWorker": 1}
    command = write_run(tmp_path, checkpoint, MANY, engine="ray", ray=ray, window=WINDOW)
    process = subprocess.Popen(hosts.command(1, command), stderr=subprocess.PIPE, text=True, env=on_hosts(**ENGINE))
    try:
        wait_for_completions(tmp_path, process, 200, seconds=PATIENCE)
        hosts.kill(3)
        _, error = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 0, error + (tmp_path / "run" / "run.log").read_text()[-3000:]
    rows = [(row["requestId"], row["sample"]) for row in completions(tmp_path)]
    assert sorted(rows) == EVERY
    lost = lost_samples(events(tmp_path, "warning"))
    print(f"generate: {len(EVERY)} samples, {lost} in flight on the host that died")
    assert len(lost) == 1 and lost[0] <= WINDOW + 2  # a request's samples go to one engine together


def test_evaluate_goes_on_when_a_host_is_gone(checkpoint: Path, hosts: Hosts, tmp_path: Path) -> None:
    model = f"vllm:{checkpoint}?engine=ray&ray.address={hosts.address}&ray.workers=3&dtype=float32&enforceEager=true"
    words = [
        "evaluate",
        "--model",
        f"{model}&maxSequences=16&cpuCacheGiB=1&window={WINDOW}",
        "--data",
        "pocket:400",
        "--run",
        str(tmp_path / "run"),
    ]
    command = ["node", str(ROOT / "dist" / "cli" / "main.js"), *words]
    process = subprocess.Popen(
        hosts.command(1, command),
        stderr=subprocess.PIPE,
        text=True,
        env=on_hosts(**ENGINE, MATHPIE_PYTHON=sys.executable),
    )
    records = tmp_path / "run" / "records.jsonl"
    try:
        until = time.monotonic() + PATIENCE
        while not records.exists() or records.read_bytes().count(b"\n") < 120:
            assert process.poll() is None and time.monotonic() < until, (
                process.stderr.read() if process.poll() is not None else "too slow"
            )
            time.sleep(0.05)
        hosts.kill(2)
        _, error = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 0, error
    rows = [json.loads(line) for line in records.read_text().splitlines()]
    assert len(rows) == 400 == len({row["id"] for row in rows})
    summary = json.loads((tmp_path / "run" / "summary.json").read_text())
    print(f"evaluate: {summary['n']} answers, accuracy {summary['accuracy']:.3f}")
    assert summary["n"] == 400 and summary["accuracy"] > 0.7
    assert all(row["status"] == "done" for row in rows)
