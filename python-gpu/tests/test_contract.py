"""The schemas that TypeScript and Python share: examples of both kinds, defaults, and what unknown keys are answered with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mathpie_gpu.run.contract import FOLDER, first_violation, load_schema, may_change, resolve_config
from mathpie_gpu.run.errors import UserError

pytest.importorskip("jsonschema")


def rows(pattern: str) -> list:
    return [
        pytest.param(path.name.split(".")[0:-2], json.loads(line), id=f"{path.name}:{number}")
        for path in sorted((FOLDER / "examples").glob(pattern))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


@pytest.mark.parametrize("name, value", rows("*.valid.jsonl"))
def test_valid_examples_fit_their_schema(name: list[str], value: dict) -> None:
    assert first_violation(".".join(name), value) is None


@pytest.mark.parametrize("name, value", rows("*.invalid.jsonl"))
def test_invalid_examples_do_not(name: list[str], value: dict) -> None:
    assert first_violation(".".join(name), value["value"]), value["why"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.config.schema.json")), ids=lambda path: path.name)
def test_every_key_of_a_configuration_is_described_and_unknown_ones_are_refused(path: Path) -> None:
    schema = load_schema(path.name.removesuffix(".schema.json"))
    assert schema["additionalProperties"] is False
    assert "run" in schema["required"]
    for key, part in schema["properties"].items():
        assert "$ref" in part or part.get("description"), key
        assert "default" in part or "$ref" in part or key in schema["required"], f"{key} has no default"


@pytest.mark.parametrize("name", ["train-sft.config", "train-dpo.config"])
def test_a_training_is_what_trainings_share_and_its_own_keys(name: str) -> None:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    files = {path.name: json.loads(path.read_text()) for path in FOLDER.glob("*.schema.json")}
    own, shared = files[f"{name}.schema.json"]["properties"], files["training.schema.json"]["properties"]
    joined = load_schema(name)["properties"]
    assert joined.keys() == own.keys() | shared.keys()
    for key, part in joined.items():
        assert part == shared.get(key, {}) | own.get(key, {}), key
    # As its own file is written, any validator takes and refuses the same.
    resources = [(file, Resource.from_contents(schema)) for file, schema in files.items()]
    plain = Draft202012Validator(files[f"{name}.schema.json"], registry=Registry().with_resources(resources))
    good = {"run": "a", "model": "b", "data": "c", "seed": 3}
    bad = [{"sede": 3}, {"seed": -1}, {"data": []}, {"overLong": "cut"}, {"lora": {"rnk": 4}}, {"run": ""}]
    assert plain.is_valid(good) and first_violation(name, good) is None
    for change in bad:
        assert not plain.is_valid(good | change) and first_violation(name, good | change), change
    assert not plain.is_valid({"run": "a", "model": "b"}) and first_violation(name, {"run": "a", "model": "b"})


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.schema.json")), ids=lambda path: path.name)
def test_every_schema_is_one(path: Path) -> None:
    from jsonschema import Draft202012Validator

    schema = load_schema(path.name.removesuffix(".schema.json"))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == path.name


BASE = {"run": "a", "model": "b", "requests": "c"}


def test_defaults_are_filled_in_also_in_nested_objects() -> None:
    config = resolve_config("generate.config", {**BASE, "ray": {"workers": 3}}, action="use x")
    assert (config["ray"]["workers"], config["ray"]["cpusPerWorker"], config["order"]) == (3, 1, "longest-first")


@pytest.mark.parametrize(
    "change, message",
    [
        ({"modl": "x"}, 'Cannot use x: "modl" is unknown; did you mean "model"?'),
        ({"ray": {"wokers": 2}}, 'Cannot use x: "ray.wokers" is unknown; did you mean "ray.workers"?'),
        ({"preset": "fast"}, 'Cannot use x: "preset": "fast" is none of "default", "throughput"'),
        ({"tensorParallel": "two"}, 'Cannot use x: "tensorParallel": "two" is not integer'),
    ],
)
def test_a_bad_configuration_is_named(change: dict, message: str) -> None:
    with pytest.raises(UserError) as caught:
        resolve_config("generate.config", {**BASE, **change}, action="use x")
    assert str(caught.value) == message


def test_the_schema_that_a_recipe_names_for_editors_is_no_setting() -> None:
    config = resolve_config("generate.config", {"$schema": "../generate.schema.json", **BASE}, action="use x")
    assert "$schema" not in config and config == resolve_config("generate.config", BASE, action="use x")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(UserError, match='"model" is missing'):
        resolve_config("generate.config", {"run": "a", "requests": "b"}, action="use x")


@pytest.mark.parametrize("key, expected", [("window", True), ("ray.workers", True), ("model", False), ("seed", False)])
def test_keys_that_may_change_on_the_way(key: str, expected: bool) -> None:
    assert may_change("generate.config", key) is expected
