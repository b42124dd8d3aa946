"""Where in a rendered conversation its responses stand: proved for each row, never guessed.

A template that marks what the model says ({% generation %}, as transformers reads it) is believed. Of any other, a response begins
where the prompt of its turns ends, and ends with the first end token after it; both count only if the text up to there is, character
for character, the beginning of the whole conversation. Templates that write earlier turns otherwise than the last one (Qwen3 leaves out
their thoughts) or end the last one otherwise (gpt-oss) fail that, and the row is named.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field

from mathpie_gpu.rows.conversations import Message

MARKED = re.compile(r"\{%-?\s*generation\s*-?%\}")
THOUGHTS = ("reasoning_content", "thinking")


class UnprovedRow(ValueError):
    """What is wrong with a row, in words; `can_split`: one row a turn may be the way out; `lacks_end`: no end token is written."""

    def __init__(self, reason: str, *, can_split: bool = False, lacks_end: bool = False) -> None:
        super().__init__(reason)
        self.can_split, self.lacks_end = can_split, lacks_end


@dataclass
class Spans:
    """The text of a conversation, the (start, end) characters that the loss covers, and the prompt before each of them."""

    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    lost_thoughts: int = 0  # thoughts of learnt turns that the template does not write


def prove_spans(tokenizer, messages: list[Message], *, only_last: bool = False, needs_end: bool = True) -> Spans:
    """The spans of all responses, or of the last one. Raises UnprovedRow."""
    text = render(tokenizer, messages, asks=False)
    turns = [index for index, message in enumerate(messages) if message["role"] == "assistant"]
    marked = marked_spans(tokenizer, messages) if MARKED.search(tokenizer.chat_template) else None
    if marked is not None and len(marked) != len(turns):
        marked = None  # a response in pieces, or its last end apart
    found = Spans(text)
    for number, index in enumerate(turns):
        if only_last and index != turns[-1]:
            continue
        words = f"of turn {index + 1} " if len(turns) > 1 else ""
        prompt = render(tokenizer, messages[:index], asks=True)
        if marked is None:
            turn = text if index + 1 == len(messages) else render(tokenizer, messages[: index + 1], asks=False)
            start, end = len(prompt), None
            if not text.startswith(prompt):
                raise UnprovedRow(f"what the template writes before the response {words}changes once the rest is there", can_split=len(turns) > 1)
        else:
            turn, (start, end) = text, marked[number]
            # Some blocks hold the header of the turn too, which a prompt already has.
            shared = len(os.path.commonprefix([text, prompt]))
            start = shared if start < shared < end else start
            prompt = text[:start]
        end = end_of_response(tokenizer, turn, messages[index]["content"], start, end, words=words, needs_end=needs_end)
        if not text.startswith(turn[:end]):
            raise UnprovedRow(f"the template writes the response {words}or its end otherwise once a later turn follows", can_split=True)
        thought = next((messages[index][name] for name in THOUGHTS if messages[index].get(name)), None)
        found.lost_thoughts += thought is not None and thought.strip() not in text[start:end]
        found.spans.append((start, end))
        found.prompts.append(prompt)
    return found


def end_of_response(
    tokenizer, text: str, content: str, start: int, end: int | None, *, words: str, needs_end: bool
) -> int:
    """The character after the end token that follows `content` in text[start:end]."""
    end = len(text) if end is None else end
    # A template may write a thought that stands in the content anew; the answer after it stays as it is.
    anchors = (content, content.strip(), content.strip().rsplit("\n", 1)[-1].strip())
    place = next((found + len(anchor) for anchor in anchors if (found := text.rfind(anchor, start, end)) >= 0), None)
    if place is None:
        raise UnprovedRow(f"the template does not write the response {words}as it stands")
    for pattern in end_patterns(tokenizer):
        if pattern and (match := pattern.search(text, place, end)):
            return match.end()
    if needs_end:
        raise UnprovedRow(f"the template writes no end token after the response {words}".rstrip(), lacks_end=True)
    return max(place, start + len(text[start:end].rstrip("\n")))


def end_patterns(tokenizer) -> list[re.Pattern | None]:
    """Special tokens, and then whatever tokens were added: some tokenizers do not call theirs special."""
    kept = getattr(tokenizer, "_mathpie_end_patterns", None)
    if kept is None or kept[0] != len(tokenizer):
        added = list(tokenizer.added_tokens_decoder.values())
        special = {token.content for token in added if token.special} | set(tokenizer.all_special_tokens)
        others = {token.content for token in added if "think" not in token.content}
        kept = (len(tokenizer), [any_of(special), any_of(others)])
        tokenizer._mathpie_end_patterns = kept
    return kept[1]


def any_of(words: set[str]) -> re.Pattern | None:
    ordered = sorted((word for word in words if word), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def render(tokenizer, messages: list[Message], *, asks: bool) -> str:
    """The text of the messages; `asks` ends it where a response begins. Raises UnprovedRow where the template refuses them."""
    with refusals(tokenizer, messages):
        return tokenizer.apply_chat_template(with_thoughts(messages), tokenize=False, add_generation_prompt=asks)


def marked_spans(tokenizer, messages: list[Message]) -> list[tuple[int, int]]:
    from transformers.utils.chat_template_utils import render_jinja_template

    with refusals(tokenizer, messages):
        _, [spans] = render_jinja_template(
            conversations=[with_thoughts(messages)], chat_template=tokenizer.chat_template, return_assistant_tokens_mask=True,
            add_generation_prompt=False, **tokenizer.special_tokens_map,
        )  # fmt: skip
    return [(start, end) for start, end in spans if end > start]


def with_thoughts(messages: list[Message]) -> list[Message]:
    """A thought beside a response has two names in templates; both are given."""
    return [
        message | dict.fromkeys(THOUGHTS, thought)
        if (thought := next((message[name] for name in THOUGHTS if message.get(name)), None))
        else message
        for message in messages
    ]


class refusals:
    """What a template raises, as one line about the row."""

    def __init__(self, tokenizer, messages: list[Message]) -> None:
        self.tokenizer, self.messages = tokenizer, messages

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind, error, trace) -> bool:
        if error is None or isinstance(error, UnprovedRow) or not isinstance(error, Exception):
            return False
        reason = " ".join(str(error).split())[:200] or kind.__name__
        without = [message for message in self.messages if message["role"] != "system"]
        if len(without) < len(self.messages) and self.takes(without):
            raise UnprovedRow(
                f'the template takes no system turn ({reason}); set "systemTurn" to "merge" (into the question after it) or "drop"'
            ) from error
        raise UnprovedRow(f"the template refuses it ({reason})") from error

    def takes(self, messages: list[Message]) -> bool:
        try:
            self.tokenizer.apply_chat_template(with_thoughts(messages), tokenize=False)
        except Exception:  # a template raises what it likes
            return False
        return True
