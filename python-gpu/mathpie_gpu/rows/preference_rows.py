"""Token rows of preference pairs from the files of a configuration: read, rendered, encoded, counted, and kept on disk.

Rows 2i and 2i + 1 are the chosen and the rejected side of pair i: two documents with the same prompt.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mathpie_gpu.rows.conversations import place_system_turns
from mathpie_gpu.rows.encode_conversations import encode_all
from mathpie_gpu.rows.kept_rows import keep_rows, refuse_bad_rows, refuse_long_rows, rows_key
from mathpie_gpu.rows.packing import TokenRows, collect_rows
from mathpie_gpu.rows.preference_pairs import PreferencePairs, read_pairs
from mathpie_gpu.run.errors import UserError

SETTINGS = ("maxLength", "overLong", "badRows", "mostRows", "endTokens", "systemTurn")


@dataclass
class PairReport:
    pairs: int = 0
    bad_rows: int = 0
    long_pairs: int = 0  # one of their sides is over maxLength: left out or refused
    equal_pairs: int = 0  # different texts, the same tokens
    lost_thoughts: int = 0  # thoughts that the template does not write
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
            "lostThoughts": (self.lost_thoughts, "have a thought that the template does not write, which is not learnt"),
        }


def prepare_pairs(
    paths: list[str], tokenizer, config: dict[str, Any], *, cache: Path | None = None
) -> tuple[TokenRows, PairReport]:
    """`config`: SETTINGS. `cache`: a folder that keeps the result between starts."""

    def make() -> tuple[TokenRows, PairReport]:
        return encode_pairs(tokenizer, read_pairs(paths, most=config["mostRows"]), config, files=", ".join(paths))

    settings = [config[name] for name in SETTINGS]
    return keep_rows(make, PairReport, cache=cache, key=rows_key(paths, tokenizer, settings, noun="pairs"))


def encode_pairs(
    tokenizer, pairs: PreferencePairs, config: dict[str, Any], *, files: str
) -> tuple[TokenRows, PairReport]:
    """No side is ever cut: of a response without its end the loss would say the wrong thing. Earlier responses are prompt, and not learnt."""
    limit, over_long = config["maxLength"], config["overLong"]
    texts = [place_system_turns(side, config["systemTurn"]) for both in zip(pairs.chosen, pairs.rejected) for side in both]
    encoded = encode_all(tokenizer, texts, turns="last", end_tokens=config["endTokens"])
    reasons = {number // 2: reason for number, reason in reversed(encoded.refused)}
    bad = pairs.bad + [(pairs.places[number], reason) for number, reason in sorted(reasons.items())]
    refuse_bad_rows(bad, config["badRows"])
    rows_of = dict(zip(encoded.sources, encoded.rows))
    if len(reasons) == len(pairs.chosen):
        raise UserError(f"Cannot train: {files} hold no pair; check that they are the right files")
    kept, long, equal = [], [], 0
    for number, place in enumerate(pairs.places):
        if number in reasons:
            continue
        sides = [rows_of[2 * number], rows_of[2 * number + 1]]
        if max(len(ids) for ids, _ in sides) > limit:
            long.append(place)
        elif np.array_equal(sides[0][0], sides[1][0]):
            equal += 1
        else:
            kept += sides
    refuse_long_rows(long, over_long, limit=limit, noun="pair", ways_out='"drop"')
    if not kept:
        raise UserError(f'Cannot train: no pair fits within {limit} tokens a side; raise "maxLength"')
    rows = collect_rows(kept)
    if not (rows.learnt_counts() > 0).all():
        raise UserError("Cannot train with this template: it leaves a response without tokens of its own; give another template")
    report = PairReport(
        pairs=len(rows) // 2, bad_rows=len(bad), long_pairs=len(long), equal_pairs=equal, lost_thoughts=encoded.lost_thoughts, tokens=int(rows.bounds[-1]),
        response_tokens=int(rows.learnt_counts().sum()), longest=int(rows.lengths.max()),
        longest_pair=int(rows.lengths.reshape(-1, 2).sum(1).max()),
    )  # fmt: skip
    return rows, report
