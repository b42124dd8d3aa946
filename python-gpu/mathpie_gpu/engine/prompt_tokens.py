"""Prompts as the token ids that the engine sees."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from mathpie_gpu.rows.template import fix_dates

FIXED_DATE = "26 Jul 2024"  # what Llama 3.1 to 3.3 fall back on; src/prompts/chat-template.ts has the same
THINKING = Path(__file__).resolve().parents[3] / "configs" / "thinking.json"
MARK = "\ue000{}\ue001"  # private-use characters, which no template touches
MARKED = re.compile("\ue000(\\d+)\ue001")


class PromptEncoder:
    """Renders `messages` with the chat template (or `template`, Jinja text) and reads `prompt` with special tokens.

    `variables` are further ones of the template, such as `enable_thinking`.
    """

    def __init__(
        self, tokenizer: Any, template: str | None = None, variables: dict[str, str | float | bool] | None = None
    ) -> None:
        self.tokenizer = tokenizer
        self.template = template
        self.variables = variables or {}
        # Longest first, so that no special token is taken for a shorter one that it begins with.
        texts = sorted({text for text in tokenizer.all_special_tokens if text}, key=len, reverse=True)
        added = getattr(tokenizer, "added_tokens_decoder", {})
        texts += [
            str(token) for token in added.values() if getattr(token, "special", False) and str(token) not in texts
        ]
        self.special = re.compile("|".join(map(re.escape, texts))) if texts else None

    def marks_are_special(self) -> bool:
        """Whether the template marks thoughts by special tokens (gpt-oss, Gemma 4): left out of a text, nobody could tell
        the thought from the answer."""
        own = self.template or getattr(self.tokenizer, "chat_template", None)
        if self.special is None or not isinstance(own, str):
            return False
        marks = [mark for pair in thinking_marks() if any(mark in own for mark in pair) for mark in pair]
        return any(self.special.search(mark) for mark in marks)

    def special_ids(self, texts: list[str]) -> list[int]:
        """The ids of those texts that are one special token: such a token never reaches a text, where a stop is looked for."""
        if self.special is None:
            return []
        found = [self.tokenizer.convert_tokens_to_ids(text) for text in texts if self.special.fullmatch(text)]
        return [token for token in found if isinstance(token, int)]

    def encode(self, request: dict[str, Any]) -> list[int]:
        """Raises ValueError with a reason in one line."""
        if "promptTokenIds" in request:
            return request["promptTokenIds"]
        if "prompt" in request:
            return without_doubled_beginning(
                self.tokenizer(request["prompt"])["input_ids"], self.tokenizer.bos_token_id
            )
        return self.encode_messages(request["messages"])

    def encode_messages(self, messages: list[dict[str, str]]) -> list[int]:
        # A special token inside a message is plain text to the model, or anybody's question could end the user's turn.
        plain: list[str] = []

        def hide(match: re.Match[str]) -> str:
            plain.append(match.group())
            return MARK.format(len(plain) - 1)

        hidden = [
            {**message, "content": self.special.sub(hide, message["content"]) if self.special else message["content"]}
            for message in messages
        ]
        rendered = self.render(hidden)
        if not plain:
            return self.tokenizer(rendered, add_special_tokens=False)["input_ids"]
        ids: list[int] = []
        for index, piece in enumerate(MARKED.split(rendered)):
            if index % 2:
                ids += self.tokenizer(plain[int(piece)], add_special_tokens=False, split_special_tokens=True)[
                    "input_ids"
                ]
            elif piece:
                ids += self.tokenizer(piece, add_special_tokens=False)["input_ids"]
        return ids

    def render(self, messages: list[dict[str, str]]) -> str:
        own = getattr(self.tokenizer, "chat_template", None)
        template = self.template or (own if isinstance(own, str) else None)
        if template is None and not own:
            raise ValueError("The model has no chat template: give prompt instead of messages, or set chatTemplate")
        try:
            # Llama 3.2 and later, and gpt-oss, write the day of the call otherwise: a run that goes on tomorrow would have
            # other prompts.
            return self.tokenizer.apply_chat_template(
                messages,
                **{**self.variables, "date_string": FIXED_DATE},
                chat_template=None if template is None else fix_dates(template),
                tokenize=False,
                add_generation_prompt=True,
            )
        except Exception as error:  # a template may raise anything; it stops one request and not the run
            raise ValueError(f"The chat template refuses the messages: {' '.join(str(error).split())[:200]}") from error


def thinking_marks() -> list[tuple[str, str]]:
    """What stands in front of a thought and behind it, by family: configs/thinking.json, which TypeScript reads too."""
    if not THINKING.exists():
        return []
    families = json.loads(THINKING.read_text(encoding="utf-8"))["families"]
    return [(family["open"], family["close"]) for family in families.values()]


def without_doubled_beginning(ids: list[int], beginning: int | None) -> list[int]:
    """A text that begins with the beginning-of-text token gets a second one from many tokenizers."""
    return ids[1:] if beginning is not None and ids[:2] == [beginning, beginning] else ids
