"""Conversations to token ids and the tokens that the loss covers: those of responses and of the end of their turns, and no other."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mathpie_gpu.rows.conversations import Message
from mathpie_gpu.rows.response_spans import Spans, UnprovedRow, prove_spans
from mathpie_gpu.run.errors import UserError

Row = tuple[np.ndarray, np.ndarray]  # token ids int32, learnt bool


@dataclass
class Encoded:
    rows: list[Row] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)  # of each row, the number of its conversation
    refused: list[tuple[int, str]] = field(default_factory=list)  # (number of the conversation, what is wrong)
    split_rows: int = 0  # conversations that became a row a turn
    lost_thoughts: int = 0


def encode_conversations(tokenizer, conversations: list[list[Message]], **options) -> list[Row]:
    """Of conversations that all can be proved; options as of encode_all. Raises UserError at the first that cannot."""
    encoded = encode_all(tokenizer, conversations, **options)
    if encoded.refused:
        number, reason = encoded.refused[0]
        raise UserError(f"Cannot train on conversation {number + 1}: {reason}; give another template, or mend the row")
    return encoded.rows


def encode_all(
    tokenizer, conversations: list[list[Message]], *, turns: str = "whole", end_tokens: str = "required", batch: int = 2000
) -> Encoded:
    """`turns`: whole; split (a conversation whose responses cannot be proved at once becomes a row a response); last (the last response
    alone is learnt). `end_tokens`: required, or optional. Raises UserError for a template that never ends a response.

    The prompt's tokens are those that the prompt alone has, as at evaluation: where the tokenizer would join the last letters
    of the prompt with the first of the response, the two are encoded apart.
    """
    found = Encoded()
    proved: list[tuple[int, Spans]] = []
    for number, messages in enumerate(conversations):
        try:
            parts = prove(tokenizer, messages, turns=turns, needs_end=end_tokens == "required")
        except UnprovedRow as error:
            if error.lacks_end:
                raise UserError(
                    f'Cannot train with this template: {error}, so the model would never learn to stop; give another template, or set'
                    ' "endTokens" to "optional"'
                ) from None
            way = ', set "turns" to "split" to learn each response in a row of its own' if error.can_split and turns == "whole" else ""
            found.refused.append((number, f"{error}{way}"))
            continue
        found.split_rows += len(parts) > 1
        found.lost_thoughts += sum(part.lost_thoughts for part in parts)
        proved += [(number, part) for part in parts]
    for first in range(0, len(proved), batch):
        part = proved[first : first + batch]
        found.rows += encode_spans(tokenizer, [spans for _, spans in part])
        found.sources += [number for number, _ in part]
    return found


def prove(tokenizer, messages: list[Message], *, turns: str, needs_end: bool) -> list[Spans]:
    try:
        return [prove_spans(tokenizer, messages, only_last=turns == "last", needs_end=needs_end)]
    except UnprovedRow as error:
        if turns != "split" or not error.can_split:
            raise
    ends = [index + 1 for index, message in enumerate(messages) if message["role"] == "assistant"]
    return [prove_spans(tokenizer, messages[:end], only_last=True, needs_end=needs_end) for end in ends]


def encode_spans(tokenizer, parts: list[Spans]) -> list[Row]:
    if not getattr(tokenizer, "is_fast", False):
        return [encode_apart(tokenizer, part) for part in parts]
    whole = tokenizer([part.text for part in parts], add_special_tokens=False, return_offsets_mapping=True)
    prompts = tokenizer([prompt for part in parts for prompt in part.prompts], add_special_tokens=False)["input_ids"]
    rows, place = [], 0
    for part, ids, offsets in zip(parts, whole["input_ids"], whole["offset_mapping"]):
        ids, offsets = np.array(ids, dtype=np.int32), np.array(offsets, dtype=np.int64).reshape(-1, 2)
        begins, place = prompts[place : place + len(part.spans)], place + len(part.spans)
        learnt = np.zeros(len(ids), dtype=bool)
        is_joined = any(ids[: len(begin)].tolist() != begin for begin in begins)
        for start, end in part.spans:
            inside = (offsets[:, 0] >= start) & (offsets[:, 1] <= end)
            crossing = ((offsets[:, 0] < start) & (offsets[:, 1] > start)) | ((offsets[:, 0] < end) & (offsets[:, 1] > end))
            is_joined |= bool(crossing.any())
            learnt |= inside & (offsets[:, 1] > start)
        rows.append(encode_apart(tokenizer, part) if is_joined else (ids, learnt))
    return rows


def encode_apart(tokenizer, part: Spans) -> Row:
    ids: list[int] = []
    learnt: list[bool] = []
    place = 0
    for start, end in [*part.spans, (len(part.text), len(part.text))]:
        for piece, is_learnt in ((part.text[place:start], False), (part.text[start:end], True)):
            tokens = tokenizer(piece, add_special_tokens=False)["input_ids"] if piece else []
            ids += tokens
            learnt += [is_learnt] * len(tokens)
        place = end
    return np.array(ids, dtype=np.int32), np.array(learnt, dtype=bool)
