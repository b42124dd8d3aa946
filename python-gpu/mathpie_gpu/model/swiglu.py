"""SwiGLU (Shazeer 2020, arXiv:2002.05202) of a gate and an up projection that one matrix made, one kernel each way.

The compiler's own backward kernel writes the gradient's two halves as one concatenation and computes both of them for every number:
three times what the memory needs, 10 of the 65 ms of a step of SmolLM2's shape on an H200.
"""

from __future__ import annotations

import importlib.util

import torch
import torch.nn.functional as F
from torch import Tensor

BLOCK = 1024  # numbers of a program
HAS_TRITON = importlib.util.find_spec("triton") is not None


def swiglu(gate_up: Tensor) -> Tensor:
    """silu(gate) * up, (rows, width). gate_up: (rows, 2 width), the gate in front."""
    if gate_up.is_cuda and HAS_TRITON:
        return torch.ops.mathpie.swiglu(gate_up)
    return plain_swiglu(gate_up)


def plain_swiglu(gate_up: Tensor) -> Tensor:
    """The same in torch's own functions, which the compiler joins with what follows, such as the rounding to float8."""
    gate, up = gate_up.chunk(2, -1)
    return F.silu(gate) * up


@torch.library.custom_op("mathpie::swiglu", mutates_args=())
def forward(gate_up: Tensor) -> Tensor:
    gate_up = gate_up.contiguous()
    rows, width = gate_up.shape[0], gate_up.shape[1] // 2
    out = gate_up.new_empty(rows, width)
    launch("forward", rows, width, gate_up, out)
    return out


@torch.library.custom_op("mathpie::swiglu_backward", mutates_args=())
def backward(upstream: Tensor, gate_up: Tensor) -> Tensor:
    return launch_backward(upstream, gate_up)[0]


@forward.register_fake
def _(gate_up):
    return gate_up.new_empty(gate_up.shape[0], gate_up.shape[1] // 2)


@backward.register_fake
def _(upstream, gate_up):
    return torch.empty_like(gate_up, memory_format=torch.contiguous_format)


def keep_input(ctx, inputs, output) -> None:
    ctx.save_for_backward(*inputs)


forward.register_autograd(lambda ctx, upstream: backward(upstream, *ctx.saved_tensors), setup_context=keep_input)


# --- joined with the projection that follows -------------------------------------------------------------------------


def swiglu_down(gate_up: Tensor, weight: Tensor) -> Tensor:
    """swiglu(gate_up) @ weight.T. weight: (outputs, width). For the backward pass gate_up alone is kept: the kernel that makes its gradient
    makes SwiGLU's result again, which the weight's gradient needs, and reads nothing for it that it does not read anyway."""
    return torch.ops.mathpie.swiglu_down(gate_up, weight)


@torch.library.custom_op("mathpie::swiglu_down", mutates_args=())
def forward_down(gate_up: Tensor, weight: Tensor) -> Tensor:
    return forward(gate_up) @ weight.T


@torch.library.custom_op("mathpie::swiglu_down_backward", mutates_args=())
def backward_down(upstream: Tensor, gate_up: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    upstream = upstream.contiguous()
    gradient, again = launch_backward(upstream @ weight, gate_up, has_again=True)
    return gradient, upstream.T @ again


@forward_down.register_fake
def _(gate_up, weight):
    return gate_up.new_empty(gate_up.shape[0], weight.shape[0])


@backward_down.register_fake
def _(upstream, gate_up, weight):
    return torch.empty_like(gate_up, memory_format=torch.contiguous_format), torch.empty_like(weight)


forward_down.register_autograd(lambda ctx, upstream: backward_down(upstream, *ctx.saved_tensors), setup_context=keep_input)


# --- launches --------------------------------------------------------------------------------------------------------


def launch_backward(upstream: Tensor, gate_up: Tensor, *, has_again: bool = False) -> tuple[Tensor, Tensor | None]:
    upstream, gate_up = upstream.contiguous(), gate_up.contiguous()
    gradient, again = torch.empty_like(gate_up), torch.empty_like(upstream) if has_again else None
    launch("backward", gate_up.shape[0], gate_up.shape[1] // 2, upstream, gate_up, gradient, again, has_again=has_again)
    return gradient, again


def launch(kernel: str, rows: int, width: int, *tensors: Tensor | None, **constants: bool) -> None:
    from mathpie_gpu.model import swiglu_kernels  # Triton is not there on every machine

    if rows:
        getattr(swiglu_kernels, f"swiglu_{kernel}")[(rows, -(-width // BLOCK))](*tensors, width, BLOCK, **constants)
