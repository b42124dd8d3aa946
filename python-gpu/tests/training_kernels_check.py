"""The kernels of training against the same written out, forward and backward: the largest difference of each, as one line of JSON.

TRITON_INTERPRET=1 python training_kernels_check.py          without a GPU, in Triton's interpreter, around attention written out
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mathpie_gpu.model import rotary_attention  # noqa: E402
from mathpie_gpu.model.packed_attention import attend_singly  # noqa: E402
from mathpie_gpu.model.packed_model import rotate  # noqa: E402
from mathpie_gpu.model.row_attention import attend_rows  # noqa: E402
from mathpie_gpu.model.swiglu import forward as swiglu_kernel  # noqa: E402
from mathpie_gpu.model.swiglu import plain_swiglu, swiglu_down  # noqa: E402

HEADS = ((9, 3, 64), (4, 4, 128), (5, 1, 80), (1, 1, 16))  # heads, those of keys and values, head size
LENGTHS = ((3, 1, 7, 0, 130), (64, 128, 65, 1), (1,), (200, 0, 0))
WIDTHS = ((7, 24, 16), (3, 1030, 8), (1, 1, 1), (0, 8, 4))  # rows, width, outputs of the projection that follows


def main() -> None:
    rotary_attention.KERNELS["plain"] = SimpleNamespace(forward=attend_plainly, backward_into=write_plain_gradients)
    figures = {f"rotation {shape}": rotation(*shape, kernels="plain") for shape in HEADS}
    if numpy_is_fit():
        figures |= {f"rows {shape}, {lengths}": attention_in_rows(*shape, lengths) for shape in (*HEADS, (4, 2, 48), (7, 1, 8)) for lengths in LENGTHS}
        figures |= {f"rotation in rows {shape}": rotation(*shape, kernels="rows") for shape in HEADS}
    for rows, width, outputs in WIDTHS:
        gate_up, weight = numbers(rows, 2 * width), numbers(outputs, width)
        figures[f"swiglu {rows}, {width}"] = difference(swiglu_kernel, plain_swiglu, [gate_up])
        figures[f"swiglu and projection {rows}, {width}"] = difference(
            swiglu_down, lambda gate_up, weight: plain_swiglu(gate_up) @ weight.T, [gate_up, weight]
        )
    print(json.dumps(figures))


def numbers(*shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape)))


def difference(function, written_out, inputs: list[torch.Tensor]) -> float:
    results = []
    for compute in (function, written_out):
        given = [x.clone().requires_grad_() for x in inputs]
        out = compute(*given)
        results.append((out.detach(), *torch.autograd.grad(out, given, numbers(*out.shape))))
    return max((left - right).abs().max().item() if left.numel() else 0.0 for left, right in zip(*results))


def numpy_is_fit() -> bool:
    """Triton's interpreter counts loops over loaded numbers in a way that numpy 2.4 refuses."""
    return tuple(int(part) for part in np.__version__.split(".")[:2]) < (2, 4)


def attention_in_rows(heads: int, key_value_heads: int, size: int, lengths: tuple[int, ...]) -> float:
    """Queries, keys and values as parts of one tensor, and documents of no tokens among others."""
    bounds = torch.tensor([0, *accumulate(lengths)], dtype=torch.int32)
    longest = -(-max(lengths) // 128) * 128

    def attending(function):
        return lambda all_heads: function(*all_heads.split((heads, key_value_heads, key_value_heads), 1), bounds)

    inputs = [numbers(int(bounds[-1]), heads + 2 * key_value_heads, size)]
    return difference(attending(lambda *parts: attend_rows(*parts, longest)), attending(attend_singly), inputs)


def rotation(heads: int, key_value_heads: int, size: int, *, kernels: str) -> float:
    bounds, angles = torch.tensor([0, 3, 4, 11, 11], dtype=torch.int32), numbers(11, 1, size // 2)
    tables = (angles.cos(), angles.sin())

    def joined(projected):
        options = {"heads": heads, "key_value_heads": key_value_heads, "kernels": kernels}
        return rotary_attention.attend_rotated(projected, *tables, bounds, 7, **options)

    def written_out(projected):
        q, k, v = rotary_attention.split_heads(projected, heads, key_value_heads)
        return attend_singly(rotate(q, *tables), rotate(k, *tables), v, bounds)

    return difference(joined, written_out, [numbers(11, (heads + 2 * key_value_heads) * size)])


def attend_plainly(q, k, v, bounds, longest):
    return attend_singly(q, k, v, bounds), q.new_zeros(q.shape[1], len(q))


def write_plain_gradients(gradients, upstream, q, k, v, bounds, longest, out, sums):
    def differentiate():
        inputs = [x.detach().requires_grad_() for x in (q, k, v)]
        return torch.autograd.grad(attend_singly(*inputs, bounds), inputs, upstream)

    with ThreadPoolExecutor(1) as thread:  # inside an operation torch differentiates nothing, in another thread it does
        for place, gradient in zip(gradients, thread.submit(differentiate).result()):
            place.copy_(gradient)


if __name__ == "__main__":
    main()
