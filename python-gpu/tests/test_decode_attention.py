"""Our attention kernel, in Triton's interpreter, and when it is chosen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mathpie_gpu.engine.attention_choice import why_not_this_model

LLAMA = {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32, "num_key_value_heads": 32}


@pytest.mark.parametrize(
    "changes, reason",
    [
        ({}, None),
        ({"num_key_value_heads": None}, None),  # configurations older than grouped queries
        ({"model_type": "qwen2", "num_key_value_heads": 8}, "share keys and values"),
        ({"model_type": "deepseek_v3"}, "of the type deepseek_v3"),
        ({"hidden_size": 3072}, "a head has 96 numbers"),
        ({"hidden_size": 3072, "head_dim": 128}, None),
        ({"model_type": None, "num_attention_heads": None}, "of the type None"),
    ],
)
def test_models_that_the_kernel_is_for(changes: dict, reason: str | None) -> None:
    found = why_not_this_model({**LLAMA, **changes})
    assert found is None if reason is None else reason in found


@pytest.mark.engines
def test_the_kernel_is_attention() -> None:
    assert max(check("kernel").values()) < 2e-6


@pytest.mark.engines
def test_decodes_go_to_the_kernel_and_prompts_to_flash_attention() -> None:
    figures = check("backend")
    assert figures["decodes"] == 4 and figures["flashTokens"] == [14, 18]
    assert figures["difference"] < 2e-6


def check(part: str) -> dict:
    script = Path(__file__).with_name("decode_attention_check.py")
    # Triton reads its environment when it is imported: a process of its own.
    environment = {**os.environ, "TRITON_INTERPRET": "1", "VLLM_NO_USAGE_STATS": "1"}
    done = subprocess.run([sys.executable, str(script), part], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])
