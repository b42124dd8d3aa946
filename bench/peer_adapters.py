"""Adapters of the packed peers of bench/train.py, as PEFT adds them: LoRA (Hu et al. 2021, arXiv 2106.09685) on a frozen base, in 16 bits or, as QLoRA
(Dettmers et al. 2023, arXiv 2305.14314), in 4 by bitsandbytes.
"""

from __future__ import annotations

import torch
from torch import nn

TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def add_adapters(model: nn.Module, *, rank: int, bits: int) -> nn.Module:
    """`bits`: 16, or 4 for NF4 in blocks of 64 with quantised scales and products in bf16. Alpha is twice the rank; no dropout, with which PEFT is slower."""
    from peft import LoraConfig, get_peft_model

    if bits == 4:
        quantise(model)
    return get_peft_model(
        model, LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=list(TARGETS), task_type="CAUSAL_LM")
    )


def quantise(model: nn.Module) -> None:
    """In place what `from_pretrained` with a BitsAndBytesConfig does to a checkpoint; the head stays as it is."""
    import bitsandbytes as bnb

    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if not isinstance(child, nn.Linear) or name not in TARGETS:
                continue
            packed = bnb.nn.Linear4bit(
                child.in_features,
                child.out_features,
                bias=False,
                compute_dtype=torch.bfloat16,
                compress_statistics=True,
                quant_type="nf4",
                device="meta",
            )
            packed.weight = bnb.nn.Params4bit(
                child.weight.data, requires_grad=False, compress_statistics=True, quant_type="nf4", module=packed
            ).to(child.weight.device)
            setattr(module, name, packed)
    model.is_loaded_in_4bit = True  # what PEFT asks
