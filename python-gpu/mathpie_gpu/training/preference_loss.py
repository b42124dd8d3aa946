"""Direct preference optimisation (Rafailov et al. 2023, arXiv 2305.18290): what a pair of responses says about the policy.

    reward of a response  =  beta * (log p_policy(response | prompt) - log p_reference(response | prompt))
    loss of a pair        =  -log sigmoid(reward of chosen - reward of rejected)                                  (equation 7)
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mathpie_gpu.rows.items import PairPack
from mathpie_gpu.training.response_loss import response_log_probabilities


@dataclass
class PairLosses:
    """One number a pair each, float32. `accuracy` is 1 where the chosen response has the higher reward, 0.5 where they are equal."""

    loss: Tensor
    chosen_reward: Tensor
    rejected_reward: Tensor
    accuracy: Tensor


def pair_losses(
    chosen: Tensor,
    rejected: Tensor,
    reference_chosen: Tensor,
    reference_rejected: Tensor,
    *,
    chosen_tokens: Tensor,
    rejected_tokens: Tensor,
    beta: float,
    label_smoothing: float = 0.0,
    chosen_loss_weight: float = 0.0,
    is_length_normalised: bool = False,
) -> PairLosses:
    """All tensors have the shape (pairs,): log-probabilities of whole responses in nats, and how many tokens they have.

    label_smoothing: the share of pairs whose labels are taken to be swapped (conservative DPO, Mitchell 2023).
    chosen_loss_weight: of the chosen response's mean negative log-likelihood, added to the loss (Pang et al. 2024, arXiv
    2404.19733): it keeps the chosen response from becoming less likely, as it does in reasoning.
    is_length_normalised: mean instead of summed log-probabilities, so that long responses do not count for more (Lambert et al.
    2024, Tülu 3, arXiv 2411.15124); beta is then about 50 times as large.
    """
    chosen_ratio = chosen.float() - reference_chosen.float()
    rejected_ratio = rejected.float() - reference_rejected.float()
    if is_length_normalised:
        chosen_ratio, rejected_ratio = chosen_ratio / chosen_tokens, rejected_ratio / rejected_tokens
    margin = beta * (chosen_ratio - rejected_ratio)
    # log(1 - sigmoid(x)) = log sigmoid(-x), which does not underflow.
    loss = -(1 - label_smoothing) * F.logsigmoid(margin)
    if label_smoothing:
        loss = loss - label_smoothing * F.logsigmoid(-margin)
    if chosen_loss_weight:
        loss = loss - chosen_loss_weight * chosen.float() / chosen_tokens
    with torch.no_grad():
        accuracy = (margin > 0).float() + 0.5 * (margin == 0).float()
    return PairLosses(loss, beta * chosen_ratio.detach(), beta * rejected_ratio.detach(), accuracy)


def pair_log_probabilities(model: nn.Module, batch: PairPack, *, is_compiled: bool) -> Tensor:
    """(pairs, 2) float32, nats: the log-probability of the chosen and the rejected response of each pair of the pack."""
    return response_log_probabilities(model, batch.pack, 2 * len(batch.pairs), is_compiled=is_compiled).view(-1, 2)
