"""train_dpo.py on a two-layer model: its losses are those of the formula on transformers' log-probabilities, whatever the packing."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
import train_dpo
from run_script import read_lines, run_script, write_lines
from tiny_checkpoints import SHAPE, byte_tokenizer, save_checkpoint
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

from mathpie_gpu.model.packed_attention import ATTENDING, attend
from mathpie_gpu.rows.items import Share
from mathpie_gpu.run.contract import resolve_config
from mathpie_gpu.training import loop
from mathpie_gpu.training.reference_cache import ReferenceCache

torch.set_num_threads(1)
PAIRS = [
    {
        "prompt": [{"role": "user", "content": f"What is {index} + {index + 1}?"}],
        "chosen": [{"role": "assistant", "content": f"{index} + {index + 1} = {2 * index + 1}." + " Done." * (index % 3)}],
        "rejected": [{"role": "assistant", "content": f"I say {index * 7 % 5}." + " So." * (index % 4)}],
    }
    for index in range(12)
]
# weights at 0.2 make the tiny model sure of itself, so gradients are large: a small rate goes far enough to see
ROW_SETTINGS = {"maxLength": 512, "overLong": "drop", "badRows": "refuse", "mostRows": None, "endTokens": "required", "systemTurn": "keep"}
TRAINING = {"device": "cpu", "compile": False, "pairsPerStep": 4, "learningRate": 1e-3, "warmupRatio": 0, "schedule": "constant"}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_checkpoint(tmp_path_factory.mktemp("base"), LlamaForCausalLM, LlamaConfig(**SHAPE, initializer_range=0.05))


def settings(folder: Path, model: Path, pairs: list[dict] = PAIRS, **config) -> dict:
    folder.mkdir(parents=True, exist_ok=True)
    data = write_lines(folder / "pairs.jsonl", pairs) if not (folder / "pairs.jsonl").exists() else str(folder / "pairs.jsonl")
    return {"run": str(folder / "run"), "model": str(model), "data": data, **TRAINING, **config}


def train(folder: Path, model: Path, pairs: list[dict] = PAIRS, **config) -> list[dict]:
    """The step-end events."""
    assert run_script(train_dpo, "train-dpo", settings(folder, model, pairs, **config)) == 0
    return steps_of(folder)


def steps_of(folder: Path) -> list[dict]:
    return [event for event in read_lines(folder / "run" / "events.jsonl") if event["event"] == "step-end"]


def log_probability(model, tokenizer, pair: dict, side: str) -> torch.Tensor:
    """Of the response with its end-of-turn token, one row at a time, by transformers."""
    prompt = tokenizer.apply_chat_template(pair["prompt"], add_generation_prompt=True, return_dict=False)
    whole = tokenizer.apply_chat_template([*pair["prompt"], *pair[side]], return_dict=False)
    logits = model(input_ids=torch.tensor([whole])).logits[0, :-1].float()
    return F.log_softmax(logits, -1)[range(len(whole) - 1), whole[1:]][len(prompt) - 1 :].sum()


def test_the_reference_is_what_transformers_says_row_by_row_and_it_is_cached(tmp_path, checkpoint) -> None:
    train(tmp_path, checkpoint, maxSteps=1)
    (file,) = (tmp_path / "run" / "reference").iterdir()
    model, tokenizer = AutoModelForCausalLM.from_pretrained(checkpoint), AutoTokenizer.from_pretrained(checkpoint)
    with torch.no_grad():
        expected = [[log_probability(model, tokenizer, pair, side).item() for side in ("chosen", "rejected")] for pair in PAIRS]
    assert np.load(file) == pytest.approx(np.array(expected), rel=1e-5)


def test_log_probabilities_of_another_attention_are_not_taken_for_the_reference(tmp_path, checkpoint, monkeypatch) -> None:
    shared = {"referenceCache": str(tmp_path / "cache"), "maxSteps": 1}
    train(tmp_path / "torch", checkpoint, **shared)
    train(tmp_path / "again", checkpoint, **shared, attention="torch")
    assert len(list((tmp_path / "cache").iterdir())) == 1
    monkeypatch.setattr("mathpie_gpu.training.plan.attention_name", lambda _: "flash-attn-4")
    monkeypatch.setattr("mathpie_gpu.model.open_model.choose_attention", lambda *_, **__: attend)
    train(tmp_path / "flash", checkpoint, **shared)
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_a_reference_takes_the_attention_that_its_own_heads_ask_for(tmp_path, checkpoint, monkeypatch) -> None:
    config = LlamaConfig(**SHAPE | {"head_dim": 32}, initializer_range=0.05)
    wide = save_checkpoint(tmp_path / "wide", LlamaForCausalLM, config)
    asked = []

    def choose(name: str, *, head_size: int, longest: int, **_) -> Callable:
        asked.append((name, head_size, longest))
        return ATTENDING["rows" if head_size == 32 else "torch"]

    monkeypatch.setattr("mathpie_gpu.training.plan.choose_attention", choose)
    monkeypatch.setattr("mathpie_gpu.model.open_model.choose_attention", lambda *_, **__: attend)
    shared = {"referenceCache": str(tmp_path / "cache"), "maxSteps": 1}
    train(tmp_path / "alone", checkpoint, **shared)
    train(tmp_path / "named", wide, reference=str(checkpoint), **shared)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    rows = [[*pair["prompt"], *pair[side]] for pair in PAIRS for side in ("chosen", "rejected")]
    longest = max(len(tokenizer.apply_chat_template(row, return_dict=False)) for row in rows)  # one side, which is a document
    own = SHAPE["hidden_size"] // SHAPE["num_attention_heads"]
    assert set(asked) == {("auto", own, longest), ("auto", 32, longest)}


@pytest.mark.parametrize("implementation", ["packed", "transformers"])
def test_three_steps_are_those_of_plain_transformers_and_adamw(tmp_path, checkpoint, implementation: str) -> None:
    options = {"beta": 0.3, "labelSmoothing": 0.1, "chosenLossWeight": 0.5, "maxGradientNorm": 1.0}
    events = train(tmp_path, checkpoint, implementation=implementation, tokensPerPass=400, **options)

    model, tokenizer = AutoModelForCausalLM.from_pretrained(checkpoint), AutoTokenizer.from_pretrained(checkpoint)
    reference = AutoModelForCausalLM.from_pretrained(checkpoint).requires_grad_(False)
    matrices = [one for one in model.parameters() if one.ndim > 1]
    vectors = [one for one in model.parameters() if one.ndim == 1]
    optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": 0.0}, {"params": vectors, "weight_decay": 0.0}], lr=1e-3)
    losses, rewards = [], []
    for step in range(3):
        order = np.random.default_rng([42, 0]).permutation(12)[step * 4 : step * 4 + 4]
        total, reward = torch.zeros(()), 0.0
        for pair in (PAIRS[index] for index in order):
            policy = [log_probability(model, tokenizer, pair, side) for side in ("chosen", "rejected")]
            base = [log_probability(reference, tokenizer, pair, side) for side in ("chosen", "rejected")]
            margin = 0.3 * ((policy[0] - base[0]) - (policy[1] - base[1]))
            tokens = len(tokenizer(pair["chosen"][0]["content"], add_special_tokens=False)["input_ids"]) + 1
            total = total - 0.9 * F.logsigmoid(margin) - 0.1 * F.logsigmoid(-margin) - 0.5 * policy[0] / tokens
            reward += 0.3 * (policy[0] - base[0]).item()
        optimizer.zero_grad()
        (total / 4).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(total.item() / 4)
        rewards.append(reward / 4)
    assert [event["loss"] for event in events] == pytest.approx(losses, rel=1e-4)
    assert [event["rewardChosen"] for event in events] == pytest.approx(rewards, abs=1e-4)
    saved = AutoModelForCausalLM.from_pretrained(tmp_path / "run" / "model").state_dict()
    for name, weight in model.state_dict().items():
        assert torch.allclose(saved[name], weight, atol=2e-5), name


def test_the_first_loss_is_log_2_and_training_makes_chosen_responses_the_more_rewarded_ones(tmp_path, checkpoint) -> None:
    events = train(tmp_path, checkpoint, epochs=8)
    assert events[0]["loss"] == pytest.approx(math.log(2), abs=1e-5)
    assert (events[0]["accuracy"], events[0]["margin"]) == (pytest.approx(0.5, abs=0.5), pytest.approx(0, abs=1e-4))
    assert events[-1]["accuracy"] == 1 and events[-1]["margin"] > 0.5 and events[-1]["loss"] < 0.5
    assert events[-1]["margin"] == pytest.approx(events[-1]["rewardChosen"] - events[-1]["rewardRejected"])


@pytest.mark.parametrize("change", [{"tokensPerPass": 16}, {"tokensPerPass": 300, "accumulateIn": "float32"}, {"keepActivations": "inputs"}])
def test_neither_packing_nor_the_number_of_passes_changes_a_step(tmp_path, checkpoint, change: dict) -> None:
    whole = train(tmp_path / "whole", checkpoint, tokensPerPass=8192, maxSteps=2)
    other = train(tmp_path / "other", checkpoint, maxSteps=2, **change)
    for name in ("loss", "gradientNorm", "rewardChosen", "rewardRejected"):
        assert [event[name] for event in other] == pytest.approx([event[name] for event in whole], rel=1e-4, abs=1e-5)


def test_a_pair_is_never_split_over_two_packs(checkpoint, tmp_path) -> None:
    from mathpie_gpu.rows.packing import pack_rows
    from mathpie_gpu.rows.preference_pairs import read_pairs
    from mathpie_gpu.rows.preference_rows import encode_pairs

    rows, report = encode_pairs(byte_tokenizer(), read_pairs([write_lines(tmp_path / "p.jsonl", PAIRS)]), ROW_SETTINGS, files="p.jsonl")
    pairs = train_dpo.Pairs(rows, report)
    share = Share(rank=0, world=1, device=torch.device("cpu"), tokens=report.longest_pair, is_compiled=False)
    packs = share.packs(pairs, np.arange(12))
    assert len(packs) == len(pack_rows(np.arange(12), pairs.lengths, limit=report.longest_pair)) > 2
    assert sorted(pair for pack in packs for pair in pack.pairs) == list(range(12))
    for pack in packs:
        documents = np.bincount(pack.pack.place_documents, minlength=2 * len(pack.pairs))
        assert documents.tolist() == [int(count) for pair in pack.pairs for count in pairs.counts[pair]]


def test_a_run_that_goes_on_equals_the_straight_one_and_asks_the_reference_once(tmp_path, checkpoint, monkeypatch) -> None:
    straight = train(tmp_path / "straight", checkpoint, epochs=2)
    folder = tmp_path / "stopped"
    original = loop.take_step

    def stop_in_the_third_step(*given, **options):
        stop_in_the_third_step.calls += 1
        if stop_in_the_third_step.calls == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return original(*given, **options)

    stop_in_the_third_step.calls = 0
    monkeypatch.setattr(loop, "take_step", stop_in_the_third_step)
    assert run_script(train_dpo, "train-dpo", settings(folder, checkpoint, epochs=2)) == 143
    assert not (folder / "run" / "model").exists()
    assert run_script(train_dpo, "train-dpo", settings(folder, checkpoint, epochs=2)) == 0
    events = read_lines(folder / "run" / "events.jsonl")
    assert [event["event"] for event in events if event.get("phase") == "reference"] == ["progress"]
    names = ("step", "loss", "gradientNorm", "margin", "accuracy", "learningRate")
    assert [[event[name] for name in names] for event in steps_of(folder)] == [[event[name] for name in names] for event in straight]
    saved = [(one / "run" / "model" / "model.safetensors").read_bytes() for one in (tmp_path / "straight", folder)]
    assert saved[0] == saved[1]


def test_another_beta_finds_the_same_reference_and_other_pairs_do_not(tmp_path, checkpoint) -> None:
    shared = {"referenceCache": str(tmp_path / "reference"), "maxSteps": 1}
    for name, config, asked in [("a", {}, 1), ("b", {"beta": 0.5}, 0), ("c", {"pairs": PAIRS[:8]}, 1)]:
        train(tmp_path / name, checkpoint, **shared, **config)
        events = read_lines(tmp_path / name / "run" / "events.jsonl")
        assert sum(event.get("phase") == "reference" for event in events) == asked
        plan = next(event for event in events if event["event"] == "plan")
        assert (plan["referenceTokens"] > 0) == bool(asked)
    assert len(list((tmp_path / "reference").iterdir())) == 2


def test_what_the_reference_cache_holds_survives_a_stop(tmp_path, checkpoint) -> None:
    options = {"checkpoint": checkpoint, "fingerprint": "f", "pairs": 3, "settings": "s"}
    cache = ReferenceCache(tmp_path, **options)
    assert cache.missing.tolist() == [0, 1, 2]
    cache.values[[0, 2]] = 1.5
    cache.save()
    assert ReferenceCache(tmp_path, **options).missing.tolist() == [1]
    assert ReferenceCache(tmp_path, **{**options, "settings": "t"}).missing.tolist() == [0, 1, 2]
    cache.path.write_bytes(cache.path.read_bytes()[:90])
    assert ReferenceCache(tmp_path, **options).missing.tolist() == [0, 1, 2]


def test_another_model_can_be_the_reference(tmp_path, checkpoint) -> None:
    other = save_checkpoint(tmp_path / "other", LlamaForCausalLM, LlamaConfig(**SHAPE), seed=3)
    events = train(tmp_path / "a", checkpoint, reference=str(other), maxSteps=1, chosenLossWeight=1.0)
    assert abs(events[0]["margin"]) > 0.1
    assert json.loads((tmp_path / "a" / "run" / "model" / "training.json").read_text())["reference"] == str(other)


def test_adapters_train_alone_and_held_out_pairs_are_measured(tmp_path, checkpoint) -> None:
    held_out = write_lines(tmp_path / "held-out.jsonl", PAIRS[:5])
    events = train(tmp_path, checkpoint, lora={"rank": 4}, evaluationData=held_out, evaluateEvery=2, epochs=4, learningRate=1e-2)
    measured = [event for event in read_lines(tmp_path / "run" / "events.jsonl") if event["event"] == "evaluation-end"]
    assert [event["step"] for event in measured] == [2, 4, 6, 8, 10, 12]
    assert measured[-1]["loss"] < measured[0]["loss"] and 0 <= measured[-1]["accuracy"] <= 1
    assert events[0]["loss"] == pytest.approx(math.log(2), abs=1e-5)
    assert (tmp_path / "run" / "adapter" / "adapter_config.json").exists()


def test_a_dry_run_says_what_would_be_done_and_leaves_nothing(tmp_path, checkpoint, capfd) -> None:
    assert run_script(train_dpo, "train-dpo", settings(tmp_path, checkpoint), "--dry-run") == 0
    plan = next(event for event in map(json.loads, capfd.readouterr().out.splitlines()) if event["event"] == "plan")
    assert (plan["items"], plan["steps"]) == (12, 3)
    assert plan["referenceTokens"] == plan["pairTokens"] == plan["tokens"]
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("pairs", "config", "message"),
    [
        ([*PAIRS, {"prompt": "a", "chosen": "b"}], {}, "pairs.jsonl:13: it has no rejected response); mend them, or set"),
        (PAIRS, {"maxLength": 20}, "no pair fits within 20 tokens a side"),
        (PAIRS, {"maxLength": 50, "overLong": "refuse"}, "pairs over 50 tokens"),
        (PAIRS, {"memoryLimitGiB": 0.001}, "Cannot train this model here: it needs"),
        (PAIRS, {"model": "/no/such/model"}, "there is no such folder"),
        (PAIRS, {"reference": "/no/such/model"}, "there is no such folder"),
        (PAIRS, {"betta": 0.1}, 'did you mean "beta"?'),
        (PAIRS, {"beta": 0}, '"beta"'),
        (PAIRS, {"device": "cuda"}, 'Cannot use device "cuda": no GPU is visible'),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path, checkpoint, monkeypatch, capfd, pairs, config, message) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert run_script(train_dpo, "train-dpo", {**settings(tmp_path, checkpoint, pairs), **config}) == 2
    assert message in capfd.readouterr().err.splitlines()[-1]


def test_other_pairs_are_refused_when_a_run_goes_on(tmp_path, checkpoint, capfd) -> None:
    config = settings(tmp_path, checkpoint, saveEvery=1)
    assert run_script(train_dpo, "train-dpo", config) == 0
    (tmp_path / "run" / "manifest.json").unlink()
    write_lines(tmp_path / "pairs.jsonl", PAIRS[:9])
    assert run_script(train_dpo, "train-dpo", config) == 2
    assert "its pairs is" in capfd.readouterr().err.splitlines()[-1]


def test_a_loss_that_is_no_number_stops_before_the_optimizer(tmp_path, checkpoint, monkeypatch, capfd) -> None:
    original = train_dpo.pair_losses

    def poisoned(*given, **options):
        found = original(*given, **options)
        found.loss = found.loss * float("nan")
        return found

    monkeypatch.setattr(train_dpo, "pair_losses", poisoned)
    assert run_script(train_dpo, "train-dpo", settings(tmp_path, checkpoint)) == 2
    assert "no weight was changed by it" in capfd.readouterr().err.splitlines()[-1]


RECIPES = sorted((Path(__file__).parents[2] / "configs" / "recipes" / "dpo").glob("*.json"))
assert RECIPES


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)
def test_recipes_are_complete_but_for_the_model_and_the_pairs(recipe: Path) -> None:
    settings = {name: value for name, value in json.loads(recipe.read_text()).items() if name != "$schema"}
    config = resolve_config("train-dpo.config", {"run": "a", "model": "b", "data": "c", **settings}, action="use it")
    assert config["source"] and config.items() >= {name: value for name, value in settings.items() if name != "lora"}.items()


@pytest.mark.engines
def test_two_processes_take_the_steps_of_one_and_go_on_after_sigkill(tmp_path, checkpoint) -> None:
    options = {"epochs": 8, "saveEvery": 1, "evaluationData": write_lines(tmp_path / "held-out.jsonl", PAIRS[:5]), "evaluateEvery": 5}
    one = train(tmp_path / "one", checkpoint, **options)
    config = settings(tmp_path / "two", checkpoint, **options)
    path = tmp_path / "two.json"
    path.write_text(json.dumps(config))
    script = str(Path(train_dpo.__file__))
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc_per_node=2", "--master_port=29641", script, str(path)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    deadline = time.monotonic() + 200
    checkpoints = tmp_path / "two" / "run" / "checkpoints"
    while process.poll() is None and time.monotonic() < deadline and len(list(checkpoints.glob("step-*"))) < 2:
        time.sleep(0.02)
    assert process.poll() is None, "it ended before it could be killed"
    for one_of_them in processes_with(str(path)):
        os.kill(one_of_them, signal.SIGKILL)
    process.wait()
    assert subprocess.run(command, env=environment, timeout=240).returncode == 0
    steps = {event["step"]: event for event in steps_of(tmp_path / "two")}
    assert [steps[number]["loss"] for number in range(1, 25)] == pytest.approx([event["loss"] for event in one], rel=1e-4)
    saved, other = (AutoModelForCausalLM.from_pretrained(tmp_path / name / "run" / "model").state_dict() for name in ("one", "two"))
    assert all(torch.allclose(saved[name], other[name], atol=1e-4) for name in saved)


def processes_with(argument: str) -> list[int]:
    """Processes that have `argument` on their command line: torchrun's workers are sessions of their own."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if argument.encode() in words and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found
