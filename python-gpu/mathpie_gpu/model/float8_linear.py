"""Matrix products in 8-bit floats: about twice bf16's rate on Hopper, Ada and later.

Weights stay as they are. Each of the three products of a linear layer (output, gradient of the input, gradient of the weight)
rounds both operands to float8 first: e4m3 for values, e5m2 for incoming gradients in the recipe "tensor". Micikevicius et al.,
FP8 Formats for Deep Learning, 2022. Hopper multiplies rows by columns alone, hence the transposed copies. Where the scales come
from: float8_scales.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

E4M3, E5M2 = torch.float8_e4m3fn, torch.float8_e5m2
LARGEST = {E4M3: 448.0, E5M2: 57344.0}
SMALLEST_RANGE = 1e-12
RECIPES = ("tensor", "mixed", "row")


@dataclass(frozen=True)
class Recipe:
    """scales: "tensor", one for each operand; "row", one for each row of the left and column of the right operand;
    "mixed", rows of inputs and gradients in the first two products, whole operands elsewhere: what follows a row's
    number is then rounded in the kernel that made the row. is_fast: sums are kept in fewer bits (Hopper's fast accumulation).
    weight_gradients: false leaves that product in bf16."""

    scales: str
    is_fast: bool = True
    weight_gradients: bool = True


def linear(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    recipe: Recipe,
    *,
    x_largest: Tensor | None = None,
    weight_largest: Tensor | None = None,
    weight_copies: tuple[Tensor, Tensor] | None = None,
) -> Tensor:
    """x @ weight.T + bias; x: (tokens, in), weight: (out, in). The number of tokens is a multiple of 16.

    x_largest, weight_largest: () float32, no number is farther from zero; None: found here. weight_copies: the weight in
    float8 with the scale of weight_largest, (out, in) and (in, out); None: made here, each time.
    """
    y = Float8Product.apply(x, weight, recipe, x_largest, weight_largest, *(weight_copies or (None, None)))
    return y if bias is None else y + bias


class Float8Product(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx,
        x: Tensor,
        weight: Tensor,
        recipe: Recipe,
        x_largest: Tensor | None,
        weight_largest: Tensor | None,
        weight_rows: Tensor | None,
        weight_columns: Tensor | None,
    ) -> Tensor:
        scales = recipe.scales
        is_by_rows = scales == "row"
        if not is_by_rows and weight_largest is None:
            weight_largest = largest_of(weight)
        if scales == "tensor" and x_largest is None:
            x_largest = largest_of(x)
        left, row_largest = by_rows(x, E4M3, x_largest if scales == "tensor" else None)
        if weight_rows is None:
            right, _ = by_rows(weight, E4M3, None if is_by_rows else weight_largest)
        else:
            right = weight_rows, weight_largest / LARGEST[E4M3]
        if scales == "mixed":
            x_largest = row_largest.amax() if x_largest is None else x_largest
        ctx.save_for_backward(x, weight, x_largest, weight_largest, weight_columns)
        ctx.recipe = recipe
        return multiply(left, right, x.dtype, recipe.is_fast)

    @staticmethod
    def backward(ctx, upstream: Tensor) -> tuple:
        x, weight, x_largest, weight_largest, weight_columns = ctx.saved_tensors
        recipe = ctx.recipe
        scales, is_fast = recipe.scales, recipe.is_fast
        kind = E5M2 if scales == "tensor" else E4M3
        largest = largest_of(upstream) if scales == "tensor" else None
        rows, row_largest = by_rows(upstream, kind, largest)
        x_gradient = weight_gradient = None
        if ctx.needs_input_grad[0]:
            if weight_columns is None:
                columns = by_columns(weight, E4M3, weight_largest)
            else:
                columns = weight_columns, weight_largest / LARGEST[E4M3]
            x_gradient = multiply(rows, columns, x.dtype, is_fast)
        if ctx.needs_input_grad[1] and not recipe.weight_gradients:
            weight_gradient = upstream.t() @ x
        elif ctx.needs_input_grad[1]:
            if scales == "tensor":  # the scale is the same, so one byte a number is turned, not two
                left = rows[0].t().contiguous(), rows[1]
            elif scales == "mixed":
                left = by_columns(upstream, E5M2, row_largest.amax())
            else:
                left = by_columns(upstream, kind, None)
            weight_gradient = multiply(left, by_columns(x, E4M3, x_largest), weight.dtype, is_fast)
        return x_gradient, weight_gradient, None, None, None, None, None


# --- rounding: what comes back is float8 with its scales, () for the whole or (rows, 1) -------------------------------


def by_rows(x: Tensor, dtype: torch.dtype, largest: Tensor | None) -> tuple[tuple[Tensor, Tensor], Tensor]:
    """(m, k), and the largest numbers that were taken; `largest` None: each row's own."""
    largest = largest_of_rows(x) if largest is None else largest
    return (to_float8(x, largest, dtype), largest / LARGEST[dtype]), largest


def by_columns(x: Tensor, dtype: torch.dtype, largest: Tensor | None) -> tuple[Tensor, Tensor]:
    """(k, m), a transposed copy; `largest` None: each column's own."""
    largest = largest_of_rows(x.t()) if largest is None else largest
    return to_float8(x.t(), largest, dtype).contiguous(), largest / LARGEST[dtype]


def largest_of(x: Tensor) -> Tensor:
    """() float32. Rows first: that part joins the kernel that makes the rows, and what is left is one number a row. In one
    reduction over everything the compiler flattens (tokens, width) for a number of tokens it does not know, many times slower."""
    return largest_of_rows(x).amax()


def largest_of_rows(x: Tensor) -> Tensor:
    return x.abs().amax(1, keepdim=True).float().clamp(min=SMALLEST_RANGE)


def to_float8(x: Tensor, largest: Tensor, dtype: torch.dtype) -> Tensor:
    limit = LARGEST[dtype]
    return (x.float() * (limit / largest)).clamp(-limit, limit).to(dtype)


def multiply(left: tuple[Tensor, Tensor], right: tuple[Tensor, Tensor], dtype: torch.dtype, is_fast: bool) -> Tensor:
    """(m, k) @ (n, k).T with their scales. The right one is passed as a column-major view, as the tensor cores read it."""
    (left_rounded, left_scale), (right_rounded, right_scale) = left, right
    if left_scale.ndim or right_scale.ndim:  # both are then asked for
        left_scale = left_scale.expand(len(left_rounded), 1).contiguous()
        right_scale = right_scale.expand(len(right_rounded), 1).t().contiguous()
    return torch._scaled_mm(
        left_rounded, right_rounded.t(), left_scale, right_scale, out_dtype=dtype, use_fast_accum=is_fast
    )


def has_float8(device: torch.device) -> bool:
    return device.type == "cuda" and torch.cuda.get_device_capability(device) >= (8, 9)


def can_be_float8(matrix: nn.Linear) -> bool:
    return matrix.in_features % 16 == 0 and matrix.out_features % 16 == 0
