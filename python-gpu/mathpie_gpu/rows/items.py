"""What an optimizer step counts and packs: rows here, pairs of rows in pair_packs.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from mathpie_gpu.rows.packing import Pack, TokenRows, make_pack, pack_options, pack_rows


class Items:
    """`rows`: their tokens; `report`: what was read and left out; `lengths` (items,): tokens of each; `longest`: of the longest."""

    def __init__(self, rows: TokenRows, report: Any) -> None:
        self.rows, self.report = rows, report
        self.lengths = rows.lengths
        self.longest: int = report.longest
        self.response_tokens = rows.learnt_counts()

    def __len__(self) -> int:
        return len(self.lengths)

    def weight(self, chosen: np.ndarray) -> int:
        """What the summed loss of these items is divided by: their response tokens."""
        return int(self.response_tokens[chosen].sum())

    def pack(self, part: list[int], *, device: torch.device, **options) -> Pack:
        """What one pass computes: the tensors of these items. `options` as of make_pack."""
        return make_pack(self.rows, part, device=device, **options)


@dataclass
class Share:
    """One process's share of any set of items, in passes of at most `tokens`."""

    rank: int
    world: int
    device: torch.device
    tokens: int
    is_compiled: bool

    def packs(self, items: Items, chosen: np.ndarray) -> list:
        """Every process gets equally many, of nearly equal size; where items are few, some are empty."""
        options = pack_options(self.device, longest=items.report.longest, is_compiled=self.is_compiled)
        parts = pack_rows(chosen, items.lengths, limit=self.tokens, ranks=self.world)[self.rank :: self.world]
        return [items.pack(part, device=self.device, **options) for part in parts]
