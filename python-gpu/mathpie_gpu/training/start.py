"""What is decided before the first step: which items each step takes, how they are packed, and how the model is made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor, nn

from mathpie_gpu.model.open_model import Source, build_model
from mathpie_gpu.rows.items import Items, Share
from mathpie_gpu.rows.packing import rows_of_step
from mathpie_gpu.run.directory import Run
from mathpie_gpu.training.memory_estimate import Plan

PLANNED_STEPS = 200  # are looked at for the mean and the most tokens of a step


class Steps:
    """`count` optimizer steps of `per_step` items, or fewer at the end of an epoch; `mean_tokens`, `most_tokens` of one."""

    def __init__(self, items: Items, config: dict[str, Any], *, per_step: int) -> None:
        self.items, self.seed, self.per_step = items, config["seed"], per_step
        count = math.ceil(config["epochs"] * math.ceil(len(items) / per_step))
        self.count = min(count, config["maxSteps"] or count)
        tokens = [self.tokens(self.chosen(step)) for step in range(min(self.count, PLANNED_STEPS))]
        self.mean_tokens, self.most_tokens = sum(tokens) / len(tokens), max(tokens)

    def chosen(self, step: int) -> np.ndarray:
        return rows_of_step(step, rows=len(self.items), rows_per_step=self.per_step, seed=self.seed)

    def tokens(self, chosen: np.ndarray) -> int:
        return int(self.items.lengths[chosen].sum())


@dataclass
class Start:
    """`config` is the run's with what the plan chose; `passes` those of a usual step, on each process."""

    run: Run
    config: dict[str, Any]
    source: Source
    items: Items
    held_out: Items | None
    steps: Steps
    plan: Plan
    share: Share
    passes: int

    @property
    def implementation(self) -> str:
        return "transformers" if self.source.reason else "packed"

    def build(self, source: Source | None = None, **changes: Any) -> tuple[nn.Module, dict[str, Tensor]]:
        """The model to train and the low bits of its weights, or another one, with changes of the configuration."""
        share, plan = self.share, self.plan
        options = {"device": share.device, "world": share.world, "is_compiled": share.is_compiled}
        return build_model(source or self.source, self.config | changes, weights=plan.weights, keep=plan.keep, **options)
