"""train_sft.py in two processes (torchrun, gloo, FSDP2) does what it does in one. Slow: run with -m engines."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from run_script import read_lines, write_lines
from test_train_sft import ROWS, same, steps_of, weights_of
from tiny_checkpoints import SHAPE, save_checkpoint
from transformers import LlamaConfig, LlamaForCausalLM

pytestmark = pytest.mark.engines
SCRIPT = Path(__file__).parents[1] / "train_sft.py"


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # An odd number of layers and a vocabulary that two does not divide: shards of unequal size.
    shape = SHAPE | {"num_hidden_layers": 3, "vocab_size": 265}
    return save_checkpoint(tmp_path_factory.mktemp("model"), LlamaForCausalLM, LlamaConfig(**shape))


def command(tmp_path: Path, model: Path, name: str, processes: int, **config) -> list[str]:
    tmp_path.mkdir(exist_ok=True)
    settings = {"run": str(tmp_path / name), "model": str(model), "data": write_lines(tmp_path / "rows.jsonl", ROWS)}
    settings |= {"device": "cpu", "rowsPerStep": 8, "epochs": 2, "learningRate": 1e-3, "warmupSteps": 0} | config
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(settings))
    launcher = [sys.executable]
    if processes > 1:
        launcher += [
            "-m",
            "torch.distributed.run",
            "--standalone",
            f"--nproc_per_node={processes}",
            "--shutdown-timeout=60",
        ]
    return [*launcher, str(SCRIPT), str(path)]


def environment() -> dict[str, str]:
    return os.environ | {"OMP_NUM_THREADS": "1", "TRANSFORMERS_VERBOSITY": "error"}


def train(tmp_path: Path, model: Path, name: str, processes: int, **config) -> list[dict]:
    done = subprocess.run(
        command(tmp_path, model, name, processes, **config),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr[-3000:] + (tmp_path / name / "run.log").read_text()[-3000:]
    return read_lines(tmp_path / name / "events.jsonl")


def assert_same_course(left: list[dict], right: list[dict], *, rel: float) -> None:
    for key in ("loss", "gradientNorm"):
        assert [step[key] for step in steps_of(left)] == pytest.approx([step[key] for step in steps_of(right)], rel=rel)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, checkpoint: Path) -> tuple[list[dict], Path]:
    """One process, one pass a step, float32: events and model."""
    folder = tmp_path_factory.mktemp("alone")
    return train(folder, checkpoint, "run", 1, weights="float32", epochs=1), folder / "run" / "model"


@pytest.mark.parametrize(
    "config",
    [
        {"tokensPerPass": 240, "accumulateIn": "own", "keepActivations": "inputs"},
        # Compiling takes minutes; what is compiled runs in the next one.
        pytest.param(
            {"compile": True, "keepActivations": "products", "keepGathered": True}, marks=pytest.mark.nightly
        ),
        {"keepActivations": "products", "keepGathered": True},
        {"implementation": "transformers"},
        {"layersPerUnit": 2, "prefetchUnits": 1, "keepGathered": False},
    ],
    ids=["three passes", "compiled", "products kept", "transformers' model", "two layers a unit"],
)
def test_two_processes_learn_what_one_does(tmp_path: Path, checkpoint: Path, alone, config: dict) -> None:
    one, model = alone
    two = train(tmp_path, checkpoint, "run", 2, weights="float32", epochs=1, **config)
    assert next(event for event in two if event["event"] == "plan")["processes"] == 2
    assert_same_course(one, two, rel=1e-4)
    left, right = weights_of(model), weights_of(tmp_path / "run" / "model")
    for name in left:
        torch.testing.assert_close(left[name], right[name], atol=1e-4, rtol=1e-2)


def test_two_processes_add_bf16_gradients_to_the_same_bits_in_bf16_and_in_float32(
    tmp_path: Path, checkpoint: Path
) -> None:
    models = []
    for name in ("auto", "float32"):
        train(tmp_path, checkpoint, name, 2, weights="split", epochs=1, reduceIn=name)
        models.append(weights_of(tmp_path / name / "model"))
    assert same(*models)


def test_float8_scales_are_those_of_whole_weights(tmp_path: Path, checkpoint: Path) -> None:
    config = {"weights": "split", "float8": "tensor", "float8Scales": "bounded", "epochs": 1}
    one, two = (train(tmp_path, checkpoint, str(n), n, **config) for n in (1, 2))
    assert_same_course(one, two, rel=5e-2)


def test_adapters_and_float32_sums_are_spread_too(tmp_path: Path, checkpoint: Path) -> None:
    config = {"weights": "split", "lora": {"rank": 4}, "accumulateIn": "float32", "tokensPerPass": 240, "epochs": 1}
    one, two = (train(tmp_path, checkpoint, str(n), n, **config) for n in (1, 2))
    assert_same_course(one, two, rel=3e-2)
    assert (tmp_path / "2" / "adapter" / "adapter_model.safetensors").exists()


def test_a_stopped_run_of_two_goes_on_in_two_to_the_bit_and_in_one_nearly(tmp_path: Path, checkpoint: Path) -> None:
    straight = train(tmp_path, checkpoint, "straight", 2, weights="split", epochs=3)
    events = tmp_path / "stopped" / "events.jsonl"
    process = subprocess.Popen(
        command(tmp_path, checkpoint, "stopped", 2, weights="split", epochs=3),
        env=environment(), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    began = time.monotonic()
    while time.monotonic() - began < 200 and not (events.exists() and '"step-end"' in events.read_text()):
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    process.wait(120)
    lines = read_lines(events)
    assert lines[-1]["event"] == "run-end" and lines[-1]["status"] == "interrupted", process.stderr.read()[-2000:]
    assert 0 < lines[-1]["step"] < 9
    for other in ("two", "one"):
        subprocess.run(["cp", "-r", tmp_path / "stopped", tmp_path / other], check=True)
    two = train(tmp_path, checkpoint, "two", 2, weights="split", epochs=3)
    assert [step["loss"] for step in steps_of(two)] == [step["loss"] for step in steps_of(straight)]
    assert same(weights_of(tmp_path / "two" / "model"), weights_of(tmp_path / "straight" / "model"))
    one = train(tmp_path, checkpoint, "one", 1, weights="split", epochs=3)
    assert [step["loss"] for step in steps_of(one)] == pytest.approx([s["loss"] for s in steps_of(straight)], rel=2e-2)


def test_a_process_may_have_no_row_of_a_step(tmp_path: Path, checkpoint: Path) -> None:
    """23 rows a step leave one row for the second step of an epoch."""
    one, two = (train(tmp_path, checkpoint, str(n), n, weights="float32", rowsPerStep=23, epochs=1) for n in (1, 2))
    assert_same_course(one, two, rel=1e-4)
