"""What a training run needs of a GPU's memory, before anything is allocated, and what to change where it is too much."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from mathpie_gpu.model.cross_entropy import piece_size
from mathpie_gpu.model.nf4_linear import BYTES_PER_WEIGHT
from mathpie_gpu.model.packed_model import Shape

GIB = 2**30
# Activations kept a token and layer, in numbers of `hidden` elements; see packed_model.make_block_runner.
KEEPS = ("products", "attention", "inputs")


@dataclass(frozen=True)
class Plan:
    """What decides the memory. tokens: of one pass of one GPU."""

    tokens: int
    keep: str  # all, products, attention, inputs
    world: int
    weights: str  # split, float32, bfloat16, float16
    adapter_parameters: int = 0  # more than 0: the model itself is frozen
    accumulates: bool = True  # more than one pass a step
    accumulates_in_float32: bool = False
    moment_bytes: int = 4
    is_compiled: bool = True
    keeps_gathered: bool = False  # several GPUs: whole weights from the forward to the backward pass
    is_quantised: bool = False  # the layers' matrices in 4 bits (nf4_linear.py)
    keeps_float8: bool = False  # the layers' weights in float8 too, twice


@dataclass(frozen=True)
class Estimate:
    """GiB a GPU."""

    weights: float
    optimizer: float
    gradients: float
    activations: float
    working: float

    @property
    def total(self) -> float:
        return sum(asdict(self).values())


def estimate_memory(shape: Shape, plan: Plan) -> Estimate:
    """Of what torch allocates: within 2 % of one H200 and of two, 3 % with adapters (docs/performance.md)."""
    size = 4 if plan.weights == "float32" else 2
    total, trained = shape.parameters, plan.adapter_parameters or shape.parameters
    weights = total * size + (2 * shape.layers * shape.parameters_per_layer if plan.keeps_float8 else 0)
    if plan.is_quantised:
        weights -= shape.layers * shape.parameters_per_layer * (size - BYTES_PER_WEIGHT)
    weights += plan.adapter_parameters * (4 if plan.weights == "float16" else size)
    low = 2 if plan.weights == "split" else 0  # the other 16 bits of each float32 weight
    moments = 2 if plan.weights == "bfloat16" else plan.moment_bytes
    optimizer = trained * (low + 2 * moments)
    gradients = trained * (size + (4 if plan.accumulates and plan.accumulates_in_float32 and size == 2 else 0))
    gathered = 0
    if plan.world > 1:
        weights, optimizer, gradients = weights / plan.world, optimizer / plan.world, gradients / plan.world
        # Two layers and the tables are whole at a time, with their gradients before they are summed up.
        tables = shape.vocabulary * shape.hidden * (1 if shape.is_tied else 2)
        gathered = size * 2 * (2 * shape.parameters_per_layer + tables)
        if plan.keeps_gathered:
            gathered += size * (shape.layers - 2) * shape.parameters_per_layer
    activations = plan.tokens * shape.layers * kept_elements(shape, plan) * size
    one_layer = plan.tokens * widest_layer(shape) * size
    logits = piece_size(max(1, plan.tokens), shape.vocabulary) * shape.vocabulary * (size + 4)
    working = gathered + one_layer + logits + 0.05 * GIB
    if plan.is_quantised:  # the widest matrix is written out for its product
        working += 2 * shape.hidden * shape.intermediate * size
    return Estimate(*(round(value / GIB, 3) for value in (weights, optimizer, gradients, activations, working)))


def kept_elements(shape: Shape, plan: Plan) -> float:
    """Numbers kept a token and layer for the backward pass."""
    queries, keys = shape.heads * shape.head_size, shape.key_value_heads * shape.head_size
    products = (
        2 * shape.hidden + 2 * queries + 2 * keys
    )  # input, sum after attention, query key value, attention's result
    wide = 2 * shape.intermediate
    kept = {
        "inputs": shape.hidden,
        "attention": products,
        "products": products + wide,
        "all": products + wide + 2 * shape.hidden + shape.intermediate,  # the norms' results and SwiGLU's
    }[plan.keep]
    if plan.adapter_parameters and plan.keep == "all":
        kept += 2 * shape.hidden  # without it 53.6 GiB where an H200 took 56.8
    # Without the compiler, norms and rotations keep float32 copies, and adapters their inputs.
    return kept * (1 if plan.is_compiled or plan.keep == "inputs" else 1.6)


def widest_layer(shape: Shape) -> int:
    """What one layer's backward pass works with at a time, per token."""
    return 4 * shape.intermediate + 4 * shape.hidden + 3 * shape.heads * shape.head_size


def ways_out(shape: Shape, plan: Plan, *, room: float, longest_row: int, can_adapt: bool) -> str:
    """The smallest changes after which the run would fit in `room` GiB, in words."""
    found = []
    for keep in (plan.keep, *KEEPS):
        tokens = most_tokens(shape, replace(plan, keep=keep), room=room)
        if tokens >= longest_row:
            change = f'"tokensPerPass": {tokens}'
            found.append(change if keep == plan.keep else f'"keepActivations": "{keep}" with {change}')
            break
    for world in (2, 4, 8, 16, 32, 64):
        spread = replace(plan, world=plan.world * world)
        if not found and most_tokens(shape, spread, room=room) >= longest_row:
            found.append(f"{plan.world * world} such GPUs (torchrun --nproc_per_node={plan.world * world})")
            break
    summed = replace(plan, accumulates_in_float32=False)
    if plan.accumulates_in_float32 and most_tokens(shape, summed, room=room) >= longest_row:
        found.append('"accumulateIn": "own"')
    if can_adapt and not plan.adapter_parameters:
        adapted = replace(plan, adapter_parameters=shape.parameters // 100, keep="inputs")
        if most_tokens(shape, adapted, room=room) >= longest_row:
            found.append('"lora": {"rank": 16} with "keepActivations": "inputs"')
    return " or ".join(found) or "a smaller model"


def most_tokens(shape: Shape, plan: Plan, *, room: float, step: int = 128) -> int:
    """The most tokens a pass that fit in `room` GiB; 0 where nothing does."""
    low, high = 0, 1 << 20
    while high - low > step:
        middle = (low + high) // 2 // step * step or step
        fits = estimate_memory(shape, replace(plan, tokens=middle)).total <= room
        low, high = (middle, high) if fits else (low, middle)
    return low
