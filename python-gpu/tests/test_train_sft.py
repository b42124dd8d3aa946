"""train_sft.py from its files to its model: the tokens of the loss, equality with Hugging Face's Trainer, stops, and bad input."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path

import numpy as np
import pytest
import torch
import train_sft
from run_script import read_lines, run_script, write_lines
from tiny_checkpoints import SHAPE, byte_tokenizer, save_checkpoint
from transformers import AutoModelForCausalLM, AutoTokenizer, GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

from mathpie_gpu.model.lora import adapter_size
from mathpie_gpu.model.packed_model import Shape
from mathpie_gpu.rows.conversations import to_messages
from mathpie_gpu.rows.encode_conversations import encode_conversations
from mathpie_gpu.rows.packing import TokenRows, rows_of_step
from mathpie_gpu.rows.template import check_saved_template, set_template
from mathpie_gpu.run.contract import first_violation, resolve_config
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training import loop, split_adamw
from mathpie_gpu.training.checkpoint import all_checkpoints
from mathpie_gpu.training.memory_estimate import Plan
from mathpie_gpu.training.plan import choose_passes, plan_passes
from mathpie_gpu.training.step import adds_in_float32

torch.set_num_threads(1)
ROWS = [
    {
        "query": f"What is {index} + {index}?" + " Think." * (index % 5),
        "response": f"It is {2 * index}." + " Yes." * (index % 3),
    }
    for index in range(24)
]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_checkpoint(tmp_path_factory.mktemp("model"), LlamaForCausalLM, LlamaConfig(**SHAPE))


def settings(tmp_path: Path, model: Path, rows: list[dict] = ROWS, **config) -> dict:
    tmp_path.mkdir(exist_ok=True)
    data = write_lines(tmp_path / "rows.jsonl", rows)
    base = {"run": str(tmp_path / "run"), "model": str(model), "data": data, "device": "cpu", "rowsPerStep": 8}
    return base | {"epochs": 1, "learningRate": 1e-3, "warmupSteps": 0} | config


def train(tmp_path: Path, model: Path, rows: list[dict] = ROWS, **config) -> list[dict]:
    """The events of a run that ends well."""
    assert run_script(train_sft, "train-sft", settings(tmp_path, model, rows, **config)) == 0
    events = read_lines(tmp_path / "run" / "events.jsonl")
    assert [first_violation("event", event) for event in events] == [None] * len(events)
    return events


def steps_of(events: list[dict]) -> list[dict]:
    return [event for event in events if event["event"] == "step-end"]


def weights_of(folder: Path) -> dict[str, torch.Tensor]:
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).state_dict()


def same(left: dict[str, torch.Tensor], right: dict[str, torch.Tensor]) -> bool:
    return left.keys() == right.keys() and all(torch.equal(left[name], right[name]) for name in left)


# --- rows and templates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row, user, response",
    [
        ({"query": "Q", "response": "R"}, {"content": "Q"}, "R"),
        ({"instruction": "I", "input": "X", "output": "R"}, {"content": "I", "input": "X"}, "R"),
        ({"instruction": "I", "input": "", "output": "R"}, {"content": "I"}, "R"),
        ({"instruction": "I", "response": "R", "model": "m"}, {"content": "I"}, "R"),
        ({"conversations": [{"from": "human", "value": "Q"}, {"from": "gpt", "value": "R"}]}, {"content": "Q"}, "R"),
        (
            {"messages": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "R"}]},
            {"content": "Q"},
            "R",
        ),
    ],
)
def test_rows_of_every_shape_become_the_same_messages(row: dict, user: dict, response: str) -> None:
    assert to_messages(row) == [{"role": "user"} | user, {"role": "assistant", "content": response}]


@pytest.mark.parametrize(
    "row, reason",
    [
        ({"query": "Q"}, "no response"),
        ({"query": "Q", "response": "  "}, "no response"),
        ({"response": "R"}, "no question"),
        ({"messages": [{"role": "user", "content": "Q"}]}, "no response"),
        ({"messages": [{"role": "tool", "content": "Q"}]}, 'a turn of the role "tool"'),
        ({"conversations": ["Q"]}, "no JSON object"),
        (None, "no JSON object"),
    ],
)
def test_what_a_bad_row_lacks_is_said(row: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        to_messages(row)


CHAT = [
    {"role": "system", "content": "Be kind."},
    {"role": "user", "content": "Hi"},
    {"role": "assistant", "content": "Hello"},
    {"role": "user", "content": "Bye?"},
    {"role": "assistant", "content": "Bye\n\nnow"},
]


@pytest.mark.parametrize("template, end", [("model", "<|eot_id|>"), ("alpaca", "<|eot_id|>")])
def test_the_loss_covers_exactly_the_responses_and_their_ends(template: str, end: str) -> None:
    tokenizer = byte_tokenizer()
    set_template(tokenizer, template)
    [(ids, learnt)] = encode_conversations(tokenizer, [CHAT[1:] if template == "alpaca" else CHAT])
    assert tokenizer.decode(ids[learnt]) == f"Hello{end}Bye\n\nnow{end}"
    asked = tokenizer.apply_chat_template(
        CHAT[1:4] if template == "alpaca" else CHAT[:4], tokenize=False, add_generation_prompt=True
    )
    prompt = tokenizer(asked, add_special_tokens=False)["input_ids"]
    assert ids[: len(prompt)].tolist() == prompt


def test_alpaca_is_stanfords_wording() -> None:
    tokenizer = byte_tokenizer()
    set_template(tokenizer, "alpaca")
    text = tokenizer.apply_chat_template([{"role": "user", "content": "Q"}], tokenize=False)
    assert text.startswith("<s>Below is an instruction that describes a task. Write")
    assert text.endswith("### Instruction:\nQ\n\n### Response:")
    text = tokenizer.apply_chat_template([{"role": "user", "content": "Q", "input": "X"}], tokenize=False)
    assert text.endswith("### Instruction:\nQ\n\n### Input:\nX\n\n### Response:")


# --- training --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("schedule", ["cosine", "linear"])
def test_losses_and_weights_are_those_of_hugging_faces_trainer(tmp_path: Path, checkpoint: Path, schedule: str) -> None:
    pytest.importorskip("accelerate")
    from transformers import Trainer, TrainingArguments

    options = {"learningRate": 5e-3, "warmupSteps": 1, "weightDecay": 0.1, "maxGradientNorm": 0.5, "schedule": schedule}
    ours = steps_of(train(tmp_path, checkpoint, **options))
    rows = TokenRows.load(tmp_path / "run" / "tokens" / "rows")
    order = np.concatenate([rows_of_step(step, rows=24, rows_per_step=8, seed=42) for step in range(3)])
    items = [{"ids": torch.tensor(rows.row(i)[0]), "learnt": torch.tensor(rows.row(i)[1])} for i in order]

    class InOrder(Trainer):
        def _get_train_sampler(self, *_):
            return torch.utils.data.SequentialSampler(items)

    def pad(batch: list[dict]) -> dict:
        def stack(parts, filling):
            return torch.nn.utils.rnn.pad_sequence(parts, True, filling)

        return {
            "input_ids": stack([row["ids"].long() for row in batch], 0),
            "labels": stack([torch.where(row["learnt"], row["ids"], -100).long() for row in batch], -100),
            "attention_mask": stack([torch.ones_like(row["ids"]) for row in batch], 0),
        }

    arguments = TrainingArguments(
        tmp_path / "peer", per_device_train_batch_size=4, gradient_accumulation_steps=2, num_train_epochs=1,
        learning_rate=5e-3, lr_scheduler_type=schedule, warmup_steps=1, weight_decay=0.1, max_grad_norm=0.5,
        logging_steps=1, save_strategy="no", report_to=[], remove_unused_columns=False, use_cpu=True, disable_tqdm=True,
    )  # fmt: skip
    model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32)
    trainer = InOrder(model, arguments, train_dataset=items, data_collator=pad)
    trainer.train()
    theirs = [entry for entry in trainer.state.log_history if "loss" in entry]
    assert [step["loss"] for step in ours] == pytest.approx([float(entry["loss"]) for entry in theirs], abs=1e-4)
    assert [step["learningRate"] for step in ours] == pytest.approx(
        [entry["learning_rate"] for entry in theirs], abs=1e-9
    )
    assert [step["gradientNorm"] for step in ours] == pytest.approx(
        [float(entry["grad_norm"]) for entry in theirs], rel=1e-3
    )
    mine = weights_of(tmp_path / "run" / "model")
    for name, tensor in model.state_dict().items():
        torch.testing.assert_close(mine[name], tensor, atol=2e-5, rtol=1e-4)


def test_one_pass_of_a_step_equals_four(tmp_path: Path, checkpoint: Path) -> None:
    one = steps_of(train(tmp_path / "one", checkpoint, overLong="drop"))
    for name, extra in {"own": {"accumulateIn": "own"}, "float32": {"accumulateIn": "float32"}}.items():
        events = train(tmp_path / name, checkpoint, tokensPerPass=240, **extra)
        assert next(event for event in events if event["event"] == "plan")["passesPerStep"] >= 3
        four = steps_of(events)
        assert [step["loss"] for step in four] == pytest.approx([step["loss"] for step in one], rel=1e-5)
        assert [step["gradientNorm"] for step in four] == pytest.approx(
            [step["gradientNorm"] for step in one], rel=1e-4
        )


@pytest.mark.parametrize("weights", ["float32", "split", "float16"])
def test_a_run_stopped_in_mid_step_goes_on_to_the_same_bits(
    tmp_path: Path, checkpoint: Path, weights: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"weights": weights, "epochs": 2, "lora": None if weights == "split" else {"rank": 4, "dropout": 0.2}}
    straight = train(tmp_path / "straight", checkpoint, **options)

    take_step = loop.take_step
    calls: list[int] = []

    def stop_in_the_third(*arguments, **named):
        calls.append(1)
        if len(calls) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return take_step(*arguments, **named)

    monkeypatch.setattr(loop, "take_step", stop_in_the_third)
    config = settings(tmp_path / "stopped", checkpoint, **options)
    assert run_script(train_sft, "train-sft", config) == 143
    first = read_lines(tmp_path / "stopped" / "run" / "events.jsonl")
    assert [event.get("step") for event in first[-2:]] == [3, 3]
    assert (first[-2]["event"], first[-1]["status"]) == ("checkpoint-saved", "interrupted")
    monkeypatch.setattr(loop, "take_step", take_step)
    assert run_script(train_sft, "train-sft", config) == 0
    events = read_lines(tmp_path / "stopped" / "run" / "events.jsonl")
    both = steps_of(events)
    assert [step["step"] for step in both] == [1, 2, 3, 4, 5, 6]
    assert [step["tokens"] for step in both] == [step["tokens"] for step in steps_of(straight)]
    assert events[-1]["tokens"] == straight[-1]["tokens"]
    assert [(step["loss"], step["gradientNorm"]) for step in both] == [
        (step["loss"], step["gradientNorm"]) for step in steps_of(straight)
    ]
    assert same(weights_of(tmp_path / "straight" / "run" / "model"), weights_of(tmp_path / "stopped" / "run" / "model"))


def test_split_weights_learn_as_float32_ones_do(tmp_path: Path, checkpoint: Path) -> None:
    losses = {
        weights: [step["loss"] for step in steps_of(train(tmp_path / weights, checkpoint, weights=weights, epochs=4))]
        for weights in ("float32", "split")
    }
    assert losses["split"] == pytest.approx(losses["float32"], rel=0.01)
    assert losses["float32"][-1] < losses["float32"][0] - 0.1


def test_the_saved_model_is_the_trained_one_with_its_template(tmp_path: Path, checkpoint: Path) -> None:
    events = train(
        tmp_path, checkpoint, template="alpaca", evaluationData=write_lines(tmp_path / "held.jsonl", ROWS[:5])
    )
    folder = tmp_path / "run" / "model"
    held = next(event["loss"] for event in events if event["event"] == "evaluation-end")
    model, tokenizer = AutoModelForCausalLM.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    encoded = encode_conversations(tokenizer, [to_messages(row) for row in ROWS[:5]])
    total = count = 0
    for ids, learnt in encoded:
        logits = model(torch.tensor(ids)[None].long()).logits[0, :-1].log_softmax(-1)
        picked = logits[torch.arange(len(ids) - 1), torch.tensor(ids[1:]).long()][torch.tensor(learnt[1:])]
        total, count = total - picked.sum().item(), count + len(picked)
    assert held == pytest.approx(total / count, rel=1e-5)
    assert check_saved_template(folder)["name"] == "alpaca"
    tokenizer.chat_template += " "
    tokenizer.save_pretrained(folder)
    with pytest.raises(UserError, match="its sha256 is not the one of training"):
        check_saved_template(folder)


def test_adapters_open_in_peft_and_equal_the_merged_model(tmp_path: Path, checkpoint: Path) -> None:
    peft = pytest.importorskip("peft")
    train(tmp_path, checkpoint, lora={"rank": 4, "alpha": 16}, learningRate=2e-2)
    base = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32)
    ids = torch.arange(40)[None]
    before = base(ids).logits
    adapted = peft.PeftModel.from_pretrained(base, tmp_path / "run" / "adapter")
    merged = AutoModelForCausalLM.from_pretrained(tmp_path / "run" / "model", dtype=torch.float32)
    torch.testing.assert_close(adapted(ids).logits, merged(ids).logits, atol=1e-4, rtol=1e-4)
    assert (adapted(ids).logits - before).abs().max() > 0.01


def test_transformers_own_model_gives_the_packed_losses_and_opens_what_cannot_be_packed(
    tmp_path: Path, checkpoint: Path
) -> None:
    packed = steps_of(train(tmp_path / "packed", checkpoint))
    generic = train(tmp_path / "generic", checkpoint, implementation="transformers")
    assert [step["loss"] for step in steps_of(generic)] == pytest.approx([step["loss"] for step in packed], rel=1e-5)
    assert any(event["event"] == "warning" and "slower" in event["message"] for event in generic)
    left, right = (weights_of(tmp_path / name / "run" / "model") for name in ("packed", "generic"))
    for name in left:
        torch.testing.assert_close(left[name], right[name], atol=2e-5, rtol=1e-4)

    other = GPT2Config(vocab_size=264, n_positions=256, n_embd=32, n_layer=2, n_head=4)
    folder = save_checkpoint(tmp_path / "gpt2", GPT2LMHeadModel, other)
    events = train(tmp_path / "other", folder)
    assert next(event for event in events if event["event"] == "plan")["implementation"] == "transformers"
    AutoModelForCausalLM.from_pretrained(tmp_path / "other" / "run" / "model")


def test_our_own_models_are_opened_by_their_names(tmp_path: Path) -> None:
    events = train(tmp_path, "student", ROWS[:8], template="model", maxLength=256)
    plan = next(event for event in events if event["event"] == "plan")
    assert plan["parameters"] == 3_258_432
    record = json.loads((tmp_path / "run" / "model" / "training.json").read_text())
    assert record["base"] == "student"
    assert AutoTokenizer.from_pretrained(tmp_path / "run" / "model").eos_token == "<|end|>"


# --- stops and bad input ---------------------------------------------------------------------------------------------


def fails(tmp_path: Path, model: Path, capfd, *flags: str, rows: list[dict] = ROWS, **config) -> str:
    """The one line of a run that is refused."""
    assert run_script(train_sft, "train-sft", settings(tmp_path, model, rows) | config, *flags) == 2
    return capfd.readouterr().err.strip().splitlines()[-1]


@pytest.mark.parametrize(
    "config, message",
    [
        ({"model": "nowhere/at/all"}, "Cannot open the model nowhere/at/all: there is no such folder"),
        ({"model": "gguf:absent.gguf"}, "Cannot open the model absent.gguf: there is no such file"),
        ({"data": "absent.jsonl"}, "Cannot read the rows of absent.jsonl: No such file"),
        ({"template": "chatml"}, 'Cannot use the template "chatml": the tokenizer has no <|im_end|>'),
        ({"template": "vicuna"}, 'Cannot use the template "vicuna": known are model, alpaca, chatml'),
        ({"device": "cuda"}, 'Cannot use device "cuda": no GPU is visible'),
        ({"maxLength": 8}, "no row has anything to learn within 8 tokens"),
        ({"overLong": "refuse", "maxLength": 70}, "rows over 70 tokens ("),
        ({"memoryLimitGiB": 0.01}, "Cannot train this model here: it needs"),
        ({"float8": "row", "implementation": "transformers"}, "Cannot compute in float8"),
        ({"float8": "row", "float8Copies": True}, "Cannot keep float8 copies"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    tmp_path: Path, checkpoint: Path, config: dict, message: str, capfd
) -> None:
    assert message in fails(
        tmp_path, config.get("model", checkpoint), capfd, **{k: v for k, v in config.items() if k != "model"}
    )


def test_rows_without_a_response_are_named_or_counted(tmp_path: Path, checkpoint: Path, capfd) -> None:
    rows = [*ROWS[:9], {"query": "And?"}, *ROWS[9:]]
    assert f"Cannot train on 1 row ({tmp_path}/rows.jsonl:10: it has no response)" in fails(
        tmp_path, checkpoint, capfd, rows=rows
    )
    events = train(tmp_path / "skip", checkpoint, rows, badRows="skip")
    plan = next(event for event in events if event["event"] == "plan")
    assert (plan["items"], plan["badRows"]) == (24, 1)


def test_a_dry_run_plans_and_touches_nothing(tmp_path: Path, checkpoint: Path, capfd) -> None:
    assert run_script(train_sft, "train-sft", settings(tmp_path, checkpoint), "--dry-run") == 0
    plan = json.loads(capfd.readouterr().out.splitlines()[1])
    assert (plan["items"], plan["steps"], plan["implementation"], plan["weights"]) == (24, 3, "packed", "float32")
    assert not (tmp_path / "run").exists()


def test_a_loss_that_is_not_finite_stops_before_any_weight_changes(
    tmp_path: Path, checkpoint: Path, monkeypatch: pytest.MonkeyPatch, capfd
) -> None:
    seen: list = []
    response_loss, optimizer_class = train_sft.response_loss, split_adamw.SplitAdamW

    class Watched(optimizer_class):
        def step(self, **options):
            seen.append((self, {name: parameter.detach().clone() for name, parameter in self.parameters.items()}))
            super().step(**options)

    monkeypatch.setattr(split_adamw, "SplitAdamW", Watched)
    monkeypatch.setattr(
        train_sft, "response_loss", lambda *a, **k: response_loss(*a, **k) * (float("nan") if len(seen) == 1 else 1)
    )
    assert "Cannot go on training at step 2: the loss is nan" in fails(tmp_path, checkpoint, capfd)
    optimizer, before = seen[1]
    assert all(torch.equal(before[name], parameter) for name, parameter in optimizer.parameters.items())


def test_a_full_disk_leaves_the_last_checkpoint(
    tmp_path: Path, checkpoint: Path, monkeypatch: pytest.MonkeyPatch, capfd
) -> None:
    import mathpie_gpu.training.checkpoint as checkpoints

    save, calls = checkpoints.dcp.save, []

    def full_at_the_second(*arguments, **named):
        calls.append(1)
        save(*arguments, **named)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoints.dcp, "save", full_at_the_second)
    line = fails(tmp_path, checkpoint, capfd, saveEvery=1)
    assert "Cannot save the checkpoint of step 2" in line and "No space left on device; step-000001 stays" in line
    assert [path.name for path in (tmp_path / "run" / "checkpoints").iterdir()] == ["step-000001"]
    monkeypatch.setattr(checkpoints.dcp, "save", save)
    assert run_script(train_sft, "train-sft", settings(tmp_path, checkpoint, saveEvery=1)) == 0


def test_a_checkpoint_of_other_rows_is_refused(tmp_path: Path, checkpoint: Path, capfd) -> None:
    train(tmp_path, checkpoint, saveEvery=1)
    (tmp_path / "run" / "manifest.json").unlink()
    assert "its rows is" in fails(tmp_path, checkpoint, capfd, rows=ROWS[::-1], saveEvery=1)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"step": "x"}', '{"step": 99}'])
def test_a_damaged_checkpoint_is_named(tmp_path: Path, checkpoint: Path, text: str, capfd) -> None:
    folder = tmp_path / "run" / "checkpoints" / "step-000001"
    train(tmp_path, checkpoint, maxSteps=2, saveEvery=1)
    (tmp_path / "run" / "manifest.json").unlink()
    (folder / "progress.json").write_text(text)
    line = fails(tmp_path, checkpoint, capfd, maxSteps=2, saveEvery=1)
    assert f"Cannot go on from {folder}: its progress.json is damaged (" in line and "delete that folder to go on from the one" in line


def test_checkpoints_are_told_by_their_steps(tmp_path: Path) -> None:
    for name in ("step-999999", "step-1000000", "step-000025", "step-000025-mine", "step-2000000.part"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "progress.json").write_text("{}")
    assert [path.name for path in all_checkpoints(tmp_path)] == ["step-000025", "step-999999", "step-1000000"]


def test_a_finished_training_is_that_of_its_rows_and_its_model(tmp_path: Path, checkpoint: Path, capfd) -> None:
    options = {"maxSteps": 2, "saveEvery": 1}
    first = train(tmp_path, checkpoint, **options)
    again = train(tmp_path, checkpoint, **options)[len(first) :]
    assert [event["event"] for event in again] == ["run-start", "run-end"] and again[-1]["tokens"] == first[-1]["tokens"]
    assert "its model was trained on other rows than the data holds now" in fails(tmp_path, checkpoint, capfd, rows=ROWS[:9], **options)
    weights = weights_of(tmp_path / "run" / "model")
    for lost in ("manifest.json", "model"):  # torn, or taken away
        path = tmp_path / "run" / lost
        path.write_text("{") if path.is_file() else shutil.rmtree(path)
        assert train(tmp_path, checkpoint, **options)[-1]["status"] == "done"
        assert same(weights, weights_of(tmp_path / "run" / "model"))


@pytest.mark.parametrize("options, learns", [({"warmupSteps": 1}, False), ({"warmupSteps": None, "warmupRatio": 0.03}, False), ({}, True)])
def test_a_training_of_one_step_without_a_learning_rate_is_warned_of(tmp_path: Path, checkpoint: Path, options: dict, learns: bool) -> None:
    events = train(tmp_path, checkpoint, maxSteps=1, **options)
    assert [event["message"][:60] for event in events if event["event"] == "warning"] == (
        [] if learns else ["the only step is one of warm-up, with a learning rate of 0: "]
    )
    assert same(weights_of(checkpoint), weights_of(tmp_path / "run" / "model")) is not learns


@pytest.mark.parametrize("options", [{}, {"lora": {"rank": 4}}, {"implementation": "transformers"}])
def test_a_disk_too_full_for_the_model_is_one_line(tmp_path: Path, checkpoint: Path, options: dict, monkeypatch, capfd) -> None:
    from safetensors import SafetensorError

    def full(*_, **__):
        raise SafetensorError("Error while serializing: I/O error: No space left on device (os error 28)")

    monkeypatch.setattr("safetensors.torch.save_file", full)
    monkeypatch.setattr("transformers.modeling_utils.safe_save_file", full)
    line = fails(tmp_path, checkpoint, capfd, maxSteps=1, **options)
    assert line.startswith(f"Cannot save the model in {tmp_path}/run: ") and line.endswith("free some space and start the same command again")


# --- recipes ---------------------------------------------------------------------------------------------------------

RECIPES = sorted((Path(__file__).parents[2] / "configs" / "recipes" / "sft").glob("*.json"))
assert RECIPES


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_every_recipe_fits_the_schema_and_names_its_source(path: Path) -> None:
    recipe = json.loads(path.read_text(encoding="utf-8"))
    assert len(recipe["source"]) > 20
    resolve_config("train-sft.config", recipe | {"run": "runs/sft", "data": "train.jsonl"}, action=f"use {path.name}")


@pytest.mark.parametrize(
    "name, hidden, intermediate, layers, heads, keys, vocabulary, room, world, passes_of",
    [
        ("sft-llama2-7b", 4096, 11008, 32, 32, 32, 32000, 131, 1, 9_000),
        ("sft-llama2-13b", 5120, 13824, 40, 40, 40, 32000, 75, 8, 3_600),
        ("sft-llama2-70b", 8192, 28672, 80, 64, 8, 32000, 75, 8, 3_600),
        ("sft-mistral-7b", 4096, 14336, 32, 32, 8, 32000, 75, 8, 3_600),
        ("sft-lora-a100-40gb", 4096, 14336, 32, 32, 8, 32000, 36, 1, 4_096),
        ("sft-lora-t4-15gb", 1536, 8960, 28, 12, 2, 151936, 12.5, 1, 4_096),
    ],
)
def test_recipes_fit_the_gpus_that_they_name(
    name: str, hidden: int, intermediate: int, layers: int, heads: int, keys: int, vocabulary: int, room: float, world: int,
    passes_of: int,
) -> None:  # fmt: skip
    recipe = json.loads(next(path for path in RECIPES if path.stem == name).read_text(encoding="utf-8"))
    config = resolve_config(
        "train-sft.config", recipe | {"run": "a", "data": "b", "memoryLimitGiB": room}, action="use"
    )
    shape = Shape(
        vocabulary,
        hidden,
        intermediate,
        layers,
        heads,
        keys,
        hidden // heads,
        1e-5,
        name.endswith("t4-15gb"),
        False,
        False,
        (),
    )
    weights = "split" if config["weights"] == "auto" else config["weights"]
    adapters = adapter_size(shape, config["lora"])
    plan = Plan(tokens=0, keep="products", world=world, weights=weights, adapter_parameters=adapters)
    chosen, estimate, _ = choose_passes(
        shape, plan, config, device=torch.device("cuda"), longest_row=512, step_tokens=29_400 // world
    )
    assert chosen.tokens >= passes_of and estimate.total <= room


@pytest.mark.parametrize("step_tokens, accumulate_in, sums", [(30_000, "auto", False), (262_144, "auto", True), (262_144, "own", False), (60_000, "float32", True)])
def test_the_plan_has_room_for_the_float32_sums_of_many_passes(step_tokens: int, accumulate_in: str, sums: bool) -> None:
    shape = Shape(32_000, 4096, 11_008, 32, 32, 32, 128, 1e-5, False, False, False, ())  # LLaMA-2 7B
    base = {"model": "x", "data": "y", "run": "z", "memoryLimitGiB": 134, "accumulateIn": accumulate_in}
    config = resolve_config("train-sft.config", base, action="test")
    options = {"device": torch.device("cuda"), "longest_row": 2048, "step_tokens": step_tokens}
    plan, estimate, room = plan_passes(shape, Plan(0, "products", 1, "split"), config, mean_tokens=step_tokens, **options)
    assert plan.accumulates_in_float32 is sums and estimate.total <= room
    assert estimate.gradients == pytest.approx(shape.parameters * (6 if sums else 2) / 2**30, rel=0.01)
    assert adds_in_float32(config, -(-step_tokens // plan.tokens)) is sums
