"""Data sets by their name on the hub: what is one, and what is said where it cannot be had."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from mathpie_gpu.rows.conversations import read_conversations
from mathpie_gpu.rows.hub_rows import is_hub_name
from mathpie_gpu.run.errors import UserError


@pytest.mark.parametrize(
    "name, is_one",
    [
        ("meta-math/MetaMathQA", True),
        ("meta-math/MetaMathQA:test", True),
        ("openai/gsm8k.v2", True),
        ("rows.jsonl", False),
        ("data/rows.jsonl", False),
        ("./data/rows", False),
        ("a/b/c", False),
        ("https://host/rows", False),
    ],
)
def test_what_is_the_name_of_a_data_set(name: str, is_one: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert is_hub_name(name) == is_one


def test_a_file_that_is_there_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "meta-math").mkdir()
    (tmp_path / "meta-math" / "MetaMathQA").write_text('{"query": "Q", "response": "R"}\n')
    monkeypatch.chdir(tmp_path)
    assert len(read_conversations(["meta-math/MetaMathQA"]).items) == 1


def test_rows_come_from_the_hubs_own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def load_dataset(name: str, *, split: str) -> list[dict]:
        asked.append((name, split))
        if name == "no/where":
            raise RuntimeError("404\nnot found")
        return [{"query": "Q", "response": "R"}, {"query": "Q"}]

    monkeypatch.setitem(sys.modules, "datasets", types.SimpleNamespace(load_dataset=load_dataset))
    monkeypatch.chdir(tmp_path)
    found = read_conversations(["meta-math/MetaMathQA", "meta-math/MetaMathQA:test"])
    assert asked == [("meta-math/MetaMathQA", "train"), ("meta-math/MetaMathQA", "test")]
    assert len(found.items) == 2
    assert found.bad == [("meta-math/MetaMathQA:2", "it has no response"), ("meta-math/MetaMathQA:test:2", "it has no response")]
    with pytest.raises(UserError, match="Cannot read the data set no/where of the hub: 404 not found; check the name"):
        read_conversations(["no/where"])


def test_without_the_library_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match="the package datasets is not installed; pip install datasets=="):
        read_conversations(["meta-math/MetaMathQA"])
