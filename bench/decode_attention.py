"""Milliseconds and bytes a second of attention with one new token a sequence, for the kernels that vLLM may use and for ours.

    python3 bench/decode_attention.py                a GPU with vLLM; one line of JSON a figure

Pages of 16 tokens in random order, lengths between a half and one and a half of the mean. FlashAttention takes the query in the
type of the cache; Triton's kernel, vLLM's other one, takes it in bf16.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python-gpu"))

from mathpie_gpu.engine.decode_attention import decode_attention  # noqa: E402

PAGE, SIZE = 16, 128
SHAPES = [(1024, 208, 32, 32), (500, 448, 32, 32), (1024, 208, 28, 4)]  # sequences, mean length, query heads, key heads


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    if not torch.cuda.is_available():
        sys.exit("Cannot measure: no GPU is visible; this is about GPU kernels alone")
    for shape in SHAPES:
        for dtype in (torch.bfloat16, torch.float8_e4m3fn):
            measure(*shape, dtype)


def measure(sequences: int, mean: int, heads: int, key_heads: int, dtype: torch.dtype) -> None:
    from vllm.v1.attention.ops.triton_unified_attention import unified_attention
    from vllm.v1.kv_cache_interface import KVQuantMode
    from vllm.vllm_flash_attn import flash_attn_varlen_func, get_scheduler_metadata

    torch.manual_seed(0)
    lengths = torch.randint(mean // 2, mean * 3 // 2, (sequences,), dtype=torch.int32, device="cuda")
    longest = int(lengths.max())
    most_pages = -(-longest // PAGE)
    pages = torch.randperm(sequences * most_pages, device="cuda").to(torch.int32).view(sequences, most_pages)
    cache = torch.randn(pages.numel(), 2, PAGE, key_heads, SIZE, device="cuda", dtype=torch.bfloat16).to(dtype)
    keys, values = cache.unbind(1)
    query = torch.randn(sequences, heads, SIZE, device="cuda", dtype=torch.bfloat16)
    out = torch.empty_like(query)
    starts = torch.arange(sequences + 1, device="cuda", dtype=torch.int32)
    one = torch.ones(1, device="cuda")
    is_fp8 = dtype == torch.float8_e4m3fn
    scales = one.expand(sequences, key_heads) if is_fp8 else None
    common = {"cu_seqlens_q": starts, "max_seqlen_q": 1, "seqused_k": lengths, "max_seqlen_k": longest}
    plan = get_scheduler_metadata(
        batch_size=sequences, max_seqlen_q=1, max_seqlen_k=longest, num_heads_q=heads, num_heads_kv=key_heads,
        headdim=SIZE, cache_seqlens=lengths, qkv_dtype=dtype, cu_seqlens_q=starts, page_size=PAGE, causal=True,
        window_size=(-1, -1), num_splits=0,
    )  # fmt: skip
    kernels: dict[str, Callable[[], object]] = {
        "FlashAttention 3": lambda: flash_attn_varlen_func(
            q=query.to(dtype), k=keys, v=values, out=out, softmax_scale=SIZE**-0.5, causal=True, window_size=[-1, -1],
            block_table=pages, scheduler_metadata=plan, fa_version=3, num_splits=0,
            q_descale=scales, k_descale=scales, v_descale=scales, **common,
        ),
        "vLLM's Triton kernel": lambda: unified_attention(
            q=query, k=keys, v=values, out=out, softmax_scale=SIZE**-0.5, causal=True, window_size=(-1, -1),
            block_table=pages, softcap=0, q_descale=None, k_descale=one.expand(sequences, key_heads),
            v_descale=one.expand(sequences, key_heads),
            kv_quant_mode=KVQuantMode.FP8_PER_TENSOR if is_fp8 else KVQuantMode.NONE, **common,
        ),
    }  # fmt: skip
    if heads == key_heads:
        scale = one if is_fp8 else None
        kernels["ours"] = lambda: decode_attention(
            out, query.to(dtype), keys, values, pages, lengths, scale=SIZE**-0.5,
            query_scale=scale, key_scale=scale, value_scale=scale,
        )  # fmt: skip
    size = int(lengths.sum()) * key_heads * SIZE * 2 * cache.element_size()
    for name, kernel in kernels.items():
        milliseconds = time_of(kernel)
        figure = {"sequences": sequences, "meanLength": mean, "heads": f"{heads}/{key_heads}", "cache": str(dtype)[6:]}
        rate = round(size / milliseconds / 1e6)
        print(json.dumps({**figure, "kernel": name, "ms": round(milliseconds, 3), "GBPerSecond": rate}), flush=True)


def time_of(kernel: Callable[[], object], times: int = 20) -> float:
    for _ in range(3):
        kernel()
    begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    begin.record()
    for _ in range(times):
        kernel()
    end.record()
    torch.cuda.synchronize()
    return begin.elapsed_time(end) / times


if __name__ == "__main__":
    main()
