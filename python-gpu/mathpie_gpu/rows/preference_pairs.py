"""Preference rows, whatever their shape, as two conversations that share their prompt: one ends well, the other less well.

A row of a .jsonl or .json file is one of
    {"prompt": [messages], "chosen": [messages], "rejected": [messages]}          Mathpie's exports; TRL's conversational form
    {"prompt": "...", "chosen": "...", "rejected": "..."}                           plain texts; question, query or instruction for prompt
    {"chosen": [messages], "rejected": [messages]}                                  Magpie's DPO sets: the prompt stands in both
    {"instruction": "...", "preferred_response": "...", "rejected_response": "..."} what `mathpie magpie rank` writes
Messages are {role, content} or ShareGPT's {from, value}.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mathpie_gpu.rows.conversations import QUESTION_KEYS, Message, as_turn, check_messages, dicts, read_rows

CHOSEN_KEYS = ("chosen", "preferred_response")
REJECTED_KEYS = ("rejected", "rejected_response")


@dataclass
class PreferencePairs:
    chosen: list[list[Message]] = field(default_factory=list)
    rejected: list[list[Message]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)  # FILE:LINE of each
    bad: list[tuple[str, str]] = field(default_factory=list)  # (FILE:LINE, what is wrong)


def read_pairs(paths: list[str], *, most: int | None = None) -> PreferencePairs:
    """All pairs of all files in their order. Bad rows are collected, not raised: the caller decides what becomes of them."""
    found = PreferencePairs()
    for path in paths:
        for place, row in read_rows(Path(path)):
            if most is not None and len(found.chosen) >= most:
                return found
            try:
                chosen, rejected = to_pair(row)
            except ValueError as reason:
                found.bad.append((place, str(reason)))
            else:
                found.chosen.append(chosen)
                found.rejected.append(rejected)
                found.places.append(place)
    return found


def to_pair(row: Any) -> tuple[list[Message], list[Message]]:
    """Raises ValueError with what is wrong, in words."""
    if not isinstance(row, dict):
        raise ValueError("it is no JSON object")
    prompt = next((row[key] for key in ("prompt", *QUESTION_KEYS) if row.get(key)), [])
    sides = []
    for name, keys in (("chosen", CHOSEN_KEYS), ("rejected", REJECTED_KEYS)):
        side = next((row[key] for key in keys if row.get(key)), None)
        if side is None:
            raise ValueError(f"it has no {name} response")
        # Where a side is a whole conversation, the prompt is part of it, and a "prompt" field only repeats it.
        turns = as_turns(side, role="assistant")
        if len(turns) == 1:
            turns = as_turns(prompt, role="user") + turns
        try:
            sides.append(check_messages(turns))
        except ValueError as reason:
            raise ValueError(str(reason).replace("no response", f"no {name} response")) from None
    chosen, rejected = sides
    if len(chosen) < 2 or not any(message["role"] == "user" for message in chosen):
        raise ValueError("it has no prompt")
    if chosen[:-1] != rejected[:-1]:
        raise ValueError("chosen and rejected answer different prompts")
    if chosen[-1] == rejected[-1]:
        raise ValueError("chosen and rejected are the same text")
    return chosen, rejected


def as_turns(value: Any, *, role: str) -> list[tuple[Any, Any, Any]]:
    if isinstance(value, str):
        return [(role, value, None)]
    if not isinstance(value, list):
        raise ValueError(f"its {role} side is neither a text nor a list of messages")
    return [as_turn(turn) for turn in dicts(value)]
