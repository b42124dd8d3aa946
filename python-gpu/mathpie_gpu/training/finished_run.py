"""A run directory whose training is through: what the same command says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mathpie_gpu.rows.items import Items
from mathpie_gpu.run.errors import UserError


def totals_of_finished(directory: Path, items: Items, *, noun: str) -> dict[str, Any] | None:
    """None where it is not through, or where its record or its model is lost: what is missing is made again. Raises UserError where it
    was trained on other rows, which a file of the same name holds by now."""
    try:
        totals = json.loads((directory / "manifest.json").read_text())["totals"]
        rows = json.loads((directory / "model" / "training.json").read_text())[noun]["sha256"]
        if not isinstance(totals, dict):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if rows != items.rows.fingerprint():
        raise UserError(
            f"Cannot continue {directory}: its model was trained on other {noun} than the data holds now; give the first data again,"
            " or choose another run directory"
        )
    return totals
