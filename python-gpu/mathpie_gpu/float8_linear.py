"""Matrix products in 8-bit floats with scales computed on the spot: about twice bf16's rate on Hopper, Ada and later.

Weights stay as they are. Each of the three products of a linear layer (output, gradient of the input, gradient of the weight)
rounds both operands to float8 first: e4m3 for values, e5m2 for incoming gradients in the "tensor" recipe. Micikevicius et al.,
FP8 Formats for Deep Learning, 2022. Hopper multiplies rows by columns alone, hence the transposed copies.
"""

from __future__ import annotations

import functools

import torch
from torch import Tensor

from mathpie_gpu.packed_model import PackedModel, Projection

E4M3, E5M2 = torch.float8_e4m3fn, torch.float8_e5m2
LARGEST = {E4M3: 448.0, E5M2: 57344.0}
SMALLEST_RANGE = 1e-12
RECIPES = ("tensor", "row")


def use_float8(model: PackedModel, *, recipe: str, is_fast: bool = True) -> int:
    """All matrices of the blocks multiply in float8; embedding and head do not. Returns how many.

    recipe: "tensor", one scale a tensor; "row", one scale a row of the left and a column of the right operand, closer to bf16
    and slower. is_fast: sums are kept in fewer bits (Hopper's fast accumulation).
    """
    in_float8 = functools.partial(linear, recipe=recipe, is_fast=is_fast)
    matrices = [module for module in model.modules() if isinstance(module, Projection)]
    for matrix in matrices:
        if matrix.in_features % 16 == 0 and matrix.out_features % 16 == 0:
            matrix.multiply = in_float8
    return len(matrices)


def has_float8(device: torch.device) -> bool:
    return device.type == "cuda" and torch.cuda.get_device_capability(device) >= (8, 9)


def linear(x: Tensor, weight: Tensor, bias: Tensor | None, *, recipe: str, is_fast: bool) -> Tensor:
    y = Float8Product.apply(x, weight, recipe, is_fast)
    return y if bias is None else y + bias


class Float8Product(torch.autograd.Function):
    """x @ weight.T; x: (tokens, in), weight: (out, in). The number of tokens is a multiple of 16."""

    @staticmethod
    def forward(ctx, x: Tensor, weight: Tensor, recipe: str, is_fast: bool) -> Tensor:
        x_rounded, weight_rounded = Rounded(x, E4M3, recipe), Rounded(weight, E4M3, recipe)
        ctx.save_for_backward(x, weight, x_rounded.largest, weight_rounded.largest)
        ctx.recipe, ctx.is_fast = recipe, is_fast
        return multiply(x_rounded.rows(), weight_rounded.rows(), x.dtype, is_fast)

    @staticmethod
    def backward(ctx, upstream: Tensor) -> tuple:
        x, weight, x_largest, weight_largest = ctx.saved_tensors
        kind = E5M2 if ctx.recipe == "tensor" else E4M3
        gradient = Rounded(upstream, kind, ctx.recipe)
        x_gradient = weight_gradient = None
        if ctx.needs_input_grad[0]:
            columns = Rounded(weight, E4M3, ctx.recipe, weight_largest).columns()
            x_gradient = multiply(gradient.rows(), columns, x.dtype, ctx.is_fast)
        if ctx.needs_input_grad[1]:
            columns = Rounded(x, E4M3, ctx.recipe, x_largest).columns()
            weight_gradient = multiply(gradient.columns(), columns, weight.dtype, ctx.is_fast)
        return x_gradient, weight_gradient, None, None


class Rounded:
    """A matrix in float8, by rows or by columns (a transposed copy), each with the scales that belong to it."""

    def __init__(self, x: Tensor, dtype: torch.dtype, recipe: str, largest: Tensor | None = None) -> None:
        self.x, self.dtype, self.recipe = x, dtype, recipe
        self.largest = largest_of(x, recipe) if largest is None else largest
        self.cache: Tensor | None = None

    def rows(self) -> tuple[Tensor, Tensor]:
        """(m, k) float8 and the scales: () for the whole, or (m, 1)."""
        if self.cache is None:
            self.cache = to_float8(self.x, self.largest, self.dtype)
        return self.cache, self.largest / LARGEST[self.dtype]

    def columns(self) -> tuple[Tensor, Tensor]:
        """(k, m) float8 and the scales: () for the whole, or (k, 1)."""
        if self.recipe == "tensor":  # the scale is the same, so one byte a number is turned, not two
            rounded, scale = self.rows()
            return rounded.t().contiguous(), scale
        largest = largest_of(self.x.t(), self.recipe)
        return to_float8(self.x.t(), largest, self.dtype).contiguous(), largest / LARGEST[self.dtype]


def largest_of(x: Tensor, recipe: str) -> Tensor:
    largest = x.abs().amax() if recipe == "tensor" else x.abs().amax(1, keepdim=True)
    return largest.float().clamp(min=SMALLEST_RANGE)


def to_float8(x: Tensor, largest: Tensor, dtype: torch.dtype) -> Tensor:
    limit = LARGEST[dtype]
    return (x.float() * (limit / largest)).clamp(-limit, limit).to(dtype)


def multiply(left: tuple[Tensor, Tensor], right: tuple[Tensor, Tensor], dtype: torch.dtype, is_fast: bool) -> Tensor:
    """(m, k) @ (n, k).T with their scales. The right one is passed as a column-major view, as the tensor cores read it."""
    (left_rounded, left_scale), (right_rounded, right_scale) = left, right
    scale = right_scale.t() if right_scale.ndim else right_scale
    return torch._scaled_mm(left_rounded, right_rounded.t(), left_scale, scale, out_dtype=dtype, use_fast_accum=is_fast)
