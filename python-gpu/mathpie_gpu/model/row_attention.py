"""Attention in packed rows by kernels of our own (row_attention_kernels.py): made for documents of some hundred tokens and small heads.

Queries, keys and values may be parts of one tensor, and so may their gradients. The same inputs give the same bits, backward too.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from mathpie_gpu.model.swiglu import HAS_TRITON
from mathpie_gpu.run.errors import UserError

# Tiles of the three kernels, by the head's width, the fastest of two dozen on an H200 for rows of 48 to 512 tokens.
TILES = {
    64: ({"block_q": 64, "block_k": 64, "num_stages": 2}, {"block_q": 64, "block_k": 32, "num_stages": 3}, {"block_q": 64, "block_k": 64, "num_stages": 3}),
    128: ({"block_q": 64, "block_k": 32, "num_stages": 3}, {"block_q": 64, "block_k": 32, "num_stages": 3}, {"block_q": 32, "block_k": 64, "num_stages": 3}),
}  # fmt: skip


def has_row_attention(device: torch.device) -> bool:
    return device.type == "cuda" and HAS_TRITON and torch.cuda.get_device_capability(device)[0] >= 8


def beats(other: str, *, head_size: int, longest: int | None, device: torch.device) -> bool:
    """Whether they are faster than "torch" or "flash-attn-4", by what was measured (docs/performance.md), on Hopper alone."""
    if torch.cuda.get_device_capability(device)[0] != 9:
        return False
    is_short = longest is not None and longest <= 1024
    return (head_size <= 64 and is_short) if other == "flash-attn-4" else (head_size <= 64 or is_short)


def attend_rows(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int) -> Tensor:
    """Causal attention inside each document; arguments as of packed_attention.attend."""
    return torch.ops.mathpie.row_flash_attention(q, k, v, bounds, longest)[0]


# The name says flash_attention: packed_model.keep_products keeps what it makes.
@torch.library.custom_op("mathpie::row_flash_attention", mutates_args=())
def forward(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int) -> tuple[Tensor, Tensor]:
    """The result, and the logarithms (base 2) of the sums of exponentials (heads, tokens)."""
    from mathpie_gpu.model import row_attention_kernels  # Triton is not there on every machine

    q, k, v = (with_whole_heads(x) for x in (q, k, v))
    tokens, heads, size = q.shape
    out, sums = q.new_empty(q.shape), q.new_empty(heads, tokens, dtype=torch.float32)
    if tokens:
        tiles = tiles_of(size)[0]
        grid = ((len(bounds) - 1) * heads, -(-longest // tiles["block_q"]))
        refuse_far_rows(longest, q, k, v, out)
        places = (q, k, v, out, sums, bounds, q.stride(0), k.stride(0), v.stride(0), tokens, heads, heads // k.shape[1])
        row_attention_kernels.attend[grid](*places, math.log2(math.e) / math.sqrt(size), size, width_of(size), **tiles)
    return out, sums


@torch.library.custom_op("mathpie::row_flash_attention_backward", mutates_args=())
def backward(
    upstream: Tensor, q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int, out: Tensor, sums: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    gradients = tuple(x.new_empty(x.shape) for x in (q, k, v))
    backward_into(gradients, upstream, q, k, v, bounds, longest, out, sums)
    return gradients


def backward_into(
    gradients: tuple[Tensor, ...], upstream: Tensor, q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int, out: Tensor, sums: Tensor
) -> None:
    """Writes the gradients of q, k and v, which may be parts of one tensor."""
    from mathpie_gpu.model import row_attention_kernels as kernels

    q, k, v, upstream = (with_whole_heads(x) for x in (q, k, v, upstream.contiguous()))
    tokens, heads, size = q.shape
    if not tokens:
        return
    documents, key_heads, factor = len(bounds) - 1, k.shape[1], 1 / math.sqrt(size)
    products = torch.empty_like(sums)
    strides = (q.stride(0), k.stride(0), v.stride(0))
    numbers = (tokens, heads, heads // key_heads, factor * math.log2(math.e), factor, size, width_of(size))
    _, tiles, key_tiles = tiles_of(size)
    grid = (documents * heads, -(-longest // tiles["block_q"]))
    kernels.differentiate_queries[grid](
        q, k, v, upstream, out, sums, products, gradients[0], bounds, *strides, gradients[0].stride(0), *numbers, **tiles
    )  # fmt: skip
    grid = (documents * key_heads, -(-longest // key_tiles["block_k"]))
    kernels.differentiate_keys[grid](
        q, k, v, upstream, sums, products, *gradients[1:], bounds, *strides, *(x.stride(0) for x in gradients[1:]), *numbers, **key_tiles
    )  # fmt: skip


@forward.register_fake
def _(q, k, v, bounds, longest):
    return q.new_empty(q.shape), q.new_empty(q.shape[1], q.shape[0], dtype=torch.float32)


@backward.register_fake
def _(upstream, q, k, v, bounds, longest, out, sums):
    return tuple(x.new_empty(x.shape) for x in (q, k, v))


def keep_inputs(ctx, inputs, output) -> None:
    q, k, v, bounds, ctx.longest = inputs
    ctx.save_for_backward(q, k, v, bounds, *output)


def differentiate(ctx, upstream: Tensor, _sums) -> tuple:
    q, k, v, bounds, out, sums = ctx.saved_tensors
    return *backward(upstream, q, k, v, bounds, ctx.longest, out, sums), None, None


forward.register_autograd(differentiate, setup_context=keep_inputs)


def with_whole_heads(x: Tensor) -> Tensor:
    """(tokens, heads, head size) whose tokens may lie apart, but not their numbers."""
    return x if x.stride(2) == 1 and x.stride(1) == x.shape[2] else x.contiguous()


def tiles_of(size: int) -> tuple[dict[str, int], ...]:
    """Of the kernels that attend, that differentiate queries, and that differentiate keys and values."""
    return TILES[64 if size <= 64 else 128]


def width_of(size: int) -> int:
    """What tensor cores multiply is a power of two, and 16 at least."""
    return max(16, 1 << (size - 1).bit_length())


def refuse_far_rows(longest: int, *tensors: Tensor) -> None:
    """Within a document the kernels count numbers in 32 bits, up to a tile behind its end."""
    most = (1 << 31) // max(x.stride(0) for x in tensors) - 128
    if longest > most:
        raise UserError(f'Cannot attend by "rows": with heads like these it reaches {most} tokens of a document, and one may have {longest}; set "attention" to "torch"')
