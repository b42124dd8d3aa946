"""The JSON Schemas in contract/, which TypeScript reads too: the one reference of every key, its type and its default."""

from __future__ import annotations

import copy
import difflib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from mathpie_gpu.run.errors import UserError

FOLDER = Path(__file__).resolve().parents[2] / "contract"


@cache
def load_schema(name: str) -> dict[str, Any]:
    """`name` as in `generate.config`; with all that it takes over from another file."""
    return joined(json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")))


def joined(schema: dict[str, Any]) -> dict[str, Any]:
    """One schema in place of `"allOf": [{"$ref": "training.schema.json"}]` and what is added to it: a key that both have gets the
    words of both, its own first. A validator of the two parts would call every shared key unknown as soon as one is wrong."""
    if "allOf" not in schema or not all("$ref" in part for part in schema["allOf"]):
        return schema
    own = {key: value for key, value in schema.items() if key not in ("allOf", "unevaluatedProperties")}
    required, properties = [], {}
    for part in [*(follow(schema, part) for part in schema["allOf"]), own]:
        required += part.get("required", [])
        for key, words in part.get("properties", {}).items():
            properties[key] = properties.get(key, {}) | words
    is_open = schema.get("unevaluatedProperties", True)
    return own | {"required": required, "properties": properties, "additionalProperties": is_open}


def resolve_config(name: str, config: dict[str, Any], *, action: str) -> dict[str, Any]:
    """`config` with every default filled in. Raises UserError for an unknown key (with the nearest known one), a missing
    key or a value that does not fit; `action` begins the message, as in "use config.json"."""
    schema = load_schema(name)
    config = {key: value for key, value in config.items() if key != "$schema"}  # of recipes, by which editors complete them
    refuse_unknown_keys(schema, config, action=action)
    filled = fill_defaults(schema, config)
    reason = first_violation(name, filled)
    if reason is not None:
        raise UserError(f"Cannot {action}: {reason}")
    return filled


def refuse_unknown_keys(schema: dict[str, Any], value: Any, *, action: str, place: str = "") -> None:
    known = schema.get("properties")
    if known is None or not isinstance(value, dict):
        return
    for key, item in value.items():
        if key not in known and schema.get("additionalProperties") is False:
            nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.4)
            way_out = f'did you mean "{place}{nearest[0]}"?' if nearest else f"known are {', '.join(sorted(known))}"
            raise UserError(f'Cannot {action}: "{place}{key}" is unknown; {way_out}')
        if key in known:
            refuse_unknown_keys(follow(schema, known[key]), item, action=action, place=f"{place}{key}.")


def fill_defaults(schema: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Defaults of nested objects are filled in where the object itself is given or has a default."""
    filled = {}
    for key, part in schema.get("properties", {}).items():
        if key in value:
            filled[key] = value[key]
        elif "default" in part:
            filled[key] = copy.deepcopy(part["default"])
        else:
            continue
        inner = follow(schema, part)
        if isinstance(filled[key], dict) and "properties" in inner:
            filled[key] = fill_defaults({**inner, "$defs": schema.get("$defs", {})}, filled[key])
    return filled | {key: item for key, item in value.items() if key not in filled}


def follow(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """The schema that a local "$ref" names ("#/$defs/..."), or that of another file ("sampling.schema.json")."""
    reference = part.get("$ref")
    if reference is None:
        return part
    if reference.startswith("#/$defs/"):
        return schema["$defs"][reference.removeprefix("#/$defs/")]
    return load_schema(reference.removesuffix(".schema.json"))


def may_change(name: str, path: str) -> bool:
    """Whether a finished part of a run stays valid when this key (dotted) changes: "x-mayChange" in the schema."""
    schema = load_schema(name)
    part: dict[str, Any] = schema
    for key in path.split("."):
        part = follow(schema, part.get("properties", {}).get(key, {}))
        if part.get("x-mayChange"):
            return True
    return False


def first_violation(name: str, value: Any) -> str | None:
    """The first thing that does not fit the schema, in words, or None."""
    return next(violations(name, value), None)


def violations(name: str, value: Any) -> Iterator[str]:
    """Everything that does not fit, in words. Without the package jsonschema nothing is checked: a bare GPU machine may lack it."""
    validator = make_validator(name)
    if validator is None:
        return
    for error in sorted(validator.iter_errors(value), key=lambda found: [str(part) for part in found.path]):
        place = ".".join(str(part) for part in error.absolute_path)
        if error.validator == "required":
            missing = next(key for key in error.validator_value if key not in error.instance)
            yield f'"{place + "." if place else ""}{missing}" is missing'
        else:
            yield f'"{place}": {explain(error)}' if place else explain(error)


def explain(error: Any) -> str:
    shown = json.dumps(error.instance, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    if error.validator == "enum":
        return f"{shown} is none of {', '.join(json.dumps(item) for item in error.validator_value)}"
    if error.validator == "type":
        wanted = error.validator_value
        return f"{shown} is not {' or '.join(wanted) if isinstance(wanted, list) else wanted}"
    return error.message if len(error.message) <= 160 else f"{error.message[:157]}..."


@cache
def make_validator(name: str) -> Any:
    try:
        from jsonschema import Draft202012Validator
        from referencing import Registry, Resource
    except ImportError:
        return None
    names = [path.name for path in FOLDER.glob("*.schema.json")]
    resources = [(file, Resource.from_contents(load_schema(file.removesuffix(".schema.json")))) for file in names]
    return Draft202012Validator(load_schema(name), registry=Registry().with_resources(resources))
