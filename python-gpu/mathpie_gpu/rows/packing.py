"""Tokenized rows, and how the rows of one optimizer step are packed: end to end, without padding between them."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from mathpie_gpu.run.whole_file import write_whole

IGNORED = -100  # the target of a token that the loss does not ask for; the number is PyTorch's


@dataclass
class TokenRows:
    """Rows of token ids, flat. `learnt` marks the tokens that the loss covers; row i is [bounds[i], bounds[i + 1])."""

    ids: np.ndarray  # int32
    learnt: np.ndarray  # bool
    bounds: np.ndarray  # int64, one more than rows

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def lengths(self) -> np.ndarray:
        return np.diff(self.bounds)

    def row(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        part = slice(self.bounds[index], self.bounds[index + 1])
        return self.ids[part], self.learnt[part]

    def learnt_counts(self) -> np.ndarray:
        """Of each row, how many tokens the loss asks for: the learnt ones, without a first token, which nothing precedes."""
        sums = np.concatenate([[0], np.cumsum(self.learnt)])
        return sums[self.bounds[1:]] - sums[np.minimum(self.bounds[:-1] + 1, self.bounds[1:])]

    def fingerprint(self) -> str:
        digest = hashlib.sha256()
        for array in (self.ids, self.learnt, self.bounds):
            digest.update(np.ascontiguousarray(array).view(np.uint8).data)
        return digest.hexdigest()

    def save(self, folder: Path) -> None:
        for name in ("ids", "learnt", "bounds"):
            with write_whole(folder / f"{name}.npy") as file:
                np.save(file, getattr(self, name))

    @staticmethod
    def load(folder: Path) -> TokenRows:
        return TokenRows(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("ids", "learnt", "bounds")))


def collect_rows(encoded: list[tuple[np.ndarray, np.ndarray]]) -> TokenRows:
    lengths = np.array([len(ids) for ids, _ in encoded], dtype=np.int64)
    ids = np.concatenate([ids for ids, _ in encoded]) if encoded else np.zeros(0, np.int32)
    learnt = np.concatenate([learnt for _, learnt in encoded]) if encoded else np.zeros(0, bool)
    return TokenRows(ids.astype(np.int32), learnt.astype(bool), np.concatenate([[0], np.cumsum(lengths)]))


# --- which rows go where ---------------------------------------------------------------------------------------------


def rows_of_step(step: int, *, rows: int, rows_per_step: int, seed: int) -> np.ndarray:
    """The row numbers of a step (from 0): each epoch is a new permutation, and its last step may be short.

    A function of its arguments alone, so a run that goes on at any step, on any number of GPUs, sees the same rows.
    """
    steps_per_epoch = -(-rows // rows_per_step)
    epoch, within = divmod(step, steps_per_epoch)
    return order_of_epoch(epoch, rows=rows, seed=seed)[within * rows_per_step : (within + 1) * rows_per_step]


@functools.lru_cache(maxsize=2)
def order_of_epoch(epoch: int, *, rows: int, seed: int) -> np.ndarray:
    """Drawn once for all steps of the epoch: 400,000 rows take as long as a whole step of a small model on a GPU."""
    order = np.random.default_rng([seed, epoch]).permutation(rows)
    order.flags.writeable = False
    return order


def pack_rows(rows: np.ndarray, lengths: np.ndarray, *, limit: int, ranks: int = 1) -> list[list[int]]:
    """Rows in packs of at most `limit` tokens: as few as possible, a multiple of `ranks`, and nearly equal in tokens.

    Longest first, each into the emptiest pack; with many rows a pack this leaves less than 1 % between the packs, so that
    no GPU waits for another and none computes padding. Packs may be empty where there are fewer rows than ranks.
    """
    lengths_here = lengths[rows]
    if len(rows) and lengths_here.max() > limit:
        raise ValueError(f"a row of {lengths_here.max()} tokens does not fit a pack of {limit}")
    order = np.argsort(-lengths_here, kind="stable")
    passes = max(1, -(-int(lengths_here.sum()) // (limit * ranks)))
    while True:
        packs: list[list[int]] = [[] for _ in range(passes * ranks)]
        loads = np.zeros(len(packs), dtype=np.int64)
        for index in order:
            emptiest = int(loads.argmin())
            packs[emptiest].append(int(rows[index]))
            loads[emptiest] += lengths_here[index]
        if loads.max() <= limit:
            return packs
        passes += 1


# --- tensors ---------------------------------------------------------------------------------------------------------


@dataclass
class Pack:
    """ids, positions: (tokens,); bounds: (documents + 1,) int32; places: hidden states that are asked for the next token,
    which is in targets (-100 for filling); place_documents: the document, from 0, of each place."""

    ids: Tensor
    positions: Tensor
    bounds: Tensor
    longest: int
    places: Tensor
    targets: Tensor
    place_documents: Tensor
    real_tokens: int
    learnt_tokens: int


def make_pack(
    store: TokenRows,
    rows: list[int],
    *,
    device: torch.device | str = "cpu",
    multiple: int = 1,
    places_multiple: int = 64,
    size: int | None = None,
    longest: int | None = None,
) -> Pack:
    """The tensors of one pack. The number of tokens becomes a multiple of `multiple`, or `size`; what is added lies at the
    end as documents of its own. Then the number of places is one of `places_multiple`. `longest`: the same for all packs, so that kernels
    are not compiled anew for each."""
    documents = [store.row(row) for row in rows]
    lengths = [len(ids) for ids, _ in documents]
    real = sum(lengths)
    total = size if size is not None else max(multiple, -(-real // multiple) * multiple)
    most = longest or max([*lengths, 1])
    filling = total - real  # as documents: attention never looks from one into another, and none is longer than `longest`
    tail = [most] * (filling // most) + ([filling % most] if filling % most else [])
    all_lengths = lengths + tail

    ids = np.concatenate([*(ids for ids, _ in documents), np.zeros(filling, np.int32)]).astype(np.int64)
    positions = np.concatenate([np.arange(length) for length in all_lengths])
    ends = np.cumsum([0, *all_lengths]).astype(np.int32)
    # Empty documents up to a round number of bounds, so that sizes repeat.
    is_round = multiple > 1 or size is not None
    bounds = np.full(-(-len(ends) // 16) * 16 if is_round else len(ends), total, dtype=np.int32)
    bounds[: len(ends)] = ends

    asked = np.concatenate([*(learnt for _, learnt in documents), np.zeros(filling, bool)])
    asked[ends[:-1][ends[:-1] < total]] = False  # nothing precedes a first token
    next_places = np.flatnonzero(asked)
    width = max(1, -(-len(next_places) // places_multiple)) * places_multiple if is_round else max(1, len(next_places))
    places = np.zeros(width, dtype=np.int64)
    targets = np.full(width, IGNORED, dtype=np.int64)
    owner = np.zeros(width, dtype=np.int64)
    places[: len(next_places)] = next_places - 1
    targets[: len(next_places)] = ids[next_places]
    owner[: len(next_places)] = np.searchsorted(ends, next_places, side="right") - 1

    arrays = (ids, positions, bounds, places, targets, owner)
    tensors = [to_device(torch.from_numpy(array), device) for array in arrays]
    return Pack(*tensors[:3], most, *tensors[3:], real, len(next_places))


def to_device(tensor: Tensor, device: torch.device | str) -> Tensor:
    if torch.device(device).type != "cuda":
        return tensor.to(device)
    return tensor.pin_memory().to(device, non_blocking=True)


def pack_options(device: torch.device, *, longest: int, is_compiled: bool, most_tokens: int | None = None) -> dict:
    """Kernels like round sizes; a CPU without the compiler does not care, and pays for every token. `most_tokens` of a pack: only some
    dozen sizes, for passes that are recorded by their size (step_graphs.py); the filling is less than 1 % of the tokens."""
    if device.type == "cuda":
        longest = -(-longest // 128) * 128
        if most_tokens is None:
            return {"multiple": 128, "longest": longest}
        multiple = max(1, most_tokens // 64 // 128) * 128
        return {"multiple": multiple, "places_multiple": 4 * multiple, "longest": longest}
    return {"multiple": 16 if is_compiled else 1, "longest": -(-longest // 16) * 16 if is_compiled else None}
