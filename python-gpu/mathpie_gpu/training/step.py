"""One optimizer step, and what belongs to it: the learning rate's schedule, the loss scale of float16, the peak of memory."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from mathpie_gpu.model.packed_model import weights_changed
from mathpie_gpu.model.sharding import is_sharded, sum_over_processes
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.split_adamw import SplitAdamW, clip_factor, gradient_norm
from mathpie_gpu.training.step_graphs import StepGraphs

MOST_ADDED_IN_OWN = 4  # passes whose gradients are added up in their own dtype, where nobody says


def take_step(
    model: nn.Module, optimizer: SplitAdamW, measure: Callable[[nn.Module, Any], tuple[Tensor, Tensor]], packs: list[Any], *,
    weight: float, learning_rate: float, max_norm: float | None, loss_scale: Tensor, sums: int = 1, add_in_float32: bool = False,
    stopping: threading.Event | None = None, graphs: StepGraphs | None = None,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """One optimizer step. Returns tensors nobody has waited for: (the sums of `measure`, then the processes that want to stop,
    all summed over all processes), and the norm of the gradient.

    measure(model, pack) is Method.measure with `sums` numbers. weight: what the step's loss is divided by, over all processes.
    Where loss or norm are not finite, no weight and no moment changes. graphs: of the same model, optimizer and `measure`.
    """
    if graphs is not None and not graphs.begin_step():
        graphs = None
    # FSDP2 averages gradients over the processes, hence their number.
    factor = loss_scale * (dist.get_world_size() if is_sharded(model) else 1) / weight
    total = torch.zeros(sums, device=loss_scale.device)
    for number, pack in enumerate(packs):
        if graphs is not None:
            total += graphs.run_pass(pack, factor)
            continue
        if is_sharded(model):
            # Gradients in their own dtype stay whole until the last pass and travel once; float32 sums are kept of the shards.
            model.set_requires_gradient_sync(add_in_float32 or number + 1 == len(packs))
        loss, numbers = measure(model, pack)
        (loss * factor).backward()
        total += numbers
        if add_in_float32 and len(packs) > 1:
            optimizer.add_gradients()
    # The wish to stop travels with the numbers, so that every process stops behind the same step.
    stop = torch.full_like(total[:1], float(stopping is not None and stopping.is_set()))
    numbers = sum_over_processes(torch.cat([total, stop]))
    if graphs is not None:
        return numbers, graphs.update(learning_rate=learning_rate, is_finite=numbers[0].isfinite())
    norm = gradient_norm(optimizer.gradients().values()) / loss_scale
    is_finite = numbers[0].isfinite() & norm.isfinite()
    uses_loss_scale = next(iter(optimizer.parameters.values())).dtype == torch.float16
    if not uses_loss_scale or is_finite:  # with loss scaling an overflow is no step at all, and has to be waited for
        scale = clip_factor(norm, max_norm) / loss_scale
        optimizer.step(learning_rate=learning_rate, scale=scale, is_finite=is_finite)
        weights_changed(model)
    optimizer.zero_gradients()
    return numbers, norm


def adds_in_float32(config: dict[str, Any], passes: int) -> bool:
    """Whether gradients of so many passes are added up in float32; `config`: accumulateIn."""
    return config["accumulateIn"] == "float32" or (config["accumulateIn"] == "auto" and passes > MOST_ADDED_IN_OWN)


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
