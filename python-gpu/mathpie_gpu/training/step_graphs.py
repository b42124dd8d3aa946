"""A step's passes and its update as CUDA graphs: recorded once for each size, then started as a whole.

A small model's kernels are shorter than their launches: of SmolLM2's shape a step launched for 95 ms what an H200 computed in 65. A
recorded pass is one launch. Its inputs lie in tensors of its own, its gradients are added to those that the parameters keep, and its
numbers are those of the same pass without a graph, to the bit.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn

from mathpie_gpu.rows.packing import Pack, to_device
from mathpie_gpu.training.split_adamw import SplitAdamW, clip_factor, gradient_norm

MOST_GRAPHS = 64  # each has its inputs and some megabytes of the driver's; what is beyond runs as it did
UNRECORDED_STEPS = 2  # the first ones compile, which no recording may hold
TENSORS = ("ids", "positions", "bounds", "places", "targets", "place_documents")


@dataclass
class Recording:
    graph: torch.cuda.CUDAGraph
    result: Any
    pack: Pack | None = None


class StepGraphs:
    """Of one model, one optimizer and one loss, on one GPU. `measure` as of take_step, with `Pack`s alone."""

    def __init__(
        self, model: nn.Module, optimizer: SplitAdamW, measure: Callable[[nn.Module, Any], tuple[Tensor, Tensor]], *,
        max_norm: float | None, on_failure: Callable[[str], None] = lambda message: None,
    ) -> None:  # fmt: skip
        """on_failure hears once why nothing more is recorded; the training goes on without."""
        self.model, self.optimizer, self.measure, self.max_norm = model, optimizer, measure, max_norm
        self.on_failure, self.has_failed = on_failure, False
        self.steps = 0
        self.recordings: dict[Hashable, Recording] = {}
        self.seen: set[Hashable] = set()
        self.pool = None

    def begin_step(self) -> bool:
        """Whether this step is one for graphs; the first ones are not."""
        self.steps += 1
        if self.steps <= UNRECORDED_STEPS:
            return False
        if self.steps == UNRECORDED_STEPS + 1:
            parameters = self.optimizer.parameters.values()
            device = next(iter(parameters)).device
            for parameter in parameters:
                parameter.grad = torch.zeros_like(parameter)
            self.factor = torch.ones((), device=device)
            self.numbers = torch.zeros(4, device=device)
            self.is_finite = torch.ones((), dtype=torch.bool, device=device)
        return True

    def run_pass(self, pack: Pack, factor: Tensor) -> Tensor:
        """Forward and backward of a pack, its loss times `factor`; the numbers of `measure`."""
        self.factor.copy_(factor)
        sizes = ("pass", pack.longest, *(len(getattr(pack, name)) for name in TENSORS))
        recording = self.recordings.get(sizes)
        if recording is None and self.is_due(sizes):
            inputs = replace(pack, **{name: getattr(pack, name).clone() for name in TENSORS})
            recording = self.try_recording(sizes, lambda: self.compute(inputs), pack=inputs)
        if recording is None:
            return self.compute(pack)
        for name in TENSORS:
            getattr(recording.pack, name).copy_(getattr(pack, name))
        recording.graph.replay()
        return recording.result  # to be added up before the next replay, which writes to the same place

    def update(self, *, learning_rate: float, is_finite: Tensor) -> Tensor:
        """The optimizer's step on the gradients of all passes, which are zero afterwards; their norm. Where it or `is_finite` is not, no
        weight changes."""
        # From pinned memory: a copy from other memory may wait for the passes before it.
        self.numbers.copy_(to_device(self.optimizer.next_numbers(learning_rate), self.numbers.device))
        self.is_finite.copy_(is_finite)
        recording = self.recordings.get("update")
        if recording is None and self.is_due("update"):
            recording = self.try_recording("update", self.apply)
        if recording is None:
            return self.apply()
        recording.graph.replay()
        return recording.result.clone()  # the next step's replay writes the norm to the same place

    def compute(self, pack: Pack) -> Tensor:
        loss, numbers = self.measure(self.model, pack)
        (loss * self.factor).backward()
        return numbers

    @torch.no_grad()
    def apply(self) -> Tensor:
        gradients = list(self.optimizer.gradients().values())
        norm = gradient_norm(gradients)
        self.optimizer.apply(self.numbers, clip_factor(norm, self.max_norm), self.is_finite & norm.isfinite())
        torch._foreach_zero_(gradients)
        return norm

    def is_due(self, key: Hashable) -> bool:
        """A size is computed once as it was, so that whatever is compiled for it is there, and recorded when it comes again."""
        was_seen = key in self.seen
        self.seen.add(key)
        return was_seen and not self.has_failed and len(self.recordings) < MOST_GRAPHS

    def try_recording(self, key: Hashable, compute: Callable[[], Any], *, pack: Pack | None = None) -> Recording | None:
        """None where this torch or this GPU cannot: nothing was computed then, and nothing is lost."""
        try:
            return self.record(key, compute, pack=pack)
        except RuntimeError as error:
            self.has_failed = True
            self.on_failure(f"Passes are not recorded as CUDA graphs any more: {str(error).splitlines()[0]}")
            return None

    def record(self, key: Hashable, compute: Callable[[], Any], *, pack: Pack | None = None) -> Recording:
        if not self.recordings:
            gc.collect()  # an autograd graph that is still there would bind its gradients to another stream
        graph, stream = torch.cuda.CUDAGraph(), torch.cuda.current_stream()
        try:
            with torch.cuda.graph(graph, pool=self.pool):
                result = compute()
        except RuntimeError:
            # Random numbers would go on counting for the recording that failed.
            generator = torch.cuda.default_generators[stream.device.index]
            generator.graphsafe_set_state(torch.Generator(stream.device).graphsafe_get_state())
            raise
        finally:
            torch.cuda.set_stream(stream)  # torch stays on its own stream where a recording fails, whose memory is another's
        self.pool = graph.pool()
        self.recordings[key] = recording = Recording(graph, result, pack)
        return recording
