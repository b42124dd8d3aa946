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

from mathpie_gpu.rows.hub_rows import is_hub_name, read_hub_rows
from mathpie_gpu.run.errors import UserError, storage_error

ROLES = {"human": "user", "gpt": "assistant", "chatgpt": "assistant", "bot": "assistant", "model": "assistant"}
QUESTION_KEYS = ("query", "instruction", "question", "problem")
# A row with both has its answer alone in "answer"; GSM8K's "answer" is the whole solution, and it has no other.
RESPONSE_KEYS = ("response", "output", "solution", "answer")
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
    """(FILE:LINE, row); in a .json file, which holds an array, the line is the number of the row. OWNER/NAME is a data set of the hub."""
    if is_hub_name(str(path)):
        yield from read_hub_rows(str(path))
        return
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
        return check_messages([as_turn(turn) for turn in dicts(row["messages"])])
    if isinstance(row.get("conversations"), list):
        return check_messages([as_turn(turn) for turn in dicts(row["conversations"])])
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


def as_turn(turn: dict) -> tuple[Any, Any, Any]:
    """(role, content, what was thought before it) of a turn in OpenAI's or in ShareGPT's words."""
    thought = next((turn[name] for name in ("reasoning_content", "thinking", "reasoning") if turn.get(name)), None)
    return turn.get("role", turn.get("from")), turn.get("content", turn.get("value")), thought


def place_system_turns(messages: list[Message], policy: str) -> list[Message]:
    """`policy`: keep; merge (a system turn goes in front of the question after it, with a blank line between); drop."""
    if policy == "keep":
        return messages
    placed: list[Message] = []
    waiting = ""
    for message in messages:
        if message["role"] == "system":
            waiting += f"{message['content']}\n\n" if policy == "merge" and message["content"].strip() else ""
        elif message["role"] == "user" and waiting:
            placed.append(message | {"content": waiting + message["content"]})
            waiting = ""
        else:
            placed.append(message)
    return placed


def check_messages(turns: list[tuple[Any, Any, Any]]) -> list[Message]:
    messages = []
    for role, content, thought in turns:
        role = ROLES.get(role, role)
        if role not in ("system", "user", "assistant"):
            raise ValueError(f"it has a turn of the role {json.dumps(role)}")
        if not isinstance(content, str) or (role != "system" and not content.strip()):
            raise ValueError("it has no response" if role == "assistant" else f"it has an empty {role} turn")
        has_thought = role == "assistant" and isinstance(thought, str) and thought.strip()
        messages.append({"role": role, "content": content} | ({"reasoning_content": thought} if has_thought else {}))
    if not messages or messages[-1]["role"] != "assistant":
        raise ValueError("it has no response")
    return messages


def dicts(turns: list) -> list[dict]:
    if not all(isinstance(turn, dict) for turn in turns):
        raise ValueError("it has a turn that is no JSON object")
    return turns


def first_text(row: dict, keys: tuple[str, ...]) -> str | None:
    return next((row[key] for key in keys if isinstance(row.get(key), str) and row[key].strip()), None)
