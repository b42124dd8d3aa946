"""Pairs of files that refer to each other, after a power cut at any write, flush or rename: the same command ends as undisturbed.

    MATHPIE_POWER_CUTS=200 python -m pytest -c python-gpu/pyproject.toml python-gpu/tests/test_power_cuts.py -rP -m "nightly or not nightly"

so many places of each script, evenly spread, and all that there are where there are fewer; three of each where nothing is said.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import embed
import generate
import numpy as np
import pytest
import score_rewards
import torch
import train_dpo
import train_sft
from power_cut import MOST, count_until_cut
from run_script import read_lines, run_script, write_lines
from test_embed import ROWS as TEXTS
from test_embed import WordCounter
from test_train_dpo import PAIRS
from test_train_dpo import TRAINING as PAIR_SETTINGS
from test_train_sft import ROWS
from tiny_checkpoints import SHAPE, save_checkpoint
from transformers import LlamaConfig, LlamaForCausalLM, LlamaForSequenceClassification

from mathpie_gpu.scoring.reward_model import RewardModel

torch.set_num_threads(1)
NEVER = 10**9


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("models")
    return {
        "writer": save_checkpoint(folder / "writer", LlamaForCausalLM, LlamaConfig(**SHAPE, initializer_range=0.05)),
        "judge": save_checkpoint(
            folder / "judge", LlamaForSequenceClassification, LlamaConfig(**SHAPE, num_labels=1)
        ),
    }


class Writer:
    """Stands in for vLLM: a text is made of the request's id and the sample's number, four samples at a time."""

    def __init__(self, *_: object) -> None:
        pass

    def exchange(self, take: Callable) -> list[dict]:
        return [
            {
                "requestId": work.request["id"],
                "sample": sample,
                "text": hashlib.sha256(f"{work.request['id']} {sample}".encode()).hexdigest(),
                "finishReason": "stop",
                "promptTokens": 3,
                "completionTokens": 7,
            }
            for work in take(4)
            for sample in work.samples
        ]

    def close(self) -> None:
        pass


def run_generate(folder: Path, models: dict[str, Path], monkeypatch) -> None:
    monkeypatch.setattr(generate, "open_engine", Writer)
    requests = [
        {"id": f"q{number}", "prompt": "x", "samples": 1 + number % 3, "sampling": {"maxTokens": 8}} for number in range(40)
    ]
    data = write_lines(folder / "requests.jsonl", requests)
    settings = {"run": str(folder / "run"), "model": str(models["writer"]), "requests": data}
    assert run_script(generate, "generate", settings) == 0


def run_embed(folder: Path, models: dict[str, Path], monkeypatch) -> None:
    monkeypatch.setattr(embed, "open_encoder", lambda config, device: WordCounter())
    settings = {"run": str(folder / "run"), "model": "model", "input": write_lines(folder / "rows.jsonl", TEXTS)}
    assert run_script(embed, "embed", {**settings, "device": "cpu", "blockRows": 3}) == 0


def run_score(folder: Path, models: dict[str, Path], monkeypatch) -> None:
    rows = [{"id": index, "question": f"What is {index}?", "response": "It is." * (1 + index % 4)} for index in range(18)]
    settings = {"run": str(folder / "run"), "model": str(models["judge"]), "input": write_lines(folder / "rows.jsonl", rows)}
    assert run_script(score_rewards, "score-rewards", {**settings, "device": "cpu", "windowRows": 2}) == 0


def run_train_sft(folder: Path, models: dict[str, Path], monkeypatch, **more) -> None:
    settings = {"run": str(folder / "run"), "model": str(models["writer"]), "device": "cpu", "rowsPerStep": 4, "compile": False}
    if not (folder / "rows.jsonl").exists():
        write_lines(folder / "rows.jsonl", ROWS)
    settings |= {"data": str(folder / "rows.jsonl"), "epochs": 1, "learningRate": 1e-3, "saveEvery": 2, "keepLast": 1, "logEvery": 1}
    assert run_script(train_sft, "train-sft", settings | more) == 0


def run_train_lora(folder: Path, models: dict[str, Path], monkeypatch) -> None:
    run_train_sft(folder, models, monkeypatch, lora={"rank": 4})


def run_train_dpo(folder: Path, models: dict[str, Path], monkeypatch) -> None:
    if not (folder / "pairs.jsonl").exists():
        write_lines(folder / "pairs.jsonl", PAIRS)
    settings = {"run": str(folder / "run"), "model": str(models["writer"]), "data": str(folder / "pairs.jsonl"), **PAIR_SETTINGS}
    assert run_script(train_dpo, "train-dpo", settings | {"saveEvery": 1, "keepLast": 1}) == 0


def describe(run: Path) -> dict[str, object]:
    """What a finished run holds, without clocks and orders."""
    found: dict[str, object] = {}
    for path in sorted(run.rglob("*")):
        name = str(path.relative_to(run))
        # A checkpoint on the way is anybody's; of what a continued run leaves, results count
        if not path.is_file() or name.startswith((".lock", "..lock", "checkpoints/")) or path.name in {"events.jsonl", "run.log", "config.json"}:
            continue
        if path.suffix == ".jsonl":
            found[name] = sorted(json.dumps(row, sort_keys=True) for row in read_lines(path))
        elif path.suffix == ".npy":
            found[name] = np.load(path).tobytes()
        elif path.name == "manifest.json":
            manifest = json.loads(path.read_text())
            found[name] = sorted(manifest["files"])
        else:
            found[name] = path.read_bytes()
    return found


class Judged:
    """What the reward model said of each row in each batch. A continued run pads a row beside other rows, and the sums of its floats are then rounded
    otherwise: the same batch gives the same bits, another one those of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.in_batch: dict[tuple, list[float]] = {}
        score = RewardModel.score

        def watch(model: RewardModel, rows: list[list[int]]) -> list:
            judgements = score(model, rows)
            batch = tuple(map(tuple, rows))
            scores = [judgement.score for judgement in judgements]
            assert self.in_batch.setdefault(batch, scores) == scores, "the same batch has other bits"
            return judgements

        monkeypatch.setattr(RewardModel, "score", watch)

    def differ_by_rounding(self, found: list[str], expected: list[str]) -> bool:
        """Every score is, bit for bit, one that the model gave to that row, in whichever batch; and all that it gave to it are alike."""
        said = {}
        for batch, scores in self.in_batch.items():
            for row, score in zip(batch, scores):
                said.setdefault(row, set()).add(score)
        of_score = {score: row for row, scores in said.items() for score in scores}
        for line, other in zip(found, expected, strict=True):
            now, then = json.loads(line), json.loads(other)
            row = of_score.get(now["score"])
            if row is None or row != of_score.get(then["score"]) or {**now, "score": 0} != {**then, "score": 0}:
                return False
        return all(max(scores) - min(scores) < 1e-5 * max(map(abs, scores)) for scores in said.values())


def ended_well(run: Path) -> bool:
    return read_lines(run / "events.jsonl")[-1]["event"] == "run-end"


@pytest.mark.parametrize(
    "script", [run_generate, run_embed, run_score, run_train_sft, run_train_lora, run_train_dpo], ids=lambda each: each.__name__
)
def test_the_same_command_ends_as_undisturbed(script, models, tmp_path: Path, monkeypatch) -> None:
    folder, straight = tmp_path / "cut", tmp_path / "straight"
    judged = Judged(monkeypatch)
    folder.mkdir()
    count = count_until_cut(monkeypatch, lambda: script(folder, models, monkeypatch), at=NEVER, below=folder / "run")
    shutil.move(folder, straight)
    expected = describe(straight / "run")
    assert len(expected) >= 2 and count >= 10
    places = sorted({1 + round(index * (count - 1) / (min(MOST, count) - 1)) for index in range(min(MOST, count))})
    for at in places:
        folder.mkdir()
        # The data is the same file with the same time: only the run is disturbed
        for data in straight.glob("*.jsonl"):
            shutil.copy2(data, folder / data.name)

        def work() -> None:
            script(folder, models, monkeypatch)

        try:
            count_until_cut(monkeypatch, work, at=at, below=folder / "run")
        except AssertionError:
            pass  # a script that caught the cut as an error of its own
        work()
        found = describe(folder / "run")
        assert ended_well(folder / "run"), f"power cut at {at} of {count}"
        assert sorted(found) == sorted(expected), f"power cut at {at} of {count}"
        different = [name for name in expected if found[name] != expected[name]]
        if different == ["scores.jsonl"] and judged.differ_by_rounding(found["scores.jsonl"], expected["scores.jsonl"]):
            different = []
        assert not different, f"power cut at {at} of {count}: {different}"
        shutil.rmtree(folder)
    print(f"{script.__name__}: {len(places)} places of {count}")
