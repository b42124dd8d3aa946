"""Cross-entropy of hidden states against the head's matrix, a piece of the tokens at a time: full logits never exist."""

from __future__ import annotations

import functools

import torch
import torch.nn.functional as F
from torch import Tensor

from mathpie_gpu.rows.packing import IGNORED

PIECE = 4096  # at most so many tokens' logits exist at one moment
PIECE_LOGITS = 1 << 27  # and so many numbers


def piece_size(tokens: int, vocabulary: int) -> int:
    """Tokens are cut into pieces of about equal size, as few as may be."""
    most = max(1, min(PIECE, PIECE_LOGITS // vocabulary))
    return -(-tokens // -(-tokens // most))


def summed_cross_entropy(hidden: Tensor, weight: Tensor, targets: Tensor, *, is_compiled: bool = False) -> Tensor:
    """Sum (not mean, float32) of -log softmax(hidden @ weight.T)[target] over the targets that are not -100.

    hidden: (tokens, hidden), weight: (vocabulary, hidden), targets: (tokens,). The gradients are computed together with the
    loss, so the logits are multiplied out once and never kept.
    """
    return SummedCrossEntropy.apply(hidden, weight, targets, is_compiled)


def token_log_probabilities(hidden: Tensor, weight: Tensor, targets: Tensor, *, is_compiled: bool = False) -> Tensor:
    """(tokens,) float32: log softmax(hidden @ weight.T)[target], 0 where the target is -100. Logits are computed again in
    the backward pass."""
    return TokenLogProbabilities.apply(hidden, weight, targets, is_compiled)


class SummedCrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, hidden: Tensor, weight: Tensor, targets: Tensor, is_compiled: bool) -> Tensor:
        wants_hidden, wants_weight = ctx.needs_input_grad[:2]
        total = torch.zeros((), device=hidden.device)
        hidden_gradient = torch.empty_like(hidden) if wants_hidden else None
        weight_gradient = None
        piece_function = loss_and_logit_gradient(is_compiled)
        size = piece_size(len(hidden), len(weight))
        for start in range(0, len(hidden), size):
            part, asked = hidden[start : start + size], targets[start : start + size]
            if is_compiled:  # the number of tokens varies: one compilation serves all
                torch._dynamo.maybe_mark_dynamic(part, 0)
                torch._dynamo.maybe_mark_dynamic(asked, 0)
            losses, logit_gradient = piece_function(part, weight, asked)
            total += losses.sum()
            if wants_hidden:
                torch.mm(logit_gradient, weight, out=hidden_gradient[start : start + size])
            # A single piece stays in the weight's dtype, without a float32 table beside it; several are added up in float32.
            if wants_weight and weight_gradient is None:
                weight_gradient = logit_gradient.T @ part
            elif wants_weight:
                weight_gradient = weight_gradient.float().add_(logit_gradient.T @ part)
        ctx.save_for_backward(hidden_gradient, weight_gradient)
        ctx.weight_dtype = weight.dtype
        return total

    @staticmethod
    def backward(ctx, upstream: Tensor) -> tuple:
        hidden_gradient, weight_gradient = ctx.saved_tensors
        if hidden_gradient is not None:
            hidden_gradient = hidden_gradient.mul_(upstream.to(hidden_gradient.dtype))
        if weight_gradient is not None:
            weight_gradient = weight_gradient.mul_(upstream).to(
                ctx.weight_dtype
            )  # a table in float32 is large: no second one
        return hidden_gradient, weight_gradient, None, None


class TokenLogProbabilities(torch.autograd.Function):
    @staticmethod
    def forward(ctx, hidden: Tensor, weight: Tensor, targets: Tensor, is_compiled: bool) -> Tensor:
        ctx.save_for_backward(hidden, weight, targets)
        ctx.is_compiled = is_compiled
        size = piece_size(len(hidden), len(weight))
        pieces = zip(hidden.split(size), targets.split(size))
        return -torch.cat([piece_losses(is_compiled)(part, weight, asked) for part, asked in pieces])

    @staticmethod
    def backward(ctx, upstream: Tensor) -> tuple:
        hidden, weight, targets = ctx.saved_tensors
        wants_hidden, wants_weight = ctx.needs_input_grad[:2]
        hidden_gradient = torch.empty_like(hidden) if wants_hidden else None
        weight_gradient = torch.zeros_like(weight, dtype=torch.float32) if wants_weight else None
        size = piece_size(len(hidden), len(weight))
        for start in range(0, len(hidden), size):
            part, asked = hidden[start : start + size], targets[start : start + size]
            _, logit_gradient = loss_and_logit_gradient(ctx.is_compiled)(part, weight, asked)
            logit_gradient = logit_gradient * -upstream[start : start + size, None].to(logit_gradient.dtype)
            if wants_hidden:
                torch.mm(logit_gradient, weight, out=hidden_gradient[start : start + size])
            if wants_weight:
                weight_gradient.add_(logit_gradient.T @ part)
        return hidden_gradient, None if weight_gradient is None else weight_gradient.to(weight.dtype), None, None


@functools.cache
def loss_and_logit_gradient(is_compiled: bool):
    return torch.compile(compute_loss_and_gradient) if is_compiled else compute_loss_and_gradient


@functools.cache
def piece_losses(is_compiled: bool):
    return torch.compile(compute_losses) if is_compiled else compute_losses


def compute_losses(hidden: Tensor, weight: Tensor, targets: Tensor) -> Tensor:
    logits = F.linear(hidden, weight).float()
    return F.cross_entropy(logits, targets, ignore_index=IGNORED, reduction="none")


def compute_loss_and_gradient(hidden: Tensor, weight: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
    """Losses (tokens,) and softmax - onehot (tokens, vocabulary) in the dtype of the weight; zeros where ignored."""
    logits = F.linear(hidden, weight).float()
    asked = targets != IGNORED
    safe = torch.where(asked, targets, 0)
    total = torch.logsumexp(logits, -1)
    losses = torch.where(asked, total - logits.gather(1, safe[:, None])[:, 0], 0.0)
    columns = torch.arange(weight.shape[0], device=weight.device)
    gradient = torch.exp(logits - total[:, None]) - (columns == safe[:, None]).float()
    return losses, torch.where(asked[:, None], gradient, 0.0).to(weight.dtype)
