"""Prompts and lengths like those of two test sets, for bench/generate.py and bench/profile_steps.py."""

from __future__ import annotations

import random
import statistics
from typing import Any

# requests, mean prompt, (mean output, spread, longest), batch of the original's loop
WORKLOADS = {"gsm8k": (1319, 102, (194, 0.45, 700), 400), "math": (500, 110, (417, 0.55, 1000), 50)}
HEAD = (
    "Below is an instruction that describes a task. Write a response that completes the request.\n\n"
    "### Instruction:\n{}\n\n### Response: Let's think step by step."
)


def draw_lengths(rng: random.Random, count: int, mean: float, spread: float, longest: int) -> list[int]:
    """Log-normal lengths with the given mean and the longest one present."""
    drawn = [min(rng.lognormvariate(0, spread), longest / mean) for _ in range(count)]
    scale = mean / statistics.mean(drawn)
    lengths = [max(4, min(longest, round(value * scale))) for value in drawn]
    lengths[lengths.index(max(lengths))] = longest
    return lengths


def make_text(rng: random.Random, tokenizer: Any, target: int) -> str:
    """A prompt of about `target` tokens: a head that all share, and sentences."""
    names, things = (
        ["Anna", "Ben", "Cora", "David", "Emma", "Felix"],
        ["pens", "books", "apples", "coins", "boxes", "tickets"],
    )
    target -= len(tokenizer(HEAD.format(""))["input_ids"])
    sentences: list[str] = []
    while True:
        sentences.append(
            f"{rng.choice(names)} has {rng.randint(2, 99)} {rng.choice(things)} and buys {rng.randint(2, 99)} more."
        )
        if len(tokenizer(" ".join(sentences))["input_ids"]) >= target:
            return HEAD.format(" ".join(sentences))
