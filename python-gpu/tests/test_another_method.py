"""A third way of training fits in by its schema, its loss and its rows: ORPO (Hong et al. 2024, arXiv 2403.07691), on pairs, without a
reference. docs/gpu.md ("Add a training method") is what was followed here."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F
from run_script import read_lines, run_script
from test_train_dpo import PAIRS, TRAINING, log_probability
from tiny_checkpoints import SHAPE, save_checkpoint
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

from mathpie_gpu.rows.items import Pairs
from mathpie_gpu.rows.packing import rows_of_step
from mathpie_gpu.rows.preference_rows import prepare_pairs
from mathpie_gpu.run import contract
from mathpie_gpu.training import loop
from mathpie_gpu.training.loop import run_training
from mathpie_gpu.training.method import Method
from mathpie_gpu.training.preference_loss import pair_log_probabilities


class OddsRatio(Method):
    script, noun = "train_orpo.py", "pairs"
    measures = ("loss", "accuracy")
    hyperparameters = ("oddsWeight",)

    def read(self, paths, tokenizer, *, cache):
        return Pairs(*prepare_pairs(paths, tokenizer, self.config, cache=cache))

    def measure(self, model, pack, *, is_compiled):
        chosen, rejected = (pair_log_probabilities(model, pack, is_compiled=is_compiled) / pack.counts).unbind(1)
        losses = odds_ratio_losses(chosen, rejected, self.config["oddsWeight"])
        return losses.sum(), torch.stack([losses.detach().sum(), (chosen > rejected).float().sum()])


def odds_ratio_losses(chosen, rejected, weight):
    """Of mean log-probabilities: -log p(chosen) - weight * log sigmoid(log odds of chosen - log odds of rejected) (equations 6, 7)."""
    chosen_odds, rejected_odds = (mean - torch.log1p(-mean.exp()) for mean in (chosen, rejected))
    return -chosen - weight * F.logsigmoid(chosen_odds - rejected_odds)


SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "train-orpo.config.schema.json",
    "allOf": [{"$ref": "training.schema.json"}],
    "unevaluatedProperties": False,
    "properties": {
        "oddsWeight": {"type": "number", "description": "Weight of the odds ratio", "default": 0.1, "minimum": 0},
        "pairsPerStep": {"type": "integer", "description": "Pairs of one optimizer step", "default": 64, "minimum": 1},
        **{name: {"default": value} for name, value in (("maxLength", 2048), ("evaluateEvery", 100), ("epochs", 1))},
        **{name: {"default": value} for name, value in (("learningRate", 1e-5), ("warmupRatio", 0), ("saveEvery", 100))},
    },
}


@pytest.fixture
def train(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(contract.FOLDER, tmp_path / "contract")
    (tmp_path / "contract" / "train-orpo.config.schema.json").write_text(json.dumps(SCHEMA))
    monkeypatch.setattr(contract, "FOLDER", tmp_path / "contract")
    model = save_checkpoint(tmp_path / "base", LlamaForCausalLM, LlamaConfig(**SHAPE, initializer_range=0.05))
    data = tmp_path / "pairs.jsonl"
    data.write_text("".join(json.dumps(pair) + "\n" for pair in PAIRS))
    module = SimpleNamespace(main=lambda run: run_training(run, OddsRatio(run.config)))

    def start(name: str, **config) -> int:
        paths = {"run": str(tmp_path / name), "model": str(model), "data": str(data)}
        return run_script(module, "train-orpo", TRAINING | paths | config)

    return start


def steps_of(folder: Path) -> list[dict]:
    return [event for event in read_lines(folder / "events.jsonl") if event["event"] == "step-end"]


def test_its_losses_are_those_of_the_formula_on_plain_transformers(train, tmp_path) -> None:
    assert train("run", oddsWeight=0.5, maxSteps=2, tokensPerPass=300, evaluationData=str(tmp_path / "pairs.jsonl")) == 0
    model = AutoModelForCausalLM.from_pretrained(tmp_path / "base")
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "base")
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.0)
    for step, event in enumerate(steps_of(tmp_path / "run")):
        total = torch.zeros(())
        for pair in (PAIRS[index] for index in rows_of_step(step, rows=12, rows_per_step=4, seed=42)):
            counts = [len(tokenizer(pair[side][0]["content"]).input_ids) + 1 for side in ("chosen", "rejected")]
            means = [log_probability(model, tokenizer, pair, side) / n for side, n in zip(("chosen", "rejected"), counts)]
            total = total + odds_ratio_losses(*means, 0.5) / 4
        assert event["loss"] == pytest.approx(total.item(), rel=1e-4) and 0 <= event["accuracy"] <= 1
        optimizer.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    record = json.loads((tmp_path / "run" / "model" / "training.json").read_text())
    assert (record["script"], record["pairs"]["pairs"], record["hyperparameters"]["oddsWeight"]) == ("train_orpo.py", 12, 0.5)
    assert [event["event"] for event in read_lines(tmp_path / "run" / "events.jsonl")][-2:] == ["evaluation-end", "run-end"]


def test_it_stops_and_goes_on_to_the_bit_and_names_unknown_keys_like_the_others(train, tmp_path, monkeypatch, capfd) -> None:
    assert train("straight") == 0
    once = loop.take_step

    def stop(*given, **named):
        os.kill(os.getpid(), signal.SIGTERM)
        return once(*given, **named)

    monkeypatch.setattr(loop, "take_step", stop)
    assert train("stopped") == 143
    monkeypatch.setattr(loop, "take_step", once)
    assert train("stopped") == 0
    numbers = [[(event["step"], event["loss"], event["gradientNorm"]) for event in steps_of(tmp_path / name)] for name in ("straight", "stopped")]
    assert numbers[0] == numbers[1] and len(numbers[0]) == 3
    assert train("other", oddsWeigth=1) == 2
    assert 'did you mean "oddsWeight"?' in capfd.readouterr().err
