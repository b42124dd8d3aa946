"""Write a GGUF file as a Hugging Face checkpoint that transformers and vLLM open: the inverse of export_gguf.py.

    pip install torch safetensors gguf
    python python-gpu/import_gguf.py --gguf data/pocket/pocket.gguf --out pocket-hf
    vllm serve pocket-hf --served-model-name pocket        # or AutoModelForCausalLM.from_pretrained("pocket-hf")

Llama files with a byte-level BPE tokenizer and the pre-tokenizer of Qwen2 or SmolLM, such as export_gguf.py writes, are read
here; any other by transformers, which knows many architectures. Quantised weights become the numbers that they stand for, so
the model is the quantised one, not the one before it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from mathpie_gpu.run.missing_packages import telling_missing_packages

with telling_missing_packages(__file__):
    import gguf
    import numpy as np
    import torch
    from export_gguf import BLOCK_TENSOR_NAMES, BYTES, PRE_TOKENIZERS, TENSOR_NAMES
    from safetensors.torch import save_file

    from mathpie_gpu.run.errors import UserError


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gguf", required=True, help="GGUF file to read")
    parser.add_argument("--out", required=True, help="directory to write")
    parser.add_argument("--dtype", choices=["float32", "bfloat16", "float16"], default="float32", help="of the weights")
    arguments = parser.parse_args()
    out = Path(arguments.out)
    try:
        count = import_gguf(Path(arguments.gguf), out, dtype=arguments.dtype)
    except UserError as error:
        sys.exit(str(error))
    print(f"{out}: {count / 1e6:.2f}M parameters")


def import_gguf(path: Path, out: Path, *, dtype: str) -> int:
    """Writes the checkpoint into `out`; returns how many parameters it has. Raises UserError where nothing can read the file."""
    try:
        reader = gguf.GGUFReader(path)
    except (OSError, ValueError) as error:
        raise UserError(f"Cannot import {path}: {error}; give a GGUF file") from error
    fields = {name: field.contents() for name, field in reader.fields.items()}
    if fields.get("general.architecture") != "llama" or fields.get("tokenizer.ggml.pre") not in PRE_TOKENIZERS:
        return import_by_transformers(path, out, dtype=dtype)

    out.mkdir(parents=True, exist_ok=True)
    weights = read_weights(reader, fields, getattr(torch, dtype))
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})
    write_json(out / "config.json", config(fields, tied="lm_head.weight" not in weights, dtype=dtype))
    write_json(out / "tokenizer.json", tokenizer(fields))
    end = fields["tokenizer.ggml.tokens"][fields["tokenizer.ggml.eos_token_id"]]
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": end, "pad_token": end, "bos_token": None}
    write_json(out / "tokenizer_config.json", settings | {"clean_up_tokenization_spaces": False})
    if "tokenizer.chat_template" in fields:
        (out / "chat_template.jinja").write_text(fields["tokenizer.chat_template"], "utf-8")
    return sum(weight.numel() for weight in weights.values())


def import_by_transformers(path: Path, out: Path, *, dtype: str) -> int:
    """The same for what transformers reads (its list: https://huggingface.co/docs/transformers/gguf)."""
    with telling_missing_packages(__file__):
        from transformers import AutoModelForCausalLM, AutoTokenizer

    try:
        words = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
        model = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, dtype=getattr(torch, dtype))
    except (ValueError, KeyError, NotImplementedError, OSError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise UserError(f"Cannot import {path}: {first}; use the model's own checkpoint") from error
    # What is written is plain numbers: nobody must look for the file that they came from
    model.hf_quantizer = None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    out.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(out)
    words.save_pretrained(out)
    return sum(weight.numel() for weight in model.parameters())


def config(fields: dict[str, Any], *, tied: bool, dtype: str) -> dict[str, Any]:
    heads = fields["llama.attention.head_count"]
    end = fields["tokenizer.ggml.eos_token_id"]
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": fields["llama.embedding_length"],
        "intermediate_size": fields["llama.feed_forward_length"],
        "num_hidden_layers": fields["llama.block_count"],
        "num_attention_heads": heads,
        "num_key_value_heads": fields.get("llama.attention.head_count_kv", heads),
        "head_dim": fields.get("llama.rope.dimension_count", fields["llama.embedding_length"] // heads),
        "max_position_embeddings": fields["llama.context_length"],
        "rms_norm_eps": round(float(fields["llama.attention.layer_norm_rms_epsilon"]), 12),
        "rope_parameters": {"rope_type": "default", "rope_theta": float(fields.get("llama.rope.freq_base", 10000.0))},
        "vocab_size": len(fields["tokenizer.ggml.tokens"]),
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": tied,
        "bos_token_id": None,
        "eos_token_id": end,
        "pad_token_id": fields.get("tokenizer.ggml.padding_token_id", end),
        "dtype": dtype,
    }


def tokenizer(fields: dict[str, Any]) -> dict[str, Any]:
    """tokenizer.json of the tokenizers library: the same splits, merges and special tokens as llama.cpp uses."""
    tokens = fields["tokenizer.ggml.tokens"]
    types = fields["tokenizer.ggml.token_type"]
    special = [i for i, kind in enumerate(types) if kind in (gguf.TokenType.CONTROL, gguf.TokenType.USER_DEFINED)]
    words = {token: i for i, token in enumerate(tokens) if types[i] == gguf.TokenType.NORMAL or i in special}
    added = [
        {
            "id": i,
            "content": tokens[i],
            "special": types[i] == gguf.TokenType.CONTROL,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
        }
        for i in special
    ]
    byte_level = {**BYTES, "use_regex": False}
    return {
        "version": "1.0",
        "added_tokens": added,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": PRE_TOKENIZERS[fields["tokenizer.ggml.pre"]]},
        "decoder": byte_level,
        "model": {"type": "BPE", "vocab": words, "merges": [m.split(" ") for m in fields["tokenizer.ggml.merges"]]},
    }


def read_weights(reader: gguf.GGUFReader, fields: dict[str, Any], dtype: torch.dtype) -> dict[str, torch.Tensor]:
    heads = fields["llama.attention.head_count"]
    key_heads = fields.get("llama.attention.head_count_kv", heads)
    names = {target: source for source, target in TENSOR_NAMES.items()}
    block_names = {target: source for source, target in BLOCK_TENSOR_NAMES.items()}
    weights: dict[str, torch.Tensor] = {}
    for tensor in reader.tensors:
        name = names.get(tensor.name)
        if name is None:
            _, layer, part, _ = tensor.name.split(".")
            name = f"model.layers.{layer}.{block_names[part]}.weight"
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        if part_of(name, "q_proj"):
            values = unpermute(values, heads)
        if part_of(name, "k_proj"):
            values = unpermute(values, key_heads)
        weights[name] = torch.from_numpy(np.ascontiguousarray(values)).to(dtype)
    return weights


def part_of(name: str, part: str) -> bool:
    return name.endswith(f"{part}.weight")


def unpermute(values: np.ndarray, heads: int) -> np.ndarray:
    """Rows of q and k from llama.cpp's order (neighbours rotate together) back to transformers' (two halves do)."""
    rows = values.shape[0]
    return values.reshape(heads, rows // heads // 2, 2, *values.shape[1:]).swapaxes(1, 2).reshape(values.shape)


def write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
