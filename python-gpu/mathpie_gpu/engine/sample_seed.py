"""The seed of sample i of a request; the same numbers as src/models/sample-seed.ts."""

from __future__ import annotations

MASK = 0xFFFFFFFF


def sample_seed(seed: int, sample: int) -> int:
    """32 bits, mixed by the finaliser of MurmurHash3 (Appleby), so that neighbours have nothing in common."""
    mixed = (seed ^ ((sample + 1) * 0x9E3779B1)) & MASK
    mixed = ((mixed ^ (mixed >> 16)) * 0x85EBCA6B) & MASK
    mixed = ((mixed ^ (mixed >> 13)) * 0xC2B2AE35) & MASK
    return (mixed ^ (mixed >> 16)) % MASK
