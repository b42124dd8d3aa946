"""generate.py on the real vLLM and a real small model. Slow: `npm run test:engines`."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import engine_runs
import pytest
from engine_runs import (
    ask,
    assert_gone,
    completions,
    descendants,
    events,
    question,
    run,
    start,
    wait_for_completions,
    write_run,
)

from mathpie_gpu.run.contract import first_violation

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return engine_runs.make_checkpoint(tmp_path_factory.mktemp("pocket"))


@pytest.fixture(scope="module")
def tokenizer(checkpoint: Path):
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(checkpoint)


OPEN = "Write a new problem about pens and boxes."
LONG = "Say this in other words.\n" + "Anna has 3 pens and buys 4 more. " * 30


@pytest.fixture(scope="module")
def rows(checkpoint: Path, tokenizer, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], dict]:
    """One run over everything that a request can ask for."""
    wild = {"temperature": 1.5, "maxTokens": 24}
    (equals,) = tokenizer(" =", add_special_tokens=False)["input_ids"]
    the = tokenizer("The answer", add_special_tokens=False)["input_ids"][0]
    requests = [
        *(ask(f"greedy {number}", question(number)) for number in range(12)),
        ask("seed 1", OPEN, samples=4, seed=1, **wild),
        ask("seed 1 again", OPEN, samples=4, seed=1, **wild),
        ask("seed 2", OPEN, samples=4, seed=2, **wild),
        # More prompt tokens than a step takes: what made vLLM 0.32 stop on the CPU when each has a seed.
        *(ask(f"long {number}", LONG, seed=number, temperature=0.7, maxTokens=4) for number in range(8)),
        {"id": "too long", "prompt": "x y " * 400, "sampling": {"maxTokens": 4}},
        {"id": "to the end", "prompt": "x y " * 240, "samples": 2, "sampling": {"maxTokens": 400, "ignoreEos": True}},
        {"id": "no token", "promptTokenIds": [10**6], "sampling": {"maxTokens": 4}},
        {"id": "token ids", "promptTokenIds": tokenizer(f"<|user|>{question(0)}<|end|><|assistant|>")["input_ids"],
         "sampling": {"maxTokens": 60}},
        {"id": "raw", "prompt": f"<|user|>{question(0)}<|end|><|assistant|>", "sampling": {"maxTokens": 60}},
        ask("stop text", question(0), stop=["="]),
        ask("stop token", question(0), stopTokenIds=[equals]),
        ask("forbidden", question(0), forbiddenTokenIds=[the]),
        ask("length", question(0), maxTokens=5),
        ask("top", question(0), topLogProbabilities=3),
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("everything")
    done = run(write_run(folder, checkpoint, requests, maxBatchedTokens=512))
    assert done.returncode == 0, done.stderr + (folder / "run" / "run.log").read_text()[-3000:]
    found = completions(folder)
    assert all(first_violation("completion", row) is None for row in found)
    assert events(folder, "run-end")[-1]["done"] == len(found) == sum(row.get("samples", 1) for row in requests)
    assert json.loads((folder / "run" / "manifest.json").read_text())["totals"]["failed"] == 2
    return {(row["requestId"], row["sample"]): row for row in found}


def test_a_warm_up_changes_no_completion_and_leaves_none(checkpoint: Path, rows: dict, tmp_path: Path) -> None:
    requests = [ask(f"greedy {number}", question(number)) for number in range(3)]
    done = run(write_run(tmp_path, checkpoint, requests, maxBatchedTokens=512, warmUp=True))
    assert done.returncode == 0, done.stderr
    assert "warm-up of" in (tmp_path / "run" / "run.log").read_text()
    assert {row["requestId"]: row["text"] for row in completions(tmp_path)} == {
        row["id"]: rows[(row["id"], 0)]["text"] for row in requests
    }


def test_greedy_is_the_greedy_of_transformers(checkpoint: Path, tokenizer, rows: dict) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(1)
    model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32).eval()
    for number in range(12):
        ids = torch.tensor([tokenizer(f"<|user|>{question(number)}<|end|><|assistant|>")["input_ids"]])
        with torch.no_grad():
            new = model.generate(ids, max_new_tokens=60, do_sample=False)[0, ids.shape[1] :]
            scores = model(torch.cat([ids[0], new])[None]).logits[0].log_softmax(-1)[ids.shape[1] - 1 : -1]
        row = rows[f"greedy {number}", 0]
        assert row["text"] == tokenizer.decode(new, skip_special_tokens=True)
        assert (row["promptTokens"], row["completionTokens"], row["finishReason"]) == (ids.shape[1], len(new), "stop")
        assert row["cumulativeLogProbability"] == pytest.approx(scores.gather(1, new[:, None]).sum().item(), abs=2e-3)


def test_messages_raw_text_and_token_ids_are_the_same_prompt(rows: dict) -> None:
    assert rows["greedy 0", 0]["text"] == rows["raw", 0]["text"] == rows["token ids", 0]["text"]


def test_a_seed_repeats_its_samples_and_samples_differ(rows: dict) -> None:
    def texts(name: str) -> list[str]:
        return [rows[name, sample]["text"] for sample in range(4)]

    assert texts("seed 1") == texts("seed 1 again")
    assert len(set(texts("seed 1") + texts("seed 2"))) >= 7


def test_a_prompt_over_the_context_and_one_with_unknown_tokens_are_failed_records(rows: dict) -> None:
    assert rows["too long", 0]["finishReason"] == rows["no token", 0]["finishReason"] == "error"
    assert rows["too long", 0]["error"].endswith("tokens and the model reads 512, the answer included")
    assert "out of vocabulary" in rows["no token", 0]["error"]


def test_an_answer_ends_where_the_context_does(rows: dict) -> None:
    for sample in range(2):
        row = rows["to the end", sample]
        assert row["finishReason"] == "length" and row["promptTokens"] + row["completionTokens"] == 512


def test_answers_end_at_stop_texts_stop_tokens_and_lengths(rows: dict) -> None:
    whole = rows["greedy 0", 0]["text"]
    assert rows["stop text", 0]["text"] == whole.partition("=")[0]
    assert rows["stop token", 0]["text"] == whole.partition(" =")[0]
    assert rows["stop text", 0]["finishReason"] == rows["stop token", 0]["finishReason"] == "stop"
    assert (rows["length", 0]["finishReason"], rows["length", 0]["completionTokens"]) == ("length", 5)


def test_forbidden_tokens_are_not_drawn(rows: dict) -> None:
    assert "The answer" in rows["greedy 0", 0]["text"] and "The answer" not in rows["forbidden", 0]["text"]


def test_the_first_token_comes_with_its_likeliest_alternatives(rows: dict) -> None:
    first = rows["top", 0]["firstToken"]
    assert len(first) == 3 and first[0]["logProbability"] > first[1]["logProbability"] > first[2]["logProbability"]
    assert rows["greedy 0", 0]["text"].startswith(first[0]["token"]) and "firstToken" not in rows["greedy 0", 0]


MANY = [ask(f"q{number}", question(number), samples=1 + number % 3, temperature=0.7) for number in range(200)]
EVERY = sorted((row["id"], sample) for row in MANY for sample in range(row["samples"]))


def assert_each_once(folder: Path) -> None:
    assert sorted((row["requestId"], row["sample"]) for row in completions(folder)) == EVERY


def test_after_sigkill_the_same_command_gives_every_sample_exactly_once(checkpoint: Path, tmp_path: Path) -> None:
    command = write_run(tmp_path, checkpoint, MANY, window=24)
    process = start(command)
    wait_for_completions(tmp_path, process, 30)
    process.kill()
    process.communicate()
    kept = len(completions(tmp_path))
    assert 30 <= kept < len(EVERY)
    with open(tmp_path / "run" / "completions.jsonl", "a") as file:
        file.write('{"requestId": "q1')  # what a kill in the middle of a write would leave
    assert run(command).returncode == 0
    assert_each_once(tmp_path)
    assert events(tmp_path, "plan")[-1]["alreadyDone"] == kept


@pytest.mark.nightly  # test_generate_stop.py has a stub of the engine
def test_sigterm_ends_cleanly_with_the_engine_in_a_process_of_its_own(checkpoint: Path, tmp_path: Path) -> None:
    command = write_run(tmp_path, checkpoint, MANY)
    process = start(command, in_process=False)
    wait_for_completions(tmp_path, process, 10)
    children = descendants(process.pid)
    assert children
    process.send_signal(signal.SIGTERM)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 143 and "the same command goes on" in error
    assert events(tmp_path, "run-end")[-1]["status"] == "interrupted"
    assert_gone(children)
    process = start(command, in_process=False)
    wait_for_completions(tmp_path, process, len(completions(tmp_path)) + 10)
    children = descendants(process.pid)
    process.kill()
    process.communicate()
    assert_gone(children)  # an engine that outlived us would hold the GPU
    assert run(command).returncode == 0
    assert_each_once(tmp_path)


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"device": "cuda"}, "Cannot use a GPU: the installed vLLM is the build for CPUs"),
        ({"preset": "throughput"}, "Cannot use the preset throughput: it needs a GPU with fp8"),
        ({"attention": "decode"}, 'Cannot use the attention "decode": it was measured on Hopper GPUs alone'),
        ({"maxModelLength": 4096}, "maxModelLength is more than the model reads; lower it"),
        ({"model": "nobody/nothing"}, "Cannot open the model nobody/nothing: "),
    ],
)
def test_what_cannot_start_is_one_line(checkpoint: Path, tmp_path: Path, changes: dict, message: str) -> None:
    refused = run(write_run(tmp_path, checkpoint, MANY[:1], **changes))
    assert refused.returncode == 2, (tmp_path / "run" / "run.log").read_text()[-2000:]
    assert message in refused.stderr and refused.stderr.count("\n") == 1
