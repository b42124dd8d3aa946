"""Imports in mathpie_gpu point one way: each test lists the files that are wrong."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mathpie_gpu"
ORDER = (
    "run",  # a run and its files; knows nothing of models
    "rows",  # text to tokens to packs
    "model",  # what computes on packs
    "training",  # what changes a model
    "scoring",  # what measures texts with a model
    "engine",  # vLLM; imported where that is installed
)
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports_of(path: Path) -> list[str]:
    """Modules of mathpie_gpu that a file imports, also inside its functions."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [f"{node.module}.{name.name}" for name in node.names] if node.module == "mathpie_gpu" else [node.module]
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names]
    return [module for module in found if module.split(".")[0] == "mathpie_gpu"]


def test_every_file_lies_in_a_package_of_the_order() -> None:
    places = {str(path.relative_to(PACKAGE).parent) for path in FILES if path != PACKAGE / "__init__.py"}
    assert places == set(ORDER)


def test_a_package_imports_only_itself_and_those_before_it() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} -> {module}"
        for path in FILES
        if (own := path.relative_to(PACKAGE).parts[0]) in ORDER
        for module in imports_of(path)
        if room_of(module) not in ORDER[: ORDER.index(own) + 1]
    ]
    assert wrong == []


def test_inside_a_package_no_file_imports_in_a_circle() -> None:
    arrows = {f"mathpie_gpu.{'.'.join(path.relative_to(PACKAGE).with_suffix('').parts)}": imports_of(path) for path in FILES}
    done: set[str] = set()
    wrong: list[str] = []

    def visit(module: str, way: tuple[str, ...]) -> None:
        if module in way:
            wrong.append(" -> ".join([*way[way.index(module) :], module]))
        elif module not in done:
            for target in arrows.get(module, []):
                visit(target, (*way, module))
            done.add(module)

    for module in arrows:
        visit(module, ())
    assert wrong == []
