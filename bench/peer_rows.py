"""What the peers of bench/train.py put into a micro-batch: rows padded to the longest, or rows one after another in a sequence."""

from __future__ import annotations

from itertools import accumulate

import torch
from torch import Tensor

IGNORED = -100  # a label that is not learnt


def labelled(rows: list[Tensor]) -> list[dict[str, Tensor]]:
    """The second half of each row is to be learnt."""
    return [
        {"input_ids": ids, "labels": torch.where(torch.arange(len(ids)) < len(ids) // 2, IGNORED, ids)} for ids in rows
    ]


def pack(items: list[dict[str, Tensor]], *, rows_per_step: int, sequences: int) -> list[dict[str, Tensor]]:
    """The rows of every step in so many sequences of like length: the longest row first, each into the shortest sequence so far."""
    packed = []
    for start in range(0, len(items), rows_per_step):
        bins: list[list[dict[str, Tensor]]] = [[] for _ in range(sequences)]
        lengths = [0] * sequences
        for item in sorted(items[start : start + rows_per_step], key=lambda item: -len(item["input_ids"])):
            shortest = lengths.index(min(lengths))
            bins[shortest].append(item)
            lengths[shortest] += len(item["input_ids"])
        packed += [join(rows) for rows in bins]
    return packed


def join(rows: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """One sequence, in the form that transformers' DataCollatorWithFlattening gives: positions start anew with each row, whose first token nobody predicts."""
    lengths = [len(row["input_ids"]) for row in rows]
    labels = [torch.cat([torch.tensor([IGNORED]), row["labels"][1:]]) for row in rows]
    bounds = torch.tensor([0, *accumulate(lengths)], dtype=torch.int32)
    return {
        "input_ids": torch.cat([row["input_ids"] for row in rows]),
        "labels": torch.cat(labels),
        "position_ids": torch.cat([torch.arange(length) for length in lengths]),
        "cu_seq_lens_q": bounds,
        "max_length_q": max(lengths),
    }


def collate_packed(batch: list[dict], *, with_bounds: bool) -> dict:
    """A micro-batch of one sequence. SDPA and FlexAttention make their mask from the positions, variable-length kernels take the bounds."""
    (sequence,) = batch
    names = ["input_ids", "labels", "position_ids"]
    micro_batch = {name: sequence[name][None] for name in names}
    if with_bounds:
        micro_batch |= {"cu_seq_lens_q": sequence["cu_seq_lens_q"], "max_length_q": sequence["max_length_q"]}
    return micro_batch


def collate_padded(batch: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    def pad(parts: list[Tensor], value: int) -> Tensor:
        return torch.nn.utils.rnn.pad_sequence(parts, True, value)

    ids = [row["input_ids"] for row in batch]
    mask = pad([torch.ones_like(one) for one in ids], 0)
    return {"input_ids": pad(ids, 0), "labels": pad([row["labels"] for row in batch], IGNORED), "attention_mask": mask}
