"""Whether vLLM decodes with our attention kernel or with its own."""

from __future__ import annotations

import re
from typing import Any

from mathpie_gpu.run.errors import UserError

MEASURED_VERSIONS = ("0.24",)  # of vLLM, in which decode_backend.py was run on a GPU
PLAIN_MODELS = (
    "llama",
    "mistral",
    "qwen2",
    "olmo",
)  # `model_type` of transformers: softmax attention with rotary positions
CACHE_TYPES = ("auto", "bfloat16", "float16", "fp8", "fp8_e4m3")


def attention_arguments(config: dict[str, Any], version: str, cache_type: str) -> dict[str, Any]:
    """Keywords of `vllm.LLM` that put decode_backend.py in, or none. Raises UserError where the configuration insists on it
    (`attention: "decode"`) and it cannot be."""
    wanted = config["attention"]
    if wanted == "vllm":
        return {}
    against = why_not(config, version, cache_type, insists=wanted == "decode")
    if against is not None:
        if wanted == "decode":
            raise UserError(f'Cannot use the attention "decode": {against}; set attention to auto')
        return {}
    import mathpie_gpu.engine.decode_backend  # noqa: F401  (registers it in this process; the worker does so by itself)

    return {
        "attention_backend": "CUSTOM",
        "worker_extension_cls": "mathpie_gpu.engine.decode_backend.WorkerExtension",
    }


def why_not(config: dict[str, Any], version: str, cache_type: str, *, insists: bool) -> str | None:
    """What keeps the kernel from being used, or None. Only a user who insists gets it in a vLLM that was not measured."""
    from vllm.platforms import current_platform

    if not current_platform.is_cuda() or current_platform.get_device_capability().major != 9:
        return "it was measured on Hopper GPUs alone (H100, H200, GH200)"
    if not insists and ".".join(re.findall(r"\d+", version)[:2]) not in MEASURED_VERSIONS:
        return f"it was not measured in vLLM {version}"
    if not insists and config["speculation"] is not None:
        return "it was not measured with speculation"
    if config["dtype"] == "float32" or cache_type not in CACHE_TYPES:
        return f"it reads caches of 16-bit numbers or fp8, and this one is {cache_type} for {config['dtype']}"
    return why_not_this_model(read_model_config(config))


def why_not_this_model(model: dict[str, Any]) -> str | None:
    """The same for a model's config.json."""
    heads = model.get("num_attention_heads")
    if model.get("model_type") not in PLAIN_MODELS or not heads:
        return f"the model is of the type {model.get('model_type')}, not {', '.join(PLAIN_MODELS)}"
    if (model.get("num_key_value_heads") or heads) != heads:
        return "several query heads of the model share keys and values, which vLLM's kernels already use well"
    size = model.get("head_dim") or model["hidden_size"] // heads
    return None if size & (size - 1) == 0 else f"a head has {size} numbers, which is no power of two"


def read_model_config(config: dict[str, Any]) -> dict[str, Any]:
    """config.json of a folder or of the hub; empty where it cannot be had, of which the engine's start will say more."""
    from transformers import PretrainedConfig

    try:
        return PretrainedConfig.get_config_dict(config["model"], revision=config["revision"])[0]
    except (OSError, ValueError):
        return {}
