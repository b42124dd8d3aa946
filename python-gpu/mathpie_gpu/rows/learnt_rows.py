"""Rows token by token, with what of them carries loss: for people who want to see what a training will read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mathpie_gpu.rows.packing import TokenRows

WINDOW = 8  # tokens that a text is decoded with; no character is spread over more


def learnt_rows(rows: TokenRows, tokenizer, *, most: int) -> Iterator[dict[str, Any]]:
    """The first rows as {row, tokens: [{id, text, learnt}]}. A first token is never learnt: nothing precedes it."""
    for number in range(min(most, len(rows))):
        ids, learnt = rows.row(number)
        texts = token_texts(tokenizer, ids.tolist())
        tokens = [
            {"id": int(token), "text": text, "learnt": bool(is_learnt) and place > 0}
            for place, (token, text, is_learnt) in enumerate(zip(ids, texts, learnt))
        ]
        yield {"row": number + 1, "tokens": tokens}


def token_texts(tokenizer, ids: list[int]) -> list[str]:
    """What each token adds to the text; of a character in pieces the last piece is the whole character."""
    texts: list[str] = []
    begin = first = 0  # the unit before, and the first token of this one; a unit is a token, or the tokens of one character
    for place in range(len(ids)):
        # The unit before is decoded too: some tokenizers write the first word of a text without its space.
        now = decode(tokenizer, ids[begin : place + 1])
        if now.endswith("\ufffd") and place - first < WINDOW and place + 1 < len(ids):
            texts.append("")  # part of a character; the next tokens complete it
            continue
        texts.append(now[len(decode(tokenizer, ids[begin:first])) :])
        begin, first = first, place + 1
    return texts


def decode(tokenizer, ids: list[int]) -> str:
    return tokenizer.decode(ids, skip_special_tokens=False, clean_up_tokenization_spaces=False)
