"""Gives vLLM the kernel of decode_attention.py: sequences with one new token go through it, prompts through FlashAttention.

vLLM's attention is asked for by name (`attention_backend="CUSTOM"`), and its worker imports this file because it is told to
mix in WorkerExtension from here.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from vllm.platforms import current_platform
from vllm.utils.torch_utils import is_quantized_kv_cache
from vllm.v1.attention.backend import AttentionCGSupport, AttentionType
from vllm.v1.attention.backends.flash_attn import (
    FlashAttentionBackend,
    FlashAttentionImpl,
    FlashAttentionMetadata,
    FlashAttentionMetadataBuilder,
)
from vllm.v1.attention.backends.registry import AttentionBackendEnum, register_backend
from vllm.v1.attention.backends.utils import split_decodes_and_prefills

from mathpie_gpu.engine.decode_attention import decode_attention

# Below this many (sequence, head) pairs FlashAttention, which splits a sequence over several multiprocessors, keeps more of
# the GPU busy. A captured graph has one batch size, so the choice is the same whenever it is replayed.
FEWEST_PAIRS = 512


class WorkerExtension:
    """Empty: what counts is that the worker imports this file."""


@register_backend(AttentionBackendEnum.CUSTOM)
class DecodeBackend(FlashAttentionBackend):
    @staticmethod
    def get_name() -> str:
        return "CUSTOM"

    @staticmethod
    def get_impl_cls() -> type[DecodeImplementation]:
        return DecodeImplementation

    @staticmethod
    def get_builder_cls() -> type[DecodeMetadataBuilder]:
        return DecodeMetadataBuilder


@dataclass
class DecodeMetadata(FlashAttentionMetadata):
    decodes: int = 0
    """Sequences at the head of the batch with one new token each."""
    others: FlashAttentionMetadata | None = None
    """Of the sequences after them; None where there is none."""


class DecodeMetadataBuilder(FlashAttentionMetadataBuilder):
    # A graph may hold a batch of decodes or of equally many guesses each; prompts are never captured with them.
    _cudagraph_support: ClassVar[AttentionCGSupport] = AttentionCGSupport.UNIFORM_BATCH

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._init_reorder_batch_threshold(1, supports_spec_as_decode=False)

    def build(self, common_prefix_len: int, common_attn_metadata: Any, fast_build: bool = False) -> DecodeMetadata:
        whole = super().build(common_prefix_len, common_attn_metadata, fast_build)
        decodes = prefills = 0
        is_cascade = getattr(whole, "use_cascade", False)  # gone in vLLM 0.32
        if not is_cascade and whole.causal is True and self.dcp_world_size == 1:
            decodes, prefills, decode_tokens, _ = split_decodes_and_prefills(common_attn_metadata, decode_threshold=1)
            if decode_tokens != decodes:  # rows that are padding, between the two kinds
                decodes = 0
        metadata = DecodeMetadata(**vars(whole), decodes=decodes)
        if decodes > 0 and prefills > 0:
            others = copy.copy(whole)
            others.num_actual_tokens = whole.num_actual_tokens - decodes
            others.query_start_loc = whole.query_start_loc[decodes:] - decodes
            others.seq_lens = whole.seq_lens[decodes:]
            others.block_table = whole.block_table[decodes:]
            others.scheduler_metadata = None
            metadata.others = others
        return metadata


class DecodeImplementation(FlashAttentionImpl):
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.is_plain = (
            self.num_kv_heads == self.num_heads
            and self.head_size & (self.head_size - 1) == 0
            and self.alibi_slopes is None
            and self.logits_soft_cap == 0
            and self.sliding_window == (-1, -1)
            and self.sinks is None
            and self.attn_type == AttentionType.DECODER
        )

    def forward(
        self,
        layer: torch.nn.Module,
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        kv_cache: torch.Tensor,
        attn_metadata: DecodeMetadata | None,
        output: torch.Tensor,
        output_scale: torch.Tensor | None = None,
        output_block_scale: torch.Tensor | None = None,
    ) -> torch.Tensor:
        # Decodes come first in a batch (the threshold of 1 above asks for it). Below FEWEST_PAIRS the parent does all of it.
        decodes = attn_metadata.decodes if attn_metadata is not None and self.is_plain else 0
        if decodes * self.num_heads < FEWEST_PAIRS:
            return super().forward(
                layer, query, key, value, kv_cache, attn_metadata, output, output_scale, output_block_scale
            )
        keys, values = kv_cache.unbind(1)
        is_quantized = is_quantized_kv_cache(self.kv_cache_dtype)
        if is_quantized:
            keys, values = (cache.view(current_platform.fp8_dtype()) for cache in (keys, values))
        decode_attention(
            output[:decodes],
            query[:decodes],
            keys,
            values,
            attn_metadata.block_table,
            attn_metadata.seq_lens,
            scale=self.scale,
            query_scale=layer._q_scale if query.dtype == keys.dtype and is_quantized else None,
            key_scale=layer._k_scale if is_quantized else None,
            value_scale=layer._v_scale if is_quantized else None,
        )
        if attn_metadata.others is not None:
            rest = slice(decodes, None)
            super().forward(layer, query[rest], key[rest], value[rest], kv_cache, attn_metadata.others, output[rest])
        return output
