"""What a session tells of its model when it is loaded (python-gpu/generate_session.py)."""

from __future__ import annotations

from typing import Any


def describe_model(engine: Any) -> dict[str, Any]:
    from vllm.platforms import current_platform

    tokenizer = engine.encoder.tokenizer
    template = engine.encoder.template or getattr(tokenizer, "chat_template", None)
    if isinstance(template, dict):  # some models bring several, for tools and for retrieval
        template = template.get("default")
    return {
        "version": engine.version,
        "context": engine.context,
        "chatTemplate": template,
        "beginToken": tokenizer.bos_token or "",
        "endToken": tokenizer.eos_token or "",
        "onCpu": current_platform.is_cpu(),
    }
