"""Whether a line is a request, without a schema library: at 10^6 lines its half a millisecond a line would be minutes.

The rules are those of contract/request.schema.json; a test holds the two together.
"""

from __future__ import annotations

import difflib
from typing import Any

REQUEST = {"id", "messages", "prompt", "promptTokenIds", "samples", "sampling"}
PROMPTS = ("messages", "prompt", "promptTokenIds")
ROLES = {"system", "user", "assistant"}
# name: (least, most, whole)
NUMBERS: dict[str, tuple[float, float, bool]] = {
    "temperature": (0, float("inf"), False),
    "firstTemperature": (0, float("inf"), False),
    "topP": (5e-324, 1, False),
    "minP": (0, 1, False),
    "repetitionPenalty": (5e-324, 10, False),
    "topK": (0, float("inf"), True),
    "maxTokens": (1, float("inf"), True),
    "minTokens": (0, float("inf"), True),
    "topLogProbabilities": (0, 20, True),
}
TOKEN_LISTS = ("stopTokenIds", "forbiddenTokenIds")
SAMPLING = {*NUMBERS, *TOKEN_LISTS, "stop", "seed", "ignoreEos"}


def check_request(request: dict[str, Any]) -> None:
    """Raises ValueError with a short reason."""
    refuse_unknown(request, REQUEST)
    if not isinstance(request.get("id"), str) or not request["id"]:
        raise ValueError('"id" has to be a text that is not empty')
    given = [name for name in PROMPTS if name in request]
    if len(given) != 1:
        raise ValueError(f"it has to hold one of {', '.join(PROMPTS)}, and holds {' and '.join(given) or 'none'}")
    if not is_number(request.get("samples", 1), 1, 65535, True):
        raise ValueError('"samples" has to be a whole number from 1 to 65535')
    if given == ["messages"]:
        check_messages(request["messages"])
    elif given == ["prompt"] and not isinstance(request["prompt"], str):
        raise ValueError('"prompt" has to be a text')
    elif given == ["promptTokenIds"] and not (is_token_list(request["promptTokenIds"]) and request["promptTokenIds"]):
        raise ValueError('"promptTokenIds" has to be a list of token ids that is not empty')
    check_sampling(request.get("sampling"))


def check_messages(messages: Any) -> None:
    if not isinstance(messages, list) or not messages:
        raise ValueError('"messages" has to be a list that is not empty')
    for message in messages:
        if (
            not isinstance(message, dict)
            or message.keys() != {"role", "content"}
            or message["role"] not in ROLES
            or not isinstance(message["content"], str)
        ):
            raise ValueError('each of "messages" has to be {"role": system, user or assistant, "content": text}')


def check_sampling(sampling: Any) -> None:
    if not isinstance(sampling, dict) or "maxTokens" not in sampling:
        raise ValueError('"sampling" has to be an object that holds "maxTokens"')
    refuse_unknown(sampling, SAMPLING)
    for name, (least, most, whole) in NUMBERS.items():
        if name in sampling and not is_number(sampling[name], least, most, whole):
            limits = f" up to {most}" if most != float("inf") else ""
            least_text = "above 0" if least == 5e-324 else f"of at least {least}"
            raise ValueError(f'"{name}" has to be a {"whole " if whole else ""}number {least_text}{limits}')
    for name in TOKEN_LISTS:
        if not is_token_list(sampling.get(name, [])):
            raise ValueError(f'"{name}" has to be a list of token ids')
    stop = sampling.get("stop", [])
    if not isinstance(stop, list) or not all(isinstance(text, str) and text for text in stop):
        raise ValueError('"stop" has to be a list of texts that are not empty')
    if sampling.get("seed") is not None and not is_number(sampling["seed"], 0, 2**32 - 1, True):
        raise ValueError('"seed" has to be a whole number from 0 to 4294967295')
    if not isinstance(sampling.get("ignoreEos", False), bool):
        raise ValueError('"ignoreEos" has to be true or false')


def refuse_unknown(value: dict[str, Any], known: set[str]) -> None:
    for key in value:
        if key not in known:
            nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.4)
            raise ValueError(f'"{key}" is unknown' + (f', did you mean "{nearest[0]}"?' if nearest else ""))


def is_number(value: Any, least: float, most: float, whole: bool) -> bool:
    kinds = int if whole else (int, float)
    return isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most


def is_token_list(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, int) and not isinstance(item, bool) and item >= 0 for item in value
    )
