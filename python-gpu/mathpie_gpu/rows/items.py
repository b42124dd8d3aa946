"""What an optimizer step counts and packs: rows, or pairs of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mathpie_gpu.rows.packing import Pack, TokenRows, make_pack, pack_options, pack_rows


class Items:
    """`rows`: their tokens; `report`: what was read and left out; `lengths` (items,): tokens of each; `longest`: of the longest."""

    def __init__(self, rows: TokenRows, report: Any) -> None:
        self.rows, self.report = rows, report
        self.lengths, self.longest = rows.lengths, report.longest
        self.response_tokens = rows.learnt_counts()

    def __len__(self) -> int:
        return len(self.lengths)

    def weight(self, chosen: np.ndarray) -> int:
        """What the summed loss of these items is divided by: their response tokens."""
        return int(self.response_tokens[chosen].sum())

    def pack(self, part: list[int], *, device: torch.device, **options) -> Any:
        """What one pass computes: the tensors of these items. `options` as of make_pack."""
        return make_pack(self.rows, part, device=device, **options)


@dataclass
class PairPack:
    """Documents 2j and 2j + 1 of `pack` are the sides of its j-th pair; `counts`, `reference`: (pairs of the pack, 2)."""

    pack: Pack
    pairs: list[int]
    counts: Tensor
    reference: Tensor | None


class Pairs(Items):
    """`rows`: 2i chosen, 2i + 1 rejected; `lengths` (pairs,): tokens of both; `counts` and `reference` (pairs, 2): response tokens,
    and the reference's log-probabilities. Both sides of a pair lie in one pack, so that its loss is computed in one pass."""

    def __init__(self, rows: TokenRows, report: Any) -> None:
        super().__init__(rows, report)
        self.lengths, self.longest = rows.lengths.reshape(-1, 2).sum(1), report.longest_pair
        self.counts = torch.from_numpy(self.response_tokens.reshape(-1, 2).astype(np.float32))
        self.reference: Tensor | None = None

    def weight(self, chosen: np.ndarray) -> int:
        """The loss of a step is the mean over its pairs."""
        return len(chosen)

    def pack(self, part: list[int], *, device: torch.device, **options) -> PairPack:
        pack = make_pack(self.rows, [side for pair in part for side in (2 * pair, 2 * pair + 1)], device=device, **options)
        reference = None if self.reference is None else self.reference[part].to(device)
        return PairPack(pack, part, self.counts[part].to(device), reference)


@dataclass
class Share:
    """One process's share of any set of items, in passes of at most `tokens`."""

    rank: int
    world: int
    device: torch.device
    tokens: int
    is_compiled: bool
    has_graphs: bool = False

    def packs(self, items: Items, chosen: np.ndarray) -> list:
        """Every process gets equally many, of nearly equal size; where items are few, some are empty."""
        sizes = {"most_tokens": self.tokens} if self.has_graphs else {}
        options = pack_options(self.device, longest=items.report.longest, is_compiled=self.is_compiled, **sizes)
        parts = pack_rows(chosen, items.lengths, limit=self.tokens, ranks=self.world)[self.rank :: self.world]
        return [items.pack(part, device=self.device, **options) for part in parts]
