"""Numbers on their way from the device to the CPU."""

from __future__ import annotations

import torch
from torch import Tensor


class Arrival:
    """They travel behind what the device was given before them and ahead of what it is given next: who waits for them waits for no later
    step."""

    def __init__(self, numbers: Tensor) -> None:
        self.numbers, self.event = numbers, None
        if numbers.is_cuda:
            self.numbers = torch.empty(numbers.shape, dtype=numbers.dtype, pin_memory=True)
            self.numbers.copy_(numbers, non_blocking=True)
            self.event = torch.cuda.Event()
            self.event.record()

    def wait(self) -> list[float]:
        if self.event is not None:
            self.event.synchronize()
        return self.numbers.tolist()
