"""FlashAttention 4 on packed rows (Dao-AILab/flash-attention, package flash-attn-4), where it is installed, on Hopper and Blackwell.

The compiler sees one operation each way; the package compiles its kernels where they are first called. How fast:
docs/performance.md.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import torch
from torch import Tensor

# It is a beta, and we call what its own autograd function calls: another version may ask for other arguments.
TESTED_VERSIONS = {"4.0.0b36"}


def has_flash_attention_4(device: torch.device) -> bool:
    if device.type != "cuda" or torch.cuda.get_device_capability(device)[0] not in (9, 10):
        return False
    try:
        return version("flash-attn-4") in TESTED_VERSIONS
    except PackageNotFoundError:
        return False


def attend_flash_4(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int) -> Tensor:
    """Causal attention inside each document; arguments as of packed_attention.attend."""
    return torch.ops.mathpie.flash_attention_4(q, k, v, bounds, longest)[0]


@torch.library.custom_op("mathpie::flash_attention_4", mutates_args=())
def forward(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int) -> tuple[Tensor, Tensor]:
    """The result, and the logarithms of the sums of exponentials (heads, tokens)."""
    from flash_attn.cute.interface import _flash_attn_fwd

    options = {"causal": True, "return_lse": True, "max_seqlen_q": longest, "max_seqlen_k": longest}
    out, sums = _flash_attn_fwd(q, k, v, cu_seqlens_q=bounds, cu_seqlens_k=bounds, **options)[:2]
    return out, sums


@torch.library.custom_op("mathpie::flash_attention_4_backward", mutates_args=())
def backward(
    upstream: Tensor, q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int, out: Tensor, sums: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    gradients = torch.empty_like(q), torch.empty_like(k), torch.empty_like(v)
    backward_into(gradients, upstream, q, k, v, bounds, longest, out, sums)
    return gradients


def backward_into(
    gradients: tuple[Tensor, ...], upstream: Tensor, q: Tensor, k: Tensor, v: Tensor, bounds: Tensor, longest: int, out: Tensor, sums: Tensor
) -> None:
    """Writes the gradients of q, k and v, which may be parts of one tensor."""
    from flash_attn.cute.interface import _flash_attn_bwd

    options = {"causal": True, "max_seqlen_q": longest, "max_seqlen_k": longest}
    options["deterministic"] = torch.are_deterministic_algorithms_enabled()
    places = dict(zip(("dq", "dk", "dv"), gradients))
    _flash_attn_bwd(q, k, v, out, upstream, sums, cu_seqlens_q=bounds, cu_seqlens_k=bounds, **places, **options)


@forward.register_fake
def _(q, k, v, bounds, longest):
    return q.new_empty(q.shape), q.new_empty(q.shape[1], q.shape[0], dtype=torch.float32)


@backward.register_fake
def _(upstream, q, k, v, bounds, longest, out, sums):
    return q.new_empty(q.shape), k.new_empty(k.shape), v.new_empty(v.shape)


def keep_inputs(ctx, inputs, output) -> None:
    q, k, v, bounds, ctx.longest = inputs
    ctx.save_for_backward(q, k, v, bounds, *output)


def differentiate(ctx, upstream: Tensor, _sums) -> tuple:
    q, k, v, bounds, out, sums = ctx.saved_tensors
    return *backward(upstream.contiguous(), q, k, v, bounds, ctx.longest, out, sums), None, None


forward.register_autograd(differentiate, setup_context=keep_inputs)
