"""Weights of PackedModel from and to the safetensors files of a transformers checkpoint, under transformers' names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor
from torch.distributed.tensor import DTensor

from mathpie_gpu.model.nf4_linear import fill_nf4, is_nf4
from mathpie_gpu.model.packed_model import PackedModel, Shape
from mathpie_gpu.model.sharding import local, local_part
from mathpie_gpu.model.split_weights import split
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.whole_file import flush_folder, flush_tree

TOP_NAMES = {
    "embedding.weight": "model.embed_tokens.weight",
    "norm": "model.norm.weight",
    "head.weight": "lm_head.weight",
}
BLOCK_NAMES = {
    "attention_norm": ["input_layernorm.weight"],
    "query_key_value.weight": ["self_attn.q_proj.weight", "self_attn.k_proj.weight", "self_attn.v_proj.weight"],
    "query_key_value.bias": ["self_attn.q_proj.bias", "self_attn.k_proj.bias", "self_attn.v_proj.bias"],
    "query_norm": ["self_attn.q_norm.weight"],
    "key_norm": ["self_attn.k_norm.weight"],
    "attention_output.weight": ["self_attn.o_proj.weight"],
    "mlp_norm": ["post_attention_layernorm.weight"],
    "gate_up.weight": ["mlp.gate_proj.weight", "mlp.up_proj.weight"],
    "down.weight": ["mlp.down_proj.weight"],
}
BYTES_PER_FILE = 5 * 2**30


def transformers_names(name: str) -> list[str]:
    """The tensors of a transformers checkpoint that lie, one below the other, in one of ours."""
    if name in TOP_NAMES:
        return [TOP_NAMES[name]]
    _, layer, rest = name.split(".", 2)
    return [f"model.layers.{layer}.{part}" for part in BLOCK_NAMES[rest]]


def part_sizes(name: str, shape: Shape) -> list[int]:
    """The rows of each of `transformers_names(name)`; a single part takes all, written as -1."""
    if "query_key_value" in name:
        return [shape.heads * shape.head_size, *[shape.key_value_heads * shape.head_size] * 2]
    return [shape.intermediate] * 2 if "gate_up" in name else [-1]


@torch.no_grad()
def load_weights(model: PackedModel, folder: Path, *, wants_low_bits: bool = False) -> dict[str, Tensor]:
    """Fills the parameters, each rank its own shard (FSDP2 cuts dimension 0 as torch.chunk does).

    Returns what bf16 parameters cannot hold of a more precise file: the low 16 bits of each (local) weight, by name.
    """
    read = open_checkpoint(folder)
    low_bits = {}
    for name, parameter in model.named_parameters():
        if ".adapter." in name:
            continue
        exact = torch.cat([read(part) for part in transformers_names(name)])
        module = model.get_submodule(name.rpartition(".")[0])
        wanted = module.shape if is_nf4(module) and name.endswith(".weight") else tuple(parameter.shape)
        if tuple(exact.shape) != wanted:
            raise UserError(
                f"Cannot load {folder}: {transformers_names(name)[0]} has the shape {tuple(exact.shape)}, its config.json"
                f" says {wanted}; check that both are of one model"
            )
        if parameter.dtype == torch.uint8:
            fill_nf4(module, exact)
            continue
        mine = local_part(exact, parameter)
        if wants_low_bits and parameter.dtype == torch.bfloat16 and exact.dtype != torch.bfloat16:
            high, low = split(mine.float().contiguous())
            local(parameter).copy_(high)
            low_bits[name] = low.to(parameter.device)
        else:
            local(parameter).copy_(mine)
    return low_bits


def open_checkpoint(folder: Path) -> Callable[[str], Tensor]:
    """A function from a tensor's name to the tensor; files stay mapped, so only what is asked for is read."""
    from safetensors import safe_open

    index = folder / "model.safetensors.index.json"
    files = sorted(folder.glob("*.safetensors"))
    if index.exists():
        files = [folder / name for name in sorted(set(json.loads(index.read_text())["weight_map"].values()))]
    missing = [file.name for file in files if not file.exists()]
    if missing:
        raise UserError(f"Cannot load {folder}: {missing[0]} is not there; finish the download")
    places: dict[str, Callable[[str], Tensor]] = {}
    for file in files:
        try:
            opened = safe_open(file, framework="pt")
        except Exception as error:
            raise UserError(
                f"Cannot load {file}: {error}; the file is damaged or half downloaded, fetch it again"
            ) from error
        places |= dict.fromkeys(opened.keys(), opened.get_tensor)
    if not files:
        for file in sorted(folder.glob("pytorch_model*.bin")):
            tensors = torch.load(file, map_location="cpu", mmap=True, weights_only=True)
            places |= dict.fromkeys(tensors, tensors.__getitem__)
    if not places:
        raise UserError(
            f"Cannot load {folder}: it holds no model*.safetensors and no pytorch_model*.bin; fetch the weights"
        )

    def read(name: str) -> Tensor:
        for known in (name, name.removeprefix("model.")):  # some files hold the inner model alone
            if known in places:
                return places[known](known)
        raise UserError(f"Cannot load {folder}: the tensor {name} is not there; check that the download is complete")

    return read


def transformers_tensors(
    model: PackedModel, dtype: torch.dtype, exact: Callable[[str], Tensor] | None = None
) -> Iterator[tuple[str, Tensor]]:
    """(name, tensor on the CPU) as transformers names them. A collective where the model is sharded: every rank runs it.

    `exact` gives the weight to save by parameter name (merged adapters, a float32 master); default: the parameter.
    """
    for name, parameter in model.named_parameters():
        if ".adapter." in name:
            continue
        weight = parameter.data if exact is None else exact(name)
        weight = weight.full_tensor() if isinstance(weight, DTensor) else weight
        weight = weight.to(dtype).cpu()
        sizes = part_sizes(name, model.shape)
        parts = [weight] if sizes == [-1] else weight.split(sizes)
        for part_name, part in zip(transformers_names(name), parts):
            yield part_name, part.contiguous()


def save_checkpoint_files(tensors: Iterator[tuple[str, Tensor]], folder: Path, *, is_writer: bool = True) -> None:
    """model.safetensors, or files of at most 5 GiB with their index. `tensors` is drawn from on every rank."""
    from safetensors.torch import save_file

    # How many files there will be is known at the end, and it stands in each name: until then they have names of their own.
    written: list[tuple[Path, list[str]]] = []
    pending: dict[str, Tensor] = {}
    total = size = 0

    def flush() -> None:
        path = folder / f"part-{len(written):05}.safetensors"
        save_file(pending, path, metadata={"format": "pt"})
        written.append((path, list(pending)))
        pending.clear()

    for name, tensor in tensors:
        if not is_writer:
            continue  # gathering a weight takes every process, writing it takes one
        bytes_of_one = tensor.numel() * tensor.element_size()
        if pending and size + bytes_of_one > BYTES_PER_FILE:
            flush()
            size = 0
        pending[name] = tensor
        size += bytes_of_one
        total += bytes_of_one
    if not is_writer:
        return
    flush()
    if len(written) == 1:
        written[0][0].rename(folder / "model.safetensors")
        return
    weight_map = {}
    for number, (path, names) in enumerate(written, 1):
        file = f"model-{number:05}-of-{len(written):05}.safetensors"
        path.rename(folder / file)
        weight_map |= dict.fromkeys(names, file)
    index = {"metadata": {"total_size": total}, "weight_map": dict(sorted(weight_map.items()))}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")


def replace_folder(temporary: Path, final: Path) -> None:
    """A reader sees the old folder or the new one, whole, also after a power cut."""
    flush_tree(temporary)
    if final.exists():
        old = final.with_name(f".{final.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        final.rename(old)
        temporary.rename(final)
        flush_folder(final.parent)
        shutil.rmtree(old, ignore_errors=True)
    else:
        temporary.rename(final)
        flush_folder(final.parent)
