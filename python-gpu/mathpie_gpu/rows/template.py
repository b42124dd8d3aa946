"""One chat template for training and evaluation, and the tokens of a conversation under it.

A template is Jinja, as transformers and vLLM read it. It is saved with the model, so whoever renders {role, content} messages
with the saved tokenizer writes exactly the prompts of training; `check_saved_template` proves it for a saved model:

    python -m mathpie_gpu.rows.template MODEL_FOLDER                    (in python-gpu/)
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from mathpie_gpu.rows.response_spans import UnprovedRow, render
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
DAY = date(2024, 7, 26)
TODAY = re.compile(r"""strftime_now\(\s*(["'])(.*?)\1\s*\)""")
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
    tokenizer.chat_template = fix_dates(tokenizer.chat_template)


def fix_dates(template: str) -> str:
    """The template with a fixed day where it asks for today's: rows, and prompts at evaluation, must not change overnight.

    The day is the one that Llama 3.1's own template falls back to.
    """

    def written(match: re.Match) -> str:
        return json.dumps(DAY.strftime(match[2]), ensure_ascii=False)

    return TODAY.sub(written, template)


# --- the same at both ends -------------------------------------------------------------------------------------------


def describe_template(tokenizer, name: str) -> dict[str, Any]:
    """What training.json keeps: enough to prove later that a prompt has the tokens that it had in training."""
    try:
        text = render(tokenizer, PROBE, asks=True)
    except UnprovedRow as error:
        raise UserError(f"Cannot use this template for a question: {error}; give another template") from None
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
