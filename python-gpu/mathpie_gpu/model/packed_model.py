"""Llama-family causal language models on packed rows: documents lie one after another, without padding between them.

Llama, Mistral, Qwen2 and Qwen3 in one block: RMSNorm, rotary positions, grouped queries, SwiGLU. Query, key and value are
one matrix, gate and up another. All blocks share one compiled function, so the compiler runs once, not once a layer.

    shape = read_shape(AutoConfig.from_pretrained(folder))
    with torch.device("meta"):
        model = PackedModel(shape)
    model.to_empty(device=device)
    load_weights(model, folder)                                   # checkpoint_weights.py
    logits = model(ids, positions, bounds, longest)               # (tokens, vocabulary)
    loss = model(ids, positions, bounds, longest, places=places, head=lambda hidden, weight: ...)
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.distributed.tensor import DTensor
from torch.utils.checkpoint import CheckpointPolicy, checkpoint, create_selective_checkpoint_contexts

from mathpie_gpu.model.packed_attention import attend
from mathpie_gpu.model.rotary_attention import attend_rotated
from mathpie_gpu.model.swiglu import swiglu, swiglu_down

ARCHITECTURES = {"llama", "mistral", "qwen2", "qwen3"}
ROTARY_TYPES = {"default", "linear", "llama3", "yarn"}  # those whose frequencies do not depend on the text's length


@dataclass(frozen=True)
class Shape:
    vocabulary: int
    hidden: int
    intermediate: int
    layers: int
    heads: int
    key_value_heads: int
    head_size: int
    epsilon: float
    is_tied: bool
    has_qkv_bias: bool
    has_head_norms: bool  # Qwen3 normalises each query and key head
    frequencies: tuple[float, ...]
    rotary_factor: float = 1.0

    @property
    def parameters_per_layer(self) -> int:
        queries, keys = self.heads * self.head_size, self.key_value_heads * self.head_size
        biases = (queries + 2 * keys) * self.has_qkv_bias + 2 * self.head_size * self.has_head_norms
        return self.hidden * (2 * queries + 2 * keys + 3 * self.intermediate + 2) + biases

    @property
    def parameters(self) -> int:
        tables = self.vocabulary * self.hidden * (1 if self.is_tied else 2)
        return tables + self.layers * self.parameters_per_layer + self.hidden

    @property
    def computing_parameters(self) -> int:
        """Those that multiply each token: all but the embedding; a tied head multiplies too."""
        return self.layers * self.parameters_per_layer + self.vocabulary * self.hidden


def read_shape(config, *, longest_row: int = 0) -> Shape:
    """The shape of a transformers config. Raises NotImplementedError with the reason where PackedModel is not its equal."""
    if config.model_type not in ARCHITECTURES:
        raise NotImplementedError(
            f"the architecture {config.model_type} is not one of {', '.join(sorted(ARCHITECTURES))}"
        )
    if config.hidden_act != "silu":
        raise NotImplementedError(f"the activation {config.hidden_act} is not silu")
    if getattr(config, "attention_bias", False) or getattr(config, "mlp_bias", False):
        raise NotImplementedError("its projections have biases")
    window = getattr(config, "sliding_window", None)
    if window and getattr(config, "use_sliding_window", True) and longest_row > window:
        raise NotImplementedError(f"its attention window of {window} tokens is shorter than the rows ({longest_row})")
    frequencies, factor = rotary_frequencies(config)
    return Shape(
        vocabulary=config.vocab_size,
        hidden=config.hidden_size,
        intermediate=config.intermediate_size,
        layers=config.num_hidden_layers,
        heads=config.num_attention_heads,
        key_value_heads=config.num_key_value_heads,
        head_size=getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads,
        epsilon=config.rms_norm_eps,
        is_tied=config.tie_word_embeddings,
        has_qkv_bias=config.model_type == "qwen2",
        has_head_norms=config.model_type == "qwen3",
        frequencies=frequencies,
        rotary_factor=factor,
    )


def rotary_frequencies(config) -> tuple[tuple[float, ...], float]:
    """Inverse frequencies as transformers computes them, and the factor of cosine and sine (1 but for YaRN)."""
    from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

    rotary = LlamaRotaryEmbedding(config)
    kind = rotary.rope_type
    if kind not in ROTARY_TYPES:
        raise NotImplementedError(f'its rotary positions are of the kind "{kind}"')
    return tuple(rotary.inv_freq.double().tolist()), float(rotary.attention_scaling)


class Projection(nn.Linear):
    """A matrix that can be asked to multiply in another way (float8) or to add low-rank adapters."""

    def __init__(self, inputs: int, outputs: int, *, bias: bool) -> None:
        super().__init__(inputs, outputs, bias=bias)
        self.adapter: nn.Module | None = None
        self.multiply: Callable[[Projection, Tensor], Tensor] = multiply

    def forward(self, x: Tensor) -> Tensor:
        y = self.multiply(self, x)
        return y if self.adapter is None else y + self.adapter(x)


def multiply(matrix: Projection, x: Tensor) -> Tensor:
    return F.linear(x, matrix.weight, matrix.bias)


class Block(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        queries, keys = shape.heads * shape.head_size, shape.key_value_heads * shape.head_size
        self.attention_norm = nn.Parameter(torch.ones(shape.hidden))
        self.query_key_value = Projection(shape.hidden, queries + 2 * keys, bias=shape.has_qkv_bias)
        if shape.has_head_norms:
            self.query_norm = nn.Parameter(torch.ones(shape.head_size))
            self.key_norm = nn.Parameter(torch.ones(shape.head_size))
        self.attention_output = Projection(queries, shape.hidden, bias=False)
        self.mlp_norm = nn.Parameter(torch.ones(shape.hidden))
        self.gate_up = Projection(shape.hidden, 2 * shape.intermediate, bias=False)
        self.down = Projection(shape.intermediate, shape.hidden, bias=False)
        self.run: Callable[..., Tensor] = run_block
        self.attend: Callable[..., Tensor] = attend
        # Whose kernels do rotation and attention as one operation (rotary_attention.py), in place of `attend`
        self.joins_rotation: str | None = None
        self.joins_down = False  # SwiGLU and the last product are one operation (swiglu.py), in place of `activate` and `down`
        self.activate: Callable[[Tensor], Tensor] = swiglu

    def forward(self, x: Tensor, *inputs) -> Tensor:
        return self.run(self, x, *inputs)

    def compute(
        self, x: Tensor, cosine: Tensor, sine: Tensor, bounds: Tensor, longest: int, places: Tensor | None = None
    ) -> Tensor:
        """x: (tokens, hidden); cosine, sine: (tokens, 1, head size / 2) in float32; bounds: see PackedModel.forward; places:
        tokens whose result is asked for, the only ones that go on after attention."""
        shape = self.shape
        normed = F.rms_norm(x, (shape.hidden,), self.attention_norm, shape.epsilon)
        attended = self.mix(self.query_key_value(normed), cosine, sine, bounds, longest).reshape(len(x), -1)
        if places is not None:  # keys and values need every token; from here on each token is by itself
            x, attended = x.index_select(0, places), attended.index_select(0, places)
        x = x + self.attention_output(attended)
        normed = F.rms_norm(x, (shape.hidden,), self.mlp_norm, shape.epsilon)
        gate_up = self.gate_up(normed)
        return x + (swiglu_down(gate_up, self.down.weight) if self.joins_down else self.down(self.activate(gate_up)))

    def mix(self, projected: Tensor, cosine: Tensor, sine: Tensor, bounds: Tensor, longest: int) -> Tensor:
        """projected: (tokens, queries, keys and values of all heads). Gives (tokens, heads, head size)."""
        shape = self.shape
        if self.joins_rotation:
            heads = {"heads": shape.heads, "key_value_heads": shape.key_value_heads}
            return attend_rotated(projected, cosine, sine, bounds, longest, **heads, kernels=self.joins_rotation)
        heads = projected.view(len(projected), -1, shape.head_size)
        q, k, v = heads.split((shape.heads, shape.key_value_heads, shape.key_value_heads), 1)
        if shape.has_head_norms:
            q = F.rms_norm(q, (shape.head_size,), self.query_norm, shape.epsilon)
            k = F.rms_norm(k, (shape.head_size,), self.key_norm, shape.epsilon)
        return self.attend(rotate(q, cosine, sine), rotate(k, cosine, sine), v, bounds, longest)


class PackedModel(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.hidden)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.Parameter(torch.ones(shape.hidden))
        if not shape.is_tied:
            self.head = nn.Linear(shape.hidden, shape.vocabulary, bias=False)
        self.float8 = None  # float8_scales.Scales, where the blocks multiply in float8

    @property
    def head_weight(self) -> Tensor:
        return self.embedding.weight if self.shape.is_tied else self.head.weight

    def forward(
        self,
        ids: Tensor,
        positions: Tensor,
        bounds: Tensor,
        longest: int,
        *,
        places: Tensor | None = None,
        head: Callable[[Tensor, Tensor], Tensor] = F.linear,
    ) -> Tensor:
        """What `head` makes of the last hidden states (tokens, hidden) and the head's matrix: the logits, or a loss.

        ids, positions: (tokens,), positions start at 0 in each document; bounds: (documents + 1,) int32, cumulative lengths
        from 0 to the number of tokens, documents may be empty; longest: no document has more tokens. places: (places,), the
        tokens whose hidden states are asked for; for the others the last block's MLP is not computed. None: all.
        """
        # Once after each change of the weights, and not in every pass: there are several in a step.
        if self.float8 is not None and self.float8.is_stale:
            self.float8.refresh()
        cosine, sine = rotary_tables(self.shape, positions)
        x = self.embedding(ids)
        inputs = (cosine, sine, bounds, longest)
        for tensor in (x, cosine, sine, bounds, *(() if places is None else (places,))):
            torch._dynamo.maybe_mark_dynamic(tensor, 0)  # the number of tokens varies: one compilation serves all
        for block in self.blocks[:-1]:
            x = block(x, *inputs)
        x = self.blocks[-1](x, *inputs) if places is None else self.blocks[-1](x, *inputs, places)
        x = F.rms_norm(x, (self.shape.hidden,), self.norm, self.shape.epsilon)
        return head(x, self.head_weight)


def weights_changed(model: nn.Module) -> None:
    """To be called after every change of weights, before the next forward pass: what was derived from them is made anew."""
    if getattr(model, "float8", None) is not None:
        model.float8.is_stale = True


@torch.no_grad()
def initialise(model: nn.Module, *, seed: int, scale: float = 0.02) -> None:
    """Random weights for benchmarks and tests. Shards are filled by themselves; weights in 4 bits (nf4_linear.py) are left alone."""
    for number, parameter in enumerate(model.parameters()):
        if not parameter.is_floating_point():
            continue
        part = parameter.to_local() if isinstance(parameter, DTensor) else parameter
        if parameter.ndim > 1:
            part.normal_(0, scale, generator=torch.Generator(part.device).manual_seed(seed * 1_000_003 + number))
        else:
            part.fill_(1)


# --- positions -------------------------------------------------------------------------------------------------------


def rotary_tables(shape: Shape, positions: Tensor) -> tuple[Tensor, Tensor]:
    angles = torch.outer(positions.float(), frequencies_on(positions.device, shape.frequencies))[:, None]
    return angles.cos() * shape.rotary_factor, angles.sin() * shape.rotary_factor


@functools.cache
def frequencies_on(device: torch.device, frequencies: tuple[float, ...]) -> Tensor:
    """Sent once: a pass that is recorded as a CUDA graph cannot read what lies in the CPU's memory."""
    with torch.inference_mode(False):
        return torch.tensor(frequencies, dtype=torch.float32, device=device)


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    first, second = x.float().chunk(2, -1)
    return torch.cat((first * cosine - second * sine, second * cosine + first * sine), -1).to(x.dtype)


# --- what runs a block -----------------------------------------------------------------------------------------------


def run_block(block: Block, *inputs) -> Tensor:
    return block.compute(*inputs)


def make_block_runner(*, keep: str = "all", is_compiled: bool = False) -> Callable[..., Tensor]:
    """The function that all blocks share. `keep`: which activations stay in memory for the backward pass.

    Per token and layer, in units of `hidden` bf16 numbers, for a Llama of 7B: `all` about 17, `products` 11.4 (the results
    of matrix products and of attention; norms, rotations and SwiGLU are computed again, which costs no matrix product),
    `attention` 6 (gate and up are multiplied again, 15 % more arithmetic), `inputs` 1 (everything again, 33 % more).
    """
    if keep == "all":
        run = run_block
    else:
        options = {"context_fn": CONTEXTS[keep]} if keep in CONTEXTS else {}

        def run(block: Block, *inputs) -> Tensor:
            return checkpoint(block.compute, *inputs, use_reentrant=False, **options)

    return torch.compile(run) if is_compiled else run


def keep_products(_context, operation, *arguments, **_options) -> CheckpointPolicy:
    """Not what an adapter adds (rank numbers a token made as wide as the projection): as large as the projection's own result,
    and made again by next to no arithmetic."""
    keeps = is_product(operation) and widening(arguments) < 16
    return CheckpointPolicy.MUST_SAVE if keeps else CheckpointPolicy.PREFER_RECOMPUTE


def keep_attention(_context, operation, *arguments, **_options) -> CheckpointPolicy:
    """As keep_products, but a product more than four times as wide as its input (gate and up) is computed again."""
    keeps = is_product(operation) and widening(arguments) <= 4
    return CheckpointPolicy.MUST_SAVE if keeps else CheckpointPolicy.PREFER_RECOMPUTE


def widening(arguments: tuple) -> float:
    """How many times as wide as its input the result of a product of two matrices is; 0 for other operations."""
    matrices = [argument for argument in arguments if isinstance(argument, Tensor) and argument.ndim == 2]
    return matrices[-1].shape[1] / matrices[-1].shape[0] if len(matrices) > 1 else 0


# Besides products: the largest of a tensor (float8's scales), which is small and reads much.
PRODUCTS = (
    "aten.mm.",
    "aten.addmm.",
    "aten._scaled_mm.",
    "attn.default",
    "flash_attention",
    "efficient_attention",
    "aten.amax.",
)


def is_product(operation) -> bool:
    name = str(operation)
    return any(part in name for part in PRODUCTS) and "backward" not in name


CONTEXTS = {
    "products": functools.partial(create_selective_checkpoint_contexts, keep_products),
    "attention": functools.partial(create_selective_checkpoint_contexts, keep_attention),
}
