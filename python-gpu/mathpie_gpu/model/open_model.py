"""From a configuration to a model ready to train: which implementation, which dtype, on which devices."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch._dynamo.config as dynamo_config
import torch._functorch.config as functorch_config
from torch import Tensor, nn
from torch.distributed.tensor import DTensor

from mathpie_gpu.model.checkpoint_weights import load_weights
from mathpie_gpu.model.float8_linear import has_float8
from mathpie_gpu.model.float8_scales import use_float8
from mathpie_gpu.model.generic_model import GenericModel, add_peft_adapters, open_generic
from mathpie_gpu.model.lora import add_adapters, initialise_adapters
from mathpie_gpu.model.model_errors import opening_model
from mathpie_gpu.model.nf4_linear import use_nf4
from mathpie_gpu.model.packed_attention import attention_name, choose_attention
from mathpie_gpu.model.packed_model import Block, PackedModel, Shape, make_block_runner, multiply, read_shape
from mathpie_gpu.model.rotary_attention import KERNELS
from mathpie_gpu.model.sharding import reduction_dtype, shard
from mathpie_gpu.model.split_weights import split
from mathpie_gpu.model.swiglu import HAS_TRITON, swiglu
from mathpie_gpu.run.errors import UserError

DTYPES = {"split": torch.bfloat16, "bfloat16": torch.bfloat16, "float16": torch.float16, "float32": torch.float32}


@dataclass
class Source:
    """A checkpoint that was looked at and not loaded yet."""

    folder: Path
    config: Any  # transformers'
    tokenizer: Any
    shape: Shape | None
    reason: str | None  # why transformers' own model has to be taken; None: PackedModel is its equal


def open_source(name: str, config: dict[str, Any]) -> Source:
    """`name`: a folder, OWNER/NAME, pocket, student or gguf:FILE; `config`: maxLength, implementation, trustRemoteCode."""
    from transformers import AutoConfig, AutoTokenizer

    unpacked = unpack_own(name)
    with opening_model(str(unpacked or name)):
        folder = unpacked or (Path(name).expanduser() if Path(name).expanduser().is_dir() else download(name))
        found = AutoConfig.from_pretrained(folder, trust_remote_code=config["trustRemoteCode"])
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=config["trustRemoteCode"])
    reason = "the configuration asks for it" if config["implementation"] == "transformers" else None
    try:
        shape = read_shape(found, longest_row=config["maxLength"])
    except NotImplementedError as error:
        if config["implementation"] == "packed":
            raise UserError(f'Cannot pack {name}: {error}; set "implementation" to "auto"') from None
        shape, reason = guess_shape(found), str(error)
    return Source(folder, found, tokenizer, shape, reason)


def unpack_own(name: str) -> Path | None:
    """Of our own models (pocket, student) and of gguf:FILE a checkpoint, for as long as the process lives."""
    own = Path(__file__).parents[3] / "data" / name / f"{name}.gguf"
    if not name.startswith("gguf:") and (not name.isidentifier() or Path(name).is_dir() or not own.is_file()):
        return None
    path = Path(name[5:]).expanduser() if name.startswith("gguf:") else own
    from import_gguf import import_gguf  # needs the package gguf, which nothing else here does

    if not path.is_file():
        raise UserError(f"Cannot open the model {path}: there is no such file; check the path")
    folder = Path(tempfile.mkdtemp(prefix="mathpie-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    import_gguf(path, folder, dtype="float32")
    return folder


def download(name: str) -> Path:
    from huggingface_hub import snapshot_download

    patterns = ["*.json", "*.safetensors", "*.jinja", "*.model", "*.txt", "*.py"]
    folder = Path(snapshot_download(name, allow_patterns=patterns))
    return (
        folder
        if any(folder.glob("*.safetensors"))
        else Path(snapshot_download(name, allow_patterns=[*patterns, "*.bin"]))
    )


def guess_shape(config) -> Shape | None:
    """Near enough for an estimate of memory; None where the config says too little."""
    config = getattr(config, "text_config", config)
    try:
        heads = config.num_attention_heads
        return Shape(
            vocabulary=config.vocab_size,
            hidden=config.hidden_size,
            intermediate=getattr(config, "intermediate_size", None) or 4 * config.hidden_size,
            layers=config.num_hidden_layers,
            heads=heads,
            key_value_heads=getattr(config, "num_key_value_heads", None) or heads,
            head_size=getattr(config, "head_dim", None) or config.hidden_size // heads,
            epsilon=1e-6,
            is_tied=bool(getattr(config, "tie_word_embeddings", False)),
            has_qkv_bias=False,
            has_head_norms=False,
            frequencies=(),
        )
    except (AttributeError, TypeError):
        return None


def choose_weights(name: str, device: torch.device) -> str:
    """`auto`: exact float32 weights as bf16 and low bits on a GPU that has bf16, float16 on one that has not, float32 on a CPU."""
    if name != "auto":
        return name
    if device.type != "cuda":
        return "float32"
    return "split" if torch.cuda.get_device_capability(device) >= (8, 0) else "float16"


def build_model(
    source: Source,
    config: dict[str, Any],
    *,
    device: torch.device,
    world: int,
    weights: str,
    keep: str,
    is_compiled: bool,
) -> tuple[nn.Module, dict[str, Tensor]]:
    """The model on its device, spread over all processes, and the low 16 bits of its weights (see load_weights).

    `config`: lora (or null), float8 and its options, keepGathered and how else to spread, activationMemoryBudget, seed, trustRemoteCode.
    """
    lora = config["lora"]
    if config["float8"] != "off" and (source.reason or not (has_float8(device) or device.type == "cpu")):
        raise UserError(
            'Cannot compute in float8: it needs an architecture of the packed kind and a GPU of Hopper or Ada; set "float8": "off"'
        )
    if config["float8Copies"] and (world > 1 or config["float8"] not in ("tensor", "mixed")):
        raise UserError(
            f'Cannot keep float8 copies with {world} processes and "float8": "{config["float8"]}": they need one process and'
            ' "tensor" or "mixed"; set "float8Copies": false'
        )
    if config["qlora"]:
        check_qlora(source, config, world=world)
    if source.reason:
        model, low_bits = build_generic(
            source, config, dtype=DTYPES[weights], keep=keep, keeps_exact=weights == "split"
        )
        if world > 1:
            shard(model, model.layers, **shard_options(config, world))
            low_bits = {}  # they are not spread; a generic model over many GPUs starts from rounded weights
        return model.to(device), low_bits

    model = make_packed(
        source.shape, config, device=device, world=world, weights=weights, keep=keep, is_compiled=is_compiled
    )
    low_bits = load_weights(model, source.folder, wants_low_bits=weights == "split" and not lora and not config["qlora"])
    if lora:
        initialise_adapters(model, seed=config["seed"])
    return model, low_bits


def check_qlora(source: Source, config: dict[str, Any], *, world: int) -> None:
    for is_wrong, words in (
        (source.reason, f'its base is quantised for architectures of the packed kind alone ({source.reason}); set "qlora": false'),
        (world > 1, 'a base in 4 bits is not spread over GPUs; start one process, or set "qlora": false'),
        (config["float8"] != "off", 'float8 multiplies 16-bit weights; set "float8": "off"'),
    ):
        if is_wrong:
            raise UserError(f'Cannot train with "qlora": {words}')


def make_packed(
    shape: Shape,
    config: dict[str, Any],
    *,
    device: torch.device,
    world: int,
    weights: str,
    keep: str,
    is_compiled: bool,
) -> PackedModel:
    """The packed model with memory for its weights and nothing in it yet; arguments as of build_model."""
    # Nothing is allocated on meta. Adapters come before the spreading, so that they are spread too; memory after it, so that a process has
    # it for its own part alone.
    with torch.device("meta"):
        model = PackedModel(shape).to(DTYPES[weights])
        if config["lora"]:
            add_adapters(model, **{name: config["lora"][name] for name in ("rank", "alpha", "dropout", "targets")})
            model.to(DTYPES[weights])
        if config["qlora"]:
            use_nf4(model)
    if world > 1:
        shard(model, model.blocks, **shard_options(config, world))
    model.to_empty(device=device)
    if config["float8"] != "off":
        use_float8(
            model,
            recipe=config["float8"],
            is_fast=config["fastFloat8"],
            spares=config["float8Spares"],
            is_bounded=config["float8Scales"] == "bounded",
            keeps_copies=config["float8Copies"],
            is_compiled=is_compiled,
        )
    dtype = DTYPES[weights]
    for block in model.blocks:
        block.attend = choose_attention(config["attention"], head_size=shape.head_size, dtype=dtype, device=device)
        join_operations(block, device=device, keep=keep, is_compiled=is_compiled)
    prepare_blocks(model, keep=keep, is_compiled=is_compiled, budget=config["activationMemoryBudget"])
    return model


def join_operations(block: Block, *, device: torch.device, keep: str, is_compiled: bool) -> None:
    """Operations that are one where their results are not kept but made again in the backward pass; where all is kept, nothing is gained."""
    can = device.type == "cuda" and HAS_TRITON and keep != "all"
    down = block.down
    is_plain = down.multiply is multiply and down.adapter is None and down.weight.requires_grad and block.activate is swiglu
    name = attention_name(block.attend)
    block.joins_rotation = name if can and name in KERNELS and not block.shape.has_head_norms else None
    # Without the compiler, which sees that nobody asks for it, the backward pass would make the joined product once more.
    block.joins_down = can and is_compiled and is_plain and not isinstance(down.weight, DTensor)


def shard_options(config: dict[str, Any], world: int) -> dict[str, Any]:
    return {
        "keeps_gathered": bool(config["keepGathered"]),
        "reduce_dtype": reduction_dtype(config["reduceIn"], world),
        "unit_layers": config["layersPerUnit"],
        "prefetched_units": config["prefetchUnits"],
    }


def prepare_blocks(model: PackedModel, *, keep: str, is_compiled: bool, budget: float | None = None) -> None:
    """One function for all blocks. `budget` (0 to 1) lets the compiler choose what to compute again, in place of `keep`."""
    dynamo_config.recompile_limit = 64
    functorch_config.activation_memory_budget = 1.0 if budget is None else budget
    keep = keep if budget is None else "all"
    run = make_block_runner(keep=keep, is_compiled=is_compiled)
    for block in model.blocks:
        block.run = run


def build_generic(
    source: Source, config, *, dtype, keep: str, keeps_exact: bool
) -> tuple[GenericModel, dict[str, Tensor]]:
    with opening_model(config["model"]):
        model = open_generic(
            source.folder,
            dtype=torch.float32 if keeps_exact and not config["lora"] else dtype,
            trusts_code=config["trustRemoteCode"],
            checkpoints=keep != "all",
        )
    if config["lora"]:
        torch.manual_seed(config["seed"])
        add_peft_adapters(model, config["lora"])
    low_bits = {}
    if keeps_exact and not config["lora"]:
        for name, parameter in model.named_parameters():
            high, low_bits[name] = split(parameter.data)
            parameter.data = high
    return model, low_bits
