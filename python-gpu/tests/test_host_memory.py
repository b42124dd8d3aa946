"""What a process may take of the host's memory: files that are merely kept never count against it, limits of control groups do."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
import torch

from mathpie_gpu.run.host_memory import available_bytes
from mathpie_gpu.training.plan import memory_at_hand

GIB = 1 << 30
V2 = "sys/fs/cgroup"
V1 = "sys/fs/cgroup/memory"
CASES = {
    "no control groups": ({}, 16),
    "version 2, no limit": ({"proc/self/cgroup": "0::/a", f"{V2}/a/memory.max": "max", f"{V2}/a/memory.current": GIB}, 16),
    "version 2, a limit": ({"proc/self/cgroup": "0::/a", f"{V2}/a/memory.max": 8 * GIB, f"{V2}/a/memory.current": 3 * GIB}, 5),
    "version 2, a limit above": ({"proc/self/cgroup": "0::/a/b", f"{V2}/a/memory.max": 4 * GIB, f"{V2}/a/memory.current": GIB}, 3),
    "version 2, kept files": (
        {"proc/self/cgroup": "0::/a", f"{V2}/a/memory.max": 8 * GIB, f"{V2}/a/memory.current": 7 * GIB, f"{V2}/a/memory.stat": f"anon 9\ninactive_file {6 * GIB}\n"}, 7,
    ),
    "version 2, a container that sees its host's path": ({"proc/self/cgroup": "0::/docker/1", f"{V2}/memory.max": 2 * GIB, f"{V2}/memory.current": 0}, 2),
    "version 2, more used than allowed": ({"proc/self/cgroup": "0::/", f"{V2}/memory.max": GIB, f"{V2}/memory.current": 2 * GIB}, 0),
    "version 1, no limit": ({"proc/self/cgroup": "4:memory:/a", f"{V1}/a/memory.limit_in_bytes": 9223372036854771712, f"{V1}/a/memory.usage_in_bytes": GIB}, 16),
    "version 1, beside others": (
        {"proc/self/cgroup": "5:devices:/\n4:cpu,memory:/a", f"{V1}/a/memory.limit_in_bytes": 8 * GIB, f"{V1}/a/memory.usage_in_bytes": 6 * GIB, f"{V1}/a/memory.stat": f"total_inactive_file {GIB}"}, 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_memory_that_may_be_taken(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, expected = CASES[name]
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(f"{content}\n")
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=16 * GIB, free=GIB))
    assert available_bytes(tmp_path) == expected * GIB


def test_training_plans_with_what_is_available_and_not_with_what_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mathpie_gpu.training.plan.available_bytes", lambda: 10 * GIB)
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "2")
    assert memory_at_hand(torch.device("cpu")) == pytest.approx(4.5)
