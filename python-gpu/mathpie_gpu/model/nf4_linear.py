"""Frozen matrices in 4 bits for adapters to learn on: QLoRA (Dettmers et al. 2023, arXiv 2305.14314), by bitsandbytes' kernels.

A weight is one of 16 levels that split a normal distribution evenly (NF4), times the largest of its block of 64; these scales are kept in 8 bits
themselves ("double quantisation"): 0.516 bytes a weight in place of 2. A matrix is written out in the dtype of the activations just for its
product, in the forward pass and again in the backward one, and never kept.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mathpie_gpu.model.packed_model import PackedModel, Projection
from mathpie_gpu.run.errors import UserError

BLOCK, SCALE_BLOCK = 64, 256
BYTES_PER_WEIGHT = 0.5 + 1 / BLOCK + 4 / (BLOCK * SCALE_BLOCK)
PARTS = ("scales", "levels", "middle", "outer_scales", "outer_levels")


def use_nf4(model: PackedModel) -> None:
    """Gives every projection of the blocks room for 4-bit weights in place of its own; on meta, before memory is taken."""
    load_library()
    for projection in projections(model):
        count = projection.weight.numel()
        if count % (2 * BLOCK):
            raise UserError(f"Cannot quantise: a matrix of {tuple(projection.weight.shape)} is no whole number of blocks of {BLOCK}; train in 16 bits")
        device = projection.weight.device
        projection.shape = tuple(projection.weight.shape)
        projection.weight = nn.Parameter(torch.empty(count // 2, 1, dtype=torch.uint8, device=device), requires_grad=False)
        sizes = {"scales": count // BLOCK, "levels": 16, "middle": 1, "outer_scales": -(-count // BLOCK // SCALE_BLOCK), "outer_levels": 256}
        for name in PARTS:
            dtype = torch.uint8 if name == "scales" else torch.float32
            projection.register_buffer(name, torch.empty(sizes[name], dtype=dtype, device=device), persistent=False)
        projection.multiply = multiply_nf4


def projections(model: PackedModel) -> list[Projection]:
    return [module for block in model.blocks for module in block.modules() if isinstance(module, Projection)]


def is_nf4(module: nn.Module) -> bool:
    return getattr(module, "multiply", None) is multiply_nf4


@torch.no_grad()
def fill_nf4(projection: Projection, exact: Tensor) -> None:
    """Quantises a weight on the projection's device."""
    functional = load_library()
    # As rows of whole blocks: of narrower matrices the processor's kernel (0.50.2) makes other blocks than the GPU's.
    source = exact.to(projection.weight.device).float().reshape(-1, BLOCK)
    packed, state = functional.quantize_4bit(source, blocksize=BLOCK, compress_statistics=True, quant_type="nf4")
    projection.weight.copy_(packed.view_as(projection.weight))
    found = (state.absmax, state.code, state.offset, state.state2.absmax, state.state2.code)
    for name, tensor in zip(PARTS, found):
        part = getattr(projection, name)
        part.copy_(tensor.reshape(part.shape))


def written_out(projection: Projection, dtype: torch.dtype) -> Tensor:
    return write_out(projection.weight, *(getattr(projection, name) for name in PARTS), *projection.shape, dtype, 0)


def multiply_nf4(projection: Projection, x: Tensor) -> Tensor:
    parts = [getattr(projection, name) for name in PARTS]
    y = QuantisedProduct.apply(x, projection.weight, *parts, *projection.shape)
    return y if projection.bias is None else y + projection.bias


class QuantisedProduct(torch.autograd.Function):
    @staticmethod
    def forward(context, x: Tensor, packed: Tensor, scales, levels, middle, outer_scales, outer_levels, rows: int, columns: int) -> Tensor:
        context.save_for_backward(packed, scales, levels, middle, outer_scales, outer_levels)
        context.shape = (rows, columns)
        return F.linear(x, write_out(packed, scales, levels, middle, outer_scales, outer_levels, rows, columns, x.dtype, 0))

    @staticmethod
    def backward(context, gradient: Tensor):
        weight = write_out(*context.saved_tensors, *context.shape, gradient.dtype, 1)
        return gradient @ weight, *[None] * 8


@torch.library.custom_op("mathpie::write_out_nf4", mutates_args=())
def write_out(
    packed: Tensor, scales: Tensor, levels: Tensor, middle: Tensor, outer_scales: Tensor, outer_levels: Tensor,
    rows: int, columns: int, dtype: torch.dtype, turn: int,
) -> Tensor:  # fmt: skip
    """(rows, columns) in `dtype`. `turn` (0 forward, 1 backward) keeps the compiler from taking both for one and keeping it in between."""
    functional = load_library()
    outer = functional.QuantState(outer_scales, code=outer_levels, blocksize=SCALE_BLOCK, dtype=torch.float32)
    state = functional.QuantState(
        scales, shape=torch.Size((rows * columns // BLOCK, BLOCK)), code=levels, blocksize=BLOCK, quant_type="nf4", dtype=dtype, offset=middle, state2=outer,
    )  # fmt: skip
    return functional.dequantize_4bit(packed, state).view(rows, columns)


@write_out.register_fake
def _(packed, scales, levels, middle, outer_scales, outer_levels, rows, columns, dtype, turn):
    return packed.new_empty((rows, columns), dtype=dtype)


def load_library():
    try:
        import bitsandbytes.functional as functional
    except ImportError:
        raise UserError('Cannot train with "qlora": the package bitsandbytes is not installed; pip install bitsandbytes==0.50.2') from None
    return functional
