"""Causal attention in packed rows: each document attends to itself alone, however many lie one after another."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from mathpie_gpu.model.flash_attention_4 import attend_flash_4, has_flash_attention_4
from mathpie_gpu.model.row_attention import attend_rows, beats, has_row_attention
from mathpie_gpu.run.errors import UserError


def choose_attention(
    name: str, *, head_size: int, dtype: torch.dtype, device: torch.device, longest: int | None = None
) -> Callable[..., Tensor]:
    """`attend`, or the kernels that `name` asks for. "auto": the fastest that were measured on this GPU, for heads of this size and documents
    of at most `longest` tokens (None: of any length). Raises UserError where kernels named outright cannot be had."""
    can_flash = has_flash_attention_4(device) and head_size % 8 == 0 and head_size <= 128
    can_rows = has_row_attention(device) and head_size <= 128
    if dtype not in (torch.bfloat16, torch.float16):
        can_flash = can_rows = False
    if name == "auto":
        best = "flash-attn-4" if can_flash else "torch"
        name = "rows" if can_rows and beats(best, head_size=head_size, longest=longest, device=device) else best
    if (name == "rows" and not can_rows) or (name == "flash-attn-4" and not can_flash):
        raise UserError(f'Cannot attend by "{name}": {NEEDS[name]}; set "attention" to "auto"')
    return ATTENDING[name]


def attention_name(attending: Callable[..., Tensor]) -> str:
    return next(name for name, function in ATTENDING.items() if function is attending)


def attend(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int) -> Tensor:
    """Causal attention inside each document. q: (tokens, heads, head size); k and v may have fewer heads."""
    if q.is_cuda and q.dtype in (torch.bfloat16, torch.float16) and has_flash_attention():
        return attend_flash(q, k, v, bounds, longest)
    if q.is_cuda or torch.compiler.is_compiling():
        return attend_padded(q, k, v, bounds, longest)
    return attend_singly(q, k, v, bounds)


def attend_flash(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int) -> Tensor:
    from torch.nn.attention.varlen import varlen_attn

    options: dict = {"window_size": (-1, 0)} if "window_size" in VARLEN_ARGUMENTS else {"is_causal": True}
    if q.shape[1] > k.shape[1] and "enable_gqa" in VARLEN_ARGUMENTS:  # torch 2.11 takes fewer heads of keys without being told
        options["enable_gqa"] = True
    return varlen_attn(q, k, v, bounds, bounds, longest, longest, **options)


def attend_singly(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor) -> Tensor:
    """One document after another: a CPU gains nothing by computing many at a time, and much by not padding them."""
    lengths = [length for length in bounds.diff().tolist() if length]
    parts = zip(*(x.transpose(0, 1).split(lengths, 1) for x in (q, k, v)))
    is_grouped = q.shape[1] != k.shape[1]
    outs = [F.scaled_dot_product_attention(*part, is_causal=True, enable_gqa=is_grouped) for part in parts]
    return torch.cat(outs, 1).transpose(0, 1)


def attend_padded(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int) -> Tensor:
    """Each document becomes a row of `longest` places. No mask: what follows a document's end is later than its tokens."""
    tokens, documents = len(q), len(bounds) - 1
    starts = bounds[:-1].long()
    places = torch.arange(longest, device=q.device)
    index = (starts[:, None] + places).clamp(max=tokens - 1).flatten()
    rows = [x.index_select(0, index).view(documents, longest, -1, x.shape[-1]).transpose(1, 2) for x in (q, k, v)]
    out = F.scaled_dot_product_attention(*rows, is_causal=True, enable_gqa=q.shape[1] != k.shape[1])
    token = torch.arange(tokens, device=q.device)
    document = torch.bucketize(token, bounds[1:].long(), right=True)
    place = document * longest + token - starts.index_select(0, document)
    return out.transpose(1, 2).reshape(documents * longest, *q.shape[1:]).index_select(0, place)


def varlen_arguments() -> frozenset[str]:
    try:
        from torch.nn.attention.varlen import varlen_attn
    except ImportError:
        return frozenset()
    return frozenset(inspect.signature(varlen_attn).parameters)


VARLEN_ARGUMENTS = varlen_arguments()


@torch.compiler.assume_constant_result
def has_flash_attention() -> bool:
    """FlashAttention 2 asks for Ampere or later; a T4 takes the padded way."""
    return bool(VARLEN_ARGUMENTS) and torch.cuda.is_available() and torch.cuda.get_device_capability()[0] >= 8


ATTENDING = {"torch": attend, "rows": attend_rows, "flash-attn-4": attend_flash_4}
NEEDS = {
    "rows": "it needs Triton, a GPU of Ampere's generation or later, weights in 16 bits and heads of at most 128 numbers",
    "flash-attn-4": "it needs the package flash-attn-4 in the version that was tried, a GPU of Hopper's or Blackwell's generation, weights in "
    "16 bits and heads of at most 128 numbers",
}
