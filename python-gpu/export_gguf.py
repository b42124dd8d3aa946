"""Write a Hugging Face Llama checkpoint as one GGUF file that llama.cpp and Mathpie's embedded engine load.

    pip install torch safetensors gguf
    python python-gpu/export_gguf.py --checkpoint CHECKPOINT_DIR --out data/pocket/pocket.gguf --type q8_0

CHECKPOINT_DIR holds config.json, model.safetensors (or shards), tokenizer.json and the chat template (in
chat_template.jinja or tokenizer_config.json), as `save_pretrained` of transformers writes them. Architecture: Llama with
plain RoPE; tokenizer: byte-level BPE with the pre-tokenizer of Qwen2 or of SmolLM, which llama.cpp knows by the names `qwen2` and `smollm`.
Tied embeddings are written once. The file is the same, byte for byte, whenever it is made from the same checkpoint.
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
    from safetensors.torch import load_file

# The one pattern for which llama.cpp, transformers and vLLM were found to give the same token ids (single digits).
QWEN2_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
# What splits a text before the merges, by llama.cpp's name for it, in the words of the tokenizers library.
PRE_TOKENIZERS: dict[str, list[dict[str, Any]]] = {
    "qwen2": [
        {"type": "Split", "pattern": {"Regex": QWEN2_PATTERN}, "behavior": "Isolated", "invert": False},
        {**BYTES, "use_regex": False},
    ],
    "smollm": [{"type": "Digits", "individual_digits": True}, {**BYTES, "use_regex": True}],
}

TENSOR_NAMES = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
}
BLOCK_TENSOR_NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def main() -> None:
    arguments = parse_arguments()
    checkpoint = Path(arguments.checkpoint)
    config = read_json(checkpoint / "config.json")
    if config.get("model_type") != "llama":
        stop(f"Cannot export {checkpoint}: model_type is {config.get('model_type')!r}, only 'llama' is supported")

    out = Path(arguments.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(str(out), "llama")
    write_shape(writer, config, name=arguments.name or checkpoint.name, license_name=arguments.license)
    write_tokenizer(writer, checkpoint, config)
    tensor_count, parameter_count = write_tensors(writer, checkpoint, config, arguments.type)

    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{out}: {tensor_count} tensors, {parameter_count / 1e6:.2f}M parameters, {out.stat().st_size / 1e6:.2f} MB")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", required=True, help="directory that save_pretrained wrote")
    parser.add_argument("--out", required=True, help="GGUF file to write")
    parser.add_argument("--type", choices=["q8_0", "f16", "f32"], default="q8_0", help="type of the weight matrices")
    parser.add_argument("--name", help="general.name in the file; default: the checkpoint's folder name")
    parser.add_argument("--license", default="mit", help="general.license in the file")
    return parser.parse_args()


def write_shape(writer: gguf.GGUFWriter, config: dict[str, Any], *, name: str, license_name: str) -> None:
    heads = config["num_attention_heads"]
    rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
    if rope.get("rope_type", rope.get("type", "default")) != "default":
        stop(f"Cannot export: RoPE scaling {rope} is not supported, only the default kind is")

    writer.add_name(name)
    writer.add_license(license_name)
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(config.get("num_key_value_heads") or heads)
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(float(rope.get("rope_theta") or config.get("rope_theta") or 10000.0))
    writer.add_rope_dimension_count(head_dimension(config))
    writer.add_vocab_size(config["vocab_size"])


def write_tokenizer(writer: gguf.GGUFWriter, checkpoint: Path, config: dict[str, Any]) -> None:
    tokenizer = read_json(checkpoint / "tokenizer.json")
    pre_tokenizer = name_pre_tokenizer(tokenizer)
    settings_path = checkpoint / "tokenizer_config.json"
    settings = read_json(settings_path) if settings_path.exists() else {}

    # Rows past the vocabulary (a table padded to a round size) need a name too; they are marked as unused.
    tokens = [f"[UNUSED{i}]" for i in range(config["vocab_size"])]
    types = [gguf.TokenType.UNUSED] * config["vocab_size"]
    for token, index in tokenizer["model"]["vocab"].items():
        tokens[index], types[index] = token, gguf.TokenType.NORMAL
    for added in tokenizer.get("added_tokens", []):
        tokens[added["id"]] = added["content"]
        types[added["id"]] = gguf.TokenType.CONTROL if added.get("special") else gguf.TokenType.USER_DEFINED
    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in tokenizer["model"]["merges"]]

    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre_tokenizer)
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges(merges)
    writer.add_add_bos_token(False)

    ids = {token: index for index, token in enumerate(tokens)}
    end = token_id("eos_token", "eos_token_id", settings, config, ids)
    if end is None:
        stop(f"Cannot export {checkpoint}: no end-of-turn token; set eos_token in tokenizer_config.json")
    writer.add_eos_token_id(end)
    writer.add_eot_token_id(end)
    padding = token_id("pad_token", "pad_token_id", settings, config, ids)
    if padding is not None:
        writer.add_pad_token_id(padding)

    template_path = checkpoint / "chat_template.jinja"
    template = template_path.read_text("utf-8") if template_path.exists() else settings.get("chat_template")
    if not template:
        stop(f"Cannot export {checkpoint}: no chat template; save one as chat_template.jinja")
    writer.add_chat_template(template)


def name_pre_tokenizer(tokenizer: dict[str, Any]) -> str:
    """llama.cpp splits text by the *name* of a pattern, so a different pattern would change token ids silently."""
    if tokenizer["model"].get("type") != "BPE":
        stop(f"Cannot export: tokenizer model {tokenizer['model'].get('type')!r} is not BPE")
    found = tokenizer.get("pre_tokenizer") or {}
    if json.dumps(QWEN2_PATTERN) in json.dumps(found):
        return "qwen2"
    parts = [
        (part.get("type"), part.get("individual_digits", part.get("use_regex")))
        for part in found.get("pretokenizers", [])
    ]
    if parts == [("Digits", True), ("ByteLevel", True)]:
        return "smollm"
    stop(
        "Cannot export: tokenizer.json splits neither with Qwen2's pattern nor as SmolLM's does; train it with QWEN2_PATTERN"
    )


def token_id(
    name: str, id_name: str, settings: dict[str, Any], config: dict[str, Any], ids: dict[str, int]
) -> int | None:
    token = settings.get(name)
    if isinstance(token, dict):
        token = token["content"]
    if token in ids:
        return ids[token]
    index = config.get(id_name)
    return index[0] if isinstance(index, list) else index


def write_tensors(
    writer: gguf.GGUFWriter, checkpoint: Path, config: dict[str, Any], weight_type: str
) -> tuple[int, int]:
    """Adds every tensor to the writer; returns how many tensors and how many parameters there are."""
    heads = config["num_attention_heads"]
    key_heads = config.get("num_key_value_heads") or heads
    tied = config.get("tie_word_embeddings", False)
    tensor_count = parameter_count = 0
    for source, tensor in sorted(read_weights(checkpoint).items()):
        if source == "lm_head.weight" and tied:
            continue
        values = tensor.to(torch.float32).numpy()
        if source.endswith("q_proj.weight"):
            values = permute(values, heads)
        if source.endswith("k_proj.weight"):
            values = permute(values, key_heads)
        # Norms are vectors of a few hundred numbers: exact, and llama.cpp wants them in f32.
        kind = "f32" if values.ndim == 1 else weight_type
        add_tensor(writer, gguf_name(source), values, kind)
        tensor_count += 1
        parameter_count += values.size
    return tensor_count, parameter_count


def add_tensor(writer: gguf.GGUFWriter, name: str, values: np.ndarray, kind: str) -> None:
    if kind == "q8_0":
        if values.shape[-1] % 32 != 0:
            stop(f"Cannot quantise {name}: rows of {values.shape[-1]} are no multiple of 32; use --type f16")
        quantised = gguf.quants.quantize(values, gguf.GGMLQuantizationType.Q8_0)
        writer.add_tensor(name, quantised, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    else:
        writer.add_tensor(name, values.astype(np.float16 if kind == "f16" else np.float32))


def permute(values: np.ndarray, heads: int) -> np.ndarray:
    """Rows of q and k from transformers' order (two halves rotate together) to llama.cpp's (neighbours do)."""
    rows = values.shape[0]
    return values.reshape(heads, 2, rows // heads // 2, *values.shape[1:]).swapaxes(1, 2).reshape(values.shape)


def gguf_name(source: str) -> str:
    if source in TENSOR_NAMES:
        return TENSOR_NAMES[source]
    parts = source.split(".")
    if parts[:2] == ["model", "layers"] and parts[-1] == "weight":
        name = BLOCK_TENSOR_NAMES.get(".".join(parts[3:-1]))
        if name:
            return f"blk.{parts[2]}.{name}.weight"
    return stop(f"Cannot export tensor {source!r}: it is not part of a plain Llama")


def read_weights(checkpoint: Path) -> dict[str, torch.Tensor]:
    files = sorted(checkpoint.glob("*.safetensors"))
    if not files:
        stop(f"Cannot export {checkpoint}: no *.safetensors in it; save the model with save_pretrained")
    weights: dict[str, torch.Tensor] = {}
    for file in files:
        weights.update(load_file(file))
    return weights


def head_dimension(config: dict[str, Any]) -> int:
    return config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]


def read_json(path: Path) -> dict[str, Any]:
    if not path.exists():
        stop(f"Cannot read {path}: no such file; give the directory that save_pretrained wrote")
    return json.loads(path.read_text("utf-8"))


def stop(reason: str) -> Any:
    sys.exit(reason)


if __name__ == "__main__":
    main()
