"""Which matrices of a packed model multiply in float8, and the scales that need not be found anew in every pass.

A weight changes once a step, and so does its scale: both are taken once a step, not in each pass and again in each backward pass.
What a norm lets through is bounded: no number of RMSNorm's result is larger than sqrt(hidden) times the largest of the norm's
weights (all of the mean square in one place). A float's precision does not depend on its exponent, so such a scale, a few
powers of two too large, costs only numbers that are 2^-9 of the usual ones, and spares reading all of them for their largest.
"""

from __future__ import annotations

import math

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.distributed.tensor import DTensor

from mathpie_gpu.model.float8_linear import E4M3, SMALLEST_RANGE, Recipe, can_be_float8, linear, to_float8
from mathpie_gpu.model.packed_model import PackedModel, Projection
from mathpie_gpu.model.swiglu import plain_swiglu

# parts of a block that may stay in bf16, and the norm before a part
PARTS = {
    "queryKeyValue": ("query_key_value", "attention_norm"),
    "attentionOutput": ("attention_output", None),
    "gateUp": ("gate_up", "mlp_norm"),
    "down": ("down", None),
}
SPARED = (*PARTS, "weightGradients")


def use_float8(
    model: PackedModel,
    *,
    recipe: str,
    is_fast: bool = True,
    spares: tuple[str, ...] | list[str] = (),
    is_bounded: bool = False,
    keeps_copies: bool = False,
    is_compiled: bool = False,
) -> int:
    """The matrices of the blocks multiply in float8; embedding, head and what `spares` names do not. Returns how many.

    is_bounded: inputs that come from a norm take its bound for their scale. keeps_copies: each weight in float8, twice (2 bytes a
    number), made once a step.
    """
    recipe = Recipe(recipe, is_fast=is_fast, weight_gradients="weightGradients" not in spares)
    model.float8 = Scales(is_compiled)
    for block in model.blocks:
        block.activate = plain_swiglu  # the compiler joins it with the rounding that follows
        for part, (name, norm) in PARTS.items():
            matrix: Projection = getattr(block, name)
            if part in spares or not can_be_float8(matrix):
                continue
            device = matrix.weight.device
            matrix.float8 = recipe
            # All four names are there, None or not, for multiply_in_float8 asks for them; a checkpoint of the model has none of them.
            for buffer in ("x_largest", "weight_largest", "weight_rows", "weight_columns"):
                matrix.register_buffer(buffer, None, persistent=False)
            if recipe.scales != "row":
                matrix.weight_largest = torch.ones((), device=device)
                model.float8.add(matrix.weight_largest, matrix.weight)
            # No entry of RMSNorm's result is larger than sqrt(hidden) times the largest of its weights (docs/float8.md).
            if recipe.scales == "tensor" and is_bounded and norm:
                matrix.x_largest = torch.ones((), device=device)
                model.float8.add(matrix.x_largest, getattr(block, norm), factor=math.sqrt(matrix.in_features))
            if recipe.scales != "row" and keeps_copies:
                out_size, in_size = matrix.out_features, matrix.in_features
                matrix.weight_rows = torch.empty(out_size, in_size, dtype=E4M3, device=device)
                matrix.weight_columns = torch.empty(in_size, out_size, dtype=E4M3, device=device)
                model.float8.copied.append(matrix)
            matrix.multiply = multiply_in_float8
    return sum(hasattr(module, "float8") for module in model.modules() if isinstance(module, Projection))


def multiply_in_float8(matrix: Projection, x: Tensor) -> Tensor:
    copies = None if matrix.weight_rows is None else (matrix.weight_rows, matrix.weight_columns)
    return linear(
        x,
        matrix.weight,
        matrix.bias,
        matrix.float8,
        x_largest=matrix.x_largest,
        weight_largest=matrix.weight_largest,
        weight_copies=copies,
    )


class Scales:
    """Scalars on the device, each the largest number of a parameter times a factor; PackedModel.forward refreshes them where
    they are stale (packed_model.weights_changed). Computing them is collective where weights are spread."""

    def __init__(self, is_compiled: bool) -> None:
        self.is_stale = True
        self.scalars: list[Tensor] = []
        self.parameters: list[nn.Parameter] = []
        self.factors: list[float] = []
        self.copied: list[Projection] = []
        self.copy = torch.compile(copy_weight) if is_compiled else copy_weight

    def add(self, scalar: Tensor, parameter: nn.Parameter, *, factor: float = 1.0) -> None:
        self.scalars.append(scalar)
        self.parameters.append(parameter)
        self.factors.append(factor)

    @torch.no_grad()
    def refresh(self) -> None:
        self.is_stale = False
        if not self.scalars:
            return
        device = self.scalars[0].device
        parts = [part.to_local() if isinstance(part, DTensor) else part.data for part in self.parameters]
        filled = [index for index, part in enumerate(parts) if part.numel()]  # a shard may be empty
        largest = torch.zeros(len(parts), device=device)
        if filled:
            norms = torch._foreach_norm([parts[index] for index in filled], math.inf)
            largest[torch.tensor(filled, device=device)] = torch.stack(norms).float()
        if any(isinstance(part, DTensor) for part in self.parameters):
            dist.all_reduce(largest, op=dist.ReduceOp.MAX)
        largest = (largest * torch.tensor(self.factors, device=device)).clamp(min=SMALLEST_RANGE)
        torch._foreach_copy_(self.scalars, list(largest.unbind()))
        for matrix in self.copied:
            self.copy(matrix.weight.data, matrix.weight_largest, matrix.weight_rows, matrix.weight_columns)


def copy_weight(weight: Tensor, largest: Tensor, rows: Tensor, columns: Tensor) -> None:
    rounded = to_float8(weight, largest, E4M3)
    rows.copy_(rounded)
    columns.copy_(rounded.t())
