"""Token rows of preference pairs from the files of a configuration: read, rendered, encoded, counted, and kept on disk.

Rows 2i and 2i + 1 are the chosen and the rejected side of pair i: two documents with the same prompt.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mathpie_gpu.rows.packing import TokenRows, collect_rows
from mathpie_gpu.rows.preference_pairs import PreferencePairs, keep_last_response, read_pairs
from mathpie_gpu.rows.template import encode_conversations
from mathpie_gpu.run.errors import UserError

SHOWN = 5


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


def prepare_pairs(paths: list[str], tokenizer, config: dict[str, Any], *, cache: Path | None = None) -> tuple[TokenRows, PairReport]:
    """`config`: maxLength, overLong, badRows, mostRows. `cache`: a folder that keeps the result between starts."""
    key = cache_key(paths, tokenizer, config)
    if cache is not None and (cache / "report.json").exists():
        saved = json.loads((cache / "report.json").read_text())
        if saved["key"] == key:
            return TokenRows.load(cache), PairReport(**saved["report"])
    pairs = read_pairs(paths, most=config["mostRows"])
    refuse_bad_pairs(pairs, paths, config["badRows"])
    rows, report = encode_pairs(tokenizer, pairs, limit=config["maxLength"], over_long=config["overLong"])
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "report.json").unlink(missing_ok=True)
        rows.save(cache)
        (cache / "report.json").write_text(json.dumps({"key": key, "report": asdict(report)}) + "\n")
    return rows, report


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
    if long and over_long == "refuse":
        raise UserError(
            f"Cannot train on {len(long)} pairs over {limit} tokens ({', '.join(long[:SHOWN])}{' ...' if len(long) > SHOWN else ''});"
            ' raise "maxLength", or set "overLong" to "drop"'
        )
    if not kept:
        raise UserError(f'Cannot train: no pair fits within {limit} tokens a side; raise "maxLength"')
    rows = collect_rows(kept)
    if not (rows.learnt_counts() > 0).all():
        raise UserError("Cannot train with this template: it leaves a response without tokens of its own; give another template")
    report = PairReport(
        pairs=len(rows) // 2,
        bad_rows=len(pairs.bad),
        long_pairs=len(long),
        equal_pairs=equal,
        tokens=int(rows.bounds[-1]),
        response_tokens=int(rows.learnt_counts().sum()),
        longest=int(rows.lengths.max()),
        longest_pair=int(pair_lengths(rows).max()),
    )
    return rows, report


def pair_lengths(rows: TokenRows) -> np.ndarray:
    """(pairs,): tokens of both sides."""
    return rows.lengths.reshape(-1, 2).sum(1)


def refuse_bad_pairs(pairs: PreferencePairs, paths: list[str], policy: str) -> None:
    if pairs.bad and policy == "refuse":
        shown = "; ".join(f"{place}: {reason}" for place, reason in pairs.bad[:SHOWN])
        more = f" and {len(pairs.bad) - SHOWN} more" if len(pairs.bad) > SHOWN else ""
        raise UserError(f'Cannot train on {len(pairs.bad)} rows ({shown}{more}); mend them, or set "badRows" to "skip"')
    if not pairs.chosen:
        raise UserError(f"Cannot train: {', '.join(paths)} hold no pair; check that they are the right files")


def cache_key(paths: list[str], tokenizer, config: dict[str, Any]) -> str:
    try:
        files = [(path, Path(path).stat().st_size, Path(path).stat().st_mtime_ns) for path in paths]
    except OSError as error:
        raise UserError(f"Cannot read the pairs of {error.filename}: {error.strerror}; check the path") from error
    settings = [config[name] for name in ("maxLength", "overLong", "badRows", "mostRows")]
    template = [tokenizer.chat_template, len(tokenizer), tokenizer.eos_token, tokenizer.bos_token]
    return hashlib.sha256(json.dumps([files, settings, template]).encode()).hexdigest()
