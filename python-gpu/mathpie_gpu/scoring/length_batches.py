"""Batches of rows of like length under a budget of padded tokens, longest first, that shrink when memory runs out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch

Result = TypeVar("Result")


@dataclass
class TokenBudget:
    """The most padded tokens (rows x the longest of them) that one batch may hold. Shared by all windows of a run, so that what one
    of them learnt about the memory holds for the next."""

    tokens: int


def run_longest_first(
    lengths: Sequence[int],
    *,
    budget: TokenBudget,
    work: Callable[[list[int]], list[Result]],
    on_shrink: Callable[[int], None] = lambda tokens: None,
) -> Iterator[tuple[list[int], list[Result] | None]]:
    """Yields each batch (indices into `lengths`) with what `work` made of it, or None for a single row that does not fit in memory.

    When a batch runs out of memory, the budget falls to half of that batch and all that is left is batched anew: the longest rows
    come first, so this happens early or never.
    """
    order = sorted(range(len(lengths)), key=lambda index: (-lengths[index], index))
    start = 0
    while start < len(order):
        # Padded to its first row, the longest that is left; one row at least.
        batch = order[start : start + max(1, budget.tokens // max(1, lengths[order[start]]))]
        try:
            results: list[Result] | None = work(batch)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            # The traceback holds the frames, and they hold the tensors: let go of them before anything is freed.
            error.__traceback__ = None
            results = None
        if results is None:
            release_memory()
            if len(batch) > 1:
                budget.tokens = max(1, lengths[batch[0]] * len(batch) // 2)
                on_shrink(budget.tokens)
                continue
        yield batch, results
        start += len(batch)


def is_out_of_memory(error: Exception) -> bool:
    """Also what cuBLAS and the allocator of the CPU say, which are plain RuntimeErrors."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    text = str(error)
    return isinstance(error, RuntimeError) and any(
        part in text for part in ("out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "can't allocate memory")
    )


def release_memory() -> None:
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
