"""Preference pairs, packed so that both sides of a pair lie in one pack: its loss is then computed in one pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from mathpie_gpu.rows.items import Items
from mathpie_gpu.rows.packing import Pack, TokenRows, make_pack
from mathpie_gpu.rows.preference_rows import PairReport, pair_lengths


@dataclass
class PairPack:
    """Documents 2j and 2j + 1 of `pack` are the sides of its j-th pair; `counts`, `reference`: (pairs of the pack, 2)."""

    pack: Pack
    pairs: list[int]
    counts: Tensor
    reference: Tensor | None


class Pairs(Items):
    """`rows`: 2i chosen, 2i + 1 rejected; `lengths` (pairs,): tokens of both; `counts` and `reference` (pairs, 2): response tokens,
    and the reference's log-probabilities."""

    def __init__(self, rows: TokenRows, report: PairReport) -> None:
        super().__init__(rows, report)
        self.lengths, self.longest = pair_lengths(rows), report.longest_pair
        self.counts = torch.from_numpy(self.response_tokens.reshape(-1, 2).astype(np.float32))
        self.reference: Tensor | None = None

    def weight(self, chosen: np.ndarray) -> int:
        """The loss of a step is the mean over its pairs."""
        return len(chosen)

    def pack(self, part: list[int], *, device: torch.device, **options) -> PairPack:
        sides = [side for pair in part for side in (2 * pair, 2 * pair + 1)]
        reference = None if self.reference is None else self.reference[part].to(device)
        pack = make_pack(self.rows, sides, device=device, **options)
        return PairPack(pack, part, self.counts[part].to(device), reference)
