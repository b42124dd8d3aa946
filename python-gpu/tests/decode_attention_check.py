"""decode_attention.py and decode_backend.py against attention written out; prints one line of JSON.

TRITON_INTERPRET=1 python decode_attention_check.py kernel|backend        without a GPU, in Triton's interpreter
"""

from __future__ import annotations

import json
import sys
import types
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mathpie_gpu.engine.decode_attention import decode_attention  # noqa: E402

PAGE, HEADS, SIZE = 16, 3, 64
LENGTHS = [1, 0, 15, 16, 17, 33, 100]  # 0 is a row of padding


def kernel(device: str) -> dict:
    """Largest difference for each type of the cache; in fp8 with scales, in bf16 with heads outside pages."""
    torch.manual_seed(0)
    lengths = torch.tensor(LENGTHS, dtype=torch.int32, device=device)
    pages = torch.randperm(7 * len(LENGTHS), device=device).to(torch.int32).view(len(LENGTHS), 7)
    query = torch.randn(len(LENGTHS), HEADS, SIZE, device=device)
    figures = {}
    for name, dtype in {
        "float32": torch.float32,
        "bfloat16": torch.bfloat16,
        "fp8": torch.float8_e4m3fn,
    }.items():
        cache = torch.randn(pages.numel(), 2, PAGE, HEADS, SIZE, device=device).to(torch.bfloat16).to(dtype)
        if name == "bfloat16":
            cache = cache.transpose(2, 3).contiguous().transpose(2, 3)
        keys, values = cache.unbind(1)
        scales = [torch.tensor(number, device=device) for number in (0.5, 2.0, 3.0)] if name == "fp8" else [None] * 3
        out = torch.full((len(LENGTHS), HEADS, SIZE), 7.0, device=device)
        decode_attention(
            out, query, keys, values, pages, lengths, scale=0.1,
            query_scale=scales[0], key_scale=scales[1], value_scale=scales[2],
        )  # fmt: skip
        factors = [1.0 if scale is None else scale.item() for scale in scales]
        want = torch.zeros_like(out)
        for row, length in enumerate(LENGTHS):
            if length > 0:
                k, v = (gather(part, pages[row], length) for part in (keys, values))
                want[row] = attend(query[row][None] * factors[0], k * factors[1], v * factors[2], 0.1)[0]
        figures[name] = (out - want).abs().max().item()
    return figures


def gather(cache: torch.Tensor, pages: torch.Tensor, length: int) -> torch.Tensor:
    return torch.cat([cache[page].float() for page in pages.tolist()])[:length]


def attend(query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, scale: float) -> torch.Tensor:
    """Causal: the last of the query's tokens is the last of the keys'. [tokens, heads, size]"""
    scores = torch.einsum("qhd,khd->hqk", query.float(), keys) * scale
    late = torch.arange(keys.shape[0])[None, :] > torch.arange(query.shape[0])[:, None] + keys.shape[0] - query.shape[0]
    return torch.einsum("hqk,khd->qhd", scores.masked_fill(late.to(scores.device), -torch.inf).softmax(-1), values)


def backend(_device: str) -> dict:
    """A batch of decodes with prompts behind them, through vLLM's classes; only FlashAttention itself is replaced."""
    from vllm.v1.attention.backends import flash_attn

    from mathpie_gpu.engine import decode_backend

    torch.manual_seed(1)
    new = [1, 1, 1, 1, 5, 9]  # new tokens of each sequence
    lengths = [30, 1, 64, 7, 5, 40]
    starts = torch.tensor([0, *torch.tensor(new).cumsum(0).tolist()], dtype=torch.int32)
    pages = torch.randperm(4 * len(new)).to(torch.int32).view(len(new), 4)
    cache = torch.randn(pages.numel(), 2, PAGE, HEADS, SIZE)
    query = torch.randn(sum(new), HEADS, SIZE)
    whole = make(
        flash_attn.FlashAttentionMetadata,
        num_actual_tokens=sum(new), max_query_len=max(new), query_start_loc=starts, max_seq_len=max(lengths),
        seq_lens=torch.tensor(lengths, dtype=torch.int32), block_table=pages, slot_mapping=torch.zeros(sum(new)),
        scheduler_metadata=torch.zeros(1), causal=True,
    )  # fmt: skip
    common = types.SimpleNamespace(
        max_query_len=max(new), num_reqs=len(new), num_actual_tokens=sum(new), query_start_loc_cpu=starts
    )
    flash_attn.FlashAttentionMetadataBuilder.build = lambda *_: whole
    builder = object.__new__(decode_backend.DecodeMetadataBuilder)
    builder.dcp_world_size = 1
    metadata = builder.build(0, common)

    flash_calls = []

    def flash(_self, _layer, query, _key, _value, cache, metadata, output, *_):
        flash_calls.append(query.shape[0])
        starts = metadata.query_start_loc.tolist()
        for row, (start, end) in enumerate(zip(starts, starts[1:])):
            length = int(metadata.seq_lens[row])
            k, v = (gather(cache[:, half], metadata.block_table[row], length) for half in (0, 1))
            output[start:end] = attend(query[start:end], k, v, 0.1)
        return output

    flash_attn.FlashAttentionImpl.forward = flash
    decode_backend.FEWEST_PAIRS = 1
    implementation = object.__new__(decode_backend.DecodeImplementation)
    implementation.num_heads, implementation.scale, implementation.kv_cache_dtype = HEADS, 0.1, "auto"
    outputs = []
    for is_plain in (True, False):
        implementation.is_plain = is_plain
        out = torch.zeros_like(query)
        outputs.append(implementation.forward(None, query, query, query, cache, metadata, out))
    return {
        "decodes": metadata.decodes,
        "flashTokens": flash_calls,
        "difference": (outputs[0] - outputs[1]).abs().max().item(),
    }


def make(kind: type, **fields):
    """A dataclass of whichever vLLM is installed, with None for the fields that are not given."""
    names = kind.__dataclass_fields__
    return kind(**{name: fields.get(name) for name in names if name in fields or names[name].init})


if __name__ == "__main__":
    device = "cuda" if torch.cuda.is_available() else "cpu"
    print(json.dumps({"kernel": kernel, "backend": backend}[sys.argv[1]](device)))
