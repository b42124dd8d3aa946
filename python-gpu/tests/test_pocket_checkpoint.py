"""The committed model is one model in every engine: the same token ids and the same next token in transformers and llama.cpp."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

ROOT = Path(__file__).parents[2]
GGUF = ROOT / "data" / "pocket" / "pocket.gguf"
transformers = pytest.importorskip("transformers")

# Texts that tokenizers are known to disagree on: spaces, line ends, digits, scripts, emoji, half-written special tokens.
HARD = [
    "",
    " ",
    "\n",
    "  two  spaces ",
    "tab\tand\r\nline ends\n\n\n",
    "1234567890 3.14 1/2 1,000",
    "don't we'll I'VE",
    "Größe naïve façade",
    "数学の問題 Привет שלום",
    "emoji 🙂👩‍👩‍👧 x² ≤ ½",
    "\\frac{3}{4} $x^2$ \\boxed{12}",
    "<|user|>How?<|end|><|assistant|>So.<|end|>",
    "<|user |> <|end",
    "a" * 300,
    "!?…—“quoted”",
    "\u200b\ufeff\u00a0",
]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pocket") / "checkpoint"
    command = [sys.executable, str(ROOT / "python-gpu" / "import_gguf.py"), "--gguf", str(GGUF), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def texts() -> list[str]:
    command = [node(), str(ROOT / "dist" / "cli" / "main.js"), "problems", "documents", "--count", "1000", "--seed", "77"]
    rows = [json.loads(line) for line in subprocess.run(command, check=True, capture_output=True).stdout.splitlines()]
    return [*HARD, *(row[side] for row in rows for side in ("user", "reply"))]


def node() -> str:
    path = shutil.which("node")
    assert path, "Node runs these tests"
    return path


def test_2000_texts_have_the_same_token_ids_in_transformers_and_llama_cpp(checkpoint: Path, texts: list[str]) -> None:
    assert len(texts) >= 2000
    script = ROOT / "python-gpu" / "tests" / "tokenize_texts.mjs"
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run([node(), str(script), str(GGUF)], input=lines.encode(), check=True, capture_output=True)
    embedded = [json.loads(line) for line in done.stdout.splitlines()]
    tokenizer = transformers.AutoTokenizer.from_pretrained(checkpoint)
    differing = [
        text for text, ids in zip(texts, embedded, strict=True) if tokenizer(text).input_ids != ids
    ]
    assert differing == []


def test_the_committed_tokenizer_is_the_one_in_the_gguf(checkpoint: Path, texts: list[str]) -> None:
    committed = transformers.PreTrainedTokenizerFast(tokenizer_file=str(GGUF.with_name("tokenizer.json")))
    imported = transformers.AutoTokenizer.from_pretrained(checkpoint)
    assert [text for text in texts if committed(text).input_ids != imported(text).input_ids] == []


def test_a_file_of_another_kind_is_read_by_transformers(checkpoint: Path, tmp_path: Path) -> None:
    # The same length, so that every offset in the file stays true
    renamed = GGUF.read_bytes().replace(b"\x05\0\0\0\0\0\0\0qwen2", b"\x05\0\0\0\0\0\0\0other")
    file = tmp_path / "other.gguf"
    file.write_bytes(renamed)
    script = str(ROOT / "python-gpu" / "import_gguf.py")
    command = [sys.executable, script, "--gguf", str(file), "--out", str(tmp_path / "out")]
    subprocess.run(command, check=True, capture_output=True)
    ours, theirs = load_file(checkpoint / "model.safetensors"), load_file(tmp_path / "out" / "model.safetensors")
    assert ours.keys() == theirs.keys()
    assert [name for name, weight in ours.items() if not torch.equal(weight, theirs[name].float())] == []
    assert "quantization_config" not in json.loads((tmp_path / "out" / "config.json").read_text())

    file.write_bytes(b"GGUF of nothing")
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith(f"Cannot import {file}: ")


def test_transformers_solves_a_problem_with_it(checkpoint: Path) -> None:
    tokenizer = transformers.AutoTokenizer.from_pretrained(checkpoint)
    model = transformers.AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32)
    messages = [{"role": "user", "content": "Anna has 3 rings and buys 4 more. How many rings does Anna have?"}]
    prompt = tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    made = model.generate(**prompt, max_new_tokens=60, do_sample=False)
    reply = tokenizer.decode(made[0, prompt["input_ids"].shape[1] :], skip_special_tokens=True)
    assert "\\boxed{7}" in reply
