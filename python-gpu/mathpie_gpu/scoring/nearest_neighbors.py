"""Exact nearest neighbours by a matrix product in blocks: no index to build, none to tune, the same answer every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch


@dataclass
class Neighbors:
    """Of one vector, among all the others. Distances are squared Euclidean ones, as faiss's flat index gives them."""

    distance: float
    nearest: int
    """The lowest row with the least distance."""
    within: int
    """How many rows lie closer than the limit."""
    first_within: int | None
    """The lowest of them."""


def nearest_neighbors(
    vectors: np.ndarray, *, limit: float, device: torch.device, start: int = 0, block: int | None = None
) -> Iterator[list[Neighbors]]:
    """Yields the neighbours of rows `start`, `start + 1`, ... of `vectors` (rows, dimensions; float32; may be memory-mapped), a block at a
    time. Takes rows² x dimensions multiply-adds, all of them in matrix products.
    """
    rows = len(vectors)
    # The product of two blocks is the largest thing in memory: 16 MiB on a CPU, 1 GiB on a GPU.
    sizes = (8192, 32768) if device.type == "cuda" else (1024, 4096)
    queries_at_once, keys_at_once = (block, block) if block else sizes
    for first in range(start, rows, queries_at_once):
        queries = as_tensor(vectors[first : first + queries_at_once], device)
        count = len(queries)
        best = torch.full((count,), float("inf"), device=device)
        nearest = torch.zeros(count, dtype=torch.long, device=device)
        within = torch.zeros(count, dtype=torch.long, device=device)
        first_within = torch.full((count,), rows, dtype=torch.long, device=device)
        squares = queries.square().sum(1)
        for low in range(0, rows, keys_at_once):
            keys = as_tensor(vectors[low : low + keys_at_once], device)
            # |q - k|² = |q|² + |k|² - 2 q·k. |q|² is the same along a row, so the least of the other two is the nearest.
            partial = torch.addmm(keys.square().sum(1)[None], queries, keys.T, alpha=-2)
            if shared := range(max(first, low), min(first + count, low + len(keys))):
                own = torch.arange(shared.start, shared.stop, device=device)
                partial[own - first, own - low] = float("inf")
            # argmin and argmax take the first of equals, and earlier blocks win: the lowest row, whatever the blocks.
            at = partial.argmin(1)
            value = partial.gather(1, at[:, None])[:, 0] + squares
            nearest = torch.where(value < best, at + low, nearest)
            best = torch.minimum(value, best)
            near = torch.nonzero(value < limit)[:, 0]
            if len(near):  # few rows have any neighbour that close, so the rest of the block is not read again
                close = partial[near] + squares[near, None] < limit
                at = close.to(torch.uint8).argmax(1) + low
                first_within[near] = torch.minimum(first_within[near], at)
                within[near] += close.sum(1)
        # The expansion leaves about 1e-7 of rounding; between the two vectors themselves, equal ones are at exactly 0.
        places = nearest.cpu().numpy()
        exact = np.square(vectors[first : first + count].astype(np.float64) - vectors[places].astype(np.float64)).sum(1)
        yield [
            Neighbors(float(distance), int(place), int(many), int(low) if low < rows else None)
            for distance, place, many, low in zip(exact, places, within.tolist(), first_within.tolist())
        ]


def as_tensor(part: np.ndarray, device: torch.device) -> torch.Tensor:
    # A copy: torch warns about memory that it may not write to.
    return torch.from_numpy(np.array(part, dtype=np.float32)).to(device)
