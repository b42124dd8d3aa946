"""A training run, whatever its method: rows, plan, model, steps, checkpoints, and the model that users open."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import nn

from mathpie_gpu.model.open_model import Source, open_source
from mathpie_gpu.model.packed_model import weights_changed
from mathpie_gpu.model.sharding import process_group, spread_again, sum_over_processes, wait_for_all
from mathpie_gpu.rows.items import Items
from mathpie_gpu.rows.learnt_rows import learnt_rows
from mathpie_gpu.rows.template import describe_template, set_template
from mathpie_gpu.run.counted import agreeing
from mathpie_gpu.run.directory import Run, versions
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.arrival import Arrival
from mathpie_gpu.training.checkpoint import last_checkpoint, load_training, save_training, training_tensors
from mathpie_gpu.training.finished_run import totals_of_finished
from mathpie_gpu.training.method import Method, Start
from mathpie_gpu.training.plan import plan_run
from mathpie_gpu.training.saved_model import save_model
from mathpie_gpu.training.split_adamw import SplitAdamW, open_optimizer
from mathpie_gpu.training.step import adds_in_float32, peak_memory, schedule, take_step
from mathpie_gpu.training.step_graphs import StepGraphs
from mathpie_gpu.training.step_reports import Launched, StepReports

HELD_OUT_AT_ONCE = 512  # items are packed, and lie on the device, at a time


def run_training(run: Run, method: Method) -> None:
    """All of a run of train_*.py."""
    config = run.config
    # float32 weights mean float32 products throughout; with 16-bit ones, what is left in float32 may use TF32.
    torch.set_float32_matmul_precision("highest" if config["weights"] == "float32" else "high")
    with process_group(config["device"]) as (rank, world, device):
        torch.use_deterministic_algorithms(config["deterministic"], warn_only=True)
        try:
            train(run, method, rank, world, device)
        except torch.OutOfMemoryError as error:
            raise UserError(
                f"Cannot go on training: the GPU ran out of memory ({str(error).split('. ')[0]}); lower tokensPerPass, or set"
                ' keepActivations to "attention" or "inputs", and start the same command again'
            ) from error


def train(run: Run, method: Method, rank: int, world: int, device: torch.device) -> None:
    config = run.config
    # The rows are encoded with the model's tokenizer and template, and the plan needs their lengths; weights are read after all of that,
    # so that a dry run and a run that does not fit need none of them.
    source = open_source(config["model"], config)
    set_template(source.tokenizer, config["template"])
    items = read_items(run, method, source, config["data"], method.noun)
    if run.dry_run and config["showTokens"]:
        for event in learnt_rows(items.rows, source.tokenizer, most=config["showTokens"]):
            run.event("learnt-row", **event)
        return
    totals = None if run.dry_run else totals_of_finished(run.directory, items, noun=method.noun)
    if totals is not None:
        run.end("done", **totals)
        return
    held_out = read_items(run, method, source, config["evaluationData"], "held-out") if config["evaluationData"] else None
    if source.reason and run.is_main:
        run.event("warning", message=f"Training transformers' own model, padded and slower: {source.reason}")
    start = plan_run(run, method, source, items, held_out, rank, world, device)
    if run.dry_run:
        return
    model, low_bits = method.build(start) or (None, None)
    if model is None:
        run.end("interrupted", step=0, steps=start.steps.count)
        return
    kinds = {"weights": start.plan.weights, "is_compiled": start.share.is_compiled}
    optimizer = open_optimizer(model, low_bits, config, **kinds)
    del low_bits  # the optimizer has its own; of a large model they are gigabytes
    tokens = take_steps(method, start, model, optimizer)
    if tokens is None:
        return
    save_model(run, model, optimizer, source, describe_run(method, start))
    totals = {"steps": start.steps.count, "tokens": tokens, "peakMemoryGiB": peak_memory(device)}
    run.end("done", **totals, model=str(run.directory / "model"))


def read_items(run: Run, method: Method, source: Source, paths: str | list[str], name: str) -> Items:
    """Rank 0 reads and encodes; the others wait, and open what it kept."""
    cache = None if run.dry_run else run.directory / "tokens" / name
    if not run.is_main:
        wait_for_all()
    items = method.read([paths] if isinstance(paths, str) else paths, source.tokenizer, cache=cache)
    if run.is_main:
        wait_for_all()
        for count, words in items.report.left_out(run.config).values():
            if count:
                run.event("warning", message=f"{count:,} of the {name} {agreeing(count, words)}")
    return items


def take_steps(method: Method, start: Start, model: nn.Module, optimizer: SplitAdamW) -> int | None:
    """From the last checkpoint to the end: the tokens of these steps; None where the run was stopped, with a checkpoint."""
    run, config, share, items, steps = start.run, start.config, start.share, start.items, start.steps
    weights, device, last = start.plan.weights, share.device, start.steps.count
    loss_scale = torch.tensor(2.0**16 if weights == "float16" else 1.0, device=device)
    tensors = training_tensors(model, optimizer) | {"loss_scale": loss_scale}
    progress = {method.noun: items.rows.fingerprint(), f"{method.noun}PerStep": steps.per_step}
    progress |= {"seed": config["seed"], "weights": weights}
    folder = run.directory / "checkpoints"
    checkpoint = last_checkpoint(folder)
    first = load_training(checkpoint, tensors, progress) if checkpoint else 0
    weights_changed(model)  # loaded in place, behind its back
    measure = partial(method.measure, is_compiled=share.is_compiled)
    graphs = None
    if share.has_graphs:
        options = {"max_norm": config["maxGradientNorm"], "on_failure": lambda message: run.event("warning", message=message)}
        graphs = StepGraphs(model, optimizer, measure, **options)
    step_once = partial(
        take_step, model, optimizer, measure, graphs=graphs, sums=len(method.measures),
        max_norm=config["maxGradientNorm"], loss_scale=loss_scale, stopping=run.stopping,
        add_in_float32=adds_in_float32(config, start.passes),
    )  # fmt: skip

    def prepare(step: int) -> tuple[list, int, int] | None:
        """The packs of a step; its weight and tokens, over all processes."""
        if step >= last:
            return None
        chosen = steps.chosen(step)
        return share.packs(items, chosen), items.weight(chosen), steps.tokens(chosen)

    model.train()
    upcoming = prepare(first)
    reports, launched = StepReports(method, start, first=first, loss_scale=loss_scale), deque()
    for step in range(first, last):
        torch.manual_seed(hash((config["seed"], step, share.rank)) % 2**63)  # dropout: nothing to remember between steps
        rate = config["learningRate"] * schedule(step, last, config)
        packs, weight, tokens = upcoming
        numbers, norm = step_once(packs, weight=weight, learning_rate=rate)
        launched.append(Launched(step, Arrival(torch.cat([numbers, norm.reshape(1)])), weight, tokens, rate))
        # The device is still busy with all of that; meanwhile the next step is packed, and only then waited for.
        upcoming = prepare(step + 1)
        is_last = step + 1 == last
        evaluates = start.held_out is not None and ((step + 1) % config["evaluateEvery"] == 0 or is_last)
        saves = (step + 1) % config["saveEvery"] == 0 and not is_last
        # Steps of graphs are over before the next one can be launched: they are waited for behind that.
        is_stopping, waits = False, not share.has_graphs or evaluates or saves or is_last
        while len(launched) > (0 if waits or is_stopping else 1):
            is_stopping |= reports.wait_for(launched.popleft())
        if evaluates:
            run.event("evaluation-end", step=step + 1, **evaluate(method, start, model))
        is_stopping &= not is_last
        if is_stopping or saves:
            path = save_training(folder, step + 1, tensors, progress, keep_last=config["keepLast"], is_main=run.is_main)
            run.event("checkpoint-saved", step=step + 1, path=str(path))
        if evaluates or saves:
            reports.restart_clock()
        if is_stopping:
            run.stopping.set()  # on every process, also where the signal came a moment later
            run.end("interrupted", step=step + 1, steps=last, tokens=reports.tokens)
            return None
    return reports.tokens


@torch.no_grad()
def evaluate(method: Method, start: Start, model: nn.Module) -> dict[str, float]:
    """Means over the held-out items, of all processes."""
    model.eval()
    items, share, everything = start.held_out, start.share, np.arange(len(start.held_out))
    total = torch.zeros(len(method.measures), device=share.device, dtype=method.held_out_dtype)
    for begin in range(0, len(items), HELD_OUT_AT_ONCE):
        for pack in share.packs(items, everything[begin : begin + HELD_OUT_AT_ONCE]):
            total += method.measure(model, pack, is_compiled=share.is_compiled)[1]
    spread_again(model)
    model.train()
    return method.describe((sum_over_processes(total) / items.weight(everything)).tolist())


def describe_run(method: Method, start: Start) -> dict[str, Any]:
    """training.json of the saved model."""
    config, items = start.config, start.items
    names = (
        *method.hyperparameters, "epochs", "maxSteps", f"{method.noun}PerStep", "learningRate", "schedule", "warmupRatio",
        "warmupSteps", "weightDecay", "beta1", "beta2", "epsilon", "maxGradientNorm", "maxLength", "overLong", "seed",
    )  # fmt: skip
    return {
        "script": method.script,
        "base": config["model"],
        **method.record(),
        "template": describe_template(start.source.tokenizer, config["template"]),
        method.noun: asdict(items.report) | {"sha256": items.rows.fingerprint()},
        "steps": start.steps.count,
        "weights": start.plan.weights,
        "implementation": start.implementation,
        "attention": start.attention,
        **{name: config[name] for name in ("float8", "lora", "qlora", "source")},
        "hyperparameters": {name: config[name] for name in names},
        "versions": versions(),
    }
