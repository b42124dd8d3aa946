"""What every benchmark of vLLM sets before it imports it."""

from __future__ import annotations

import os


def set_environment(**more: str) -> None:
    """What the caller's environment says already is left alone."""
    for name, value in {
        "VLLM_NO_USAGE_STATS": "1",
        "HF_HUB_OFFLINE": "1",
        "VLLM_USE_FLASHINFER_SAMPLER": "0",
        "VLLM_LOGGING_LEVEL": "WARNING",
        "TOKENIZERS_PARALLELISM": "false",
        **more,
    }.items():
        os.environ.setdefault(name, value)
