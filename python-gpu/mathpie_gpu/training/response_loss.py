"""What a model says of the responses of a pack: the two numbers that losses are made of."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mathpie_gpu.model.cross_entropy import summed_cross_entropy, token_log_probabilities
from mathpie_gpu.model.generic_model import logits_cross_entropy
from mathpie_gpu.rows.packing import IGNORED, Pack


def response_loss(model: nn.Module, pack: Pack, *, is_compiled: bool) -> Tensor:
    """Summed cross-entropy (nats) of the pack's response tokens."""

    def head(hidden: Tensor, weight: Tensor | None) -> Tensor:
        if weight is None:  # logits already: transformers' own model
            return logits_cross_entropy(hidden, pack.targets)
        return summed_cross_entropy(hidden, weight, pack.targets, is_compiled=is_compiled)

    return model(pack.ids, pack.positions, pack.bounds, pack.longest, places=pack.places, head=head)


def response_log_probabilities(model: nn.Module, pack: Pack, documents: int, *, is_compiled: bool) -> Tensor:
    """(documents,) float32, nats: the log-probability of the response of each of the pack's first `documents` documents."""

    def head(hidden: Tensor, weight: Tensor | None) -> Tensor:
        if weight is None:
            return -F.cross_entropy(hidden.float(), pack.targets, ignore_index=IGNORED, reduction="none")
        return token_log_probabilities(hidden, weight, pack.targets, is_compiled=is_compiled)

    tokens = model(pack.ids, pack.positions, pack.bounds, pack.longest, places=pack.places, head=head)
    # The places of filling count as the first document's, with 0 each; a pack without documents has them all the same.
    return sum_by_document(tokens, pack.place_documents, max(1, documents))[:documents]


def sum_by_document(tokens: Tensor, documents: Tensor, count: int) -> Tensor:
    """(count,) float32: the log-probability of each document's response. `documents` gives the document of each token."""
    total = torch.zeros(count, dtype=torch.float32, device=tokens.device)
    return total.index_add(0, documents, tokens.float())
