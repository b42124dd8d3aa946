"""A package that is not installed, told in one line instead of a traceback.

The twin of src/gpu/find-python.ts, for whoever starts a script of python-gpu by hand.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

SCRIPTS = Path(__file__).parents[2]
ENVIRONMENTS = {"cuda": ".venv-cuda", "cpu": ".venv-gpu", "engines": ".venv-engines"}


@contextmanager
def telling_missing_packages(script: str, *, later: tuple[str, ...] = (), on_cpu: str = "cpu") -> Iterator[None]:
    """Around the imports of a script: one that fails for want of a package ends it with 2.

    `later`: packages that it imports when work is done already; `on_cpu`: the requirements for a machine without a GPU.
    """
    try:
        yield
        for name in later:
            if find_spec(name) is None:
                raise ModuleNotFoundError(name=name)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", "mathpie_gpu") or (SCRIPTS / f"{package}.py").exists():
            raise  # a fault of our own
        state = f"Cannot run {Path(script).name}: {sys.executable} has no {package}"
        print(f"{state}; {way_out(on_cpu)} (docs/gpu.md says more)", file=sys.stderr, flush=True)
        sys.exit(2)


def way_out(on_cpu: str) -> str:
    platform = "cuda" if any(map(os.path.exists, ("/proc/driver/nvidia", "/dev/nvidia0"))) else on_cpu
    needs = os.path.relpath(SCRIPTS / f"requirements-{platform}.txt")
    if sys.prefix != sys.base_prefix:
        return f'type "{sys.executable} -m pip install -r {needs}"'
    # A Python of the system may refuse to install
    environment = ENVIRONMENTS[platform]
    make = f"python3 -m venv {environment} && {environment}/bin/pip install -r {needs}"
    return f'type "{make}", and start the script with {environment}/bin/python'
