"""float32 weights as bf16 ones, with which the model computes, and 16 more bits, which lie with the optimizer's moments."""

from __future__ import annotations

import torch
from torch import Tensor


def split(exact: Tensor) -> tuple[Tensor, Tensor]:
    """float32 -> (bf16, int16). Halves round away from zero: to even, a tie could need the difference +32768."""
    bits = exact.view(torch.int32)
    high = (bits + 0x8000) >> 16
    low = bits - (high << 16)
    return high.to(torch.int16).view(torch.bfloat16), low.to(torch.int16)


def join(high: Tensor, low: Tensor) -> Tensor:
    """(bf16, int16) -> float32, the inverse of split."""
    return ((high.view(torch.int16).to(torch.int32) << 16) + low.to(torch.int32)).view(torch.float32)
