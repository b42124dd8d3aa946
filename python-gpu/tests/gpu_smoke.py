"""What only a GPU can show, in half a minute: python3 python-gpu/tests/gpu_smoke.py. One line of JSON a check; exit code 1 if any fails.

Flash attention on packed rows against the padded way, the kernel for decoding against attention written out, the kernels of SwiGLU, the compiled
layers, loss and optimizer against the same without the compiler, float8 against bf16, one compilation for steps of different sizes, recorded
passes against the same without CUDA graphs, a recording that fails, and the rates of the products and of the optimizer.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from functools import partial
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from decode_attention_check import kernel  # noqa: E402
from train_sft import FineTuning  # noqa: E402

from mathpie_gpu.model.cross_entropy import summed_cross_entropy  # noqa: E402
from mathpie_gpu.model.float8_linear import E4M3, RECIPES, Recipe, by_rows, linear, multiply  # noqa: E402
from mathpie_gpu.model.open_model import join_operations, prepare_blocks  # noqa: E402
from mathpie_gpu.model.packed_attention import ATTENDING, attend_flash, attend_padded, choose_attention  # noqa: E402
from mathpie_gpu.model.packed_model import PackedModel, Shape, initialise  # noqa: E402
from mathpie_gpu.model.split_weights import split  # noqa: E402
from mathpie_gpu.model.swiglu import plain_swiglu, swiglu  # noqa: E402
from mathpie_gpu.rows.packing import collect_rows, make_pack, pack_rows  # noqa: E402
from mathpie_gpu.run.errors import UserError  # noqa: E402
from mathpie_gpu.training.split_adamw import SplitAdamW  # noqa: E402
from mathpie_gpu.training.step import take_step  # noqa: E402
from mathpie_gpu.training.step_graphs import StepGraphs  # noqa: E402

DEVICE = torch.device("cuda")
FREQUENCIES = tuple((10000.0 ** (-np.arange(0, 64, 2) / 64)).tolist())
SHAPE = Shape(2000, 512, 1408, 2, 8, 4, 64, 1e-5, False, True, False, FREQUENCIES)


def main() -> int:
    if not torch.cuda.is_available():
        print("Cannot check: no GPU is visible")
        return 1
    failures = 0
    for check in (attention, decode, activation, layers, loss, optimizer, float8, sizes, graphs, broken_graphs, rates):
        began = time.perf_counter()
        try:
            figure = check()
            is_good = all(figure[name] <= limit for name, limit in figure.pop("limits", {}).items())
        except Exception as error:
            traceback.print_exc()
            figure, is_good = {"error": str(error)[:400]}, False
        failures += not is_good
        seconds = round(time.perf_counter() - began, 1)
        print(json.dumps({"check": check.__name__, "good": is_good, "seconds": seconds, **figure}), flush=True)
    return min(1, failures)


def distance(left: torch.Tensor, right: torch.Tensor) -> float:
    return ((left.float() - right.float()).norm() / right.float().norm()).item()


def attention() -> dict:
    """bf16 flash against padded float32, forward and backward, with grouped queries."""
    bounds = torch.tensor([0, 37, 38, 300, 512, 512, 512], dtype=torch.int32, device=DEVICE)
    q, k, v = (torch.randn(512, heads, 64, device=DEVICE, dtype=torch.bfloat16) for heads in (8, 4, 4))
    upstream = torch.randn(512, 8, 64, device=DEVICE)
    results = []
    kinds = [(attend_flash, torch.bfloat16), (attend_padded, torch.float32)]
    others = [name for name in ("rows", "flash-attn-4") if can_attend(name)]
    kinds += [(ATTENDING[name], torch.bfloat16) for name in others]
    for function, dtype in kinds:
        inputs = [x.to(dtype).requires_grad_() for x in (q, k, v)]
        out = function(*inputs, bounds, 512)
        results.append([out.detach(), *torch.autograd.grad(out, inputs, upstream.to(dtype))])
    apart = [max(distance(*pair) for pair in zip(result, results[1])) for result in results]
    return {"distance": max(apart), "others": others, "limits": {"distance": 0.02}}


def can_attend(name: str) -> bool:
    try:
        choose_attention(name, head_size=64, dtype=torch.bfloat16, device=DEVICE)
    except UserError:
        return False
    return True


def decode() -> dict:
    """One new token a sequence over a paged cache; the largest difference of the three types of a cache."""
    return {"difference": max(kernel("cuda").values()), "limits": {"difference": 1e-5}}


def activation() -> dict:
    """The kernels of SwiGLU in bf16 against float32, and how much of the memory's rate they reach."""
    gate_up = torch.randn(4000, 2 * 5632, device=DEVICE, dtype=torch.bfloat16).requires_grad_()
    upstream = torch.randn(4000, 5632, device=DEVICE, dtype=torch.bfloat16)
    results = []
    for function, dtype in ((swiglu, torch.bfloat16), (plain_swiglu, torch.float32)):
        x = gate_up.detach().to(dtype).requires_grad_()
        out = function(x)
        results.append([out.detach(), *torch.autograd.grad(out, x, upstream.to(dtype))])
    back = timed(lambda: torch.ops.mathpie.swiglu_backward(upstream, gate_up.detach()))
    return {
        "distance": max(distance(*pair) for pair in zip(*results)),
        "terabytesPerSecond": round(10 * upstream.numel() / back / 1e12, 2),
        "limits": {"distance": 0.005},
    }


def rows(count: int, seed: int = 0):
    random = np.random.default_rng(seed)
    lengths = random.integers(40, 200, count)
    return collect_rows([(random.integers(0, 2000, n).astype(np.int32), np.arange(n) >= n // 2) for n in lengths])


def model_of(dtype: torch.dtype, *, is_compiled: bool, keep: str = "all") -> PackedModel:
    model = PackedModel(SHAPE).to(DEVICE, dtype)
    initialise(model, seed=1, scale=0.05)
    prepare_blocks(model, keep=keep, is_compiled=is_compiled)
    for block in model.blocks:
        block.attend = choose_attention("auto", head_size=64, dtype=dtype, device=DEVICE)
        join_operations(block, device=DEVICE, keep=keep, is_compiled=is_compiled)
    return model


def layers() -> dict:
    """Loss and gradients: compiled with selective recomputation in bf16, against plain float32."""
    store = rows(12)
    pack = make_pack(store, list(range(12)), device=DEVICE, multiple=128, longest=256)
    losses, gradients = [], []
    for dtype, is_compiled in ((torch.float32, False), (torch.bfloat16, False), (torch.bfloat16, True)):
        model = model_of(dtype, is_compiled=is_compiled, keep="products" if is_compiled else "all")

        def head(hidden, weight, is_compiled=is_compiled):
            return summed_cross_entropy(hidden, weight, pack.targets, is_compiled=is_compiled)

        value = model(pack.ids, pack.positions, pack.bounds, pack.longest, places=pack.places, head=head)
        value.backward()
        losses.append(value.item() / pack.learnt_tokens)
        gradients.append([parameter.grad.clone() for parameter in model.parameters()])
    apart = [max(distance(*pair) for pair in zip(gradients[kind], gradients[0])) for kind in (1, 2)]
    return {
        "losses": losses,
        "eagerBf16": apart[0],
        "compiledBf16": apart[1],
        "joined": [model.blocks[0].joins_rotation, model.blocks[0].joins_down],
        "apart": abs(losses[2] - losses[0]),
        "limits": {"apart": 0.02, "compiledBf16": 0.1},
    }


def loss() -> dict:
    hidden = torch.randn(9000, 512, device=DEVICE, dtype=torch.bfloat16).requires_grad_()
    weight = (0.05 * torch.randn(32000, 512, device=DEVICE, dtype=torch.bfloat16)).requires_grad_()
    targets = torch.randint(0, 32000, (9000,), device=DEVICE)
    targets[::3] = -100
    mine = summed_cross_entropy(hidden, weight, targets, is_compiled=True)
    plain = torch.nn.functional.cross_entropy((hidden @ weight.T).float(), targets, reduction="sum")
    apart = [
        distance(*pair)
        for pair in zip(torch.autograd.grad(mine, (hidden, weight)), torch.autograd.grad(plain, (hidden, weight)))
    ]
    return {
        "loss": abs(mine.item() / plain.item() - 1),
        "gradients": max(apart),
        "limits": {"loss": 1e-3, "gradients": 0.02},
    }


def optimizer() -> dict:
    """Compiled on bf16 and low bits, against torch's AdamW in float32; and how fast it is."""
    torch.manual_seed(0)
    plain = torch.nn.Parameter(torch.randn(1000, 512, device=DEVICE))
    high, low = split(plain.data)
    mine = torch.nn.Parameter(high)
    reference = torch.optim.AdamW([plain], lr=1e-3, weight_decay=0.1)
    ours = SplitAdamW([("w", mine)], weight_decay=0.1, is_compiled=True, low_bits={"w": low})
    start = plain.data.clone()
    for _ in range(5):
        gradient = torch.randn(1000, 512, device=DEVICE).bfloat16()
        plain.grad, mine.grad = gradient.float(), gradient
        reference.step()
        ours.step(learning_rate=1e-3)
    error = distance(ours.exact_weight("w") - start, plain.data - start)

    large = torch.nn.Parameter(torch.zeros(22016, 4096, device=DEVICE, dtype=torch.bfloat16))
    ours = SplitAdamW([("w", large)], is_compiled=True)
    large.grad = torch.randn_like(large)
    seconds = timed(lambda: ours.step(learning_rate=1e-3))
    return {
        "error": error,
        "terabytesPerSecond": round(26 * large.numel() / seconds / 1e12, 2),
        # Five steps move a weight of 1 by 0.003, and float32 rounds it by up to 6e-8 each time.
        "limits": {"error": 1e-4},
    }


def float8() -> dict:
    x = torch.randn(1024, 512, device=DEVICE, dtype=torch.bfloat16).requires_grad_()
    weight = (0.1 * torch.randn(1408, 512, device=DEVICE, dtype=torch.bfloat16)).requires_grad_()
    upstream = torch.randn(1024, 1408, device=DEVICE, dtype=torch.bfloat16)
    exact = [x @ weight.T, *torch.autograd.grad(x @ weight.T, (x, weight), upstream)]
    figure, limits = {}, {}
    for recipe in RECIPES:
        y = torch.compile(lambda x, w, recipe=recipe: linear(x, w, None, Recipe(recipe)))(x, weight)
        rounded = [y, *torch.autograd.grad(y, (x, weight), upstream)]
        figure[recipe] = max(distance(*pair) for pair in zip(rounded, exact))
        limits[recipe] = 0.07
    return figure | {"limits": limits}


def sizes() -> dict:
    """Six steps with packs of six sizes: how often was compiled? The layers and the loss once, the optimizer once a width."""
    torch._dynamo.reset()
    torch._dynamo.utils.counters.clear()
    model = model_of(torch.bfloat16, is_compiled=True, keep="products")
    adam = SplitAdamW(model.named_parameters(), is_compiled=True)
    scale = torch.ones((), device=DEVICE)
    measure = partial(FineTuning.measure, is_compiled=True)
    losses = []
    store = rows(96)
    for step in range(6):
        chosen = np.arange(16 * step, 16 * (step + 1))[: 10 + step]
        packs = [
            make_pack(store, pack, device=DEVICE, multiple=128, longest=256)
            for pack in pack_rows(chosen, store.lengths, limit=1200)
        ]
        learnt = sum(pack.learnt_tokens for pack in packs)
        numbers, _ = take_step(
            model,
            adam,
            measure,
            packs,
            weight=learnt,
            learning_rate=1e-3,
            max_norm=1.0,
            loss_scale=scale,
        )
        losses.append(numbers[0].item() / learnt)
    return {
        "losses": [round(loss, 3) for loss in losses],
        "graphs": torch._dynamo.utils.counters["stats"]["unique_graphs"],
        "limits": {"graphs": 8},
    }


def graphs() -> dict:
    """Ten steps of packs of two sizes, with passes and updates recorded as CUDA graphs and without; the largest difference of a loss."""
    losses, recorded = [], 0
    store = rows(24)
    for has_graphs in (False, True):
        torch._dynamo.reset()
        model = model_of(torch.bfloat16, is_compiled=True)
        adam = SplitAdamW(model.named_parameters(), is_compiled=True)
        measure = partial(FineTuning.measure, is_compiled=True)
        recorder = StepGraphs(model, adam, measure, max_norm=1.0) if has_graphs else None
        losses.append([])
        for step in range(10):
            packs = [
                make_pack(store, pack, device=DEVICE, multiple=256, places_multiple=1024, longest=256)
                for pack in ([*range(5 + 9 * (step % 2))], [*range(14, 24)])
            ]
            learnt = sum(pack.learnt_tokens for pack in packs)
            numbers, norm = take_step(
                model, adam, measure, packs, weight=learnt, learning_rate=1e-3, max_norm=1.0, loss_scale=torch.ones((), device=DEVICE),
                graphs=recorder,
            )  # fmt: skip
            losses[-1] += [numbers[0].item() / learnt, norm.item()]
        recorded = len(recorder.recordings) if recorder else 0
    apart = max(abs(left - right) / left for left, right in zip(*losses))
    return {"apart": apart, "unrecorded": int(recorded < 3), "recorded": recorded, "limits": {"apart": 0.01, "unrecorded": 0}}


def broken_graphs() -> dict:
    """Passes of a size that cannot be recorded, behind others that were: these go on, and the training as it was, on the stream that it was on."""
    store, stream, losses, told = rows(24), torch.cuda.current_stream(), [], []
    options = {"device": DEVICE, "multiple": 256, "places_multiple": 1024, "longest": 256}
    packs = [make_pack(store, [*range(count)], **options) for count in (24, 12)]
    for has_graphs in (False, True):
        torch._dynamo.reset()
        model = model_of(torch.bfloat16, is_compiled=True)
        adam = SplitAdamW(model.named_parameters(), is_compiled=True)

        def measure(model, pack):
            loss, numbers = FineTuning.measure(model, pack, is_compiled=True)
            if torch.cuda.is_current_stream_capturing() and len(pack.ids) == len(packs[1].ids):
                loss.item()  # no recording may wait
            return loss, numbers

        recorder = StepGraphs(model, adam, measure, max_norm=1.0, on_failure=told.append) if has_graphs else None
        losses.append([])
        for step in range(10):
            pack = packs[step % 2]
            numbers, norm = take_step(
                model, adam, measure, [pack], weight=pack.learnt_tokens, learning_rate=1e-3, max_norm=1.0,
                loss_scale=torch.ones((), device=DEVICE), graphs=recorder,
            )  # fmt: skip
            losses[-1] += [numbers[0].item() / pack.learnt_tokens, norm.item()]
    return {
        "apart": max(abs(left - right) / left for left, right in zip(*losses)),
        "told": told,
        "streams": int(torch.cuda.current_stream() != stream) + abs(len(told) - 1) + abs(len(recorder.recordings) - 2),
        "limits": {"apart": 0.01, "streams": 0},
    }


def rates() -> dict:
    """TFLOP/s of the widest product of a 7B layer, random data."""
    x = torch.randn(9856, 4096, device=DEVICE, dtype=torch.bfloat16)
    weight = torch.randn(22016, 4096, device=DEVICE, dtype=torch.bfloat16)
    flop = 2 * x.numel() * weight.shape[0] / 1e12
    figure = {"bf16": round(flop / timed(lambda: x @ weight.T))}
    for recipe in ("tensor", "row"):
        largest = torch.ones((), device=DEVICE) * 8 if recipe == "tensor" else None
        left, right = by_rows(x, E4M3, largest)[0], by_rows(weight, E4M3, largest)[0]
        for is_fast in (True, False):
            seconds = timed(lambda: multiply(left, right, torch.bfloat16, is_fast))  # noqa: B023
            figure[f"float8 {recipe}{', fast sums' if is_fast else ''}"] = round(flop / seconds)
    return figure


def timed(function, repeats: int = 10) -> float:
    """Median seconds on the device."""
    function()
    times = []
    for _ in range(repeats):
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start.record()
        function()
        end.record()
        torch.cuda.synchronize()
        times.append(start.elapsed_time(end) / 1000)
    return sorted(times)[repeats // 2]


if __name__ == "__main__":
    sys.exit(main())
