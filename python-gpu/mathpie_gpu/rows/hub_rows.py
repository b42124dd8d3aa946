"""Rows of a data set on the Hugging Face hub, through its own library: OWNER/NAME, or OWNER/NAME:SPLIT."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mathpie_gpu.run.errors import UserError

NAME = re.compile(r"([\w.-]+/[\w.-]+)(?::([\w.-]+))?")
FILES = (".json", ".jsonl", ".gz", ".parquet", ".csv", ".txt")


def is_hub_name(path: str) -> bool:
    """A file that is there is a file, whatever its name; so is what ends like one, and a path into a folder that is there."""
    file = Path(path)
    return bool(NAME.fullmatch(path)) and not path.startswith(".") and file.suffix not in FILES and not file.exists() and not file.parent.is_dir()


def read_hub_rows(name: str) -> Iterator[tuple[str, Any]]:
    """(NAME:NUMBER, row) of each row of the split, train where none is named. Raises UserError."""
    try:
        from datasets import load_dataset
    except ImportError:
        raise UserError(
            f"Cannot read the data set {name} of the hub: the package datasets is not installed; pip install datasets==5.2.0, or give a JSONL file"
        ) from None
    repository, split = NAME.fullmatch(name).groups()
    try:
        rows = load_dataset(repository, split=split or "train")
    except Exception as error:  # the library raises a great many kinds
        reason = " ".join(str(error).split())[:300]
        raise UserError(
            f"Cannot read the data set {name} of the hub: {reason}; check the name and the split (OWNER/NAME:SPLIT), or give a JSONL file"
        ) from error
    yield from ((f"{name}:{number}", dict(row)) for number, row in enumerate(rows, 1))
