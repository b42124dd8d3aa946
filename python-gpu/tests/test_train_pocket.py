"""Training pocket on a CPU in miniature: packing, masks, attention, and the checkpoint that transformers opens.

Run: python -m pytest -q python-gpu/tests
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).parents[1]))
import train_pocket as pocket  # noqa: E402

DOCUMENTS = [
    {"user": "Anna has 3 rings and buys 4 more.", "reply": "3 + 4 = 7.\nThe answer is \\boxed{7}.", "learnsUser": True},
    {"user": "Say this in other words.\nBen has 2 pens.", "reply": "Two pens belong to Ben.", "learnsUser": False},
    {"user": "Is 2 + 2 = 5 right?", "reply": "no", "learnsUser": False},
]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("documents") / "documents.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in DOCUMENTS * 40))
    return path


@pytest.fixture(scope="module")
def tokenizer(documents: Path):
    rows, _ = pocket.read_documents([documents])
    return pocket.train_tokenizer((text for user, reply, _ in rows for text in (user, reply)), 400)


@pytest.fixture(scope="module")
def encoded(documents: Path, tokenizer) -> tuple[np.ndarray, np.ndarray]:
    rows, _ = pocket.read_documents([documents])
    return pocket.encode_documents(tokenizer, rows)


def test_every_digit_and_every_special_string_is_one_token(tokenizer) -> None:
    assert [tokenizer.id_to_token(token) for token in tokenizer.encode("347").ids] == ["3", "4", "7"]
    for token in pocket.SPECIAL:
        assert len(tokenizer.encode(token).ids) == 1


def test_documents_are_encoded_as_the_chat_template_writes_them(tokenizer, encoded) -> None:
    tokens, lengths = encoded
    row = DOCUMENTS[0]
    text = f"<|user|>{row['user']}<|end|><|assistant|>{row['reply']}<|end|>"
    assert (tokens[: lengths[0]] & (pocket.LEARNT - 1)).tolist() == tokenizer.encode(text).ids


@pytest.mark.parametrize("index", range(len(DOCUMENTS)))
def test_the_loss_covers_replies_and_only_some_user_turns(tokenizer, encoded, index: int) -> None:
    tokens, lengths = encoded
    start = int(lengths[:index].sum())
    document = tokens[start : start + lengths[index]]
    learnt = tokenizer.decode((document[(document & pocket.LEARNT) != 0] & (pocket.LEARNT - 1)).tolist())
    row = DOCUMENTS[index]
    assert learnt == (row["user"] + row["reply"] if row["learnsUser"] else row["reply"])


def test_steps_hold_whole_documents_and_ask_for_the_next_token(tokenizer, encoded) -> None:
    tokens, lengths = encoded
    ids, positions, bounds, labels = next(iter(pocket.Packer(tokens, lengths, 256, seed=3, device="cpu")))
    assert len(ids) == len(positions) == len(labels) == 256
    starts = (positions == 0) & (ids == tokenizer.token_to_id(pocket.USER))
    end = int(bounds[int(starts.sum())])
    assert bounds[: int(starts.sum()) + 1].tolist() == [*torch.nonzero(starts).flatten().tolist(), end]
    asked = torch.nonzero(labels >= 0).flatten()
    assert torch.equal(labels[asked], ids[asked + 1])
    assert (labels[end:] == -100).all()


def small_model() -> pocket.Llama:
    torch.manual_seed(0)
    return pocket.Llama(vocabulary=400, hidden=64, layers=2, heads=2, mlp=128)


def test_attention_never_crosses_documents(encoded) -> None:
    tokens, lengths = encoded
    model = small_model()
    ids, positions, bounds, labels = next(iter(pocket.Packer(tokens, lengths, 256, seed=3, device="cpu")))
    packed = float(model(ids, positions, bounds, labels)) * int((labels >= 0).sum())
    alone = 0.0
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist()):
        part = slice(first, last)
        count = int((labels[part] >= 0).sum())
        if count:
            piece = torch.tensor([0, last - first])
            alone += float(model(ids[part], positions[part], piece, labels[part])) * count
    assert packed == pytest.approx(alone, rel=1e-5)


def test_a_run_lowers_the_loss_and_transformers_opens_its_checkpoint(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transformers = pytest.importorskip("transformers")
    out = tmp_path / "checkpoint"
    shape = "--vocabulary 400 --hidden 64 --layers 2 --heads 2 --mlp 128 --steps 60 --tokens-per-step 256"
    arguments = f"--documents {documents} --out {out} {shape} --warmup-steps 5 --learning-rate 0.005"
    monkeypatch.setattr(sys, "argv", ["train_pocket.py", *arguments.split()])
    pocket.main()
    record = json.loads((out / "training.json").read_text())
    assert record["judgeLessons"]["solutions"] == 0
    assert record["curve"][-1][1] < 4.0  # 6.0 is what guessing costs
    assert record["documents"]["count"] == 120

    model = transformers.AutoModelForCausalLM.from_pretrained(out, dtype=torch.float32)
    tokenizer = transformers.AutoTokenizer.from_pretrained(out)
    messages = [{"role": "user", "content": "Is 2 + 2 = 5 right?"}, {"role": "assistant", "content": "no"}]
    text = tokenizer.apply_chat_template(messages, tokenize=False)
    assert text == "<|user|>Is 2 + 2 = 5 right?<|end|><|assistant|>no<|end|>"
    ids = tokenizer(text, return_tensors="pt").input_ids
    theirs = float(model(ids, labels=ids).loss)
    ours = load_ours(model)
    labels = torch.cat((ids[0, 1:], torch.tensor([-100])))
    mine = float(ours(ids[0], torch.arange(ids.shape[1]), torch.tensor([0, ids.shape[1]]), labels))
    assert mine == pytest.approx(theirs, rel=1e-5)


def test_the_judge_learns_from_solutions_that_the_model_sampled(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("transformers")
    lessons = tmp_path / "lessons.jsonl"
    # No sample can end with an impossible conclusion, and after 60 steps one is right now and then.
    rows = [
        {"user": row["user"], "conclusion": row["reply"].split("\n")[-1], "judge": "Right?\n{solution}"}
        for row in DOCUMENTS
    ]
    lessons.write_text("".join(json.dumps(row) + "\n" for row in rows * 20))
    out = tmp_path / "checkpoint"
    shape = "--vocabulary 400 --hidden 64 --layers 2 --heads 2 --mlp 128 --steps 200 --tokens-per-step 512"
    arguments = f"--documents {documents} --judge-lessons {lessons} --judge-from 0.9 --out {out} {shape}"
    monkeypatch.setattr(sys, "argv", ["train_pocket.py", *arguments.split(), "--warmup-steps", "5"])
    asked: list[list[tuple[str, str, bool]]] = []
    original = pocket.judge_own_solutions
    monkeypatch.setattr(
        pocket, "judge_own_solutions", lambda *given: asked.append(original(*given, temperature=1.2)) or asked[0]
    )
    pocket.main()
    record = json.loads((out / "training.json").read_text())
    assert record["judgeLessons"]["solutions"] == len(asked[0]) > 0
    replies = [reply for _, reply, _ in asked[0]]
    assert replies.count("yes") == replies.count("no")
    for user, reply, learns_user in asked[0]:
        assert user.startswith("Right?\n") and not learns_user
        assert (user.split("\n")[-1] in {row["conclusion"] for row in rows}) or reply == "no"


def test_repeated_documents_make_up_the_wanted_share(encoded) -> None:
    tokens, lengths = encoded
    more = (tokens[: lengths[0]], lengths[:1])
    both_tokens, both_lengths = pocket.with_share(tokens, lengths, more, 0.2)
    assert len(both_lengths) == len(lengths) + 30 and both_lengths.sum() == len(both_tokens)


def load_ours(model) -> pocket.Llama:
    state = model.state_dict()
    ours = pocket.Llama(vocabulary=state["model.embed_tokens.weight"].shape[0], hidden=64, layers=2, heads=2, mlp=128)
    plain = {name.replace(".self_attn.", ".").replace(".mlp.", "."): tensor for name, tensor in state.items()}
    ours.load_state_dict({name: plain[f"model.{name}"] for name in ours.state_dict()})
    return ours
