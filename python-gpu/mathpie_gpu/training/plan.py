"""Before the first step: how large the passes are, what the run needs, how long it takes, and whether it fits."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import torch

from mathpie_gpu.model.lora import adapter_size
from mathpie_gpu.model.open_model import DTYPES, Source, choose_weights
from mathpie_gpu.model.packed_attention import attention_name, choose_attention
from mathpie_gpu.model.packed_model import Shape
from mathpie_gpu.rows.items import Items, Share
from mathpie_gpu.run.directory import Run
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.host_memory import available_bytes
from mathpie_gpu.training.graph_choice import choose_graphs, find_waste
from mathpie_gpu.training.memory_estimate import GIB, Estimate, Plan, estimate_memory, most_tokens, ways_out
from mathpie_gpu.training.method import Method, Start, Steps
from mathpie_gpu.training.step import adds_in_float32, schedule

USABLE = 0.96  # of a GPU's free memory; the rest is lost to fragments
SMALLEST_PASS = 4096  # tokens; below, products are too small to fill a large GPU


def plan_run(
    run: Run, method: Method, source: Source, items: Items, held_out: Items | None, rank: int, world: int, device: torch.device
) -> Start:
    """Says the plan as an event. Raises UserError where the run does not fit."""
    config = run.config
    if config["qlora"] and not config["lora"]:
        raise UserError('Cannot train with "qlora" alone: weights in 4 bits do not change; set "lora", such as {"rank": 16}')
    steps = Steps(items, config, per_step=config[f"{method.noun}PerStep"])
    weights = choose_weights(config["weights"], device)
    is_compiled = device.type == "cuda" if config["compile"] is None else config["compile"]
    is_compiled = is_compiled and not source.reason
    first = first_plan(source.shape, config, world=world, weights=weights, is_compiled=is_compiled)
    step_tokens, mean_tokens = round(steps.most_tokens / world), steps.mean_tokens / world
    options = {"device": device, "step_tokens": step_tokens, "mean_tokens": mean_tokens}
    options["longest_row"] = max(part.longest for part in (items, held_out) if part is not None)  # no item is split over two passes
    plan, estimate, room = plan_passes(source.shape, first, config, **options)
    config = config | {"keepGathered": plan.keeps_gathered}
    passes = math.ceil(mean_tokens / plan.tokens)
    has_graphs = choose_graphs(
        config, shape=None if source.reason else source.shape, plan=plan, estimate=estimate, room=room, device=device,
        is_recordable=method.is_recordable, passes=passes, steps=steps.count,
    )  # fmt: skip
    share = Share(rank, world, device, plan.tokens, is_compiled, has_graphs)
    attention = whose_attention(source, config["attention"], weights=weights, device=device, parts=(items, held_out))
    config = config | {"attention": attention}
    start = Start(run, config, source, items, held_out, steps, plan, share, passes, attention)
    if steps.count == 1 and schedule(0, 1, config) == 0:
        message = "the only step is one of warm-up, with a learning rate of 0: nothing is learnt; set warmupRatio to 0, or give more rows or epochs"
        run.event("warning", message=message)
    if waste := find_waste(plan, shape=None if source.reason else source.shape, device=device):
        run.event("warning", message=waste)
    forward_tokens, more = method.look_ahead(start)
    tokens = round(steps.mean_tokens * steps.count)
    work = tokens + round(forward_tokens / 3)  # a forward pass is a third of a step's arithmetic
    seconds = expected_seconds(source.shape, tokens=work, world=world, device=device, dtype=DTYPES[weights])
    run.event(
        "plan",
        items=len(items),
        tokens=tokens,
        **{name: count for name, (count, _) in items.report.left_out(config).items()},
        **{f"{method.noun[:-1]}Tokens": items.report.tokens, "responseTokens": items.report.response_tokens},
        **more,
        steps=steps.count, tokensPerStep=round(steps.mean_tokens), passesPerStep=passes, tokensPerPass=plan.tokens,
        keepActivations=plan.keep, graphs=has_graphs, attention=attention, parameters=source.shape.parameters if source.shape else None,
        trainedParameters=(plan.adapter_parameters or source.shape.parameters) if source.shape else None,
        implementation=start.implementation, weights=weights, gpus=world if device.type == "cuda" else 0, processes=world,
        memoryGiB=round(estimate.total, 2) if estimate else 0, memory=describe_estimate(estimate),
        memoryAtHandGiB=round(room, 1), minutes=round(seconds / 60, 1) if seconds else 0,
    )  # fmt: skip
    return start


def whose_attention(
    source: Source, name: str, *, weights: str, device: torch.device, parts: Sequence[Items | None]
) -> str:
    """Whose kernels attend in a model over the documents of `parts`, of which pairs have two each; `name`: as configured."""
    if source.reason:
        return "transformers"
    longest = max(part.report.longest for part in parts if part is not None)
    kind = {"head_size": source.shape.head_size, "dtype": DTYPES[weights], "device": device, "longest": longest}
    return attention_name(choose_attention(name, **kind))


def first_plan(shape: Shape | None, config: dict[str, Any], *, world: int, weights: str, is_compiled: bool) -> Plan:
    """What the configuration decides of the memory; choose_passes fills in the rest."""
    return Plan(
        tokens=0, keep="products", world=world, weights=weights, adapter_parameters=adapter_size(shape, config["lora"]),
        moment_bytes=2 if config["momentDtype"] == "bfloat16" else 4, is_compiled=is_compiled,
        keeps_gathered=bool(config["keepGathered"]), is_quantised=config["qlora"], keeps_float8=config["float8Copies"],
    )  # fmt: skip


def plan_passes(
    shape: Shape | None, plan: Plan, config: dict[str, Any], *, mean_tokens: float, **options: Any
) -> tuple[Plan, Estimate | None, float]:
    """As choose_passes, with room for the float32 sums of many passes' gradients. mean_tokens: of a step on one GPU."""
    found = choose_passes(shape, plan, config, **options)
    passes = math.ceil(mean_tokens / found[0].tokens)
    if passes == 1 or not adds_in_float32(config, passes):
        return found
    # Smaller passes, of which there are not fewer
    return choose_passes(shape, replace(plan, accumulates_in_float32=True), config, **options)


def choose_passes(
    shape: Shape | None, plan: Plan, config: dict[str, Any], *, device: torch.device, longest_row: int, step_tokens: int
) -> tuple[Plan, Estimate | None, float]:
    """The plan with tokens and `keep` filled in, its estimate, and the GiB at hand. Raises UserError where nothing fits.

    config: tokensPerPass, keepActivations, keepGathered, memoryLimitGiB. step_tokens: of one optimizer step on one GPU, about.
    """
    room = config["memoryLimitGiB"] or memory_at_hand(device)
    share = min(max(step_tokens, longest_row), 1 << 20)
    if shape is None:
        return replace(plan, tokens=config["tokensPerPass"] or max(longest_row, 4096)), None, room
    if config["tokensPerPass"] is None and device.type == "cpu":
        config = config | {"tokensPerPass": max(longest_row, 4096)}
    keeps = (
        ("all", "products", "attention", "inputs")
        if config["keepActivations"] == "auto"
        else (config["keepActivations"],)
    )
    for keep in keeps:  # from the most memory and the least arithmetic to the other end
        chosen = replace(plan, keep=keep)
        if config["tokensPerPass"] is not None:
            tokens = enough = max(config["tokensPerPass"], longest_row)
        else:
            tokens = most_tokens(shape, chosen, room=room)
            # Everything is kept only where a whole step fits; then nothing is gained by computing less again.
            enough = share if keep == "all" and len(keeps) > 1 else min(share, SMALLEST_PASS)
        if config["tokensPerPass"] is None:
            tokens = even_passes(share, tokens, longest_row)
        chosen = replace(chosen, tokens=tokens)
        estimate = estimate_memory(shape, chosen)
        # Weights that stay whole from the forward to the backward pass are sent half as often: taken where they fit.
        whole = replace(chosen, keeps_gathered=True)
        if plan.world > 1 and config["keepGathered"] is None and estimate_memory(shape, whole).total <= room:
            chosen, estimate = whole, estimate_memory(shape, whole)
        if tokens >= max(enough, longest_row) and estimate.total <= room:
            return chosen, estimate, room
        if keep == keeps[-1] and tokens >= longest_row and estimate.total <= room:
            return chosen, estimate, room  # small passes are better than none
    needed = estimate_memory(shape, replace(plan, keep=keeps[-1], tokens=config["tokensPerPass"] or longest_row))
    raise UserError(
        f"Cannot train this model here: it needs {needed.total:.1f} GiB a {device_word(device)} (weights {needed.weights:.1f},"
        f" optimizer {needed.optimizer:.1f}, gradients {needed.gradients:.1f}, activations {needed.activations:.1f}), {room:.1f} are free;"
        f" what would fit: {ways_out(shape, replace(plan, keep=keeps[-1]), room=room, longest_row=longest_row, can_adapt=True)}"
    )


def even_passes(share: int, most: int, longest_row: int) -> int:
    """Tokens a pass where the largest step's passes are even: no smaller step fills one to the brim for one pass less, which would
    set the peak of memory for a gain of less than 1 %. Where one pass holds a step, later steps may be a little larger."""
    if most >= share:
        return min(most, share + share // 16 + longest_row)
    passes = -(-share // most)
    return max(longest_row, min(most, -(-share // passes) + longest_row))


def memory_at_hand(device: torch.device) -> float:
    """GiB that a process of this run may use."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0] / GIB * USABLE
    return available_bytes() / GIB * 0.9 / int(os.environ.get("LOCAL_WORLD_SIZE", "1"))


def device_word(device: torch.device) -> str:
    return "GPU" if device.type == "cuda" else "process"


def expected_seconds(
    shape: Shape | None, *, tokens: int, world: int, device: torch.device, dtype: torch.dtype
) -> float | None:
    """From the rate of one matrix product here: training reaches about 70 % of it on a GPU and half on a CPU."""
    if shape is None:
        return None
    rate = product_rate(device, dtype) * (0.7 if device.type == "cuda" else 0.5)
    return 6 * shape.computing_parameters * tokens / world / rate


def product_rate(device: torch.device, dtype: torch.dtype) -> float:
    """FLOP/s of a square matrix product."""
    size = 4096 if device.type == "cuda" else 512
    a, b = (torch.randn(size, size, device=device).to(dtype) for _ in range(2))
    times = []
    for _ in range(4):
        began = time.perf_counter()
        (a @ b)[0, 0].item()
        times.append(time.perf_counter() - began)
    return 2 * size**3 / min(times)


def describe_estimate(estimate: Estimate | None) -> dict[str, float] | None:
    return None if estimate is None else {name: round(value, 2) for name, value in asdict(estimate).items()}
