"""The reference model's log-probabilities of each pair, computed once before the first step and kept as they come."""

from __future__ import annotations

import time

import numpy as np
import torch
from torch import nn

from mathpie_gpu.model.sharding import is_sharded, spread_again, sum_over_processes
from mathpie_gpu.rows.items import Pairs, Share
from mathpie_gpu.run.directory import Run
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.preference_loss import pair_log_probabilities
from mathpie_gpu.training.reference_cache import ReferenceCache

PAIRS_AT_ONCE = 512  # are computed before they are saved


@torch.no_grad()
def fill_references(run: Run, model: nn.Module, sets: list[tuple[Pairs, ReferenceCache]], share: Share) -> bool:
    """Computes what is missing and saves it every few hundred pairs; False where it was stopped on the way."""
    model.eval()
    began = time.perf_counter()
    missing = [(pairs, cache, cache.missing) for pairs, cache in sets]
    total, done, tokens = sum(len(left) for _, _, left in missing), 0, 0
    for pairs, cache, left in missing:
        for start in range(0, len(left), PAIRS_AT_ONCE):
            part = left[start : start + PAIRS_AT_ONCE]
            values = torch.zeros(len(part), 2, device=share.device)
            place = {int(pair): at for at, pair in enumerate(part)}
            for batch in share.packs(pairs, part):
                if batch.pairs or is_sharded(model):  # a sharded model computes on every process or on none
                    found = pair_log_probabilities(model, batch, is_compiled=share.is_compiled)
                    values[[place[pair] for pair in batch.pairs]] = found
            # Each process fills in its own pairs and leaves 0 in the others' places: their sum has them all, on every process.
            stops = sum_over_processes(torch.tensor([float(run.stopping.is_set())], device=share.device))
            cache.values[part] = sum_over_processes(values).cpu().numpy()
            if not np.isfinite(cache.values[part]).all():
                raise UserError(
                    "Cannot train: the reference model gives a response a probability that is no number; check its weights, or"
                    ' set "weights" to "float32"'
                )
            if run.is_main:
                cache.save()
            done, tokens = done + len(part), tokens + int(pairs.lengths[part].sum())
            elapsed = time.perf_counter() - began
            run.event(
                "progress", phase="reference", done=done, total=total, tokens=tokens, tokensPerSecond=round(tokens / elapsed, 1),
                etaSeconds=round((total - done) * elapsed / done),
            )  # fmt: skip
            if stops.item() and done < total:
                run.stopping.set()
                return False
    spread_again(model)
    return True
