"""Attention of one new token per sequence over a paged cache, for models that keep keys and values for every query head."""

from __future__ import annotations

import torch
import triton
import triton.language as tl


def decode_attention(
    out: torch.Tensor,
    query: torch.Tensor,
    keys: torch.Tensor,
    values: torch.Tensor,
    pages: torch.Tensor,
    lengths: torch.Tensor,
    *,
    scale: float,
    query_scale: torch.Tensor | None = None,
    key_scale: torch.Tensor | None = None,
    value_scale: torch.Tensor | None = None,
    tile: int = 16,
    warps: int = 2,
    stages: int = 3,
) -> None:
    """Writes softmax(scale * q K^T) V of each sequence into `out` [sequences, heads, head size].

    query [sequences, heads, head size]; keys, values [pages, page size, heads, head size], each in any strides but the last;
    pages [sequences, most pages] int32; lengths [sequences] int32, 0 for a row that is padding, whose output is 0. Scales
    are one-element tensors by which what is stored has to be multiplied. The head size is a power of two.

    Kernels made for many query rows give such a row a tile of 64 or 128 on the tensor cores and wait for it; here nothing
    is shared between threads until the end (the softmax is merged once, Milakov and Gimelshein 2018), so that reading the
    cache is all the time it takes.
    """
    sequences, heads, head_size = query.shape
    if sequences == 0:
        return
    assert keys.shape[2] == heads and head_size & (head_size - 1) == 0
    _decode[(heads, sequences)](
        out, query, keys, values, pages, lengths,
        query_scale, key_scale, value_scale,
        scale * 1.4426950408889634,  # the kernel takes powers of 2
        out.stride(0), out.stride(1), query.stride(0), query.stride(1),
        keys.stride(0), keys.stride(1), keys.stride(2),
        values.stride(0), values.stride(1), values.stride(2),
        pages.stride(0),
        PAGE=keys.shape[1], HEAD=head_size, TILE=tile, STAGES=stages,
        QUERY_SCALED=query_scale is not None, CACHE_SCALED=key_scale is not None,
        num_warps=warps,
    )  # fmt: skip


@triton.jit
def _decode(
    out, query, keys, values, pages, lengths,
    query_scale, key_scale, value_scale, scale,
    out_row, out_head, query_row, query_head,
    key_page, key_token, key_head, value_page, value_token, value_head,
    pages_row,
    PAGE: tl.constexpr, HEAD: tl.constexpr, TILE: tl.constexpr, STAGES: tl.constexpr,
    QUERY_SCALED: tl.constexpr, CACHE_SCALED: tl.constexpr,
):  # fmt: skip
    head, row = tl.program_id(0), tl.program_id(1).to(tl.int64)
    length = tl.load(lengths + row)
    slots, dims = tl.arange(0, TILE), tl.arange(0, HEAD)
    if QUERY_SCALED:
        scale *= tl.load(query_scale)
    if CACHE_SCALED:
        scale *= tl.load(key_scale)
    q = tl.load(query + row * query_row + head * query_head + dims).to(tl.float32) * scale

    # Slot i takes tokens i, i + TILE, ...: a softmax of its own in each, so that no step waits for another thread.
    highest = tl.full([TILE], -1e30, tl.float32)
    total = tl.zeros([TILE], tl.float32)
    mixed = tl.zeros([TILE, HEAD], tl.float32)
    for start in tl.range(0, length, TILE, num_stages=STAGES):
        token = start + slots
        inside = token < length
        page = tl.load(pages + row * pages_row + token // PAGE, mask=inside, other=0).to(tl.int64)
        at_key = page * key_page + (token % PAGE) * key_token + head * key_head
        at_value = page * value_page + (token % PAGE) * value_token + head * value_head
        k = tl.load(keys + at_key[:, None] + dims[None, :], mask=inside[:, None], other=0.0)
        v = tl.load(values + at_value[:, None] + dims[None, :], mask=inside[:, None], other=0.0)
        score = tl.where(inside, tl.sum(k.to(tl.float32) * q[None, :], axis=1), float("-inf"))
        raised = tl.maximum(highest, score)
        shrink, weight = tl.exp2(highest - raised), tl.exp2(score - raised)
        total = total * shrink + weight
        mixed = mixed * shrink[:, None] + weight[:, None] * v.to(tl.float32)
        highest = raised

    share = tl.exp2(highest - tl.max(highest, axis=0))
    total_of_all = tl.sum(total * share, axis=0)
    answer = tl.sum(mixed * share[:, None], axis=0) / tl.where(total_of_all == 0, 1.0, total_of_all)
    if CACHE_SCALED:
        answer *= tl.load(value_scale)
    tl.store(out + row * out_row + head * out_head + dims, answer.to(out.dtype.element_ty))
