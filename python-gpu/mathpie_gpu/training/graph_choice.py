"""Whether a run's passes are recorded as CUDA graphs."""

from __future__ import annotations

from typing import Any

import torch

from mathpie_gpu.model.packed_model import Shape
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.memory_estimate import Estimate, Plan
from mathpie_gpu.training.step import adds_in_float32

# Tokens of a pass times parameters, up to which launches count: an H200 then computes for less than a quarter of a second.
LAUNCH_BOUND = 1.5e13
# The same, up to which several GPUs were measured to be slower than one, each waiting for launches: SmolLM2-135M on two (docs/performance.md).
SPREAD_BOUND = 4e12
FEWEST_STEPS = 64  # a recording takes as long as a few steps, and there is one for each size of a pass


def choose_graphs(
    config: dict[str, Any], *, shape: Shape | None, plan: Plan, estimate: Estimate | None, room: float, device: torch.device,
    is_recordable: bool, passes: int, steps: int,
) -> bool:  # fmt: skip
    """config: graphs (null: where they are worth it), and what rules them out. Raises UserError where they are asked for and cannot be."""
    obstacle = find_obstacle(config, shape=shape, plan=plan, device=device, is_recordable=is_recordable, passes=passes)
    if config["graphs"] and obstacle:
        raise UserError(f'Cannot record passes as CUDA graphs: {obstacle}; set "graphs": null')
    if config["graphs"] is not None or obstacle:
        return bool(config["graphs"])
    if config["lora"]:  # by themselves where they were measured: trainings of all weights
        return False
    # What a recording holds is not given back to passes of sizes that were not recorded yet.
    fits = estimate.total + estimate.activations + estimate.working <= room
    return steps >= FEWEST_STEPS and fits and plan.tokens * shape.computing_parameters <= LAUNCH_BOUND


def find_waste(plan: Plan, *, shape: Shape | None, device: torch.device) -> str | None:
    """What to tell of a model that is too small for its GPUs."""
    is_small = shape is not None and plan.tokens * shape.computing_parameters <= SPREAD_BOUND
    if plan.world == 1 or device.type != "cuda" or not is_small:
        return None
    return (
        f"A model of {shape.parameters / 1e6:.0f}M parameters leaves {plan.world} GPUs waiting for what launches their kernels: one GPU is likely"
        " faster; start with one, or give each step more rows"
    )


def find_obstacle(
    config: dict[str, Any], *, shape: Shape | None, plan: Plan, device: torch.device, is_recordable: bool, passes: int
) -> str | None:
    lora = config["lora"]
    for is_wrong, words in (
        (device.type != "cuda", "they are a GPU's"),
        (not is_recordable, "this way of training looks at its pairs between the passes"),
        (shape is None or not plan.is_compiled, "they need the compiled, packed implementation"),
        (plan.keep != "all", "their memory does not hold all activations"),
        (plan.world > 1, "there are several processes"),
        (plan.weights == "float16", "the loss scale of float16 decides each step on the CPU"),
        (config["float8"] != "off", "float8 finds its scales between the passes"),
        (config["qlora"], "weights in 4 bits are written out by another library"),
        (bool(lora and lora["dropout"]), "adapters with dropout draw anew in each pass"),
        (adds_in_float32(config, passes), "gradients of more than four passes are added up in float32"),
    ):
        if is_wrong:
            return words
    return None
