"""A number and what it counts, in words, as src/agree-in-number.ts tells them: one thing is told as one."""

from __future__ import annotations

VERBS = {"are": "is", "were": "was", "have": "has"}


def counted(count: int, noun: str) -> str:
    """`1 row`, `2,000 rows`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def agreeing(count: int, words: str) -> str:
    """`is longer` of one, `are longer` of many; `words` as they are said of many, with their verb in front."""
    verb, _, rest = words.partition(" ")
    return f"{VERBS[verb]} {rest}".rstrip() if count == 1 and verb in VERBS else words
