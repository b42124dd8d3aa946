"""The folder that users open after a training: weights as transformers and vLLM read them, tokenizer, template, and a record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import Tensor, nn

from mathpie_gpu.model.checkpoint_weights import replace_folder, save_checkpoint_files, transformers_tensors
from mathpie_gpu.model.generic_model import GenericModel, save_generic
from mathpie_gpu.model.lora import merged_weight, peft_tensors, save_adapter
from mathpie_gpu.model.open_model import DTYPES
from mathpie_gpu.model.sharding import wait_for_all
from mathpie_gpu.run.directory import Run
from mathpie_gpu.run.errors import UserError, storage_error
from mathpie_gpu.run.whole_file import flush_tree, write_json
from mathpie_gpu.training.split_adamw import SplitAdamW


def save_model(run: Run, model: nn.Module, optimizer: SplitAdamW, source, record: dict) -> None:
    """RUN/model: safetensors, config, tokenizer with its chat template, training.json; RUN/adapter too with LoRA."""
    config = run.config
    lora = config["lora"]
    dtype = DTYPES[record["weights"]] if config["saveWeights"] == "auto" else getattr(torch, config["saveWeights"])
    trained = optimizer.parameters
    parameters = dict(model.named_parameters())

    def exact(name: str) -> Tensor:
        return optimizer.exact_weight(name) if name in trained else parameters[name].data

    # Gathering weights is collective: every process comes by each of these calls, and rank 0 alone writes. The folder gets its name once
    # it is whole.
    temporary = run.directory / ".model.partial"
    if run.is_main:
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
    with saving_model(run.directory):
        if isinstance(model, GenericModel):
            save_generic(
                model, temporary, run.directory / "adapter", dtype=dtype, exact=exact, lora=lora, is_main=run.is_main
            )
        else:
            if lora:
                adapters = peft_tensors(model, exact)
                if run.is_main:
                    save_adapter(run.directory / "adapter", adapters, base=config["model"], lora=lora)
            if not lora or lora["merge"]:
                # In the dtype of the forward pass the parameters themselves are saved, so the model is the one that was trained.
                weight = merged_weight(model, exact) if lora else (None if dtype == DTYPES[record["weights"]] else exact)
                save_checkpoint_files(transformers_tensors(model, dtype, weight), temporary, is_writer=run.is_main)
        if run.is_main:
            write_json(temporary / "training.json", record)
            source.tokenizer.save_pretrained(temporary)
            if not lora or lora["merge"]:
                write_json(temporary / "config.json", saved_config(source, dtype))
                if (source.folder / "generation_config.json").exists():
                    shutil.copy(source.folder / "generation_config.json", temporary)
            if (run.directory / "adapter").exists():
                flush_tree(run.directory / "adapter")
            replace_folder(temporary, run.directory / "model")
    wait_for_all()


@contextmanager
def saving_model(directory: Path) -> Iterator[None]:
    """Turns what a full disk makes of it into a `UserError`; safetensors has an error of its own for that."""
    from safetensors import SafetensorError

    try:
        yield
    except OSError as error:
        raise storage_error(f"save the model in {directory}", error) from error
    except SafetensorError as error:
        raise UserError(f"Cannot save the model in {directory}: {error}; free some space and start the same command again") from error


def saved_config(source, dtype: torch.dtype) -> dict:
    """The base model's own config.json: nothing that this version of transformers would add or rename."""
    config = json.loads((source.folder / "config.json").read_text(encoding="utf-8"))
    config.pop("torch_dtype", None)
    return config | {"dtype": str(dtype).removeprefix("torch.")}
