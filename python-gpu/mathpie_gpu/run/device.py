"""The device that a configuration asks for."""

from __future__ import annotations

import torch

from mathpie_gpu.run.errors import UserError


def choose_device(name: str) -> torch.device:
    """`auto` is the first GPU, or the CPU where there is none. Raises `UserError` for a GPU that is not there."""
    has_gpu = torch.cuda.is_available()
    if name == "auto":
        return torch.device("cuda:0" if has_gpu else "cpu")
    device = torch.device(name)
    if device.type != "cuda":
        return device
    if not has_gpu:
        built = "" if torch.backends.cuda.is_built() else ", and this torch is built for the CPU alone"
        raise UserError(
            f'Cannot use device "{name}": no GPU is visible{built}; set "device": "cpu", or check nvidia-smi'
        )
    count = torch.cuda.device_count()
    if (device.index or 0) >= count:
        raise UserError(
            f'Cannot use device "{name}": this machine shows {count} GPU{"s"[: count > 1]}; the last is "cuda:{count - 1}"'
        )
    return torch.device("cuda", device.index or 0)
