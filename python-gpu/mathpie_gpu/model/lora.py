"""Low-rank adapters on PackedModel (Hu et al., LoRA, 2021), saved as peft reads them, or merged into the weights
(rank and alpha by default: contract/training.schema.json)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mathpie_gpu.model.checkpoint_weights import part_sizes, transformers_names
from mathpie_gpu.model.nf4_linear import written_out
from mathpie_gpu.model.packed_model import PackedModel, Projection, Shape
from mathpie_gpu.model.sharding import local, local_part, whole

GROUPS = {"attention": ("query_key_value", "attention_output"), "mlp": ("gate_up", "down")}


class Adapter(nn.Module):
    """What is added to a projection: for each of its parts (query, key, value: three) B A x, times alpha / rank."""

    def __init__(self, projection: Projection, sizes: list[int], *, rank: int, alpha: float, dropout: float) -> None:
        super().__init__()
        self.sizes = sizes if sizes != [-1] else [projection.out_features]
        self.rank, self.factor, self.dropout = rank, alpha / rank, dropout
        self.a = nn.Parameter(torch.empty(len(self.sizes) * rank, projection.in_features))
        self.b = nn.Parameter(torch.zeros(sum(self.sizes), rank))

    def forward(self, x: Tensor) -> Tensor:
        x = F.dropout(x, self.dropout, self.training) if self.dropout else x
        inner = F.linear(x, self.a.to(x.dtype)).split(self.rank, -1)
        parts = self.b.to(x.dtype).split(self.sizes)
        return torch.cat([F.linear(small, part) for small, part in zip(inner, parts)], -1) * self.factor

    def merged(self, weight: Tensor, a: Tensor, b: Tensor) -> Tensor:
        """weight + factor * B A, in float32."""
        parts = zip(b.float().split(self.sizes), a.float().split(self.rank))
        return weight.float() + self.factor * torch.cat([left @ right for left, right in parts])


def add_adapters(model: PackedModel, *, rank: int, alpha: float, dropout: float, targets: list[str]) -> None:
    """Freezes the model and gives its projections adapters. `targets`: "attention", "mlp". On meta: see initialise_adapters."""
    model.requires_grad_(False)
    names = {name for target in targets for name in GROUPS[target]}
    for block in model.blocks:
        for name in sorted(names):
            projection = getattr(block, name)
            sizes = part_sizes(f"{name}.weight", model.shape)
            projection.adapter = Adapter(projection, sizes, rank=rank, alpha=alpha, dropout=dropout)


@torch.no_grad()
def initialise_adapters(model: PackedModel, *, seed: int) -> None:
    """A as peft does (Kaiming uniform with a = sqrt 5), B zero: the first loss is the base model's. Equal on all ranks."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in model.named_parameters():
        if name.endswith(".adapter.a"):
            bound = math.sqrt(6 / ((1 + 5) * parameter.shape[1]))
            full = torch.empty(parameter.shape).uniform_(-bound, bound, generator=generator)
            copy_shard(parameter, full)
        elif name.endswith(".adapter.b"):
            copy_shard(parameter, torch.zeros(parameter.shape))


def copy_shard(parameter: Tensor, full: Tensor) -> None:
    local(parameter).copy_(local_part(full, parameter))


def merged_weight(model: PackedModel, exact: Callable[[str], Tensor]) -> Callable[[str], Tensor]:
    """A function for checkpoint_weights.transformers_tensors: each weight with its adapter added. Collective."""
    parameters = dict(model.named_parameters())

    def weight(name: str) -> Tensor:
        projection = name.removesuffix(".weight")
        full = written_out(model.get_submodule(projection), torch.float32) if parameters[name].dtype == torch.uint8 else whole(parameters[name].data)
        if f"{projection}.adapter.a" not in parameters:
            return full
        adapter = model.get_submodule(f"{projection}.adapter")
        return adapter.merged(full, *(whole(exact(f"{projection}.adapter.{part}")) for part in "ab"))

    return weight


def peft_tensors(model: PackedModel, exact: Callable[[str], Tensor]) -> dict[str, Tensor]:
    """The adapters under the names of peft's adapter_model.safetensors. Collective."""
    tensors = {}
    for name, _ in model.named_parameters():
        if not name.endswith(".adapter.a"):
            continue
        projection = name.removesuffix(".adapter.a")
        adapter = model.get_submodule(f"{projection}.adapter")
        a = whole(exact(name)).cpu().split(adapter.rank)
        b = whole(exact(f"{projection}.adapter.b")).cpu().split(adapter.sizes)
        for part, left, right in zip(transformers_names(f"{projection}.weight"), a, b):
            stem = f"base_model.model.{part.removesuffix('.weight')}"
            tensors |= {f"{stem}.lora_A.weight": left.contiguous(), f"{stem}.lora_B.weight": right.contiguous()}
    return tensors


def save_adapter(folder: Path, tensors: dict[str, Tensor], *, base: str, lora: dict) -> None:
    from safetensors.torch import save_file

    modules = sorted({name.split(".")[-3] for name in tensors})
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base,
        "r": lora["rank"],
        "lora_alpha": lora["alpha"],
        "lora_dropout": lora["dropout"],
        "target_modules": modules,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
    }
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    (folder / "adapter_config.json").write_text(json.dumps(config, indent=2) + "\n")


def adapter_size(shape: Shape | None, lora: dict | None) -> int:
    """How many parameters the adapters have; 0 where there are none."""
    if not lora or shape is None:
        return 0
    queries, keys, rank = shape.heads * shape.head_size, shape.key_value_heads * shape.head_size, lora["rank"]
    attention = (3 * shape.hidden + queries + 2 * keys + queries + shape.hidden) * rank
    mlp = (2 * shape.hidden + 2 * shape.intermediate + shape.intermediate + shape.hidden) * rank
    return shape.layers * (("attention" in lora["targets"]) * attention + ("mlp" in lora["targets"]) * mlp)
