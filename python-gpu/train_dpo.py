"""Train a causal language model on preference pairs with DPO (Rafailov et al. 2023): all of its weights, or low-rank adapters.

One GPU, many GPUs of one host, many hosts (the run directory on a disk that all of them share):

    python python-gpu/train_dpo.py configs/recipes/dpo-reasoning.json --set model=runs/sft/model --set data=pairs.jsonl --run runs/dpo
    torchrun --nproc_per_node=8 python-gpu/train_dpo.py CONFIG.json --set run=runs/dpo
    torchrun --nnodes=4 --nproc_per_node=8 --rdzv_backend=c10d --rdzv_endpoint=HOST:29500 python-gpu/train_dpo.py CONFIG.json

--dry-run says how many pairs, tokens and steps there are, what memory they need and how long they take, and stops. The same
command again goes on from the last checkpoint; SIGTERM or Ctrl-C: the step is finished, a checkpoint saved (exit code 143, 130).

The reference model is the one that training starts from, unless another is named. Its log-probabilities are computed once,
before the first step, and kept: no second model lies in memory, and a run with another beta (same referenceCache) finds them.
Model, packing, sharding, optimizer and checkpoints are those of train_sft.py. Both sides of a pair are documents of one pack,
so a pair's loss is computed in one pass; it covers the last response of each side, and the step's loss is the mean over pairs.
"""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from mathpie_gpu.model.lora import adapter_size
from mathpie_gpu.model.open_model import DTYPES, Source, build_model, choose_weights, open_source
from mathpie_gpu.model.packed_model import weights_changed
from mathpie_gpu.model.sharding import is_sharded, process_group, spread_again, sum_over_processes, wait_for_all
from mathpie_gpu.rows.packing import TokenRows, rows_of_step
from mathpie_gpu.rows.pair_packs import PairPack, Pairs, Work
from mathpie_gpu.rows.preference_rows import PairReport, prepare_pairs
from mathpie_gpu.rows.template import describe_template, set_template
from mathpie_gpu.run.directory import Run, open_run, versions
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.checkpoint import last_checkpoint, load_training, save_training, training_tensors
from mathpie_gpu.training.memory_estimate import Plan
from mathpie_gpu.training.plan import choose_passes, describe_estimate, expected_seconds
from mathpie_gpu.training.preference_loss import PairLosses, pair_losses, response_log_probabilities
from mathpie_gpu.training.reference_cache import ReferenceCache
from mathpie_gpu.training.reference_pass import fill_references
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
    if (run.directory / "manifest.json").exists() and not run.dry_run:
        run.end("done", **json.loads((run.directory / "manifest.json").read_text())["totals"])
        return

    # --- the model, looked at; the pairs, read and encoded --------------------------------------------------------------
    source = look_at(config["model"], config)
    tokenizer = source.tokenizer
    set_template(tokenizer, config["template"])
    pairs = Pairs(*read_pairs_once(run, config["data"], tokenizer, "pairs"))
    held_out = Pairs(*read_pairs_once(run, config["evaluationData"], tokenizer, "held-out")) if config["evaluationData"] else None
    if source.reason and run.is_main:
        run.event("warning", message=f"Training transformers' own model, padded and slower: {source.reason}")

    # --- the plan, and whether it fits --------------------------------------------------------------------------------
    pairs_per_step = config["pairsPerStep"]
    steps = math.ceil(config["epochs"] * math.ceil(len(pairs) / pairs_per_step))
    steps = min(steps, config["maxSteps"] or steps)
    step_tokens = [int(pairs.lengths[order_of(step, pairs, config)].sum()) for step in range(min(steps, 200))]
    tokens_per_step = sum(step_tokens) / len(step_tokens)
    weights = choose_weights(config["weights"], device)
    is_compiled = device.type == "cuda" if config["compile"] is None else config["compile"]
    is_compiled = is_compiled and not source.reason
    longest_pair = max(part.report.longest_pair for part in (pairs, held_out) if part is not None)
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
        longest_row=longest_pair,  # a pair is never split over two passes
        step_tokens=round(max(step_tokens) / world),
    )
    config = config | {"keepGathered": plan.keeps_gathered}
    passes = math.ceil(tokens_per_step / world / plan.tokens)
    settings = f"{weights} {config['float8']} {'transformers' if source.reason else 'packed'}"
    reference = find_reference(run, config, pairs, settings=settings)
    held_out_reference = find_reference(run, config, held_out, settings=settings) if held_out else None
    # A forward pass is a third of a step's arithmetic.
    missing = pairs.lengths[reference.missing].sum() + (held_out.lengths[held_out_reference.missing].sum() if held_out else 0)
    tokens = round(tokens_per_step * steps)
    seconds = expected_seconds(
        source.shape, tokens=tokens + round(int(missing) / 3), world=world, device=device, dtype=DTYPES[weights]
    )
    run.event(
        "plan",
        items=len(pairs),
        badRows=pairs.report.bad_rows,
        longPairs=pairs.report.long_pairs,
        equalPairs=pairs.report.equal_pairs,
        tokens=tokens,
        pairTokens=pairs.report.tokens,
        responseTokens=pairs.report.response_tokens,
        referenceTokens=int(missing),
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

    # --- what the reference says about the pairs, then the policy -------------------------------------------------------
    options = {"device": device, "world": world, "weights": weights, "keep": plan.keep, "is_compiled": is_compiled}
    work = Work(rank, world, device, plan.tokens, is_compiled)
    needs_reference = any(cache is not None and len(cache.missing) for cache in (reference, held_out_reference))
    model = None
    if needs_reference and config["reference"] is not None:
        other = look_at(config["reference"], config)
        if len(other.tokenizer) != len(tokenizer) or (other.reason is None) != (source.reason is None):
            raise UserError(
                f"Cannot take {config['reference']} as the reference of {config['model']}: they are not of one architecture and"
                ' vocabulary; leave "reference" out, or name the model that this one was tuned from'
            )
        model, _ = build_model(other, {**config, "model": config["reference"], "lora": None}, **options)
        if not fill_references(run, model, [(pairs, reference), (held_out, held_out_reference)], work):
            run.end("interrupted", step=0, steps=steps)
            return
        needs_reference, model = False, None
        torch.cuda.empty_cache()  # does nothing without a GPU
    model, low_bits = build_model(source, config, **options)
    if needs_reference and not fill_references(run, model, [(pairs, reference), (held_out, held_out_reference)], work):
        run.end("interrupted", step=0, steps=steps)
        return
    pairs.reference = torch.from_numpy(reference.values)
    if held_out:
        held_out.reference = torch.from_numpy(held_out_reference.values)

    # --- the optimizer, and where it stood ------------------------------------------------------------------------------
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
    progress = {"pairs": pairs.rows.fingerprint(), "pairsPerStep": pairs_per_step, "seed": config["seed"], "weights": weights}
    folder = run.directory / "checkpoints"
    checkpoint = last_checkpoint(folder)
    first = load_training(checkpoint, tensors, progress) if checkpoint else 0
    weights_changed(model)
    optimizer.steps_taken = first

    # --- the loop -----------------------------------------------------------------------------------------------------
    add_in_float32 = {"auto": passes > 4, "own": False, "float32": True}[config["accumulateIn"]]
    model.train()
    upcoming = work.packs(pairs, order_of(first, pairs, config)) if first < steps else None
    tokens_seen, began, tokens_timed = 0, time.perf_counter(), 0
    for step in range(first, steps):
        torch.manual_seed(hash((config["seed"], step, rank)) % 2**63)  # dropout: nothing to remember between steps
        rate = config["learningRate"] * schedule(step, steps, config)
        chosen = order_of(step, pairs, config)
        sums = run_passes(
            model, upcoming, config, divisor=len(chosen) / world, loss_scale=loss_scale, is_compiled=is_compiled,
            optimizer=optimizer, add_in_float32=add_in_float32,
        )  # fmt: skip
        norm = gradient_norm(optimizer.gradients().values()) / loss_scale
        numbers = sum_over_processes(torch.cat([sums, torch.tensor([float(run.stopping.is_set())]).to(sums)]))
        is_finite = numbers[0].isfinite() & norm.isfinite()
        if weights != "float16" or is_finite:  # with loss scaling an overflow is no step at all
            scale = clip_factor(norm, config["maxGradientNorm"]) / loss_scale
            optimizer.step(learning_rate=rate, scale=scale, is_finite=is_finite)
            weights_changed(model)
        optimizer.zero_gradients()
        # The device is still busy with all of that; meanwhile the next step is packed, and only then waited for.
        upcoming = work.packs(pairs, order_of(step + 1, pairs, config)) if step + 1 < steps else None
        *means, stop_count = numbers.tolist()
        measured = describe([value / len(chosen) for value in means])
        gradient_size = norm.item()
        is_good = math.isfinite(measured["loss"]) and math.isfinite(gradient_size)
        if weights == "float16":
            adjust_loss_scale(loss_scale, is_good=is_good, step=step)
        elif not is_good:
            raise UserError(
                f"Cannot go on training at step {step + 1}: the loss is {measured['loss']} and the gradient's norm"
                f" {gradient_size}; no weight was changed by it, lower learningRate and start again in another run directory"
            )
        count = int(pairs.lengths[chosen].sum())
        tokens_seen, tokens_timed = tokens_seen + count, tokens_timed + count
        elapsed = time.perf_counter() - began
        if (step + 1) % config["logEvery"] == 0 or step + 1 == steps:
            speed = tokens_timed / elapsed
            run.event(
                "step-end",
                step=step + 1,
                steps=steps,
                **measured,
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
            run.event("evaluation-end", step=step + 1, **evaluate(model, held_out, work, config))
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
        "script": "train_dpo.py",
        "base": config["model"],
        "reference": config["reference"] or config["model"],
        "template": describe_template(tokenizer, config["template"]),
        "pairs": asdict(pairs.report) | {"sha256": progress["pairs"]},
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
    run.end("done", steps=steps, tokens=tokens_seen, peakMemoryGiB=peak_memory(device), model=str(run.directory / "model"))


HYPERPARAMETERS = (
    "beta", "labelSmoothing", "chosenLossWeight", "lengthNormalised", "epochs", "maxSteps", "pairsPerStep", "learningRate",
    "schedule", "warmupRatio", "warmupSteps", "weightDecay", "beta1", "beta2", "epsilon", "maxGradientNorm", "maxLength",
    "overLong", "seed",
)  # fmt: skip


# --- pairs -----------------------------------------------------------------------------------------------------------


def look_at(name: str, config: dict) -> Source:
    return open_source(
        name,
        longest_row=config["maxLength"],
        implementation=config["implementation"],
        trusts_code=config["trustRemoteCode"],
    )


def read_pairs_once(run: Run, paths: str | list[str], tokenizer, name: str) -> tuple[TokenRows, PairReport]:
    """Rank 0 reads and encodes; the others open what it kept."""
    paths = [paths] if isinstance(paths, str) else paths
    cache = None if run.dry_run else run.directory / "tokens" / name
    if not run.is_main:
        wait_for_all()
    rows, report = prepare_pairs(paths, tokenizer, run.config, cache=cache)
    if run.is_main:
        wait_for_all()
        for count, what in (
            (report.bad_rows, "are no pairs and are left out"),
            (report.long_pairs, f"have a side of more than {run.config['maxLength']} tokens and are left out"),
            (report.equal_pairs, "have the same tokens on both sides and are left out"),
        ):
            if count:
                run.event("warning", message=f"{count} of the {name} {what}")
    return rows, report


def order_of(step: int, pairs: Pairs, config: dict) -> np.ndarray:
    """The pair numbers of a step."""
    return rows_of_step(step, rows=len(pairs), rows_per_step=config["pairsPerStep"], seed=config["seed"])


# --- the reference ---------------------------------------------------------------------------------------------------


def find_reference(run: Run, config: dict, pairs: Pairs, *, settings: str) -> ReferenceCache:
    folder = Path(config["referenceCache"]) if config["referenceCache"] else run.directory / "reference"
    name = config["reference"] or config["model"]
    return ReferenceCache(
        folder,
        checkpoint=look_at(name, config).folder,
        fingerprint=pairs.rows.fingerprint(),
        pairs=len(pairs),
        settings=settings,
    )


# --- a step ----------------------------------------------------------------------------------------------------------


def losses_of(model: nn.Module, batch: PairPack, config: dict, *, is_compiled: bool) -> PairLosses:
    policy = response_log_probabilities(model, batch.pack, len(batch.pairs), is_compiled=is_compiled)
    return pair_losses(
        *policy.unbind(1),
        *batch.reference.unbind(1),
        chosen_tokens=batch.counts[:, 0],
        rejected_tokens=batch.counts[:, 1],
        beta=config["beta"],
        label_smoothing=config["labelSmoothing"],
        chosen_loss_weight=config["chosenLossWeight"],
        is_length_normalised=config["lengthNormalised"],
    )


def run_passes(
    model: nn.Module,
    packs: list[PairPack],
    config: dict,
    *,
    divisor: float,
    loss_scale: Tensor,
    is_compiled: bool,
    optimizer: SplitAdamW,
    add_in_float32: bool,
) -> Tensor:
    """Forward and backward over the packs; the optimizer has the gradients of (summed loss / divisor * loss scale) then.

    Returns the sums over this process's pairs that `describe` names. With several processes FSDP2 averages gradients, so
    `divisor` is the pairs of the step over the number of processes.
    """
    total = torch.zeros(4, device=loss_scale.device)
    for number, batch in enumerate(packs):
        if is_sharded(model):
            model.set_requires_gradient_sync(number + 1 == len(packs) or add_in_float32)
        found = losses_of(model, batch, config, is_compiled=is_compiled)
        (found.loss.sum() * (loss_scale / divisor)).backward()
        total += measures(found)
        if add_in_float32 and len(packs) > 1:
            optimizer.add_gradients()
    return total


def measures(found: PairLosses) -> Tensor:
    return torch.stack([part.detach().sum() for part in (found.loss, found.chosen_reward, found.rejected_reward, found.accuracy)])


def describe(means: list[float]) -> dict[str, float]:
    """Means over pairs, under the names of the events. A pair is right where the chosen response has the higher reward."""
    loss, chosen, rejected, accuracy = means
    return {
        "loss": loss,
        "rewardChosen": chosen,
        "rewardRejected": rejected,
        "margin": chosen - rejected,
        "accuracy": accuracy,
    }


@torch.no_grad()
def evaluate(model: nn.Module, pairs: Pairs, work: Work, config: dict) -> dict[str, float]:
    model.eval()
    total = torch.zeros(4, device=work.device)
    for batch in work.packs(pairs, np.arange(len(pairs))):
        total += measures(losses_of(model, batch, config, is_compiled=work.is_compiled))
    spread_again(model)
    model.train()
    return describe((sum_over_processes(total) / len(pairs)).tolist())


if __name__ == "__main__":
    with open_run("train-dpo") as run:
        main(run)
