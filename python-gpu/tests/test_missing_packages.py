"""Every script that imports more than Python's own modules says in one line what is not installed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from mathpie_gpu.run.missing_packages import telling_missing_packages, way_out

SCRIPTS = Path(__file__).parents[1]
# Those whose imports reach a package that does not come with Python
WANTING = sorted(path for path in SCRIPTS.glob("*.py") if "telling_missing_packages" in path.read_text("utf-8"))


def own(name: str) -> bool:
    return name in sys.stdlib_module_names or name == "mathpie_gpu" or (SCRIPTS / f"{name}.py").exists()


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.py")), ids=lambda path: path.name)
def test_no_package_is_imported_bare(path: Path) -> None:
    bare = [
        name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
        if not own(name.partition(".")[0])
    ]
    assert bare == []


@pytest.mark.parametrize("path", WANTING, ids=lambda path: path.name)
def test_a_script_without_its_packages_says_so_in_one_line(path: Path) -> None:
    # -S: no site-packages
    ran = subprocess.run([sys.executable, "-S", str(path)], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"Cannot run {path.name}: {sys.executable} has no ")
    assert ran.stderr.count("\n") == 1
    assert "requirements-" in ran.stderr


def test_what_is_imported_after_the_work_is_looked_for_before_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, telling_missing_packages("/a/train_pocket.py", later=("json", "no_such_package")):
        pass
    assert ended.value.code == 2
    assert f"Cannot run train_pocket.py: {sys.executable} has no no_such_package; type " in capsys.readouterr().err


@pytest.mark.parametrize("statement", ["import mathpie_gpu.no_such_part", "import train_sft.nothing"])
def test_a_fault_of_our_own_stays_one(statement: str) -> None:
    with pytest.raises(ModuleNotFoundError), telling_missing_packages("a.py"):
        exec(statement)


def test_the_way_out_names_a_file_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SCRIPTS.parent)
    for platform in ("cpu", "engines"):
        named = next(word for word in way_out(platform).replace('"', " ").split() if word.endswith(".txt"))
        assert Path(named).exists()
