"""Runs a script's main() in this process as its command line would, and reads what it left."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

from mathpie_gpu.run.directory import open_run


def run_script(module: ModuleType, script: str, config: dict, *flags: str) -> int:
    """The exit code. config.json lies beside the run directory, not in it."""
    run = Path(config["run"])
    run.parent.mkdir(parents=True, exist_ok=True)
    path = run.parent / f"{run.name}.config.json"
    path.write_text(json.dumps(config))
    try:
        with open_run(script, [str(path), *flags]) as opened:
            module.main(opened)
    except SystemExit as end:
        return end.code
    return 0


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def write_lines(path: Path, rows: list[dict]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)
