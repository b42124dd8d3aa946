"""Rows for fine-tuning, whatever their shape, as conversations: lists of {role, content}.

A row of a .jsonl or .json file is one of
    {"messages": [{"role": "user", "content": ...}, {"role": "assistant", ...}, ...]}     chats, Mathpie's exports
    {"conversations": [{"from": "human", "value": ...}, {"from": "gpt", ...}, ...]}      ShareGPT, as Magpie publishes
    {"query": ..., "response": ...}                                                        MetaMathQA
    {"instruction": ..., "input": ..., "output": ...}                                      Alpaca; "input" may be absent
    {"instruction" or "question": ..., "response" or "answer": ...}
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mathpie_gpu.run.errors import UserError, storage_error

ROLES = {"human": "user", "gpt": "assistant", "chatgpt": "assistant", "bot": "assistant", "model": "assistant"}
QUESTION_KEYS = ("query", "instruction", "question", "problem")
RESPONSE_KEYS = ("response", "output", "answer", "solution")
Message = dict[str, str]


@dataclass
class Conversations:
    items: list[list[Message]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)  # FILE:LINE of each
    bad: list[tuple[str, str]] = field(default_factory=list)  # (FILE:LINE, what is wrong)


def read_conversations(paths: list[str], *, splits_query: bool = False, most: int | None = None) -> Conversations:
    """All rows of all files in their order. Bad rows are collected, not raised: the caller decides what becomes of them.

    splits_query: the first line of a `query` is the instruction and the rest its input, which is how MetaMath's own script
    trains (and not how it evaluates).
    """
    found = Conversations()
    for path in paths:
        for place, row in read_rows(Path(path)):
            if most is not None and len(found.items) >= most:
                return found
            try:
                messages = to_messages(row, splits_query=splits_query)
            except ValueError as reason:
                found.bad.append((place, str(reason)))
            else:
                found.items.append(messages)
                found.places.append(place)
    return found


def read_rows(path: Path) -> Iterator[tuple[str, Any]]:
    """(FILE:LINE, row); in a .json file, which holds an array, the line is the number of the row."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            if path.suffix == ".json":
                rows = json.load(file)
                if not isinstance(rows, list):
                    raise UserError(f"Cannot read {path}: it is no JSON array of rows; write one, or a .jsonl file")
                yield from ((f"{path}:{number}", row) for number, row in enumerate(rows, 1))
                return
            for number, line in enumerate(file, 1):
                if line.strip():
                    try:
                        yield f"{path}:{number}", json.loads(line)
                    except ValueError:
                        yield f"{path}:{number}", None
    except OSError as error:
        raise storage_error(f"read the rows of {path}", error) from error
    except UnicodeDecodeError:
        raise UserError(f"Cannot read the rows of {path}: it is not UTF-8; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise UserError(f"Cannot read the rows of {path}:{error.lineno}: {error.msg}; mend the file") from None


def to_messages(row: Any, *, splits_query: bool = False) -> list[Message]:
    """Raises ValueError with what is wrong, in words."""
    if not isinstance(row, dict):
        raise ValueError("it is no JSON object")
    if isinstance(row.get("messages"), list):
        return check_messages([(turn.get("role"), turn.get("content")) for turn in dicts(row["messages"])])
    if isinstance(row.get("conversations"), list):
        turns = dicts(row["conversations"])
        return check_messages(
            [(turn.get("from", turn.get("role")), turn.get("value", turn.get("content"))) for turn in turns]
        )
    question = first_text(row, QUESTION_KEYS)
    if question is None:
        raise ValueError("it has no question (messages, conversations, query, instruction or question)")
    response = first_text(row, RESPONSE_KEYS)
    if response is None:
        raise ValueError("it has no response")
    extra = row.get("input") if "instruction" in row else None
    if splits_query and "query" in row:
        question, _, extra = question.partition("\n")
    user = {"role": "user", "content": question} | (
        {"input": extra} if isinstance(extra, str) and extra.strip() else {}
    )
    return [user, {"role": "assistant", "content": response}]


def check_messages(turns: list[tuple[Any, Any]]) -> list[Message]:
    messages = []
    for role, content in turns:
        role = ROLES.get(role, role)
        if role not in ("system", "user", "assistant"):
            raise ValueError(f"it has a turn of the role {json.dumps(role)}")
        if not isinstance(content, str) or (role != "system" and not content.strip()):
            raise ValueError("it has no response" if role == "assistant" else f"it has an empty {role} turn")
        messages.append({"role": role, "content": content})
    if not messages or messages[-1]["role"] != "assistant":
        raise ValueError("it has no response")
    return messages


def dicts(turns: list) -> list[dict]:
    if not all(isinstance(turn, dict) for turn in turns):
        raise ValueError("it has a turn that is no JSON object")
    return turns


def first_text(row: dict, keys: tuple[str, ...]) -> str | None:
    return next((row[key] for key in keys if isinstance(row.get(key), str) and row[key].strip()), None)
