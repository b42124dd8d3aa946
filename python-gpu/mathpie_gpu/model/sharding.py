"""Processes, GPUs, and the spreading of a model's weights over them (FSDP2)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.distributed.tensor import DTensor

from mathpie_gpu.run.device import choose_device
from mathpie_gpu.run.errors import UserError


@contextmanager
def process_group(device_name: str) -> Iterator[tuple[int, int, torch.device]]:
    """(rank, world, device). One process needs no launcher; torchrun starts more, and each takes the GPU of its number."""
    world, rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
    # Passes differ in size from step to step; without this, memory splits into pieces that nothing fits. Read when CUDA starts.
    os.environ.setdefault("PYTORCH_CUDA_ALLOC_CONF", "expandable_segments:True")
    device = choose_device(device_name)
    if device.type == "cuda":
        own = int(os.environ.get("LOCAL_RANK", "0"))
        if own >= torch.cuda.device_count():
            raise UserError(
                f"Cannot start process {own + 1} of this host: it has {torch.cuda.device_count()} GPUs;"
                f" give torchrun --nproc_per_node={torch.cuda.device_count()}"
            )
        device = torch.device("cuda", own if world > 1 else device.index or 0)
        torch.cuda.set_device(device)
    if world > 1:
        backend = "nccl" if device.type == "cuda" else "gloo"
        options = {"device_id": device} if device.type == "cuda" else {}
        dist.init_process_group(backend, timeout=timedelta(minutes=30), **options)
    try:
        yield rank, world, device
    finally:
        if world > 1:
            dist.destroy_process_group()


def shard(
    model: nn.Module,
    layers: nn.ModuleList,
    *,
    keeps_gathered: bool,
    reduce_dtype: torch.dtype | None,
    unit_layers: int = 1,
    prefetched_units: int = 0,
) -> None:
    """Spreads each unit of `unit_layers` layers, and what is left, over all processes; gathers them when they are needed.

    keeps_gathered: weights stay whole from the forward to the backward pass (more memory, half the traffic).
    reduce_dtype: gradients are averaged over the processes in it; None: in their own. prefetched_units: how many units ahead are
    asked for before a unit computes; 0 leaves it to FSDP2, which asks for the next one when the process gets there.
    """
    from torch.distributed.fsdp import MixedPrecisionPolicy, fully_shard

    policy = MixedPrecisionPolicy(reduce_dtype=reduce_dtype)
    units = [list(layers[start : start + unit_layers]) for start in range(0, len(layers), unit_layers)]
    for unit in units:
        fully_shard(unit if len(unit) > 1 else unit[0], mp_policy=policy, reshard_after_forward=not keeps_gathered)
    fully_shard(model, mp_policy=policy)
    heads = [unit[0] for unit in units]  # each speaks for its unit
    for place, head in enumerate(heads if prefetched_units else []):
        head.set_modules_to_forward_prefetch(heads[place + 1 : place + 1 + prefetched_units])
        head.set_modules_to_backward_prefetch(heads[max(0, place - prefetched_units) : place][::-1])


def reduction_dtype(reduce_in: str, world: int) -> torch.dtype | None:
    """`auto`: a sum of two is rounded once, to the gradients' dtype, whatever it was computed in, so two processes send half
    as much for the same bits; more processes add in float32, for a ring rounds at every hop."""
    return torch.float32 if reduce_in == "float32" or (reduce_in == "auto" and world > 2) else None


def is_sharded(model: nn.Module) -> bool:
    return hasattr(model, "set_requires_gradient_sync")


def spread_again(model: nn.Module) -> None:
    """FSDP2 leaves weights gathered after a forward pass, for a backward pass that does not come; whoever asked the model for its
    parameters now would get tensors that are freed later."""
    for module in model.modules():
        if is_sharded(module):
            module.reshard()


def sum_over_processes(numbers: Tensor) -> Tensor:
    if dist.is_initialized():
        dist.all_reduce(numbers)
    return numbers


def wait_for_all() -> None:
    if dist.is_initialized():
        dist.barrier()


# --- the parts of a tensor ---------------------------------------------------------------------------------------------


def local(tensor: Tensor) -> Tensor:
    return tensor.to_local() if isinstance(tensor, DTensor) else tensor


def local_part(full: Tensor, parameter: Tensor) -> Tensor:
    if not isinstance(parameter, DTensor):
        return full
    mesh, rank = parameter.device_mesh, parameter.device_mesh.get_local_rank()
    chunks = full.chunk(mesh.size())
    return chunks[rank] if rank < len(chunks) else full[:0]


def whole(tensor: Tensor) -> Tensor:
    return tensor.full_tensor() if isinstance(tensor, DTensor) else tensor


def like_shard(part: Tensor, parameter: Tensor) -> Tensor:
    """A local tensor as a DTensor that is spread as `parameter` is."""
    if not isinstance(parameter, DTensor):
        return part
    return DTensor.from_local(
        part, parameter.device_mesh, parameter.placements, shape=parameter.shape, stride=parameter.stride()
    )
