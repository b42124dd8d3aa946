"""A checkpoint with random weights, for measuring speed where no trained one is at hand.

    python3 bench/make_random_model.py 7b|qwen2.5-7b|tiny OUT

The shape of LLaMA-2 7B (a key-value head for every query head), that of Qwen2.5-7B (4 of them for 28), or a small one; the
tokenizer is pocket's. Greedy decoding only ever picks tokens that the tokenizer has. Made on the GPU where there is one (15 s for 7b, most of it the disk).
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHAPES: dict[str, dict[str, int | str]] = {
    "7b": {"hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32, "num_attention_heads": 32},
    "qwen2.5-7b": {
        "model_type": "qwen2",
        "vocab_size": 152064,
        "hidden_size": 3584,
        "intermediate_size": 18944,
        "num_hidden_layers": 28,
        "num_attention_heads": 28,
        "num_key_value_heads": 4,
    },
    "tiny": {"hidden_size": 384, "intermediate_size": 1152, "num_hidden_layers": 8, "num_attention_heads": 6},
}


def make_random_model(shape: str, out: Path) -> None:
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedTokenizerFast

    if (out / "config.json").exists():
        return
    began = time.perf_counter()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(ROOT / "data" / "pocket" / "tokenizer.json"),
        eos_token="<|end|>",
        pad_token="<|pad|>",
        model_max_length=2048,
    )
    common = {"model_type": "llama", "vocab_size": 32000, "max_position_embeddings": 2048, "bos_token_id": None}
    config = AutoConfig.for_model(
        **{**common, **SHAPES[shape]}, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id
    )
    torch.manual_seed(0)
    torch.set_default_dtype(torch.bfloat16)
    with torch.device("cuda" if torch.cuda.is_available() else "cpu"):
        model = AutoModelForCausalLM.from_config(config)
    torch.set_default_dtype(torch.float32)
    with torch.no_grad():
        model.lm_head.weight[len(tokenizer) :] = 0  # a logit of 0 is never the largest of a thousand random ones
    out.mkdir(parents=True, exist_ok=True)
    tokenizer.save_pretrained(out)
    settings = json.loads((out / "tokenizer_config.json").read_text())
    settings["tokenizer_class"] = "PreTrainedTokenizerFast"
    (out / "tokenizer_config.json").write_text(json.dumps(settings, indent=1))
    model.save_pretrained(out, max_shard_size="4GB")
    size = sum(parameter.numel() for parameter in model.parameters())
    del model
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    print(f"{out}: {size / 1e6:.0f}M parameters in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    make_random_model(sys.argv[1], Path(sys.argv[2]))
