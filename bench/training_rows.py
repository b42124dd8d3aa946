"""Rows for both sides of bench/train.py: lengths as MetaMathQA-like rows have them, half of each row to be learnt."""

from __future__ import annotations

import math

import torch

# hidden, intermediate, layers, heads, key-value heads, vocabulary
SHAPES = {
    "tiny": (64, 160, 2, 4, 2, 512),
    "smollm2-135m": (576, 1536, 30, 9, 3, 49152),
    "llama-160m": (768, 2048, 12, 12, 12, 32000),
    "llama-1.1b": (2048, 5632, 22, 32, 4, 32000),
    "llama-7b": (4096, 11008, 32, 32, 32, 32000),
}
TIED = {"smollm2-135m"}  # the head is the embedding
LEARNABLE = 512  # tokens that learnable rows are made of


def row_lengths(count: int, generator: torch.Generator) -> list[int]:
    """Log-normal, 48 to 512 tokens, mean near 230."""
    return torch.exp(torch.randn(count, generator=generator) * 0.45 + math.log(205)).clamp(48, 512).int().tolist()


def make_rows(count: int, vocabulary: int, *, is_learnable: bool = False, seed: int = 0) -> list[torch.Tensor]:
    """Token ids. Learnable ones are chains: the first token chooses one of eight permutations, each token is the image of the
    one before it (or, one time in ten, any), so the loss of a model that has learnt them is near 0.9 nats."""
    generator = torch.Generator().manual_seed(seed)
    lengths = row_lengths(count, generator)
    if not is_learnable:
        return [torch.randint(5, vocabulary, (length,), generator=generator) for length in lengths]
    size = min(LEARNABLE, vocabulary - 8)
    successors = torch.stack([torch.randperm(size, generator=generator) for _ in range(8)])
    kinds = torch.randint(0, 8, (count,), generator=generator)
    longest = max(lengths)
    chain = torch.randint(0, size, (count, longest), generator=generator)
    is_noise = torch.rand(count, longest, generator=generator) < 0.1
    for place in range(2, longest):
        followed = successors[kinds, chain[:, place - 1]]
        chain[:, place] = torch.where(is_noise[:, place], chain[:, place], followed)
    chain += 8
    chain[:, 0] = kinds
    return [chain[row, :length] for row, length in enumerate(lengths)]


def computing_parameters(shape: str) -> int:
    """N of 6 N FLOP a token: all but the embedding and the norms."""
    hidden, intermediate, layers, heads, key_value_heads, vocabulary = SHAPES[shape]
    return vocabulary * hidden + layers * (
        2 * hidden * hidden * (1 + key_value_heads / heads) + 3 * hidden * intermediate
    )


def llama_config(shape: str):
    from transformers import LlamaConfig

    hidden, intermediate, layers, heads, key_value_heads, vocabulary = SHAPES[shape]
    return LlamaConfig(
        hidden_size=hidden,
        intermediate_size=intermediate,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        num_key_value_heads=key_value_heads,
        vocab_size=vocabulary,
        max_position_embeddings=2048,
        tie_word_embeddings=shape in TIED,
        use_cache=False,
    )
