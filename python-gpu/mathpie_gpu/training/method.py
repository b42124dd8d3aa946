"""What a way of training has of its own: its rows, its loss, and what it does before the first step. All else is loop.py's."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from mathpie_gpu.rows.items import Items
from mathpie_gpu.training.start import Start


class Method(ABC):
    """A subclass is a way of training; `loop.run_training` does the rest. docs/gpu.md says how to add one."""

    script: str  # file name, for the record of the saved model
    noun: str  # what a step counts, as in the keys rowsPerStep and pairsPerStep
    measures: tuple[str, ...] = ("loss",)  # the numbers of `measure`, as events name them
    hyperparameters: tuple[str, ...] = ()  # keys of the configuration that the record has besides those of every training
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
