"""What a run says of its steps, once the device is through with them."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from torch import Tensor

from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.arrival import Arrival
from mathpie_gpu.training.method import Method, Start
from mathpie_gpu.training.step import adjust_loss_scale, peak_memory


@dataclass
class Launched:
    """A step (from 0) that the device was given: the numbers and the norm of take_step, what the sums are divided by, the step's tokens,
    its rate."""

    step: int
    arrival: Arrival
    weight: int
    tokens: int
    rate: float


class StepReports:
    """From step `first` on. `tokens`: of all steps that were waited for, and of those before a stop."""

    def __init__(self, method: Method, start: Start, *, first: int, loss_scale: Tensor) -> None:
        self.method, self.start, self.first, self.loss_scale = method, start, first, loss_scale
        self.tokens = start.steps.tokens_before(first)
        self.restart_clock()

    def restart_clock(self) -> None:
        """What comes before this does not count for the speed."""
        self.began, self.tokens_timed = time.perf_counter(), 0

    def wait_for(self, launched: Launched) -> bool:
        """Says how the step went; whether some process wants to stop. Raises UserError where the loss is not finite."""
        run, config, steps = self.start.run, self.start.config, self.start.steps
        *sums, stop_count, norm = launched.arrival.wait()
        measured = self.method.describe([value / launched.weight for value in sums])
        step, last = launched.step + 1, steps.count
        is_good = math.isfinite(sums[0]) and math.isfinite(norm)
        if self.start.plan.weights == "float16":
            adjust_loss_scale(self.loss_scale, is_good=is_good, step=launched.step)
        elif not is_good:
            raise UserError(
                f"Cannot go on training at step {step}: the loss is {measured['loss']} and the gradient's norm"
                f" {norm}; no weight was changed by it, lower learningRate and start again in another run directory"
            )
        self.tokens, self.tokens_timed = self.tokens + launched.tokens, self.tokens_timed + launched.tokens
        if step % config["logEvery"] == 0 or step == last:
            speed = self.tokens_timed / (time.perf_counter() - self.began)
            run.event(
                "step-end",
                step=step, steps=last, **measured, learningRate=launched.rate, gradientNorm=norm, tokens=self.tokens,
                tokensPerSecond=round(speed, 1), etaSeconds=round((last - step) * steps.mean_tokens / speed, 1),
                peakMemoryGiB=peak_memory(self.start.share.device),
            )  # fmt: skip
        # The first steps compile, and later only what is recent counts
        if launched.step < self.first + 3 or step % 50 == 0:
            self.restart_clock()
        return stop_count > 0
