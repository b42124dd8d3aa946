"""What a way of training has of its own: its rows, its loss, and what it does before the first step. All else is loop.py's."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from mathpie_gpu.model.open_model import Source, build_model
from mathpie_gpu.rows.items import Items, Share
from mathpie_gpu.rows.packing import order_of_epoch, rows_of_step
from mathpie_gpu.run.directory import Run
from mathpie_gpu.training.memory_estimate import Plan

PLANNED_STEPS = 200  # are looked at for the mean and the most tokens of a step


class Method(ABC):
    """A subclass is a way of training; `loop.run_training` does the rest. docs/gpu.md says how to add one."""

    script: str  # file name, for the record of the saved model
    noun: str  # what a step counts, as in the keys rowsPerStep and pairsPerStep
    measures: tuple[str, ...] = ("loss",)  # the numbers of `measure`, as events name them
    hyperparameters: tuple[str, ...] = ()  # keys of the configuration that the record has besides those of every training
    is_recordable = False  # its passes are `Pack`s and read nothing of the CPU's, so that CUDA graphs can hold them
    held_out_dtype = torch.float64  # of the sums over held-out items, of which there may be many

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    @abstractmethod
    def read(self, paths: list[str], tokenizer, *, cache: Path | None) -> Items:
        """The items of some files; `cache`: a folder that keeps their tokens between starts."""

    @abstractmethod
    def measure(self, model: nn.Module, pack: Any, *, is_compiled: bool) -> tuple[Tensor, Tensor]:
        """Of one pack: its summed loss, from which gradients go back, and (len(measures),) float32 sums, the loss first, detached."""

    def describe(self, means: list[float]) -> dict[str, float]:
        """What events say of the sums divided by `Items.weight`."""
        return dict(zip(self.measures, means))

    def look_ahead(self, start: Start) -> tuple[int, dict[str, Any]]:
        """Tokens of forward passes before the first step, and what the plan says besides."""
        return 0, {}

    def build(self, start: Start) -> tuple[nn.Module, dict[str, Tensor]] | None:
        """The model to train, after whatever has to come before; None where the run was stopped meanwhile."""
        return start.build()

    def record(self) -> dict[str, Any]:
        """What the saved model's record says besides."""
        return {}


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

    def tokens_before(self, step: int) -> int:
        """Of all steps before this one (from 0)."""
        rows = len(self.items)
        epoch, within = divmod(step, math.ceil(rows / self.per_step))
        order = order_of_epoch(epoch, rows=rows, seed=self.seed)
        return epoch * int(self.items.lengths.sum()) + self.tokens(order[: within * self.per_step])

    def tokens(self, chosen: np.ndarray) -> int:
        return int(self.items.lengths[chosen].sum())


@dataclass
class Start:
    """All that is decided before the first step. `config` is the run's with what the plan chose; `passes` those of a usual step, on
    each process."""

    run: Run
    config: dict[str, Any]
    source: Source
    items: Items
    held_out: Items | None
    steps: Steps
    plan: Plan
    share: Share
    passes: int
    attention: str  # whose kernels: torch, rows, flash-attn-4, transformers

    @property
    def implementation(self) -> str:
        return "transformers" if self.source.reason else "packed"

    def build(self, source: Source | None = None, **changes: Any) -> tuple[nn.Module, dict[str, Tensor]]:
        """The model to train and the low bits of its weights, or another one, with changes of the configuration."""
        share, plan = self.share, self.plan
        options = {"device": share.device, "world": share.world, "is_compiled": share.is_compiled}
        return build_model(source or self.source, self.config | changes, weights=plan.weights, keep=plan.keep, **options)
