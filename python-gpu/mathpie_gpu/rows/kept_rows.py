"""Token rows that stay on disk between starts, and the refusal of what cannot become rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from mathpie_gpu.rows.hub_rows import is_hub_name
from mathpie_gpu.rows.packing import TokenRows
from mathpie_gpu.run.counted import counted
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.whole_file import flush_folder, write_json

SHOWN = 5
Report = TypeVar("Report")


def keep_rows(
    make: Callable[[], tuple[TokenRows, Report]], report_class: type[Report], *, cache: Path | None, key: str
) -> tuple[TokenRows, Report]:
    """What `make` returns, or what an earlier call with the same key left in the folder `cache`."""
    if cache is None:
        return make()
    path = cache / "report.json"
    try:
        saved = json.loads(path.read_text())
        if saved["key"] == key:
            return TokenRows.load(cache), report_class(**saved["report"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # none yet, or damaged: made anew
    rows, report = make()
    cache.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # it comes last, when the rows are on the disk: rows without it are half written
    flush_folder(cache)
    rows.save(cache)
    write_json(path, {"key": key, "report": asdict(report)})
    return rows, report


def rows_key(paths: list[str], tokenizer, settings: list[Any], *, noun: str) -> str:
    """What rows are made of: the files by name, size and time, the settings, and the tokenizer with its template."""
    try:
        files = [(path,) if is_hub_name(path) else (path, Path(path).stat().st_size, Path(path).stat().st_mtime_ns) for path in paths]
    except OSError as error:
        raise UserError(f"Cannot read the {noun} of {error.filename}: {error.strerror}; check the path") from error
    template = [tokenizer.chat_template, len(tokenizer), tokenizer.eos_token, tokenizer.bos_token]
    return hashlib.sha256(json.dumps([files, settings, template]).encode()).hexdigest()


def refuse_bad_rows(bad: list[tuple[str, str]], policy: str) -> None:
    """`bad`: (place, reason) of each; `policy`: refuse or skip."""
    if bad and policy == "refuse":
        shown = "; ".join(f"{place}: {reason}" for place, reason in bad[:SHOWN])
        more = f" and {len(bad) - SHOWN} more" if len(bad) > SHOWN else ""
        raise UserError(f'Cannot train on {counted(len(bad), "row")} ({shown}{more}); mend them, or set "badRows" to "skip"')


def refuse_long_rows(places: list[str], policy: str, *, limit: int, noun: str, ways_out: str) -> None:
    if places and policy == "refuse":
        shown = f"{', '.join(places[:SHOWN])}{' ...' if len(places) > SHOWN else ''}"
        raise UserError(
            f'Cannot train on {counted(len(places), noun)} over {limit} tokens ({shown}); raise "maxLength", or set "overLong" to {ways_out}'
        )
