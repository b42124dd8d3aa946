"""Preference pairs on one process: which of them are its own in a step, packed so that both sides of a pair lie in one pack."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from mathpie_gpu.rows.packing import Pack, TokenRows, make_pack, pack_options, pack_rows
from mathpie_gpu.rows.preference_rows import PairReport, pair_lengths


class Pairs:
    """`rows`: 2i chosen, 2i + 1 rejected; `lengths` (pairs,): tokens of both; `counts` and `reference` (pairs, 2): response tokens,
    and the reference's log-probabilities."""

    def __init__(self, rows: TokenRows, report: PairReport) -> None:
        self.rows, self.report = rows, report
        self.lengths = pair_lengths(rows)
        self.counts = torch.from_numpy(rows.learnt_counts().reshape(-1, 2).astype(np.float32))
        self.reference: Tensor | None = None

    def __len__(self) -> int:
        return len(self.lengths)


@dataclass
class PairPack:
    """Documents 2j and 2j + 1 of `pack` are the sides of its j-th pair; `counts`, `reference`: (pairs of the pack, 2)."""

    pack: Pack
    pairs: list[int]
    counts: Tensor
    reference: Tensor | None


@dataclass
class Work:
    """This process's share of any set of pairs."""

    rank: int
    world: int
    device: torch.device
    tokens: int
    is_compiled: bool

    def packs(self, pairs: Pairs, chosen: np.ndarray) -> list[PairPack]:
        options = pack_options(self.device, longest=pairs.report.longest, is_compiled=self.is_compiled)
        packs = []
        for part in pack_rows(chosen, pairs.lengths, limit=self.tokens, ranks=self.world)[self.rank :: self.world]:
            sides = [side for pair in part for side in (2 * pair, 2 * pair + 1)]
            pack = make_pack(pairs.rows, sides, device=self.device, **options)
            reference = None if pairs.reference is None else pairs.reference[part].to(self.device)
            packs.append(PairPack(pack, part, pairs.counts[part].to(self.device), reference))
        return packs
