"""AdamW on bf16 weights whose other 16 bits lie beside them: exactly float32 weights, without a second copy.

A float32 number is its upper half, rounded to the nearest bf16, plus a signed 16-bit difference. The model computes with
the upper halves, which are its parameters; the lower halves live here with Adam's float32 moments: 14 bytes a parameter with
bf16 gradients. (All in float32 it is 16, and a cast for every use.) float16 weights get a float32 copy, float32 ones need none.

Works on shards: where a parameter is a DTensor (FSDP2), so are its states, and only local parts are computed.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.distributed.tensor import DTensor

from mathpie_gpu.model.sharding import like_shard, local
from mathpie_gpu.model.split_weights import join, split


class SplitAdamW:
    """Updates follow torch.optim.AdamW bit for bit where the compiler is off; weight decay spares vectors (norms, biases)."""

    def __init__(
        self,
        parameters: Iterable[tuple[str, nn.Parameter]],
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
        weight_decay: float = 0.0,
        moment_dtype: torch.dtype = torch.float32,
        is_exact: bool = True,
        is_compiled: bool = False,
        low_bits: dict[str, Tensor] | None = None,
    ) -> None:
        self.parameters = {name: parameter for name, parameter in parameters if parameter.requires_grad}
        self.betas, self.epsilon, self.weight_decay = betas, epsilon, weight_decay
        self.update = compiled_update() if is_compiled else update
        self.is_compiled = is_compiled
        self.step_count = torch.zeros((), dtype=torch.int64)
        self.sums: dict[str, Tensor] = {}  # float32 gradients, where several passes are added up in it
        self.states: dict[str, dict[str, Tensor]] = {}
        for name, parameter in self.parameters.items():
            state = {moment: zeros_like(parameter, moment_dtype) for moment in ("first", "second")}
            if is_exact and parameter.dtype == torch.bfloat16:
                state["low"] = zeros_like(parameter, torch.int16)
                if low_bits and name in low_bits:
                    local(state["low"]).copy_(low_bits[name])
            if is_exact and parameter.dtype == torch.float16:  # no prefix of a float32: a copy it has to be
                state["master"] = like_shard(local(parameter.data).float(), parameter)
            self.states[name] = state

    def step(self, *, learning_rate: float, scale: Tensor | float = 1.0, is_finite: Tensor | bool = True) -> None:
        """One update with gradients times `scale`. Where `is_finite` is false (a tensor: nobody waits for the device),
        nothing changes but the count of steps."""
        device = next(iter(self.parameters.values())).device
        numbers = self.next_numbers(learning_rate).to(device, non_blocking=True)
        scale = torch.as_tensor(scale, dtype=torch.float32, device=device)
        self.apply(numbers, scale, torch.as_tensor(is_finite, device=device))

    def next_numbers(self, learning_rate: float) -> Tensor:
        """(4,) float32, on the CPU: what the next step, which is counted by this, multiplies with (`update` says what they are)."""
        self.step_count += 1
        steps = int(self.step_count)
        first, second = self.betas
        decay = 1 - learning_rate * self.weight_decay
        return torch.tensor((decay, 1.0, -learning_rate / (1 - first**steps), math.sqrt(1 - second**steps)), dtype=torch.float32)

    @torch.no_grad()
    def apply(self, numbers: Tensor, scale: Tensor, is_finite: Tensor) -> None:
        """The update itself, of tensors on the device alone."""
        decay, no_decay, size, root = numbers
        first, second = self.betas
        for name, gradient in self.gradients().items():
            parameter = self.parameters[name]
            state = {key: as_rows(tensor) for key, tensor in self.states[name].items()}
            weight, gradient = as_rows(parameter.data), as_rows(gradient)
            if weight.numel() == 0:
                continue  # a shard may be empty
            if self.is_compiled:  # one kernel for all shapes
                for tensor in (weight, gradient, *state.values()):
                    torch._dynamo.maybe_mark_dynamic(tensor, 0)
            self.update(
                weight, state.get("low"), state.get("master"), gradient, state["first"], state["second"],
                decay if parameter.ndim > 1 else no_decay, size, root, scale, is_finite, first, second, self.epsilon,
            )  # fmt: skip

    def gradients(self) -> dict[str, Tensor]:
        found = {name: self.sums.get(name, parameter.grad) for name, parameter in self.parameters.items()}
        return {name: gradient for name, gradient in found.items() if gradient is not None}

    @torch.no_grad()
    def add_gradients(self) -> None:
        """Moves the gradients of one pass into float32 sums; `gradients` and `step` then mean these."""
        for name, parameter in self.parameters.items():
            if parameter.grad is not None:
                self.sums[name] = self.sums[name].add_(parameter.grad) if name in self.sums else parameter.grad.float()
                parameter.grad = None

    def zero_gradients(self) -> None:
        self.sums = {}
        for parameter in self.parameters.values():
            parameter.grad = None

    def state_dict(self) -> dict[str, Tensor]:
        """Flat; the tensors themselves, so that a checkpoint can be loaded in place."""
        states = {f"{name}.{key}": tensor for name, state in self.states.items() for key, tensor in state.items()}
        return states | {"step_count": self.step_count}

    def exact_weight(self, name: str) -> Tensor:
        """The float32 weight; a DTensor where the parameter is one."""
        parameter, state = self.parameters[name].data, self.states[name]
        if "low" in state:
            return like_shard(join(local(parameter), local(state["low"])), parameter)
        return state["master"] if "master" in state else parameter.float()


def open_optimizer(
    model: nn.Module, low_bits: dict[str, Tensor], config: dict[str, Any], *, weights: str, is_compiled: bool
) -> SplitAdamW:
    """`config`: beta1, beta2, epsilon, weightDecay, momentDtype. `weights`: split, float32, bfloat16 or float16."""
    return SplitAdamW(
        model.named_parameters(), betas=(config["beta1"], config["beta2"]), epsilon=config["epsilon"],
        weight_decay=config["weightDecay"], is_exact=weights in ("split", "float16"), is_compiled=is_compiled, low_bits=low_bits,
        moment_dtype=torch.bfloat16 if weights == "bfloat16" else getattr(torch, config["momentDtype"]),
    )  # fmt: skip


def update(
    weight: Tensor, low: Tensor | None, master: Tensor | None, gradient: Tensor, first: Tensor, second: Tensor,
    decay: Tensor, size: Tensor, root: Tensor, scale: Tensor, is_finite: Tensor, beta1: float, beta2: float, epsilon: float,
) -> None:  # fmt: skip
    """AdamW (Loshchilov and Hutter, 2019, algorithm 2) in one pass over flat tensors, in the order of torch.optim.AdamW.

    size = -learning rate / (1 - beta1^t), root = sqrt(1 - beta2^t), decay = 1 - learning rate * weight decay.
    """
    exact = join(weight, low) if low is not None else (weight if master is None else master).float()
    gradient = gradient.float() * scale
    new_first = torch.lerp(first.float(), gradient, 1 - beta1)
    new_second = torch.addcmul(second.float() * beta2, gradient, gradient, value=1 - beta2)
    new = exact * decay
    new = new + size * new_first / (new_second.sqrt() / root + epsilon)
    new = torch.where(is_finite, new, exact)
    first.copy_(torch.where(is_finite, new_first, first.float()))
    second.copy_(torch.where(is_finite, new_second, second.float()))
    if low is not None:
        high, rest = split(new)
        weight.copy_(high)
        low.copy_(rest)
    else:
        weight.copy_(new)
        if master is not None:
            master.copy_(new)


@functools.cache
def compiled_update():
    return torch.compile(update)


# --- gradients -------------------------------------------------------------------------------------------------------


def gradient_norm(gradients: Iterable[Tensor]) -> Tensor:
    """The 2-norm of all gradients together, over all shards, accumulated in float32; a tensor on their device."""
    gradients = list(gradients)
    norms = torch._foreach_norm([local(gradient) for gradient in gradients], 2, dtype=torch.float32)
    squares = torch.stack(norms).square().sum()
    if any(isinstance(gradient, DTensor) for gradient in gradients):
        dist.all_reduce(squares)
    return squares.sqrt()


def clip_factor(norm: Tensor, maximum: float | None) -> Tensor:
    """What gradients are multiplied with so that their norm is at most `maximum`, as torch.nn.utils.clip_grad_norm_ does."""
    return torch.ones_like(norm) if not maximum else (maximum / (norm + 1e-6)).clamp(max=1.0)


# --- shards ----------------------------------------------------------------------------------------------------------


def as_rows(tensor: Tensor) -> Tensor:
    """(rows, width) with a width that the compiler knows, a power of two: memory is then read 16 bytes at a time."""
    tensor = local(tensor)
    return tensor.reshape(-1, math.gcd(tensor.numel(), 256) or 1)


def zeros_like(parameter: Tensor, dtype: torch.dtype) -> Tensor:
    return like_shard(torch.zeros_like(local(parameter), dtype=dtype), parameter)
