"""score_rewards.py on tiny random reward models: batched scores equal single ones, whatever the model, the padding or a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import score_rewards
import torch
from run_script import read_lines, run_script, write_lines
from tiny_checkpoints import SHAPE, byte_tokenizer, save_checkpoint
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    LlamaConfig,
    LlamaForCausalLM,
    LlamaForSequenceClassification,
    Qwen2Config,
)

from mathpie_gpu.run.contract import first_violation
from mathpie_gpu.scoring.length_batches import TokenBudget, run_longest_first
from mathpie_gpu.scoring.reward_heads import GatedRewardModel, QwenProcessRewardModel, QwenRewardModel
from mathpie_gpu.scoring.reward_model import Judgement

torch.set_num_threads(1)
ROWS = [
    {"id": index, "question": f"What is {index} + {index}?", "response": "Add them.\n\n" * (1 + index % 4) + str(2 * index)}
    for index in range(9)
]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    return save_checkpoint(folder, LlamaForSequenceClassification, LlamaConfig(**SHAPE, num_labels=1))


def score(tmp_path: Path, model: Path, rows: list[dict], **config) -> list[dict]:
    """The lines of scores.jsonl, in the order of the rows."""
    settings = {"run": str(tmp_path / "run"), "model": str(model), "input": write_lines(tmp_path / "rows.jsonl", rows)}
    assert run_script(score_rewards, "score-rewards", {**settings, "device": "cpu", **config}) == 0
    lines = {line["id"]: line for line in read_lines(tmp_path / "run" / "scores.jsonl")}
    assert [first_violation("score", line) for line in lines.values()] == [None] * len(lines)
    return [lines[row["id"]] for row in rows]


def as_ids(row: dict) -> torch.Tensor:
    messages = [{"role": "user", "content": row["question"]}, {"role": "assistant", "content": row["response"]}]
    return byte_tokenizer().apply_chat_template(messages, return_tensors="pt", return_dict=False)


def test_batched_scores_are_those_of_transformers_one_by_one_though_padding_is_the_end_of_turn(tmp_path, checkpoint) -> None:
    model = LlamaForSequenceClassification.from_pretrained(checkpoint).eval()
    with torch.no_grad():
        single = [model(input_ids=as_ids(row)).logits.item() for row in ROWS]
    lines = score(tmp_path, checkpoint, ROWS, batchTokens=1500, windowRows=5)
    assert [line["score"] for line in lines] == pytest.approx(single, abs=1e-4)
    assert len(set(single)) == len(ROWS)
    assert [line["tokens"] for line in lines] == [as_ids(row).shape[1] for row in ROWS]
    events = read_lines(tmp_path / "run" / "events.jsonl")
    assert [event["event"] for event in events if event["event"] != "progress"] == ["run-start", "plan", "run-end"]


def test_encoders_get_a_mask_and_read_question_and_response_as_a_pair(tmp_path) -> None:
    tokenizer = byte_tokenizer(pad="<pad>", template=None)
    shape = {name: value for name, value in SHAPE.items() if name != "num_key_value_heads"}
    model = save_checkpoint(
        tmp_path / "model", BertForSequenceClassification, BertConfig(**shape, num_labels=1, type_vocab_size=1), tokenizer=tokenizer
    )
    lines = score(tmp_path, model, ROWS)
    encoder = BertForSequenceClassification.from_pretrained(model).eval()
    with torch.no_grad():
        single = [encoder(torch.tensor([tokenizer(row["question"], row["response"])["input_ids"]])).logits.item() for row in ROWS]
    assert [line["score"] for line in lines] == pytest.approx(single, abs=1e-4)


def test_armorm_needs_no_remote_code_and_keeps_its_objectives(tmp_path) -> None:
    config = LlamaConfig(**SHAPE, num_objectives=3, gating_hidden_dim=8, gating_n_hidden=2, gating_temperature=10)
    model = save_checkpoint(
        tmp_path / "model",
        GatedRewardModel,
        config,
        architectures=["LlamaForRewardModelWithGating"],
        auto_map={"AutoModelForSequenceClassification": "modeling_custom.LlamaForRewardModelWithGating"},
    )
    lines = score(tmp_path, model, ROWS)
    opened = GatedRewardModel.from_pretrained(model).eval()
    for row, line in zip(ROWS, lines):
        ids = as_ids(row)
        prompt = as_ids({**row, "response": ""})[0]  # ends with the header of the assistant's turn, then one end of turn
        hidden = opened.model(input_ids=ids).last_hidden_state[0]
        rewards = opened.regression_layer(hidden[-1])
        header = byte_tokenizer()("<|start_header_id|>assistant<|end_header_id|>\n\n", add_special_tokens=False)["input_ids"]
        weights = opened.gating(hidden[None, len(prompt) - 1 - len(header) - 1])[0]
        assert weights.sum().item() == pytest.approx(1)
        assert line["scores"] == pytest.approx(rewards.tolist(), abs=1e-4)
        assert line["score"] == pytest.approx((weights @ (rewards @ opened.reward_transform_matrix)).item(), abs=1e-4)


def test_qwen_reward_model_reads_the_last_token(tmp_path) -> None:
    model = save_checkpoint(
        tmp_path / "model", QwenRewardModel, Qwen2Config(**SHAPE), architectures=["Qwen2ForRewardModel"]
    )
    lines = score(tmp_path, model, ROWS, batchTokens=600)
    opened = QwenRewardModel.from_pretrained(model).eval()
    single = [opened.score(opened.model(input_ids=as_ids(row)).last_hidden_state[0, -1]).item() for row in ROWS]
    assert [line["score"] for line in lines] == pytest.approx(single, abs=1e-4)


@pytest.mark.parametrize(("rule", "of"), [("min", min), ("last", lambda steps: steps[-1])])
def test_process_reward_model_scores_each_step(tmp_path, rule: str, of) -> None:
    model = save_checkpoint(
        tmp_path / "model", QwenProcessRewardModel, Qwen2Config(**SHAPE), architectures=["Qwen2ForProcessRewardModel"]
    )
    lines = score(tmp_path, model, ROWS, stepScore=rule)
    assert [len(line["scores"]) for line in lines] == [2 + index % 4 for index in range(9)]
    for line in lines:
        assert line["score"] == pytest.approx(of(line["scores"]))
        assert all(0 <= step <= 1 for step in line["scores"])


def test_rows_that_cannot_be_scored_become_records_with_a_reason(tmp_path, checkpoint) -> None:
    rows = [
        {"id": "none", "question": "Why?", "response": None},
        {"id": "blank", "instruction": "Why?", "response": " "},
        {"id": "no-question", "response": "So."},
        {"id": "user-last", "messages": [{"role": "user", "content": "Why?"}]},
        {"id": "long", "question": "Why?", "response": "So. " * 200},
        {"id": "good", "messages": [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So."}]},
    ]
    lines = score(tmp_path, checkpoint, rows, maxTokens=300)
    reasons = [line.get("error") for line in lines]
    assert reasons[:4] == ["it has no response", "it has no response", "it has no question", "it has no response"]
    assert reasons[4].startswith("it has 8") and "300 are allowed" in reasons[4]
    assert reasons[5] is None and lines[5]["score"] is not None
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text())
    assert manifest["totals"] == {"items": 6, "failed": 5, "tokens": lines[5]["tokens"]}


def test_a_number_that_is_none_becomes_a_failed_record(tmp_path, checkpoint, monkeypatch) -> None:
    monkeypatch.setattr(
        score_rewards.RewardModel, "score", lambda self, rows: [Judgement(float("nan")) for _ in rows]
    )
    lines = score(tmp_path, checkpoint, ROWS[:2])
    assert all("no number" in line["error"] for line in lines)


def test_the_same_command_goes_on_where_a_kill_tore_the_last_line(tmp_path, checkpoint) -> None:
    (tmp_path / "whole").mkdir()
    whole = score(tmp_path / "whole", checkpoint, ROWS)
    first = score(tmp_path, checkpoint, ROWS, batchTokens=1)
    path = tmp_path / "run" / "scores.jsonl"
    text = path.read_text()
    lines = text.splitlines(keepends=True)
    path.write_text("".join(lines[:4]) + lines[4][:9])
    again = score(tmp_path, checkpoint, ROWS, batchTokens=700)
    kept = read_lines(path)
    assert [json.dumps(line) for line in kept[:4]] == [json.dumps(json.loads(line)) for line in lines[:4]]
    assert sorted(line["id"] for line in kept) == list(range(9))
    assert [line["score"] for line in again] == pytest.approx([line["score"] for line in whole], abs=1e-4)
    assert [line["score"] for line in again] == pytest.approx([line["score"] for line in first], abs=1e-4)


def test_batches_are_longest_first_within_the_budget_and_shrink_when_memory_runs_out() -> None:
    lengths = [3, 9, 1, 4, 8, 2, 20]
    budget, shrunk, seen = TokenBudget(24), [], []

    def work(batch: list[int]) -> list[int]:
        padded = max(lengths[index] for index in batch) * len(batch)
        if padded > 12:
            raise torch.OutOfMemoryError("CUDA out of memory")
        seen.append(padded)
        return batch

    results = list(run_longest_first(lengths, budget=budget, work=work, on_shrink=shrunk.append))
    assert [batch for batch, _ in results] == [[6], [1], [4], [3, 0], [5, 2]]
    assert [done is None for _, done in results] == [True, False, False, False, False]
    assert shrunk == [9] and budget.tokens == 9 and max(seen) <= 12


@pytest.mark.parametrize(
    ("rows", "config", "message"),
    [
        ([{"id": 1.5, "question": "a", "response": "b"}], {}, 'rows.jsonl:1: its "id" is neither'),
        ([ROWS[0], ROWS[0]], {}, "rows.jsonl:2: the id 0 is that of line 1; give each row its own"),
        ([], {}, "it has no rows; check the path"),
        (ROWS, {"model": "/no/such/model"}, "Cannot open the model /no/such/model: there is no such folder"),
        (ROWS, {"model": "owner/absent"}, "it is not on this machine and the hub cannot be reached"),
        (ROWS, {"maxTokens": 9999}, "has 512 positions; lower maxTokens"),
        (ROWS, {"device": "cuda"}, 'Cannot use device "cuda": no GPU is visible'),
        (ROWS, {"quantisation": "int8"}, 'did you mean "quantization"?'),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path, checkpoint, monkeypatch, capfd, rows, config, message) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    settings = {"run": str(tmp_path / "run"), "model": str(checkpoint), "input": write_lines(tmp_path / "rows.jsonl", rows)}
    assert run_script(score_rewards, "score-rewards", {**settings, "device": "cpu", **config}) == 2
    # Only in this process does the traceback land on stderr too: as a command, fd 2 is run.log by then.
    assert message in capfd.readouterr().err.splitlines()[-1]


def test_a_model_that_gives_no_score_is_refused(tmp_path, checkpoint, capfd) -> None:
    causal = save_checkpoint(tmp_path / "causal", LlamaForCausalLM, LlamaConfig(**SHAPE))
    headless = save_checkpoint(
        tmp_path / "headless", LlamaForCausalLM, LlamaConfig(**SHAPE), architectures=["LlamaForSequenceClassification"]
    )
    custom = save_checkpoint(
        tmp_path / "custom",
        LlamaForCausalLM,
        LlamaConfig(**SHAPE),
        architectures=["OwnModel"],
        auto_map={"AutoModel": "own.OwnModel"},
    )
    two = save_checkpoint(tmp_path / "two", LlamaForSequenceClassification, LlamaConfig(**SHAPE, num_labels=2))
    rows = write_lines(tmp_path / "rows.jsonl", ROWS)
    for model, message in [
        (causal, "it is a LlamaForCausalLM, which gives no score"),
        (headless, 'its files hold no weights for "score.weight"'),
        (custom, 'it brings its own Python code, which can do anything on this machine; read it, then set "trustRemoteCode": true'),
        (two, 'it gives 2 numbers a row; say which one ranks with "label", 0 to 1'),
    ]:
        config = {"run": str(tmp_path / f"run-{model.name}"), "model": str(model), "input": rows, "device": "cpu"}
        assert run_script(score_rewards, "score-rewards", config) == 2
        assert message in capfd.readouterr().err
    assert score(tmp_path, two, ROWS[:2], label=1)[0]["score"] is not None


OWN_CODE = '''
import torch
from transformers import LlamaModel, LlamaPreTrainedModel
from transformers.utils import ModelOutput

class OwnOutput(dict):
    __getattr__ = dict.get

class OwnModel(LlamaPreTrainedModel):
    """Reads the last column, padding or not: what remote code gets wrong most often."""
    def __init__(self, config):
        super().__init__(config)
        self.model = LlamaModel(config)
        self.head = torch.nn.Linear(config.hidden_size, 1)
        self.post_init()

    def forward(self, input_ids, attention_mask=None):
        return OwnOutput(score=self.head(self.model(input_ids=input_ids).last_hidden_state[:, -1])[:, 0])
'''


def test_remote_code_that_pads_wrongly_is_found_out_and_runs_row_by_row(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HF_MODULES_CACHE", str(tmp_path / "modules"))
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "own.py").write_text(OWN_CODE)
    namespace: dict = {"__name__": "own"}
    exec(compile(OWN_CODE, "own.py", "exec"), namespace)
    changes = {"architectures": ["OwnModel"], "auto_map": {"AutoModel": "own.OwnModel"}}
    save_checkpoint(folder, namespace["OwnModel"], LlamaConfig(**SHAPE), **changes)
    lines = score(tmp_path, folder, ROWS, trustRemoteCode=True)
    opened = namespace["OwnModel"].from_pretrained(folder).eval()
    single = [opened(as_ids(row))["score"].item() for row in ROWS]
    assert [line["score"] for line in lines] == pytest.approx(single, abs=1e-4)
    assert any("one row at a time" in event.get("message", "") for event in read_lines(tmp_path / "run" / "events.jsonl"))


@pytest.mark.engines
def test_sigkill_loses_only_what_is_in_flight_and_sigterm_ends_with_a_word(tmp_path, checkpoint) -> None:
    rows = [{**row, "id": f"{copy}-{row['id']}"} for copy in range(60) for row in ROWS]
    config = {
        "run": str(tmp_path / "run"),
        "model": str(checkpoint),
        "input": write_lines(tmp_path / "rows.jsonl", rows),
        "device": "cpu",
        "batchTokens": 1,
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    script = Path(__file__).parents[1] / "score_rewards.py"
    command = [sys.executable, str(script), str(tmp_path / "config.json")]
    scores = tmp_path / "run" / "scores.jsonl"

    def start_and_wait(lines: int) -> subprocess.Popen:
        process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "OMP_NUM_THREADS": "1"}, text=True)
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline:
            if scores.exists() and scores.read_bytes().count(b"\n") >= lines:
                break
            time.sleep(0.01)
        return process

    process = start_and_wait(20)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = len(read_lines_whole(scores))
    assert 20 <= kept < len(rows)
    process = start_and_wait(kept + 20)
    process.send_signal(signal.SIGTERM)
    assert "the same command goes on" in process.communicate()[1]
    assert process.returncode == 143
    assert start_and_wait(len(rows)).wait() == 0
    ids = [line["id"] for line in read_lines(scores)]
    assert sorted(ids) == sorted(row["id"] for row in rows) and len(ids) == len(set(ids))


def read_lines_whole(path: Path) -> list[dict]:
    text = path.read_text()
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]
