"""One chat template for training and evaluation, and the tokens of a conversation under it.

A template is Jinja, as transformers and vLLM read it. It is saved with the model, so whoever renders {role, content} messages
with the saved tokenizer writes exactly the prompts of training; `check_saved_template` proves it for a saved model:

    python -m mathpie_gpu.rows.template MODEL_FOLDER                    (in python-gpu/)
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from mathpie_gpu.rows.conversations import Message
from mathpie_gpu.run.errors import UserError

# Stanford Alpaca's wording, which MetaMath trains with (train_math.py); a row's `input`, if any, takes the second form.
ALPACA = (
    "{{ bos_token if bos_token else '' }}{% for message in messages %}{% if message['role'] == 'assistant' %}"
    "{{ message['content'] + eos_token }}"
    "{% elif message['input'] is defined and message['input'] %}"
    "{{ 'Below is an instruction that describes a task, paired with an input that provides further context. "
    "Write a response that appropriately completes the request.\n\n### Instruction:\n' + message['content'] + "
    "'\n\n### Input:\n' + message['input'] + '\n\n### Response:' }}"
    "{% else %}"
    "{{ 'Below is an instruction that describes a task. Write a response that appropriately completes the request."
    "\n\n### Instruction:\n' + message['content'] + '\n\n### Response:' }}"
    "{% endif %}{% endfor %}"
)
CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
TEMPLATES = {"alpaca": ALPACA, "chatml": CHATML}
PROBE = [{"role": "user", "content": "What is 12 + 30?"}]


def set_template(tokenizer, name: str) -> None:
    """`name`: "model" (the tokenizer's own), one of TEMPLATES, or the path of a .jinja file."""
    if name in TEMPLATES:
        tokenizer.chat_template = TEMPLATES[name]
        if name == "chatml" and tokenizer.convert_tokens_to_ids("<|im_end|>") in (None, tokenizer.unk_token_id):
            raise UserError(
                'Cannot use the template "chatml": the tokenizer has no <|im_end|>; use "alpaca" or "model"'
            )
        if name == "alpaca" and not tokenizer.eos_token:
            raise UserError('Cannot use the template "alpaca": the tokenizer has no end-of-text token; use "model"')
    elif name.endswith(".jinja"):
        try:
            tokenizer.chat_template = Path(name).read_text(encoding="utf-8")
        except OSError as error:
            raise UserError(f"Cannot read the template {name}: {error.strerror}; check the path") from error
    elif name != "model":
        raise UserError(
            f'Cannot use the template "{name}": known are model, {", ".join(TEMPLATES)} and paths of .jinja files'
        )
    if not isinstance(tokenizer.chat_template, str):
        raise UserError(
            'Cannot use the template "model": the tokenizer brings none, or several; set "template" to "alpaca", "chatml" or a file'
        )


def render(tokenizer, messages: list[Message], *, asks: bool) -> str:
    """The text of the messages; `asks` ends it where a response begins."""
    return tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=asks)


def response_spans(tokenizer, messages: list[Message]) -> tuple[str, list[tuple[int, int]]]:
    """The whole text and the (start, end) characters of each response with the end-of-turn token after it."""
    text = render(tokenizer, messages, asks=False)
    spans = []
    for index, message in enumerate(messages):
        if message["role"] != "assistant":
            continue
        start = len(render(tokenizer, messages[:index], asks=True))
        end = len(render(tokenizer, messages[: index + 1], asks=False)) if index + 1 < len(messages) else len(text)
        # A newline that the template writes after the end of the turn is not the model's to say.
        tail = text[start:end]
        end = start + len(tail.rstrip("\n")) if not message["content"].endswith("\n") else end
        if (
            not text.startswith(render(tokenizer, messages[:index], asks=True))
            or message["content"].strip() not in tail
        ):
            raise UserError(
                "Cannot train with this template: what it writes before a response changes once the response is there;"
                " give another template, or rows of one turn"
            )
        spans.append((start, end))
    return text, spans


def encode_conversations(
    tokenizer, conversations: list[list[Message]], *, batch: int = 2000
) -> list[tuple[np.ndarray, np.ndarray]]:
    """(token ids int32, learnt bool) of each. Learnt are the tokens of responses and of the end of their turns, and no other.

    The prompt's tokens are those that the prompt alone has, as at evaluation: where the tokenizer would join the last letters
    of the prompt with the first of the response, the two are encoded apart.
    """
    if not getattr(tokenizer, "is_fast", False):
        return [encode_apart(tokenizer, *response_spans(tokenizer, messages)) for messages in conversations]
    encoded: list[tuple[np.ndarray, np.ndarray]] = []
    for first in range(0, len(conversations), batch):
        parts = [response_spans(tokenizer, messages) for messages in conversations[first : first + batch]]
        result = tokenizer([text for text, _ in parts], add_special_tokens=False, return_offsets_mapping=True)
        for (text, spans), ids, offsets in zip(parts, result["input_ids"], result["offset_mapping"]):
            offsets = np.array(offsets, dtype=np.int64).reshape(-1, 2)
            learnt = np.zeros(len(ids), dtype=bool)
            straddles = False
            for start, end in spans:
                inside = (offsets[:, 0] >= start) & (offsets[:, 1] <= end)
                crossing = ((offsets[:, 0] < start) & (offsets[:, 1] > start)) | (
                    (offsets[:, 0] < end) & (offsets[:, 1] > end)
                )
                straddles |= bool(crossing.any())
                learnt |= inside & (offsets[:, 1] > start)
            pair = encode_apart(tokenizer, text, spans) if straddles else (np.array(ids, dtype=np.int32), learnt)
            encoded.append(pair)
    return encoded


def encode_apart(tokenizer, text: str, spans: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    ids: list[int] = []
    learnt: list[bool] = []
    place = 0
    for start, end in [*spans, (len(text), len(text))]:
        for piece, is_learnt in ((text[place:start], False), (text[start:end], True)):
            tokens = tokenizer(piece, add_special_tokens=False)["input_ids"] if piece else []
            ids += tokens
            learnt += [is_learnt] * len(tokens)
        place = end
    return np.array(ids, dtype=np.int32), np.array(learnt, dtype=bool)


# --- the same at both ends -------------------------------------------------------------------------------------------


def describe_template(tokenizer, name: str) -> dict[str, Any]:
    """What training.json keeps: enough to prove later that a prompt has the tokens that it had in training."""
    text = render(tokenizer, PROBE, asks=True)
    return {
        "name": name,
        "sha256": hashlib.sha256(tokenizer.chat_template.encode()).hexdigest(),
        "probe": text,
        "probeTokens": tokenizer(text, add_special_tokens=False)["input_ids"],
    }


def check_saved_template(folder: Path) -> dict[str, Any]:
    """Raises UserError unless the tokenizer in `folder` writes the prompts that training.json says it was trained with."""
    from transformers import AutoTokenizer

    try:
        recorded = json.loads((folder / "training.json").read_text(encoding="utf-8"))["template"]
    except (OSError, ValueError, KeyError):
        raise UserError(
            f"Cannot check the template of {folder}: it has no training.json that names one; train it with Mathpie"
        ) from None
    tokenizer = AutoTokenizer.from_pretrained(folder)
    if not isinstance(tokenizer.chat_template, str):
        raise UserError(
            f"Cannot use the template of {folder}: its tokenizer has lost it; copy chat_template.jinja of the trained model"
        )
    now = describe_template(tokenizer, recorded["name"])
    for key in ("sha256", "probe", "probeTokens"):
        if now[key] != recorded[key]:
            raise UserError(
                f"Cannot use the template of {folder}: its {key} is not the one of training; copy the tokenizer's files of the trained model"
            )
    return now


if __name__ == "__main__":
    try:
        print(json.dumps(check_saved_template(Path(sys.argv[1])), indent=2, ensure_ascii=False))
    except UserError as error:
        sys.exit(str(error))
