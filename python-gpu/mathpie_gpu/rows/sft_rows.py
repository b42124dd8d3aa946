"""Token rows for fine-tuning from the files of a configuration: read, rendered, encoded, cut, counted, and kept on disk."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mathpie_gpu.rows.conversations import Conversations, read_conversations
from mathpie_gpu.rows.packing import TokenRows, collect_rows
from mathpie_gpu.rows.template import encode_conversations
from mathpie_gpu.run.errors import UserError

SHOWN = 5


@dataclass
class RowReport:
    rows: int = 0
    bad_rows: int = 0
    long_rows: int = 0  # over maxLength: cut, left out or refused
    empty_rows: int = 0  # nothing to learn is left
    tokens: int = 0
    response_tokens: int = 0
    longest: int = 0


def prepare_rows(
    paths: list[str], tokenizer, config: dict[str, Any], *, cache: Path | None = None
) -> tuple[TokenRows, RowReport]:
    """`config`: maxLength, overLong, badRows, splitQuery, mostRows. `cache`: a folder that keeps the result between starts."""
    key = cache_key(paths, tokenizer, config)
    if cache is not None and (cache / "report.json").exists():
        saved = json.loads((cache / "report.json").read_text())
        if saved["key"] == key:
            return TokenRows.load(cache), RowReport(**saved["report"])
    conversations = read_conversations(paths, splits_query=config["splitQuery"], most=config["mostRows"])
    refuse_bad_rows(conversations, paths, config["badRows"])
    encoded = encode_conversations(tokenizer, conversations.items)
    rows, report = cut_rows(encoded, conversations.places, limit=config["maxLength"], over_long=config["overLong"])
    report.bad_rows = len(conversations.bad)
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "report.json").unlink(missing_ok=True)
        rows.save(cache)
        (cache / "report.json").write_text(json.dumps({"key": key, "report": asdict(report)}) + "\n")
    return rows, report


def refuse_bad_rows(conversations: Conversations, paths: list[str], policy: str) -> None:
    bad = conversations.bad
    if bad and policy == "refuse":
        shown = "; ".join(f"{place}: {reason}" for place, reason in bad[:SHOWN])
        more = f" and {len(bad) - SHOWN} more" if len(bad) > SHOWN else ""
        raise UserError(f'Cannot train on {len(bad)} rows ({shown}{more}); mend them, or set "badRows" to "skip"')
    if not conversations.items:
        raise UserError(f"Cannot train: {', '.join(paths)} hold no usable row; check that they are the right files")


def cut_rows(
    encoded: list[tuple[np.ndarray, np.ndarray]], places: list[str], *, limit: int, over_long: str
) -> tuple[TokenRows, RowReport]:
    long = [place for place, (ids, _) in zip(places, encoded) if len(ids) > limit]
    if long and over_long == "refuse":
        raise UserError(
            f"Cannot train on {len(long)} rows over {limit} tokens ({', '.join(long[:SHOWN])}{' ...' if len(long) > SHOWN else ''});"
            ' raise "maxLength", or set "overLong" to "drop" or "truncate"'
        )
    if over_long == "truncate":
        kept = [(ids[:limit], learnt[:limit]) for ids, learnt in encoded]
    else:
        kept = [(ids, learnt) for ids, learnt in encoded if len(ids) <= limit]
    useful = [(ids, learnt) for ids, learnt in kept if learnt[1:].any()]
    if not useful:
        raise UserError(f'Cannot train: no row has anything to learn within {limit} tokens; raise "maxLength"')
    rows = collect_rows(useful)
    report = RowReport(
        rows=len(rows),
        long_rows=len(long),
        empty_rows=len(kept) - len(useful),
        tokens=int(rows.bounds[-1]),
        response_tokens=int(rows.learnt_counts().sum()),
        longest=int(rows.lengths.max()),
    )
    return rows, report


def cache_key(paths: list[str], tokenizer, config: dict[str, Any]) -> str:
    try:
        files = [(path, Path(path).stat().st_size, Path(path).stat().st_mtime_ns) for path in paths]
    except OSError as error:
        raise UserError(f"Cannot read the rows of {error.filename}: {error.strerror}; check the path") from error
    settings = [config[name] for name in ("maxLength", "overLong", "badRows", "splitQuery", "mostRows")]
    template = [tokenizer.chat_template, len(tokenizer), tokenizer.eos_token, tokenizer.bos_token]
    return hashlib.sha256(json.dumps([files, settings, template]).encode()).hexdigest()
