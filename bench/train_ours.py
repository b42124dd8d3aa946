"""Our side of bench/train.py: the steps of train_sft.py on rows and weights made here, one line of JSON for each variant."""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
import torch._inductor.config
from training_rows import SHAPES, computing_parameters, llama_config, make_rows

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python-gpu"))

from train_sft import FineTuning  # noqa: E402

from mathpie_gpu.model.checkpoint_weights import load_weights  # noqa: E402
from mathpie_gpu.model.lora import initialise_adapters  # noqa: E402
from mathpie_gpu.model.nf4_linear import fill_nf4, projections  # noqa: E402
from mathpie_gpu.model.open_model import DTYPES, choose_weights, make_packed  # noqa: E402
from mathpie_gpu.model.packed_attention import attention_name, choose_attention  # noqa: E402
from mathpie_gpu.model.packed_model import initialise, read_shape  # noqa: E402
from mathpie_gpu.model.sharding import process_group  # noqa: E402
from mathpie_gpu.rows.packing import collect_rows, make_pack, pack_options, pack_rows  # noqa: E402
from mathpie_gpu.run.contract import resolve_config  # noqa: E402
from mathpie_gpu.run.errors import UserError  # noqa: E402
from mathpie_gpu.training.arrival import Arrival  # noqa: E402
from mathpie_gpu.training.graph_choice import choose_graphs  # noqa: E402
from mathpie_gpu.training.memory_estimate import Plan, estimate_memory  # noqa: E402
from mathpie_gpu.training.plan import choose_passes, first_plan  # noqa: E402
from mathpie_gpu.training.split_adamw import open_optimizer  # noqa: E402
from mathpie_gpu.training.step import schedule, take_step  # noqa: E402
from mathpie_gpu.training.step_graphs import StepGraphs  # noqa: E402

KINDS = {  # parts of kernels' names, looked for in this order
    "compiled pointwise and reductions": ("triton", "swiglu", "rotate_heads"),
    "attention": ("flash", "fmha", "attend", "differentiate"),
    "matrix products": ("gemm", "nvjet", "cutlass", "xmma", "cublas", "scaled_mm"),
    "between GPUs": ("nccl",),
    "copies and fills": (
        "memcpy",
        "memset",
        "copy",
        "fill",
        "vectorized_elementwise",
        "elementwise",
        "index",
        "reduce",
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=SHAPES, default="tiny")
    parser.add_argument(
        "--variant",
        action="append",
        default=[],
        help="KEY=VALUE,... of train_sft.py's configuration, inductor.KEY=VALUE of the compiler's",
    )
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--rows", type=int, default=128)
    parser.add_argument(
        "--checkpoint", help="start from this folder and learn learnable rows; else random weights and rows"
    )
    parser.add_argument("--learning-rate", type=float, default=2e-5)
    parser.add_argument("--profile", action="store_true", help="say where the last step's time goes, by kind of kernel")
    options = parser.parse_args()
    with process_group("auto") as (rank, world, device):
        for variant in options.variant or [""]:
            try:
                figure = measure(options, variant, rank, world, device)
            except (torch.OutOfMemoryError, UserError) as error:
                figure = {"variant": variant or "auto", "failed": str(error).split(". ")[0][:300]}
                if world > 1:
                    raise  # the others would wait for this one
            if rank == 0:
                print("FIGURE", json.dumps(figure), flush=True)
            gc.collect()
            torch._dynamo.reset()
            if device.type == "cuda":
                torch.cuda.empty_cache()
                torch.cuda.reset_peak_memory_stats()


def measure(options: argparse.Namespace, variant: str, rank: int, world: int, device: torch.device) -> dict:
    config, compiler = settings(options, variant)
    with torch._inductor.config.patch(compiler):
        return measure_steps(options, variant, config, rank, world, device)


def measure_steps(
    options: argparse.Namespace, variant: str, config: dict, rank: int, world: int, device: torch.device
) -> dict:
    shape = read_shape(llama_config(options.shape))
    weights = choose_weights(config["weights"], device)
    is_compiled = device.type == "cuda" if config["compile"] is None else config["compile"]
    encoded = [
        (ids.numpy().astype(np.int32), np.arange(len(ids)) >= len(ids) // 2)
        for ids in make_rows(options.rows * options.steps, shape.vocabulary, is_learnable=bool(options.checkpoint))
    ]
    rows = collect_rows(encoded)
    counts, lengths, longest = rows.learnt_counts(), rows.lengths, int(rows.lengths.max())
    step_rows = [np.arange(step * options.rows, (step + 1) * options.rows) for step in range(options.steps)]
    plan, estimate, room = choose_passes(
        shape,
        first_plan(shape, config, world=world, weights=weights, is_compiled=is_compiled),
        config,
        device=device,
        longest_row=longest,
        step_tokens=max(int(lengths[chosen].sum()) for chosen in step_rows) // world,
    )
    kind = {"head_size": shape.head_size, "dtype": DTYPES[weights], "device": device, "longest": longest}
    attention = attention_name(choose_attention(config["attention"], **kind))
    config |= {"keepGathered": plan.keeps_gathered, "attention": attention}
    began = time.perf_counter()
    model = make_packed(
        shape, config, device=device, world=world, weights=weights, keep=plan.keep, is_compiled=is_compiled
    )
    low_bits = {}
    if options.checkpoint:
        low_bits = load_weights(model, Path(options.checkpoint), wants_low_bits=weights == "split")
    else:
        initialise(model, seed=0)
        if config["qlora"]:
            for projection in projections(model):
                fill_nf4(projection, 0.02 * torch.randn(projection.shape, device=device))
        if config["lora"]:
            initialise_adapters(model, seed=0)
    optimizer = open_optimizer(model, low_bits, config, weights=weights, is_compiled=is_compiled)
    measure = partial(FineTuning.measure, is_compiled=is_compiled)
    passes = len(pack_rows(step_rows[0], lengths, limit=plan.tokens, ranks=world)) // world
    has_graphs = choose_graphs(
        config, shape=shape, plan=plan, estimate=estimate, room=room, device=device, is_recordable=True, passes=passes, steps=options.steps,
    )  # fmt: skip
    graphs = StepGraphs(model, optimizer, measure, max_norm=config["maxGradientNorm"]) if has_graphs else None
    loss_scale = torch.ones((), device=device)
    fixed = {"size": config["tokensPerPass"]} if "static" in variant else {}

    def packs_of(step: int) -> list:
        packs = pack_rows(step_rows[step], lengths, limit=plan.tokens, ranks=world)
        sizes = {"most_tokens": plan.tokens} if has_graphs else {}
        kinds = pack_options(device, longest=longest, is_compiled=is_compiled, **sizes) | fixed
        return [make_pack(rows, pack, device=device, **kinds) for pack in packs[rank::world]]

    packs, losses, launched, padded, started, profile = packs_of(0), [], [], 0, 0.0, None
    for step in range(options.steps):
        if step == options.warmup:
            synchronise(device)
            started, padded = time.perf_counter(), 0
        if options.profile and step == options.steps - 1:
            profile = torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CUDA])
            synchronise(device)
            finished = time.perf_counter()
            profile.__enter__()
        numbers, _ = take_step(
            model,
            optimizer,
            measure,
            packs,
            weight=int(counts[step_rows[step]].sum()),
            learning_rate=options.learning_rate * schedule(step, options.steps, config),
            max_norm=config["maxGradientNorm"],
            loss_scale=loss_scale,
            add_in_float32=config["accumulateIn"] == "float32",
            graphs=graphs,
        )
        padded += sum(len(pack.ids) for pack in packs)
        passes = len(packs)
        packs = packs_of(step + 1) if step + 1 < options.steps else []
        launched.append((step, Arrival(numbers)))
        while len(launched) > (graphs is not None and step + 1 < options.steps):  # as training waits for a step
            past, numbers = launched.pop(0)
            losses.append(numbers.wait()[0] / int(counts[step_rows[past]].sum()))
        if step == 0:
            first_step = time.perf_counter() - began
    synchronise(device)
    seconds = (finished if profile else time.perf_counter()) - started
    timed = step_rows[options.warmup : options.steps - bool(profile)]
    real = sum(int(lengths[chosen].sum()) for chosen in timed)
    speed = real / seconds
    figure = {
        "variant": variant or "auto",
        "shape": options.shape,
        "gpus": world if device.type == "cuda" else 0,
        "tokensPerSecond": round(speed, 1),
        # Weights that are frozen have no gradient of their own: two products of three.
        "teraflops": round(
            (4 if config["lora"] else 6) * computing_parameters(options.shape) * speed / world / 1e12, 2
        ),
        "peakGiB": round(torch.cuda.max_memory_allocated() / 2**30, 1) if device.type == "cuda" else None,
        "estimatedGiB": round(
            estimate_memory(shape, replace(plan, tokens=max_pack(step_rows, lengths, plan, world))).total, 1
        ),
        "fill": round(
            sum(int(lengths[chosen].sum()) for chosen in step_rows[options.warmup :]) / world / max(1, padded), 3
        ),
        "passes": passes,
        "keep": plan.keep,
        "graphs": has_graphs,
        "recordings": len(graphs.recordings) if graphs else 0,
        "attention": attention_name(model.blocks[0].attend),
        "keepGathered": plan.keeps_gathered,
        "weights": weights,
        "firstStepSeconds": round(first_step, 1),
    }
    if options.checkpoint:
        figure["losses"] = [round(loss, 4) for loss in losses]
    if profile:
        profile.__exit__(None, None, None)
        figure["milliseconds"] = kernel_times(profile)
    return figure


def settings(options: argparse.Namespace, variant: str) -> tuple[dict, dict]:
    """The configuration of train_sft.py, and what inductor.NAME=VALUE sets of the compiler's, where this torch has it."""
    config, compiler = {"run": "-", "model": "-", "data": "-", "warmupRatio": 0.03}, {}
    for assignment in filter(None, variant.split(",")):
        name, _, text = assignment.partition("=")
        if name == "static":
            continue
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        if name.startswith("inductor."):
            compiler[name.removeprefix("inductor.")] = value
        else:
            config[name] = value
    unknown = [name for name in compiler if not hasattr(torch._inductor.config, name)]
    if unknown:
        raise UserError(
            f"Cannot set {', '.join(unknown)}: torch {torch.__version__} has no such compiler option; leave it out"
        )
    return resolve_config("train-sft.config", config, action=f'measure the variant "{variant}"'), compiler


def max_pack(step_rows: list, lengths, plan: Plan, world: int) -> int:
    return max(
        int(lengths[pack].sum())
        for rows in step_rows
        for pack in pack_rows(rows, lengths, limit=plan.tokens, ranks=world)
    )


def synchronise(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize()


def kernel_times(profile) -> dict[str, float]:
    """Milliseconds of one step by kind of kernel, largest first, then the thirty kernels that took longest."""
    kinds: dict[str, float] = {}
    kernels: dict[str, float] = {}
    for event in profile.key_averages():
        time_ms = getattr(event, "self_device_time_total", 0) / 1000
        if not time_ms:
            continue
        name = event.key.lower()
        kind = next((kind for kind, parts in KINDS.items() if any(part in name for part in parts)), "other")
        kinds[kind] = kinds.get(kind, 0) + time_ms
        kernels[event.key[:90]] = kernels.get(event.key[:90], 0) + time_ms
    longest = sorted(kernels.items(), key=lambda item: -item[1])[:30]
    return {name: round(value, 1) for name, value in [*sorted(kinds.items(), key=lambda item: -item[1]), *longest]}


if __name__ == "__main__":
    main()
