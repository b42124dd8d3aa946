"""Variable-length attention for the packed peer of bench/train.py: FlashAttention 2 from torch itself, or 4 by its package.

The former's kernels are those behind transformers' `flash_attention_2`, whose package is on PyPI as source alone. `use_varlen()` registers
either; each sequence is then one of several rows whose bounds the collator gives as `cu_seq_lens_q`.
"""

from __future__ import annotations

import inspect

import torch


def use_varlen(name: str) -> str:
    from transformers import AttentionInterface, AttentionMaskInterface

    registered = name.replace("flash-attn", "varlen")  # names of flash attention transformers looks up on the hub
    AttentionInterface.register(registered, VARLEN[name])
    AttentionMaskInterface.register(registered, no_mask)
    return registered


def attend_rows(module, query, key, value, attention_mask, *, cu_seq_lens_q, max_length_q, **_):
    """Causal attention of each row to itself. query, key, value: (1, heads, tokens, head size); the output has tokens before heads."""
    from torch.nn.attention.varlen import varlen_attn

    given = inspect.signature(varlen_attn).parameters
    options: dict = {"window_size": (-1, 0)} if "window_size" in given else {"is_causal": True}
    q, k, v = flatten(query, key, value)
    if q.shape[1] > k.shape[1] and "enable_gqa" in given:  # torch 2.11 takes fewer heads of keys without being told
        options["enable_gqa"] = True
    return varlen_attn(q, k, v, cu_seq_lens_q, cu_seq_lens_q, max_length_q, max_length_q, **options)[None], None


def attend_rows_4(module, query, key, value, attention_mask, *, cu_seq_lens_q, max_length_q, **_):
    """The same by flash-attn-4, which compiles its kernels in the first steps."""
    from flash_attn.cute import flash_attn_varlen_func

    bounds = {"cu_seqlens_q": cu_seq_lens_q, "cu_seqlens_k": cu_seq_lens_q}
    lengths = {"max_seqlen_q": max_length_q, "max_seqlen_k": max_length_q}
    out = flash_attn_varlen_func(*flatten(query, key, value), **bounds, **lengths, causal=True)
    return (out[0] if isinstance(out, tuple) else out)[None], None


def flatten(*parts):
    """(1, heads, tokens, head size) as (tokens, heads, head size) in bf16."""
    return [part[0].transpose(0, 1).to(torch.bfloat16) for part in parts]


def no_mask(*_, **__) -> None:
    """The bounds say what a mask would."""


VARLEN = {"varlen": attend_rows, "flash-attn-4": attend_rows_4}
