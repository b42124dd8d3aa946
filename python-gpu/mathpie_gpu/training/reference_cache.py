"""Log-probabilities of the reference model: computed once for a set of pairs, kept on disk, found again by what they were made of."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from mathpie_gpu.run.whole_file import write_whole

SAMPLES_PER_FILE, SAMPLE_BYTES = 16, 1 << 16


class ReferenceCache:
    """`values` (pairs, 2) float32: log-probabilities of the chosen and the rejected response, NaN where not computed yet."""

    def __init__(self, folder: Path, *, checkpoint: Path, fingerprint: str, pairs: int, settings: str) -> None:
        """`fingerprint` is that of the tokenized pairs; `settings` names whatever else changes the numbers (the dtype)."""
        key = hashlib.sha256("\n".join([checkpoint_key(checkpoint), fingerprint, settings]).encode()).hexdigest()
        self.path = folder / f"reference-{key[:16]}.npy"
        self.values = np.full((pairs, 2), np.nan, dtype=np.float32)
        try:
            found = np.load(self.path)
        except (OSError, ValueError, EOFError):
            return  # none yet, or one that is damaged: computed anew
        if found.shape == self.values.shape and found.dtype == np.float32:
            self.values = found

    @property
    def missing(self) -> np.ndarray:
        """The numbers of the pairs that have no values yet."""
        return np.flatnonzero(np.isnan(self.values).any(1))

    def save(self) -> None:
        with write_whole(self.path) as file:
            np.save(file, self.values)


def checkpoint_key(folder: Path) -> str:
    """Which weights lie in a folder: config, names, sizes, and samples of each file's bytes. Reading 140 GB to the end would take
    longer than the reference's log-probabilities of a small set."""
    digest = hashlib.sha256()
    digest.update((folder / "config.json").read_bytes())
    for path in sorted([*folder.glob("*.safetensors"), *folder.glob("pytorch_model*.bin")]):
        size = path.stat().st_size
        digest.update(f"{path.name} {size}\n".encode())
        with open(path, "rb") as file:
            for sample in range(SAMPLES_PER_FILE):
                file.seek(max(0, size - SAMPLE_BYTES) * sample // (SAMPLES_PER_FILE - 1))
                digest.update(file.read(SAMPLE_BYTES))
    return digest.hexdigest()
