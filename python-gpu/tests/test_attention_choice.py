"""Whose attention a training takes, by what is installed and what the GPU and the shape are."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError

import pytest
import torch

from mathpie_gpu.model.packed_attention import attention_name, choose_attention


@pytest.mark.parametrize(
    ("name", "installed", "capability", "head_size", "dtype", "chosen"),
    [
        ("auto", "4.0.0b36", (9, 0), 64, torch.bfloat16, "flash-attn-4"),
        ("torch", "4.0.0b36", (9, 0), 64, torch.bfloat16, "torch"),
        ("auto", "4.1.0", (9, 0), 64, torch.bfloat16, "torch"),  # was not tried
        ("auto", None, (9, 0), 64, torch.bfloat16, "torch"),
        ("auto", "4.0.0b36", (8, 0), 64, torch.bfloat16, "torch"),
        ("auto", "4.0.0b36", (9, 0), 192, torch.bfloat16, "torch"),
        ("auto", "4.0.0b36", (9, 0), 64, torch.float32, "torch"),
    ],
)
def test_whose_attention_is_taken(monkeypatch, name, installed, capability, head_size, dtype, chosen) -> None:
    def version(package: str) -> str:
        if installed is None:
            raise PackageNotFoundError(package)
        return installed

    monkeypatch.setattr("mathpie_gpu.model.flash_attention_4.version", version)
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device: capability)
    attending = choose_attention(name, head_size=head_size, dtype=dtype, device=torch.device("cuda"))
    assert attention_name(attending) == chosen
