"""Token rows of preference pairs from the files of a configuration: read, rendered, encoded, counted, and kept on disk.

Rows 2i and 2i + 1 are the chosen and the rejected side of pair i: two documents with the same prompt.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mathpie_gpu.rows.kept_rows import keep_rows, refuse_bad_rows, refuse_long_rows, rows_key
from mathpie_gpu.rows.packing import TokenRows, collect_rows
from mathpie_gpu.rows.preference_pairs import PreferencePairs, keep_last_response, read_pairs
from mathpie_gpu.rows.template import encode_conversations
from mathpie_gpu.run.errors import UserError


@dataclass
class PairReport:
    pairs: int = 0
    bad_rows: int = 0
    long_pairs: int = 0  # one of their sides is over maxLength: left out or refused
    equal_pairs: int = 0  # different texts, the same tokens
    tokens: int = 0  # of both sides, prompts included
    response_tokens: int = 0
    longest: int = 0  # one side
    longest_pair: int = 0  # both sides

    def left_out(self, config: dict[str, Any]) -> dict[str, tuple[int, str]]:
        """Under the plan's names: how many, and what a warning says of them."""
        return {
            "badRows": (self.bad_rows, "are no pairs and are left out"),
            "longPairs": (self.long_pairs, f"have a side of more than {config['maxLength']} tokens and are left out"),
            "equalPairs": (self.equal_pairs, "have the same tokens on both sides and are left out"),
        }


def prepare_pairs(
    paths: list[str], tokenizer, config: dict[str, Any], *, cache: Path | None = None
) -> tuple[TokenRows, PairReport]:
    """`config`: maxLength, overLong, badRows, mostRows. `cache`: a folder that keeps the result between starts."""

    def make() -> tuple[TokenRows, PairReport]:
        pairs = read_pairs(paths, most=config["mostRows"])
        refuse_bad_rows(pairs.bad, config["badRows"])
        if not pairs.chosen:
            raise UserError(f"Cannot train: {', '.join(paths)} hold no pair; check that they are the right files")
        return encode_pairs(tokenizer, pairs, limit=config["maxLength"], over_long=config["overLong"])

    settings = [config[name] for name in ("maxLength", "overLong", "badRows", "mostRows")]
    return keep_rows(make, PairReport, cache=cache, key=rows_key(paths, tokenizer, settings, noun="pairs"))


def encode_pairs(tokenizer, pairs: PreferencePairs, *, limit: int, over_long: str) -> tuple[TokenRows, PairReport]:
    """No side is ever cut: of a response without its end the loss would say the wrong thing."""
    chosen, rejected = (encode_conversations(tokenizer, side) for side in (pairs.chosen, pairs.rejected))
    kept, long, equal = [], [], 0
    for place, *sides in zip(pairs.places, chosen, rejected):
        if max(len(ids) for ids, _ in sides) > limit:
            long.append(place)
        elif np.array_equal(sides[0][0], sides[1][0]):
            equal += 1
        else:
            kept += [(ids, keep_last_response(learnt)) for ids, learnt in sides]
    refuse_long_rows(long, over_long, limit=limit, noun="pairs", ways_out='"drop"')
    if not kept:
        raise UserError(f'Cannot train: no pair fits within {limit} tokens a side; raise "maxLength"')
    rows = collect_rows(kept)
    if not (rows.learnt_counts() > 0).all():
        raise UserError("Cannot train with this template: it leaves a response without tokens of its own; give another template")
    report = PairReport(
        pairs=len(rows) // 2, bad_rows=len(pairs.bad), long_pairs=len(long), equal_pairs=equal, tokens=int(rows.bounds[-1]),
        response_tokens=int(rows.learnt_counts().sum()), longest=int(rows.lengths.max()),
        longest_pair=int(rows.lengths.reshape(-1, 2).sum(1).max()),
    )  # fmt: skip
    return rows, report
