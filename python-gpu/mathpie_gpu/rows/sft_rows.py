"""Token rows for fine-tuning from the files of a configuration: read, rendered, encoded, cut, counted, and kept on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mathpie_gpu.rows.conversations import read_conversations
from mathpie_gpu.rows.kept_rows import keep_rows, refuse_bad_rows, refuse_long_rows, rows_key
from mathpie_gpu.rows.packing import TokenRows, collect_rows
from mathpie_gpu.rows.template import encode_conversations
from mathpie_gpu.run.errors import UserError


@dataclass
class RowReport:
    rows: int = 0
    bad_rows: int = 0
    long_rows: int = 0  # over maxLength: cut, left out or refused
    empty_rows: int = 0  # nothing to learn is left
    tokens: int = 0
    response_tokens: int = 0
    longest: int = 0

    def left_out(self, config: dict[str, Any]) -> dict[str, tuple[int, str]]:
        """Under the plan's names: how many, and what a warning says of them."""
        return {
            "badRows": (self.bad_rows, "have no response or no known shape and are left out"),
            "longRows": (self.long_rows, f"are longer than {config['maxLength']} tokens ({config['overLong']})"),
            "emptyRows": (self.empty_rows, "have nothing to learn and are left out"),
        }


def prepare_rows(
    paths: list[str], tokenizer, config: dict[str, Any], *, cache: Path | None = None
) -> tuple[TokenRows, RowReport]:
    """`config`: maxLength, overLong, badRows, splitQuery, mostRows. `cache`: a folder that keeps the result between starts."""

    def make() -> tuple[TokenRows, RowReport]:
        conversations = read_conversations(paths, splits_query=config["splitQuery"], most=config["mostRows"])
        refuse_bad_rows(conversations.bad, config["badRows"])
        if not conversations.items:
            raise UserError(f"Cannot train: {', '.join(paths)} hold no usable row; check that they are the right files")
        encoded = encode_conversations(tokenizer, conversations.items)
        rows, report = cut_rows(encoded, conversations.places, limit=config["maxLength"], over_long=config["overLong"])
        report.bad_rows = len(conversations.bad)
        return rows, report

    settings = [config[name] for name in ("maxLength", "overLong", "badRows", "splitQuery", "mostRows")]
    return keep_rows(make, RowReport, cache=cache, key=rows_key(paths, tokenizer, settings, noun="rows"))


def cut_rows(
    encoded: list[tuple[np.ndarray, np.ndarray]], places: list[str], *, limit: int, over_long: str
) -> tuple[TokenRows, RowReport]:
    long = [place for place, (ids, _) in zip(places, encoded) if len(ids) > limit]
    refuse_long_rows(long, over_long, limit=limit, noun="rows", ways_out='"drop" or "truncate"')
    if over_long == "truncate":
        kept = [(ids[:limit], learnt[:limit]) for ids, learnt in encoded]
    else:
        kept = [(ids, learnt) for ids, learnt in encoded if len(ids) <= limit]
    useful = [(ids, learnt) for ids, learnt in kept if learnt[1:].any()]  # a first token is never asked for
    if not useful:
        raise UserError(f'Cannot train: no row has anything to learn within {limit} tokens; raise "maxLength"')
    rows = collect_rows(useful)
    report = RowReport(
        rows=len(rows), long_rows=len(long), empty_rows=len(kept) - len(useful), tokens=int(rows.bounds[-1]),
        response_tokens=int(rows.learnt_counts().sum()), longest=int(rows.lengths.max()),
    )  # fmt: skip
    return rows, report
