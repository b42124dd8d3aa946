"""The kernels of training against the same written out, forward and backward: the largest difference of each, as one line of JSON.

TRITON_INTERPRET=1 python training_kernels_check.py          without a GPU, in Triton's interpreter, around attention written out
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mathpie_gpu.model import rotary_attention  # noqa: E402
from mathpie_gpu.model.packed_attention import attend_singly  # noqa: E402
from mathpie_gpu.model.packed_model import rotate  # noqa: E402
from mathpie_gpu.model.swiglu import forward as swiglu_kernel  # noqa: E402
from mathpie_gpu.model.swiglu import plain_swiglu, swiglu_down  # noqa: E402

HEADS = ((9, 3, 64), (4, 4, 128), (5, 1, 80), (1, 1, 16))  # heads, those of keys and values, head size
WIDTHS = ((7, 24, 16), (3, 1030, 8), (1, 1, 1), (0, 8, 4))  # rows, width, outputs of the projection that follows


def main() -> None:
    rotary_attention.attend, rotary_attention.backward_into = attend_plainly, write_plain_gradients
    figures = {f"rotation {shape}": rotation(*shape) for shape in HEADS}
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


def rotation(heads: int, key_value_heads: int, size: int) -> float:
    bounds, angles = torch.tensor([0, 3, 4, 11, 11], dtype=torch.int32), numbers(11, 1, size // 2)
    tables = (angles.cos(), angles.sin())

    def joined(projected):
        return rotary_attention.attend_rotated(projected, *tables, bounds, 7, heads=heads, key_value_heads=key_value_heads)

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
