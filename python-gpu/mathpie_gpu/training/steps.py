"""What the steps of every training share: the learning rate's schedule, the loss scale of float16, sizes and memory."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from mathpie_gpu.run.errors import UserError


def schedule(step: int, steps: int, config: dict) -> float:
    """The factor of the learning rate at a step (from 0), as transformers' schedules compute it: the first step has 0."""
    warmup = config["warmupSteps"]
    warmup = math.ceil(steps * config["warmupRatio"]) if warmup is None else warmup
    if step < warmup:
        return step / max(1, warmup)
    done = (step - warmup) / max(1, steps - warmup)
    if config["schedule"] == "cosine":
        return max(0.0, 0.5 * (1 + math.cos(math.pi * done)))
    return max(0.0, 1 - done) if config["schedule"] == "linear" else 1.0


def adjust_loss_scale(loss_scale: Tensor, *, is_good: bool, step: int) -> None:
    """Half after an overflow, double every thousand steps. Raises UserError where no scale helps."""
    if not is_good:
        loss_scale.mul_(0.5)
        if loss_scale < 1:
            raise UserError(
                f"Cannot go on training at step {step + 1}: the loss is not finite at any scale; lower learningRate, or use a GPU"
                " with bf16"
            )
    elif (step + 1) % 1000 == 0:
        loss_scale.mul_(2)


def peak_memory(device: torch.device) -> float:
    """GiB: of the GPU, or of this process."""
    if device.type == "cuda":
        return round(torch.cuda.max_memory_allocated(device) / 2**30, 2)
    import resource

    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)
