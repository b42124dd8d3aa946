"""A first token with a temperature of its own, as Magpie draws problems of Qwen2.5-Math (flaming_tokens): a request of one token,
and one that goes on behind it.

vLLM's V1 engine takes no function a request, and one for the whole engine would look at every step of every sample. The prefix
cache has the prompt already when the second request comes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

# What tells the draws of the rest from that of the first token: with the same seed both would read the same random numbers.
REST = 0x5EED


class FirstToken(NamedTuple):
    """What the second request needs of the first."""

    request: dict[str, Any]
    ids: list[int]
    answer: Any = None  # vLLM's of the first token; None while that is drawn


def draws_apart(sampling: dict[str, Any]) -> bool:
    """Whether the first token is drawn otherwise. A greedy text has a greedy first token, whatever it is divided by."""
    first = sampling.get("firstTemperature")
    return first is not None and first != sampling.get("temperature", 0)


def first_part(sampling: dict[str, Any]) -> dict[str, Any]:
    return {**sampling, "temperature": sampling["firstTemperature"], "maxTokens": 1, "minTokens": min(1, sampling.get("minTokens", 0))}


def rest_part(sampling: dict[str, Any]) -> dict[str, Any]:
    seed = sampling.get("seed")
    return {
        **sampling,
        "maxTokens": sampling["maxTokens"] - 1,
        "minTokens": max(0, sampling.get("minTokens", 0) - 1),
        "topLogProbabilities": 0,
        **({} if seed is None else {"seed": seed ^ REST}),
    }


def joined_text(first: Any, rest: Any, decode: Callable[[list[int]], str]) -> str:
    """The text of both. A first token that is a part of a character has none of its own: both are read at once then, and cut
    where vLLM found a stop."""
    if first.text and not first.text.endswith("\ufffd"):
        return first.text + rest.text
    text = decode([*first.token_ids, *rest.token_ids])
    stop = getattr(rest, "stop_reason", None)
    return text.split(stop, 1)[0] if isinstance(stop, str) else text
