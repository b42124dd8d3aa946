"""The rows of a file as everything of Mathpie writes them: JSON lines, or one JSON array of objects, each with an id."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mathpie_gpu.run.errors import UserError, storage_error
from mathpie_gpu.run.json_lines import read_json_lines

CHUNK = 1 << 20  # characters that are read at once
ID_FIELDS = ("id", "unique_id", "idx")
# A `problem` beside a question or a query is its id
TEXT_FIELDS = ("text", "question", "instruction", "query", "problem", "prompt", "messages", "conversations")


def read_rows(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yields (line of JSON lines, or number in an array, from 1; row), without holding the file in memory.

    A row gets its `id`, else its `unique_id` or `idx`, else `FILE:place`, as in TypeScript (src/problems/stream-problems.ts). Raises `UserError` with file and place for
    what is no JSON object.
    """
    name = Path(path).name
    found = read_array(path) if is_array(path) else read_json_lines(path)
    for place, row in found:
        own = next((row[field] for field in ID_FIELDS if row.get(field) is not None), f"{name}:{place}")
        yield place, row if row.get("id") is not None else {**row, "id": own}


def choose_field(path: str | Path, field: str) -> str:
    """The field of the texts: the one that is asked for; where that is `text` and the first row has none, what holds its question."""
    first = next((row for _, row in read_rows(path)), {})
    if field != "text" or field in first:
        return field
    return next((name for name in TEXT_FIELDS if isinstance(text_in(first, name), str)), field)


def text_in(row: dict[str, Any], field: str) -> Any:
    """What a field holds; of a conversation (messages, or ShareGPT's turns) what the user says first."""
    value = row.get(field)
    if not isinstance(value, list):
        return value
    turns = [turn for turn in value if isinstance(turn, dict)]
    asked = next((turn for turn in turns if turn.get("role") == "user" or turn.get("from") == "human"), {})
    return asked.get("content", asked.get("value"))


def is_array(path: str | Path) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"["
    except OSError as error:
        raise storage_error(f"read {path}", error) from error


def read_array(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON array, one at a time."""
    decoder = json.JSONDecoder()
    try:
        with open(path, encoding="utf-8-sig", errors="strict") as file:
            waiting, place = file.read(CHUNK).lstrip()[1:], 0
            while True:
                waiting = waiting.lstrip(" \t\r\n,") if place else waiting.lstrip()
                if waiting.startswith("]"):
                    return
                try:
                    value, end = decoder.raw_decode(waiting)
                    # A number or a word could go on in the next chunk; an object ends with its brace
                    whole = isinstance(value, dict)
                except ValueError:
                    whole = False
                except RecursionError:
                    raise UserError(
                        f"Cannot read {path}, row {place + 1}: it is nested too deeply; mend the file"
                    ) from None
                if whole:
                    place += 1
                    yield place, value
                    waiting = waiting[end:]
                    continue
                more = file.read(max(CHUNK, len(waiting)))
                if not more:
                    raise UserError(
                        f"Cannot read {path}, row {place + 1}: it is no whole JSON object; mend or delete it"
                    )
                waiting += more
    except UnicodeDecodeError:
        raise UserError(f"Cannot read {path}: it is not UTF-8; save it again") from None
    except OSError as error:
        raise storage_error(f"read {path}", error) from error
