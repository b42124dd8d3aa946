"""Fine-tune a causal language model on questions and responses: all of its weights, or low-rank adapters.

One GPU, many GPUs of one host, many hosts (the run directory on a disk that all of them share):

    python python-gpu/train_sft.py configs/recipes/sft-mistral-7b.json --set data=train.jsonl --run runs/sft
    torchrun --nproc_per_node=8 python-gpu/train_sft.py CONFIG.json --set run=runs/sft
    torchrun --nnodes=4 --nproc_per_node=8 --rdzv_backend=c10d --rdzv_endpoint=HOST:29500 python-gpu/train_sft.py CONFIG.json

--dry-run says how many tokens and steps there are, what memory they need and how long they take, and stops. The same command
again goes on from the last checkpoint. SIGTERM or Ctrl-C: the step is finished, a checkpoint saved, and the exit code is 143
or 130 (under torchrun give --shutdown-timeout 600, so that the checkpoint has time to be written).

The rows of a step are packed end to end, without padding and without a look from one document into another. The loss covers
responses alone and is divided by the response tokens of the whole step, so neither packing nor the number of passes or GPUs
changes it. Weights are exactly float32, kept as bf16 and 16 more bits (split_adamw.py). RUN/model is what transformers and
vLLM open, with the chat template of training in it.
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict

import torch
import torch.distributed as dist
from torch import Tensor, nn

from mathpie_gpu.model.cross_entropy import summed_cross_entropy
from mathpie_gpu.model.generic_model import logits_cross_entropy
from mathpie_gpu.model.lora import adapter_size
from mathpie_gpu.model.open_model import DTYPES, build_model, choose_weights, open_source
from mathpie_gpu.model.packed_model import weights_changed
from mathpie_gpu.model.sharding import is_sharded, process_group, sum_over_processes, wait_for_all
from mathpie_gpu.rows.packing import Pack, TokenRows, make_pack, pack_options, pack_rows, rows_of_step
from mathpie_gpu.rows.sft_rows import prepare_rows
from mathpie_gpu.rows.template import describe_template, set_template
from mathpie_gpu.run.directory import Run, open_run, versions
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.checkpoint import last_checkpoint, load_training, save_training, training_tensors
from mathpie_gpu.training.memory_estimate import Plan
from mathpie_gpu.training.plan import choose_passes, describe_estimate, expected_seconds
from mathpie_gpu.training.saved_model import save_model
from mathpie_gpu.training.split_adamw import SplitAdamW, clip_factor, gradient_norm
from mathpie_gpu.training.steps import adjust_loss_scale, peak_memory, schedule


def main(run: Run) -> None:
    config = run.config
    torch.set_float32_matmul_precision("highest" if config["weights"] == "float32" else "high")
    with process_group(config["device"]) as (rank, world, device):
        torch.use_deterministic_algorithms(config["deterministic"], warn_only=True)
        try:
            train(run, config, rank, world, device)
        except torch.OutOfMemoryError as error:
            raise UserError(
                f"Cannot go on training: the GPU ran out of memory ({str(error).split('. ')[0]}); lower tokensPerPass, or set"
                ' keepActivations to "attention" or "inputs", and start the same command again'
            ) from error


def train(run: Run, config: dict, rank: int, world: int, device: torch.device) -> None:
    # --- the model, looked at; the rows, read and encoded --------------------------------------------------------------
    source = open_source(
        config["model"],
        longest_row=config["maxLength"],
        implementation=config["implementation"],
        trusts_code=config["trustRemoteCode"],
    )
    tokenizer = source.tokenizer
    set_template(tokenizer, config["template"])
    rows, report = read_rows(run, config["data"], tokenizer, "rows")
    held_out = read_rows(run, config["evaluationData"], tokenizer, "held-out")[0] if config["evaluationData"] else None
    if source.reason and run.is_main:
        run.event("warning", message=f"Training transformers' own model, padded and slower: {source.reason}")

    # --- the plan, and whether it fits --------------------------------------------------------------------------------
    rows_per_step = config["rowsPerStep"]
    steps = math.ceil(config["epochs"] * math.ceil(len(rows) / rows_per_step))
    steps = min(steps, config["maxSteps"] or steps)
    step_tokens = [int(rows.lengths[order_of(step, rows, config)].sum()) for step in range(min(steps, 200))]
    tokens_per_step = sum(step_tokens) / len(step_tokens)
    weights = choose_weights(config["weights"], device)
    is_compiled = device.type == "cuda" if config["compile"] is None else config["compile"]
    is_compiled = is_compiled and not source.reason
    plan, estimate, room = choose_passes(
        source.shape,
        Plan(
            tokens=0,
            keep="products",
            world=world,
            weights=weights,
            adapter_parameters=adapter_size(source.shape, config["lora"]),
            accumulates=True,
            moment_bytes=2 if config["momentDtype"] == "bfloat16" else 4,
            is_compiled=is_compiled,
            keeps_gathered=bool(config["keepGathered"]),
            keeps_float8=config["float8Copies"],
        ),
        config,
        device=device,
        longest_row=report.longest,
        step_tokens=round(max(step_tokens) / world),
    )
    config = config | {"keepGathered": plan.keeps_gathered}
    passes = math.ceil(tokens_per_step / world / plan.tokens)
    seconds = expected_seconds(
        source.shape, tokens=round(tokens_per_step * steps), world=world, device=device, dtype=DTYPES[weights]
    )
    run.event(
        "plan",
        items=len(rows),
        badRows=report.bad_rows,
        longRows=report.long_rows,
        emptyRows=report.empty_rows,
        tokens=round(tokens_per_step * steps),
        rowTokens=report.tokens,
        responseTokens=report.response_tokens,
        steps=steps,
        tokensPerStep=round(tokens_per_step),
        passesPerStep=passes,
        tokensPerPass=plan.tokens,
        keepActivations=plan.keep,
        parameters=source.shape.parameters if source.shape else None,
        trainedParameters=(plan.adapter_parameters or source.shape.parameters) if source.shape else None,
        implementation="transformers" if source.reason else "packed",
        weights=weights,
        gpus=world if device.type == "cuda" else 0,
        processes=world,
        memoryGiB=round(estimate.total, 2) if estimate else 0,
        memory=describe_estimate(estimate),
        memoryAtHandGiB=round(room, 1),
        minutes=round(seconds / 60, 1) if seconds else 0,
    )
    if run.dry_run:
        return
    if (run.directory / "manifest.json").exists():
        run.end("done", **json.loads((run.directory / "manifest.json").read_text())["totals"])
        return

    # --- model, optimizer, and where they stood -------------------------------------------------------------------------
    model, low_bits = build_model(
        source, config, device=device, world=world, weights=weights, keep=plan.keep, is_compiled=is_compiled
    )
    optimizer = SplitAdamW(
        model.named_parameters(),
        betas=(config["beta1"], config["beta2"]),
        epsilon=config["epsilon"],
        weight_decay=config["weightDecay"],
        moment_dtype=torch.bfloat16 if weights == "bfloat16" else getattr(torch, config["momentDtype"]),
        is_exact=weights in ("split", "float16"),
        is_compiled=is_compiled,
        low_bits=low_bits,
    )
    del low_bits
    loss_scale = torch.tensor(2.0**16 if weights == "float16" else 1.0, device=device)
    tensors = training_tensors(model, optimizer) | {"loss_scale": loss_scale}
    progress = {"rows": rows.fingerprint(), "rowsPerStep": rows_per_step, "seed": config["seed"], "weights": weights}
    folder = run.directory / "checkpoints"
    checkpoint = last_checkpoint(folder)
    first = load_training(checkpoint, tensors, progress) if checkpoint else 0
    weights_changed(model)

    def packs_of(step: int) -> tuple[list[Pack], int]:
        """This process's packs of a step, and the response tokens of the whole step, over all processes."""
        chosen = order_of(step, rows, config)
        packs = pack_rows(chosen, rows.lengths, limit=plan.tokens, ranks=world)
        options = pack_options(device, longest=report.longest, is_compiled=is_compiled)
        return [make_pack(rows, pack, device=device, **options) for pack in packs[rank::world]], int(
            counts[chosen].sum()
        )

    # --- the loop -----------------------------------------------------------------------------------------------------
    counts = rows.learnt_counts()
    add_in_float32 = {"auto": passes > 4, "own": False, "float32": True}[config["accumulateIn"]]
    model.train()
    upcoming = packs_of(first) if first < steps else None
    tokens_seen, began, tokens_timed = 0, time.perf_counter(), 0
    for step in range(first, steps):
        torch.manual_seed(hash((config["seed"], step, rank)) % 2**63)  # dropout: nothing to remember between steps
        rate = config["learningRate"] * schedule(step, steps, config)
        packs, response_tokens = upcoming
        numbers, norm = take_step(
            model,
            optimizer,
            packs,
            response_tokens=response_tokens,
            learning_rate=rate,
            max_norm=config["maxGradientNorm"],
            loss_scale=loss_scale,
            add_in_float32=add_in_float32,
            is_compiled=is_compiled,
            stopping=run.stopping,
        )
        # The device is still busy with all of that; meanwhile the next step is packed, and only then waited for.
        upcoming = packs_of(step + 1) if step + 1 < steps else None
        loss_sum, stop_count = numbers.tolist()
        gradient_size = norm.item()
        if weights == "float16":
            adjust_loss_scale(loss_scale, is_good=math.isfinite(loss_sum) and math.isfinite(gradient_size), step=step)
        elif not (math.isfinite(loss_sum) and math.isfinite(gradient_size)):
            raise UserError(
                f"Cannot go on training at step {step + 1}: the loss is {loss_sum / response_tokens} and the gradient's norm"
                f" {gradient_size}; no weight was changed by it, lower learningRate and start again in another run directory"
            )
        tokens = sum_of_step(step, rows, config)
        tokens_seen, tokens_timed = tokens_seen + tokens, tokens_timed + tokens
        elapsed = time.perf_counter() - began
        if (step + 1) % config["logEvery"] == 0 or step + 1 == steps:
            speed = tokens_timed / elapsed
            run.event(
                "step-end",
                step=step + 1,
                steps=steps,
                loss=loss_sum / response_tokens,
                learningRate=rate,
                gradientNorm=gradient_size,
                tokens=tokens_seen,
                tokensPerSecond=round(speed, 1),
                etaSeconds=round((steps - step - 1) * tokens_per_step / speed, 1),
                peakMemoryGiB=peak_memory(device),
            )
        if step < first + 3 or (step + 1) % 50 == 0:
            began, tokens_timed = time.perf_counter(), 0  # the first steps compile; later only what is recent counts
        if held_out is not None and ((step + 1) % config["evaluateEvery"] == 0 or step + 1 == steps):
            value = evaluate(model, held_out, plan.tokens, rank, world, device, is_compiled)
            run.event("evaluation-end", step=step + 1, loss=value)
            began, tokens_timed = time.perf_counter(), 0
        is_stopping = stop_count > 0 and step + 1 < steps
        if is_stopping or ((step + 1) % config["saveEvery"] == 0 and step + 1 < steps):
            path = save_training(folder, step + 1, tensors, progress, keep_last=config["keepLast"], is_main=run.is_main)
            run.event("checkpoint-saved", step=step + 1, path=str(path))
            began, tokens_timed = time.perf_counter(), 0
        if is_stopping:
            run.stopping.set()  # on every process, also where the signal came a moment later
            run.end("interrupted", step=step + 1, steps=steps, tokens=tokens_seen)
            return

    # --- the model that users open ------------------------------------------------------------------------------------
    record = {
        "script": "train_sft.py",
        "base": config["model"],
        "template": describe_template(tokenizer, config["template"]),
        "rows": asdict(report) | {"sha256": progress["rows"]},
        "steps": steps,
        "weights": weights,
        "float8": config["float8"],
        "lora": config["lora"],
        "implementation": "transformers" if source.reason else "packed",
        "hyperparameters": {name: config[name] for name in HYPERPARAMETERS},
        "source": config["source"],
        "versions": versions(),
    }
    save_model(run, model, optimizer, source, record)
    run.end(
        "done", steps=steps, tokens=tokens_seen, peakMemoryGiB=peak_memory(device), model=str(run.directory / "model")
    )


HYPERPARAMETERS = (
    "epochs", "maxSteps", "rowsPerStep", "learningRate", "schedule", "warmupRatio", "warmupSteps", "weightDecay", "beta1",
    "beta2", "epsilon", "maxGradientNorm", "maxLength", "overLong", "seed",
)  # fmt: skip


# --- rows ------------------------------------------------------------------------------------------------------------


def read_rows(run: Run, paths: str | list[str], tokenizer, name: str):
    """Rank 0 reads and encodes; the others open what it kept."""
    paths = [paths] if isinstance(paths, str) else paths
    cache = None if run.dry_run else run.directory / "tokens" / name
    if not run.is_main:
        wait_for_all()
    rows, report = prepare_rows(paths, tokenizer, run.config, cache=cache)
    if run.is_main:
        wait_for_all()
        for count, what in (
            (report.bad_rows, "have no response or no known shape and are left out"),
            (report.long_rows, f"are longer than {run.config['maxLength']} tokens ({run.config['overLong']})"),
            (report.empty_rows, "have nothing to learn and are left out"),
        ):
            if count:
                run.event("warning", message=f"{count} of the {name} {what}")
    return rows, report


def order_of(step: int, rows: TokenRows, config: dict):
    return rows_of_step(step, rows=len(rows), rows_per_step=config["rowsPerStep"], seed=config["seed"])


def sum_of_step(step: int, rows: TokenRows, config: dict) -> int:
    return int(rows.lengths[order_of(step, rows, config)].sum())


# --- a step ----------------------------------------------------------------------------------------------------------


def take_step(
    model: nn.Module,
    optimizer: SplitAdamW,
    packs: list[Pack],
    *,
    response_tokens: int,
    learning_rate: float,
    max_norm: float | None,
    loss_scale: Tensor,
    add_in_float32: bool = False,
    is_compiled: bool = False,
    stopping: threading.Event | None = None,
) -> tuple[Tensor, Tensor]:
    """One optimizer step. Returns tensors nobody has waited for: ([summed loss (nats), processes that want to stop], summed
    over all processes), and the norm of the gradient.

    response_tokens: of the step, over all processes; the gradient is that of their mean loss. Where loss or norm are not finite,
    no weight and no moment changes.
    """
    # FSDP2 averages gradients over the processes, hence their number.
    factor = loss_scale * (dist.get_world_size() if is_sharded(model) else 1) / response_tokens
    total = torch.zeros((), device=loss_scale.device)
    for number, pack in enumerate(packs):
        if is_sharded(model):
            model.set_requires_gradient_sync(add_in_float32 or number + 1 == len(packs))
        loss = pack_loss(model, pack, is_compiled=is_compiled)
        (loss * factor).backward()
        total += loss.detach()
        if add_in_float32 and len(packs) > 1:
            optimizer.add_gradients()
    numbers = sum_over_processes(
        torch.stack([total, torch.full_like(total, float(stopping is not None and stopping.is_set()))])
    )
    norm = gradient_norm(optimizer.gradients().values()) / loss_scale
    is_finite = numbers[0].isfinite() & norm.isfinite()
    uses_loss_scale = next(iter(optimizer.parameters.values())).dtype == torch.float16
    if not uses_loss_scale or is_finite:  # with loss scaling an overflow is no step at all, and has to be waited for
        scale = clip_factor(norm, max_norm) / loss_scale
        optimizer.step(learning_rate=learning_rate, scale=scale, is_finite=is_finite)
        weights_changed(model)
    optimizer.zero_gradients()
    return numbers, norm


def pack_loss(model: nn.Module, pack: Pack, *, is_compiled: bool) -> Tensor:
    """Summed cross-entropy (nats) of the pack's response tokens."""

    def head(hidden: Tensor, weight: Tensor | None) -> Tensor:
        if weight is None:
            return logits_cross_entropy(hidden, pack.targets)
        return summed_cross_entropy(hidden, weight, pack.targets, is_compiled=is_compiled)

    return model(pack.ids, pack.positions, pack.bounds, pack.longest, places=pack.places, head=head)


@torch.no_grad()
def evaluate(
    model: nn.Module, rows: TokenRows, limit: int, rank: int, world: int, device: torch.device, is_compiled: bool
) -> float:
    """Mean loss (nats) over the response tokens of all rows."""
    model.eval()
    longest = int(rows.lengths.max())
    options = pack_options(device, longest=longest, is_compiled=is_compiled)
    total = torch.zeros(2, device=device, dtype=torch.float64)
    every = torch.arange(len(rows)).numpy()
    for part in split_evenly(every, 512):
        for pack in pack_rows(part, rows.lengths, limit=max(limit, longest), ranks=world)[rank::world]:
            batch = make_pack(rows, pack, device=device, **options)
            total[0] += pack_loss(model, batch, is_compiled=is_compiled)
            total[1] += batch.learnt_tokens
    sum_over_processes(total)
    model.train()
    return (total[0] / total[1]).item()


def split_evenly(items, size: int) -> Iterator:
    for start in range(0, len(items), size):
        yield items[start : start + size]


if __name__ == "__main__":
    with open_run("train-sft") as run:
        main(run)
