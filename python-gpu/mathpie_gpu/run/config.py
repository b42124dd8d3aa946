"""The configuration of a run: CONFIG.json and the flags over it, and whether it is the one that the run began with."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from mathpie_gpu.run.contract import may_change, resolve_config
from mathpie_gpu.run.errors import UserError, storage_error


def parse_arguments(script: str, arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"{script.replace('-', '_')}.py", description=sys.modules["__main__"].__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "config", metavar="CONFIG.json", help=f"keys and defaults: contract/{script}.config.schema.json"
    )
    parser.add_argument("--run", metavar="DIR", help="run directory; the same as --set run=DIR")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="sets a key, as in --set a.b=3")
    parser.add_argument("--dry-run", action="store_true", help="check everything, say what would be done, and stop")
    return parser.parse_args(arguments)


def read_config(script: str, options: argparse.Namespace) -> dict[str, Any]:
    path = options.config
    try:
        config = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise storage_error(f"read the configuration {path}", error) from error
    except UnicodeDecodeError:
        raise UserError(f"Cannot read the configuration {path}: it is not UTF-8; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise UserError(f"Cannot read the configuration {path}:{error.lineno}: {error.msg}; mend the line") from None
    if not isinstance(config, dict):
        raise UserError(f"Cannot use the configuration {path}: it is not a JSON object; write {{...}}")
    for assignment in [*options.set, *([f"run={json.dumps(options.run)}"] if options.run else [])]:
        set_key(config, assignment)
    return resolve_config(f"{script}.config", config, action=f"use the configuration {path}")


def set_key(config: dict[str, Any], assignment: str) -> None:
    """`a.b=3` with JSON values, else strings."""
    name, equals, text = assignment.partition("=")
    if not equals or not name:
        raise UserError(f'Cannot set "{assignment}": it has no value; write --set key=value')
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    *path, last = name.split(".")
    place = config
    for key in path:
        place = place.setdefault(key, {})
        if not isinstance(place, dict):
            raise UserError(f'Cannot set "{name}": "{key}" is no object; set "{key}" as a whole')
    place[last] = value


def refuse_other_config(script: str, directory: Path, config: dict[str, Any]) -> None:
    try:
        earlier = json.loads((directory / "config.json").read_text(encoding="utf-8"))
        script_of_earlier = earlier.get("script")
    except FileNotFoundError:
        return
    except (ValueError, AttributeError):
        raise UserError(
            f"Cannot continue {directory}: its config.json is damaged; delete it or choose another directory"
        ) from None
    if script_of_earlier != script:
        raise UserError(
            f"Cannot continue {directory}: it holds a run of {script_of_earlier}; choose another directory"
        )
    was = earlier.get("config")
    changed = [
        text
        for path, text in describe_difference(was, config)
        if path != "run" and not may_change(f"{script}.config", path) and not is_one_place(was, config, path)
    ]
    if changed:
        raise UserError(
            f"Cannot continue {directory}: it was made with another configuration ({'; '.join(changed)}); "
            "give the first one again, or choose another directory"
        )


def is_one_place(was: dict[str, Any], is_now: dict[str, Any], key: str) -> bool:
    """Whether a top-level key names the same file or folder in other words: from another folder, or beside a run that was moved with it."""
    one, other = ([value] if isinstance(value, str) else value for value in (was.get(key), is_now.get(key)))
    if not (is_texts(one) and is_texts(other) and len(one) == len(other)):
        return False
    runs = [str(each.get("run", "")) for each in (was, is_now)]
    return all(
        os.path.exists(right)
        and (
            os.path.realpath(left) == os.path.realpath(right)
            or os.path.relpath(left, runs[0]) == os.path.relpath(right, runs[1]) == os.path.join("..", os.path.basename(right))
        )
        for left, right in zip(one, other)
    )


def is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


def describe_difference(was: Any, is_now: Any, name: str = "") -> list[tuple[str, str]]:
    """(dotted key, `key: was → now`) of everything in which two JSON values differ."""
    if isinstance(was, dict) and isinstance(is_now, dict):
        keys = sorted(was.keys() | is_now.keys())
        prefix = f"{name}." if name else ""
        return [found for key in keys for found in describe_difference(was.get(key), is_now.get(key), prefix + key)]
    if was == is_now:
        return []
    left, right = (json.dumps(value, ensure_ascii=False) for value in (was, is_now))
    return [(name, f"{name}: {left[:60]} → {right[:60]}")]
