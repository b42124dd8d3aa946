"""Rows of a file: JSON lines or an array, whatever the size of what is read at once; an id for each, and the field of the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mathpie_gpu.rows import row_file
from mathpie_gpu.run.errors import UserError

ROWS = [
    {"id": 0, "instruction": "What is 2, [3] or {4}?"},
    {"id": "b", "instruction": '括弧 \\ " ]}'},
    {"instruction": "no id"},
]


@pytest.mark.parametrize("chunk", [1, 2, 7, 1 << 20])
@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_read_like_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, indent: int | None
) -> None:
    monkeypatch.setattr(row_file, "CHUNK", chunk)
    array, lines = tmp_path / "rows.json", tmp_path / "rows.jsonl"
    array.write_text("\ufeff" + json.dumps(ROWS, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
    lines.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    assert list(row_file.read_rows(array)) == [(1, ROWS[0]), (2, ROWS[1]), (3, {**ROWS[2], "id": "rows.json:3"})]
    assert [row["instruction"] for _, row in row_file.read_rows(lines)] == [row["instruction"] for row in ROWS]
    assert list(row_file.read_rows(lines))[2][1]["id"] == "rows.jsonl:3"
    lines.write_text(json.dumps({"problem": "P", "unique_id": "test/1.json"}))
    assert [row["id"] for _, row in row_file.read_rows(lines)] == ["test/1.json"]


@pytest.mark.parametrize("text", ['[{"id": 1}', '[{"id": 1}, {"id"', '[{"id": 1}, 3]', '[{"id": 1}, null]', "["])
def test_an_array_that_is_none_is_named_with_its_row(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rows.json"
    path.write_text(text)
    with pytest.raises(UserError, match=r"rows\.json, row [12]: it is no whole JSON object"):
        list(row_file.read_rows(path))


@pytest.mark.parametrize(
    ("row", "field", "chosen"),
    [
        ({"text": "a", "question": "b"}, "text", "text"),
        ({"question": "b"}, "text", "question"),
        ({"instruction": "c", "response": "d"}, "text", "instruction"),
        ({"query": "e", "original_question": "f"}, "text", "query"),
        ({"question": "b", "response": "d"}, "response", "response"),
        ({"other": "b"}, "text", "text"),
        ({"problem": "id-1", "query": "e"}, "text", "query"),
        ({"problem": "p", "level": "Level 1"}, "text", "problem"),
        ({"prompt": [{"role": "user", "content": "b"}], "chosen": []}, "text", "prompt"),
        ({"messages": [{"role": "user", "content": "b"}]}, "text", "messages"),
        ({"conversations": [{"from": "human", "value": "b"}]}, "text", "conversations"),
        ({"messages": []}, "text", "text"),
    ],
)
def test_the_field_of_the_text_is_that_of_the_question_where_none_is_named(
    tmp_path: Path, row: dict, field: str, chosen: str
) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([row]))
    assert row_file.choose_field(path, field) == chosen


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        ([{"role": "system", "content": "s"}, {"role": "user", "content": "b"}, {"role": "user", "content": "c"}], "b"),
        ([{"from": "human", "value": "b"}, {"from": "gpt", "value": "d"}], "b"),
        ([], None),
        (["b"], None),
        (None, None),
    ],
)
def test_of_a_conversation_the_first_words_of_the_user_are_the_text(value: object, text: str | None) -> None:
    assert row_file.text_in({"field": value}, "field") == text
