"""Token rows for fine-tuning from the files of a configuration: read, rendered, encoded, cut, counted, and kept on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mathpie_gpu.rows.conversations import place_system_turns, read_conversations
from mathpie_gpu.rows.encode_conversations import encode_all
from mathpie_gpu.rows.kept_rows import keep_rows, refuse_bad_rows, refuse_long_rows, rows_key
from mathpie_gpu.rows.packing import TokenRows, collect_rows
from mathpie_gpu.run.errors import UserError

SETTINGS = ("maxLength", "overLong", "badRows", "splitQuery", "mostRows", "turns", "endTokens", "systemTurn")


@dataclass
class RowReport:
    rows: int = 0
    bad_rows: int = 0
    long_rows: int = 0  # over maxLength: cut, left out or refused
    empty_rows: int = 0  # nothing to learn is left
    split_rows: int = 0  # a row a response, because the template writes earlier turns otherwise than the last
    lost_thoughts: int = 0  # thoughts that the template does not write
    tokens: int = 0
    response_tokens: int = 0
    longest: int = 0

    def left_out(self, config: dict[str, Any]) -> dict[str, tuple[int, str]]:
        """Under the plan's names: how many, and what a warning says of them."""
        return {
            "badRows": (self.bad_rows, "have no response or no known shape and are left out"),
            "longRows": (self.long_rows, f"are longer than {config['maxLength']} tokens ({config['overLong']})"),
            "emptyRows": (self.empty_rows, "have nothing to learn and are left out"),
            "splitRows": (self.split_rows, "became a row for each of their responses"),
            "lostThoughts": (self.lost_thoughts, "have a thought that the template does not write, which is not learnt"),
        }


def prepare_rows(
    paths: list[str], tokenizer, config: dict[str, Any], *, cache: Path | None = None
) -> tuple[TokenRows, RowReport]:
    """`config`: SETTINGS. `cache`: a folder that keeps the result between starts."""

    def make() -> tuple[TokenRows, RowReport]:
        conversations = read_conversations(paths, splits_query=config["splitQuery"], most=config["mostRows"])
        if not conversations.items and not conversations.bad:
            raise UserError(f"Cannot train: {', '.join(paths)} hold no usable row; check that they are the right files")
        items = [place_system_turns(messages, config["systemTurn"]) for messages in conversations.items]
        encoded = encode_all(tokenizer, items, turns=config["turns"], end_tokens=config["endTokens"])
        bad = conversations.bad + [(conversations.places[number], reason) for number, reason in encoded.refused]
        refuse_bad_rows(bad, config["badRows"])
        if not encoded.rows:
            raise UserError(f"Cannot train: {', '.join(paths)} hold no usable row; check that they are the right files")
        places = [conversations.places[number] for number in encoded.sources]
        rows, report = cut_rows(encoded.rows, places, limit=config["maxLength"], over_long=config["overLong"])
        report.bad_rows, report.split_rows, report.lost_thoughts = len(bad), encoded.split_rows, encoded.lost_thoughts
        return rows, report

    settings = [config[name] for name in SETTINGS]
    return keep_rows(make, RowReport, cache=cache, key=rows_key(paths, tokenizer, settings, noun="rows"))


def cut_rows(
    encoded: list[tuple[np.ndarray, np.ndarray]], places: list[str], *, limit: int, over_long: str
) -> tuple[TokenRows, RowReport]:
    long = [place for place, (ids, _) in zip(places, encoded) if len(ids) > limit]
    refuse_long_rows(long, over_long, limit=limit, noun="row", ways_out='"drop" or "truncate"')
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
