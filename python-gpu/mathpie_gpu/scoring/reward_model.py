"""A reward model of any kind that transformers opens: what it reads of a row, and the scores that it gives to a batch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from transformers import AutoConfig, AutoModel, AutoModelForSequenceClassification, AutoTokenizer
from transformers.utils import is_accelerate_available

from mathpie_gpu.run.errors import UserError
from mathpie_gpu.scoring.reward_heads import REBUILT, GatedRewardModel, QwenProcessRewardModel, QwenRewardModel

DTYPES = {"bfloat16": torch.bfloat16, "float16": torch.float16, "float32": torch.float32}
QUESTION_FIELDS = ("question", "query", "instruction", "prompt")
# ArmoRM's gate reads the hidden state where the prompt ends: at the first token of this text, where it occurs last.
PROMPT_END = "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"
STEP_TOKEN = "<extra_0>"


@dataclass
class Judgement:
    """`score` is what rows are ranked by; `scores` holds the objectives, classes or steps behind it, where there are several."""

    score: float
    scores: list[float] | None = None


class RewardModel:
    def __init__(self, model, tokenizer, *, config: dict) -> None:
        self.model, self.tokenizer, self.config = model, tokenizer, config
        self.device = next(model.parameters()).device
        # In a causal model no token sees what follows it, so padding on the right needs no mask, and attention without a mask takes
        # the fast kernel. Encoders (BERT, DeBERTa) need the mask.
        attention = [module.is_causal for module in model.modules() if hasattr(module, "is_causal")]
        self.is_causal = bool(attention) and all(attention)

    def encode(self, rows: Sequence[dict]) -> list[list[int] | str]:
        """Token ids of each row, or one line on why it has none."""
        texts: list[str | tuple[str, str] | ValueError] = [self.render(row) for row in rows]
        good = [text for text in texts if not isinstance(text, ValueError)]
        if not good:
            return [str(text) for text in texts]
        if isinstance(good[0], tuple):
            encoded = self.tokenizer([text[0] for text in good], [text[1] for text in good])
        else:
            # The template has written its own BOS; a second one would shift every score.
            encoded = self.tokenizer(good, add_special_tokens=False)
        ids = iter(encoded["input_ids"])
        return [str(text) if isinstance(text, ValueError) else next(ids) for text in texts]

    def render(self, row: dict) -> str | tuple[str, str] | ValueError:
        try:
            messages = to_messages(row, system=self.config["system"])
            if isinstance(self.model, QwenProcessRewardModel):
                *before, last = messages
                steps = [step for step in last["content"].split(self.config["stepSeparator"]) if step.strip()]
                messages = [*before, {**last, "content": "".join(step + STEP_TOKEN for step in steps)}]
            if self.tokenizer.chat_template is None:
                if len(messages) != 2:
                    return ValueError(
                        "the model has no chat template, so only one question and one response can be read"
                    )
                return messages[0]["content"], messages[1]["content"]
            return self.tokenizer.apply_chat_template(messages, tokenize=False)
        except ValueError as error:
            return error
        except Exception as error:  # a template may refuse a conversation in its own way (roles that do not alternate)
            return ValueError(
                f"the chat template refuses it: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
            )

    @torch.inference_mode()
    def score(self, rows: Sequence[list[int]]) -> list[Judgement]:
        """The judgement of each row of token ids. One forward pass; may run out of memory, and then nothing is kept."""
        width = max(map(len, rows))
        padding = unused_token(rows, self.tokenizer)
        ids = torch.tensor([row + [padding] * (width - len(row)) for row in rows], device=self.device)
        last = torch.tensor([len(row) - 1 for row in rows])
        if isinstance(self.model, GatedRewardModel):
            score, rewards = self.model(ids, last=last, gate=torch.tensor([self.prompt_end(row) for row in rows]))
            return [Judgement(*pair) for pair in zip(score.float().tolist(), rewards.float().tolist())]
        if isinstance(self.model, QwenProcessRewardModel):
            return self.score_steps(rows, ids)
        if isinstance(self.model, QwenRewardModel):
            logits = self.model(ids, rows=torch.arange(len(rows)), positions=last)
            return [Judgement(score) for score in logits[:, 0].float().tolist()]
        return self.score_rows(rows, ids, padding)

    def score_steps(self, rows: Sequence[list[int]], ids: torch.Tensor) -> list[Judgement]:
        """The probability that each step is good (the second of two classes), and the one number that `stepScore` makes of them."""
        step = self.tokenizer.convert_tokens_to_ids(STEP_TOKEN)
        places = [(row, at) for row, tokens in enumerate(rows) for at, token in enumerate(tokens) if token == step]
        at = torch.tensor(places)
        good = self.model(ids, rows=at[:, 0], positions=at[:, 1]).float().softmax(-1)[:, 1].tolist()
        judgements = []
        for row in range(len(rows)):
            steps = [value for (of, _), value in zip(places, good) if of == row]
            judgements.append(Judgement(STEP_SCORES[self.config["stepScore"]](steps), steps))
        return judgements

    def score_rows(self, rows: Sequence[list[int]], ids: torch.Tensor, padding: int) -> list[Judgement]:
        """A sequence classifier of transformers, or remote code: its `score` if it has one, else its logits."""
        # It finds the end of the text by looking for the padding id. Where that id is also the end-of-turn token, as with many Llama
        # tokenizers, it would read the reward one token too early: so the id is one that occurs in none of these rows.
        for part in (self.model.config, self.model.config.get_text_config()):
            part.pad_token_id = padding
        mask = (
            None
            if self.is_causal
            else (torch.arange(ids.shape[1]) < torch.tensor([[len(row)] for row in rows])).to(self.device)
        )
        output = self.model(input_ids=ids, attention_mask=mask)
        values = getattr(output, "score", None)
        if values is None:
            values = output.logits if hasattr(output, "logits") else output[0]
        values = values.float().reshape(len(rows), -1).tolist()
        several = getattr(output, "rewards", None)
        if several is not None:
            return [Judgement(value[0], more) for value, more in zip(values, several.float().tolist())]
        if len(values[0]) == 1:
            return [Judgement(value[0]) for value in values]
        if self.config["label"] is None or not 0 <= self.config["label"] < len(values[0]):
            raise UserError(
                f"Cannot score with {self.config['model']}: it gives {len(values[0])} numbers a row;"
                f' say which one ranks with "label", 0 to {len(values[0]) - 1}'
            )
        return [Judgement(value[self.config["label"]], value) for value in values]

    def prompt_end(self, row: list[int]) -> int:
        pattern = self.tokenizer(PROMPT_END, add_special_tokens=False)["input_ids"]
        for at in range(len(row) - len(pattern), -1, -1):
            if row[at : at + len(pattern)] == pattern:
                return at
        raise UserError(
            f"Cannot score with {self.config['model']}: its chat template does not end a prompt as Llama 3 does;"
            " use the tokenizer that came with the model"
        )


def load_reward_model(config: dict, device: torch.device) -> RewardModel:
    """Opens `config["model"]` on `device`. Raises `UserError` where it is no reward model, or where it wants to run its own code."""
    name = config["model"]
    options = {"revision": config["revision"], "trust_remote_code": config["trustRemoteCode"]}
    tokenizer = AutoTokenizer.from_pretrained(name, **options)
    settings = AutoConfig.from_pretrained(name, **options)
    architecture = (settings.architectures or ["none"])[0]
    remote = getattr(settings, "auto_map", None) or {}
    if architecture in REBUILT:
        opener = REBUILT[architecture]
        options.pop("trust_remote_code")
    elif architecture.endswith("ForSequenceClassification"):
        opener = AutoModelForSequenceClassification
    elif not remote:
        raise UserError(
            f'Cannot score with {name}: it is a {architecture}, which gives no score; choose a reward model ("…ForSequenceClassification")'
        )
    elif not config["trustRemoteCode"]:
        raise UserError(
            f"Cannot open {name}: it brings its own Python code, which can do anything on this machine;"
            ' read it, then set "trustRemoteCode": true'
        )
    else:
        opener = AutoModelForSequenceClassification if "AutoModelForSequenceClassification" in remote else AutoModel
    if config["quantization"] is not None:
        options["quantization_config"] = quantization(config["quantization"])
    if config["deviceMap"] is not None:
        options["device_map"] = config["deviceMap"]
    elif config["quantization"] is not None:
        options["device_map"] = {"": device}
    if "device_map" in options and not is_accelerate_available():
        raise UserError('Cannot place the model: the package accelerate is absent; pip install accelerate, or drop "deviceMap"')
    dtype = DTYPES.get(config["dtype"]) or default_dtype(device)
    model, found = opener.from_pretrained(name, dtype=dtype, output_loading_info=True, **options)
    if found["missing_keys"]:
        # transformers fills what is missing at random and goes on: scores would be noise.
        raise UserError(
            f'Cannot score with {name}: its files hold no weights for "{sorted(found["missing_keys"])[0]}"; choose a reward model'
        )
    if "device_map" not in options:
        model.to(device)
    return RewardModel(model.eval(), tokenizer, config=config)


def default_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where the GPU computes in it, float16 on the older ones (T4, V100), float32 on a CPU."""
    if device.type != "cuda":
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16


def quantization(kind: str):
    try:
        import bitsandbytes  # noqa: F401
    except ImportError as error:
        raise UserError(
            f'Cannot load weights in {kind}: the package bitsandbytes is absent; pip install bitsandbytes, or drop "quantization"'
        ) from error
    from transformers import BitsAndBytesConfig

    if kind == "int8":
        return BitsAndBytesConfig(load_in_8bit=True)
    return BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_compute_dtype=torch.bfloat16, bnb_4bit_quant_type="nf4")


def to_messages(row: dict, *, system: str | None) -> list[dict]:
    """The conversation of a row, which ends in the response to judge. Raises `ValueError` with one line on what it lacks."""
    messages = row.get("messages")
    if messages is None:
        question = next((row[field] for field in QUESTION_FIELDS if isinstance(row.get(field), str)), "")
        messages = [{"role": "user", "content": question}, {"role": "assistant", "content": row.get("response")}]
    if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages) or not messages:
        raise ValueError('"messages" is not a list of {role, content}')
    for message in messages:
        if not isinstance(message.get("content"), str) or not isinstance(message.get("role"), str):
            lacking = "response" if message.get("role") == "assistant" else "text in a message"
            raise ValueError(f"it has no {lacking}")
    if messages[-1]["role"] != "assistant" or not messages[-1]["content"].strip():
        raise ValueError("it has no response")
    if not any(message["role"] == "user" and message["content"].strip() for message in messages):
        raise ValueError("it has no question")
    if system is not None and messages[0]["role"] != "system":
        messages = [{"role": "system", "content": system}, *messages]
    return [{"role": message["role"], "content": message["content"]} for message in messages]


def unused_token(rows: Sequence[list[int]], tokenizer) -> int:
    """A token id that occurs in none of the rows: the tokenizer's padding where that is free."""
    used = {token for row in rows for token in row}
    if tokenizer.pad_token_id is not None and tokenizer.pad_token_id not in used:
        return tokenizer.pad_token_id
    return next(token for token in range(len(tokenizer)) if token not in used)


STEP_SCORES = {
    "product": math.prod,
    "min": min,
    "last": lambda steps: steps[-1],
    "mean": lambda steps: sum(steps) / len(steps),
}
