"""What docs/one-row.md shows of tokens and their mask is what training makes of the same row."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mathpie_gpu.rows.conversations import to_messages
from mathpie_gpu.rows.encode_conversations import encode_conversations
from mathpie_gpu.rows.template import set_template

ROOT = Path(__file__).parents[2]
transformers = pytest.importorskip("transformers")


def test_the_tokens_that_are_learnt_stand_in_brackets(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "one-row.md").read_text(encoding="utf-8")
    stations = {int(number): text for number, text in re.findall(r"^## (\d+)\. (.*?)(?=^## |\Z)", page, re.M | re.S)}
    row = json.loads(re.search(r"```json\n(.*?)```", stations[7], re.S).group(1))
    lines = re.search(r"```\n(.*?)\n\n", stations[8], re.S).group(1).split("\n")
    shown_ids = [int(number) for line in lines[1::2] for number in line.split()]
    shown_marks = [word.startswith("[") and word.endswith("]") for line in lines[::2] for word in line.split(" ")]

    checkpoint = tmp_path / "pocket"
    gguf = ROOT / "data" / "pocket" / "pocket.gguf"
    command = [
        sys.executable,
        str(ROOT / "python-gpu" / "import_gguf.py"),
        "--gguf",
        str(gguf),
        "--out",
        str(checkpoint),
    ]
    subprocess.run(command, check=True, capture_output=True)
    tokenizer = transformers.AutoTokenizer.from_pretrained(checkpoint)
    set_template(tokenizer, json.loads((ROOT / "configs/recipes/sft/sft-pocket.json").read_text())["template"])
    [(ids, learnt)] = encode_conversations(tokenizer, [to_messages(row)])

    assert ids.tolist() == shown_ids
    assert learnt.tolist() == shown_marks
