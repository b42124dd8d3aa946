"""Recorded passes and updates: what a training does with them but the recording itself, which takes a GPU (gpu_smoke.py)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
import train_sft
from run_script import read_lines, run_script, write_lines
from tiny_checkpoints import SHAPE, save_checkpoint
from transformers import LlamaConfig, LlamaForCausalLM

from mathpie_gpu.model.packed_model import read_shape
from mathpie_gpu.rows.packing import pack_options
from mathpie_gpu.run.contract import resolve_config
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.graph_choice import choose_graphs, find_waste
from mathpie_gpu.training.memory_estimate import Estimate, Plan
from mathpie_gpu.training.step_graphs import Recording, StepGraphs
from mathpie_gpu.training.step_reports import StepReports

ROWS = [{"query": f"What is {i} + {i}?" + " Think." * (i % 5), "response": f"It is {2 * i}." + " Yes." * (i % 3)} for i in range(24)]
CLOCKS = {"time", "pid", "versions", "device", "tokensPerSecond", "etaSeconds", "peakMemoryGiB", "minutes", "memoryAtHandGiB", "memoryGiB"}


class Again:
    """In place of a CUDA graph: computes once more, into the tensor that the first time made."""

    def __init__(self, recording: Recording, compute) -> None:
        self.recording, self.compute = recording, compute

    def replay(self) -> None:
        result = self.compute().clone()
        if self.recording.result is None:
            self.recording.result = result
        self.recording.result.copy_(result)


@pytest.fixture(autouse=True)
def round_packs(monkeypatch) -> None:
    """On a CPU no two packs have the same size."""
    options = {"multiple": 128, "places_multiple": 512, "longest": 256}
    monkeypatch.setattr("mathpie_gpu.rows.items.pack_options", lambda *_, **__: options)


@pytest.fixture
def recorded(monkeypatch) -> list:
    keys = []

    def record(self, key, compute, *, pack=None):
        keys.append(key)
        recording = self.recordings[key] = Recording(None, None, pack)
        recording.graph = Again(recording, compute)
        return recording

    monkeypatch.setattr(StepGraphs, "record", record)
    monkeypatch.setattr("mathpie_gpu.training.plan.choose_graphs", lambda *_, **__: True)
    return keys


def train(folder: Path, name: str, **settings) -> tuple[int, list[dict], str]:
    """The exit code, all events without clocks and paths, and the checksum of the model."""
    save_checkpoint(folder / "base", LlamaForCausalLM, LlamaConfig(**SHAPE))
    data, held_out = write_lines(folder / "rows.jsonl", ROWS), write_lines(folder / "held-out.jsonl", ROWS[:5])
    config = {"run": str(folder / name), "model": str(folder / "base"), "data": data, "evaluationData": held_out, "device": "cpu"}
    config |= {"rowsPerStep": 8, "learningRate": 1e-3, "epochs": 4, "evaluateEvery": 4, "saveEvery": 7, "weights": "split"} | settings
    code = run_script(train_sft, "train-sft", config)
    events = [{key: value for key, value in event.items() if key not in CLOCKS | {"path", "model", "graphs"}} for event in read_lines(folder / name / "events.jsonl")]
    model = folder / name / "model" / "model.safetensors"
    return code, events, hashlib.sha256(model.read_bytes()).hexdigest() if model.exists() else ""


@pytest.mark.parametrize("settings", [{}, {"tokensPerPass": 240, "accumulateIn": "own"}, {"maxGradientNorm": None, "logEvery": 3}])
def test_a_recorded_training_is_the_same_to_the_bit(tmp_path: Path, settings: dict, request) -> None:
    plain = train(tmp_path, "plain", **settings)
    recorded = request.getfixturevalue("recorded")
    assert train(tmp_path, "recorded", **settings) == plain
    assert plain[0] == 0 and "update" in recorded and len(recorded) > 1


def test_a_recorded_training_that_is_stopped_goes_on_as_if_it_was_not(tmp_path: Path, recorded: list, monkeypatch) -> None:
    whole = train(tmp_path, "whole", epochs=6)
    wait_for = StepReports.wait_for

    def stop_behind(self, launched) -> bool:
        if launched.step == 8:
            self.start.run.stopping.set()
        return wait_for(self, launched)

    monkeypatch.setattr(StepReports, "wait_for", stop_behind)
    code, events, _ = train(tmp_path, "stopped", epochs=6)
    assert code != 0 and events[-1]["status"] == "interrupted" and events[-2]["event"] == "checkpoint-saved"
    # Each step that was launched is told and in the checkpoint.
    assert events[-1]["step"] == events[-2]["step"] == max(event["step"] for event in events if event["event"] == "step-end")
    monkeypatch.setattr(StepReports, "wait_for", wait_for)
    assert train(tmp_path, "stopped", epochs=6)[2] == whole[2]


def test_a_training_goes_on_where_nothing_can_be_recorded(tmp_path: Path, recorded: list, monkeypatch) -> None:
    whole = train(tmp_path, "whole")

    def fail(self, key, compute, *, pack=None):
        raise RuntimeError("CUDA error: operation not permitted when stream is capturing\nCompile with ...")

    monkeypatch.setattr(StepGraphs, "record", fail)
    code, events, model = train(tmp_path, "failed")
    warnings = [event["message"] for event in events if event["event"] == "warning"]
    assert warnings == ["Passes are not recorded as CUDA graphs any more: CUDA error: operation not permitted when stream is capturing"]
    assert (code, model) == (0, whole[2])


PLAN = Plan(tokens=30_000, keep="all", world=1, weights="split")
LARGE = SimpleNamespace(computing_parameters=7e9)


@pytest.mark.parametrize(
    ("changes", "config", "chosen"),
    [
        ({}, {}, True),
        ({"steps": 20}, {}, False),  # over before it pays
        ({"shape": LARGE}, {}, False),  # its kernels are longer than launches
        ({"shape": LARGE}, {"graphs": True}, True),
        ({}, {"graphs": False}, False),
        ({"room": 3.0}, {}, False),  # passes that are not recorded yet need memory besides
        ({"device": torch.device("cpu")}, {}, False),
        ({"device": torch.device("cpu")}, {"graphs": True}, "they are a GPU's"),
        ({"is_recordable": False}, {"graphs": True}, "looks at its pairs"),
        ({"shape": None}, {"graphs": True}, "packed implementation"),
        ({"plan": Plan(30_000, "all", 2, "split")}, {}, False),
        ({"plan": Plan(30_000, "products", 1, "split")}, {}, False),
        ({"plan": Plan(30_000, "all", 1, "float16")}, {}, False),
        ({"passes": 5}, {}, False),
        ({"passes": 5}, {"accumulateIn": "own"}, True),
        ({}, {"accumulateIn": "float32"}, False),
        ({}, {"float8": "tensor"}, False),
        ({}, {"lora": {"rank": 4, "dropout": 0.1}}, False),
        ({}, {"lora": {"rank": 4}}, False),  # not measured
        ({}, {"lora": {"rank": 4}, "graphs": True}, True),
    ],
)
def test_what_is_recorded(changes: dict, config: dict, chosen: bool | str) -> None:
    given = {
        "shape": read_shape(LlamaConfig(**SHAPE)), "plan": PLAN, "estimate": Estimate(0.5, 0.5, 0.5, 1.0, 0.5), "room": 100.0,
        "device": torch.device("cuda"), "is_recordable": True, "passes": 1, "steps": 500,
    }  # fmt: skip
    config = resolve_config("train-sft.config", {"run": "-", "model": "-", "data": "-"} | config, action="test")
    if isinstance(chosen, bool):
        assert choose_graphs(config, **given | changes) is chosen
    else:
        with pytest.raises(UserError, match=chosen):
            choose_graphs(config, **given | changes)


@pytest.mark.parametrize(
    ("most_tokens", "multiple", "places"),
    [(None, 128, None), (5_000, 128, 512), (30_000, 384, 1536), (33_859, 512, 2048), (200_000, 3072, 12288)],
)
def test_sizes_of_recorded_packs_are_few(most_tokens: int | None, multiple: int, places: int | None) -> None:
    options = pack_options(torch.device("cuda"), longest=500, is_compiled=True, most_tokens=most_tokens)
    assert options == {"multiple": multiple, "longest": 512} | ({} if places is None else {"places_multiple": places})


@pytest.mark.parametrize(
    ("shape", "plan", "device", "is_told"),
    [
        (SHAPE, Plan(15_000, "all", 2, "split"), "cuda", True),
        (SHAPE, Plan(15_000, "all", 1, "split"), "cuda", False),
        (SHAPE, Plan(15_000, "all", 2, "float32"), "cpu", False),
        (None, Plan(15_000, "all", 2, "split"), "cuda", False),  # nobody measured transformers' own
        ("large", Plan(15_000, "all", 2, "split"), "cuda", False),
    ],
)
def test_a_model_too_small_for_its_gpus_is_told_of(shape, plan: Plan, device: str, is_told: bool) -> None:
    shape = LARGE if shape == "large" else shape and read_shape(LlamaConfig(**shape))
    waste = find_waste(plan, shape=shape, device=torch.device(device))
    assert bool(waste) is is_told and (not is_told or "parameters leaves 2 GPUs waiting" in waste)
