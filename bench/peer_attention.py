"""FlashAttention 2's variable-length kernels for the packed peer of bench/train.py, from torch itself.

They are the kernels behind transformers' `flash_attention_2`, whose package is on PyPI as source alone. `use_varlen()` registers them
under the name "varlen"; each sequence is then one of several rows whose bounds the collator gives as `cu_seq_lens_q`.
"""

from __future__ import annotations

import inspect

import torch

NAME = "varlen"


def use_varlen() -> str:
    from transformers import AttentionInterface, AttentionMaskInterface

    AttentionInterface.register(NAME, attend_rows)
    AttentionMaskInterface.register(NAME, no_mask)
    return NAME


def attend_rows(module, query, key, value, attention_mask, *, cu_seq_lens_q, max_length_q, **_):
    """Causal attention of each row to itself. query, key, value: (1, heads, tokens, head size); the output has tokens before heads."""
    from torch.nn.attention.varlen import varlen_attn

    given = inspect.signature(varlen_attn).parameters
    options: dict = {"window_size": (-1, 0)} if "window_size" in given else {"is_causal": True}
    q, k, v = (part[0].transpose(0, 1).to(torch.bfloat16) for part in (query, key, value))
    if (groups := q.shape[1] // k.shape[1]) > 1:
        if "enable_gqa" in given:
            options["enable_gqa"] = True
        else:
            k, v = k.repeat_interleave(groups, 1), v.repeat_interleave(groups, 1)
    return varlen_attn(q, k, v, cu_seq_lens_q, cu_seq_lens_q, max_length_q, max_length_q, **options)[None], None


def no_mask(*_, **__) -> None:
    """The bounds say what a mask would."""
