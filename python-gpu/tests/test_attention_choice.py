"""Whose attention a training takes and which operations it joins, by what is installed and what GPU, shape and method are; the kernels."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import torch
from tiny_checkpoints import SHAPE
from training_kernels_check import numpy_is_fit
from transformers import LlamaConfig

from mathpie_gpu.model.flash_attention_4 import attend_flash_4
from mathpie_gpu.model.lora import add_adapters
from mathpie_gpu.model.open_model import join_operations
from mathpie_gpu.model.packed_attention import attend, attention_name, choose_attention
from mathpie_gpu.model.packed_model import PackedModel, read_shape
from mathpie_gpu.model.row_attention import attend_rows, refuse_far_rows, width_of
from mathpie_gpu.model.swiglu import plain_swiglu
from mathpie_gpu.run.errors import UserError


@pytest.mark.parametrize(
    ("name", "installed", "capability", "head_size", "longest", "dtype", "chosen"),
    [
        ("auto", "4.0.0b36", (9, 0), 64, 1024, torch.bfloat16, "rows"),
        ("auto", "4.0.0b36", (9, 0), 64, 1025, torch.bfloat16, "flash-attn-4"),
        ("auto", "4.0.0b36", (9, 0), 64, None, torch.bfloat16, "flash-attn-4"),
        ("auto", None, (9, 0), 64, 9000, torch.bfloat16, "rows"),
        ("auto", None, (9, 0), 64, None, torch.bfloat16, "rows"),
        ("auto", "4.0.0b36", (9, 0), 128, 512, torch.bfloat16, "flash-attn-4"),
        ("auto", None, (9, 0), 128, 1024, torch.bfloat16, "rows"),
        ("auto", None, (9, 0), 128, 1025, torch.bfloat16, "torch"),
        ("auto", None, (9, 0), 128, None, torch.bfloat16, "torch"),
        ("auto", "4.0.0b36", (10, 0), 64, 512, torch.bfloat16, "flash-attn-4"),  # no Blackwell was measured
        ("torch", "4.0.0b36", (9, 0), 64, 512, torch.bfloat16, "torch"),
        ("auto", "4.1.0", (9, 0), 128, 2000, torch.bfloat16, "torch"),  # was not tried
        ("auto", None, (8, 0), 64, 512, torch.bfloat16, "torch"),
        ("auto", "4.0.0b36", (8, 0), 64, 512, torch.bfloat16, "torch"),
        ("auto", "4.0.0b36", (9, 0), 192, 512, torch.bfloat16, "torch"),
        ("auto", "4.0.0b36", (9, 0), 64, 512, torch.float32, "torch"),
        ("rows", None, (8, 0), 128, 5000, torch.float16, "rows"),
        ("flash-attn-4", "4.0.0b36", (9, 0), 64, 512, torch.bfloat16, "flash-attn-4"),
        ("rows", None, (7, 5), 64, 512, torch.float16, "refused"),
        ("rows", None, (9, 0), 256, 512, torch.bfloat16, "refused"),
        ("rows", None, (9, 0), 64, 512, torch.float32, "refused"),
        ("flash-attn-4", None, (9, 0), 64, 512, torch.bfloat16, "refused"),
    ],
)
def test_whose_attention_is_taken(monkeypatch, name, installed, capability, head_size, longest, dtype, chosen) -> None:
    def version(package: str) -> str:
        if installed is None:
            raise PackageNotFoundError(package)
        return installed

    monkeypatch.setattr("mathpie_gpu.model.flash_attention_4.version", version)
    monkeypatch.setattr("mathpie_gpu.model.row_attention.HAS_TRITON", True)
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: capability)
    try:
        attending = choose_attention(name, head_size=head_size, dtype=dtype, device=torch.device("cuda"), longest=longest)
    except UserError as error:
        assert chosen == "refused" and f'Cannot attend by "{name}": it needs ' in str(error)
    else:
        assert attention_name(attending) == chosen


GPU, CPU = torch.device("cuda"), torch.device("cpu")


@pytest.mark.parametrize(
    ("device", "keep", "attending", "change", "rotation", "down"),
    [
        (GPU, "products", attend_flash_4, None, "flash-attn-4", True),
        (GPU, "products", attend_rows, None, "rows", True),
        (GPU, "attention", attend_flash_4, None, "flash-attn-4", True),
        (GPU, "products", attend, None, None, True),  # torch's attention writes no parts of a tensor
        (GPU, "all", attend_flash_4, None, None, False),  # what is kept need not be made again
        (CPU, "products", attend_flash_4, None, None, False),
        (GPU, "products", attend_flash_4, "mlp", "flash-attn-4", False),  # adapters add to the projection
        (GPU, "products", attend_flash_4, "attention", "flash-attn-4", False),  # nobody wants the gradient of what is frozen
        (GPU, "products", attend_flash_4, "float8", "flash-attn-4", False),
        (GPU, "products", attend_flash_4, "eager", "flash-attn-4", False),  # the product, which is not kept, would be multiplied out again
        (GPU, "products", attend_flash_4, "head norms", None, True),  # they lie between projection and rotation
    ],
)
def test_which_operations_are_joined(monkeypatch, device, keep, attending, change, rotation, down) -> None:
    monkeypatch.setattr("mathpie_gpu.model.open_model.HAS_TRITON", True)
    shape = read_shape(LlamaConfig(**SHAPE))
    if change == "head norms":
        shape = replace(shape, has_head_norms=True)
    model = PackedModel(shape)
    if change in ("mlp", "attention"):
        add_adapters(model, rank=2, alpha=4, dropout=0.0, targets=[change])
    block = model.blocks[0]
    block.attend = attending
    if change == "float8":
        block.activate = plain_swiglu
    join_operations(block, device=device, keep=keep, is_compiled=change != "eager")
    assert (block.joins_rotation, block.joins_down) == (rotation, down)


@pytest.mark.parametrize(("size", "width"), [(8, 16), (16, 16), (24, 32), (64, 64), (80, 128), (128, 128)])
def test_heads_are_filled_up_to_what_tensor_cores_take(size: int, width: int) -> None:
    assert width_of(size) == width


def test_documents_whose_numbers_pass_32_bits_are_refused() -> None:
    query, key = (torch.empty(2, heads, 128, device="meta") for heads in (64, 80))
    refuse_far_rows(209_587, query, key)
    with pytest.raises(UserError, match='reaches 209587 tokens of a document, and one may have 209588; set "attention" to "torch"'):
        refuse_far_rows(209_588, query, key)


@pytest.mark.engines
def test_the_kernels_of_training_compute_what_is_written_out() -> None:
    script = Path(__file__).with_name("training_kernels_check.py")
    # Triton reads its environment when it is imported: a process of its own.
    environment = {**os.environ, "TRITON_INTERPRET": "1"}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(done.stdout.splitlines()[-1])
    with_rows = 28 if numpy_is_fit() else 0
    assert max(figures.values()) < 2e-5 and len(figures) == 12 + with_rows
