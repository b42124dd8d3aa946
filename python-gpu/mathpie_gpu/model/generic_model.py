"""Any causal language model that transformers opens, behind the interface of PackedModel: slower, and right.

Documents are padded at the right to the longest of their pack and go through the model as it is, so that nothing about its
attention, positions or head has to be known here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mathpie_gpu.model.sharding import whole


class GenericModel(nn.Module):
    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    @property
    def layers(self) -> nn.ModuleList:
        """The longest list of modules: the decoder's layers."""
        lists = [module for module in self.inner.modules() if isinstance(module, nn.ModuleList)]
        return max(lists, key=len) if lists else nn.ModuleList()

    def forward(
        self,
        ids: Tensor,
        positions: Tensor,
        bounds: Tensor,
        longest: int,
        *,
        places: Tensor | None = None,
        head: Callable[[Tensor, Tensor | None], Tensor] | None = None,
    ) -> Tensor:
        """As PackedModel.forward; `head` gets logits (tokens or places, vocabulary) and None for the matrix."""
        ends = bounds.tolist()
        documents = [(start, end) for start, end in zip(ends, ends[1:]) if end > start]
        width = max(end - start for start, end in documents)
        rows = torch.zeros(len(documents), width, dtype=torch.long, device=ids.device)
        mask = torch.zeros_like(rows)
        for row, (start, end) in enumerate(documents):
            rows[row, : end - start] = ids[start:end]
            mask[row, : end - start] = 1
        logits = self.inner(input_ids=rows, attention_mask=mask, use_cache=False).logits
        packed = logits[mask.bool()]  # rows in order are the documents in order
        if places is not None:
            packed = packed.index_select(0, places)
        return packed if head is None else head(packed, None)


def logits_cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """As cross_entropy.summed_cross_entropy, where the logits are there already."""
    return F.cross_entropy(logits.float(), targets, ignore_index=-100, reduction="sum")


def open_generic(folder: Path, *, dtype: torch.dtype, trusts_code: bool, checkpoints: bool) -> GenericModel:
    from transformers import AutoModelForCausalLM

    inner = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, trust_remote_code=trusts_code)
    inner.config.use_cache = False
    if checkpoints:
        inner.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    return GenericModel(inner)


def add_peft_adapters(model: GenericModel, lora: dict) -> None:
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(
        r=lora["rank"], lora_alpha=lora["alpha"], lora_dropout=lora["dropout"], target_modules="all-linear",
        task_type="CAUSAL_LM",
    )  # fmt: skip
    model.inner = get_peft_model(model.inner, config, autocast_adapter_dtype=False)


def save_generic(
    model: GenericModel, folder: Path, adapter_folder: Path, *, dtype, exact, lora: dict | None, is_main: bool
) -> None:
    """As transformers (and peft) save. `exact` gives each trained weight by name; every process calls this."""
    state = {}
    for name, _ in model.named_parameters():
        tensor = whole(exact(name)).to(dtype).cpu()
        if is_main:
            state[name.removeprefix("inner.")] = tensor
    if not is_main:
        return
    if not lora:
        model.inner.save_pretrained(folder, state_dict=state)
        return
    model.inner.save_pretrained(adapter_folder, state_dict=state)
    if lora["merge"]:
        merged = model.inner.merge_and_unload()
        merged.save_pretrained(
            folder, state_dict={name: tensor.to(dtype) for name, tensor in merged.state_dict().items()}
        )
