"""Reward models whose own code no longer imports on today's transformers, rebuilt on its Llama and Qwen2 bodies.

ArmoRM and the Qwen2.5-Math reward models ship Python files written for transformers 4.4x; their weights are plain safetensors. These
modules carry the same parameter names, so that `from_pretrained` fills them without running a line of anybody's remote code.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn
from transformers import LlamaModel, Qwen2Model
from transformers.models.llama.modeling_llama import LlamaPreTrainedModel
from transformers.models.qwen2.modeling_qwen2 import Qwen2PreTrainedModel


class GatedRewardModel(LlamaPreTrainedModel):
    """ArmoRM (Wang et al. 2024, arXiv 2406.12845): rewards for many objectives, weighed by a gate that reads the prompt alone."""

    def __init__(self, config) -> None:
        super().__init__(config)
        objectives = getattr(config, "num_objectives", 19)
        self.model = LlamaModel(config)
        self.regression_layer = nn.Linear(config.hidden_size, objectives, bias=False)
        self.gating = Gate(
            config.hidden_size,
            objectives,
            width=getattr(config, "gating_hidden_dim", 1024),
            depth=getattr(config, "gating_n_hidden", 3),
            temperature=getattr(config, "gating_temperature", 10),
        )
        self.reward_transform_matrix = nn.Parameter(torch.zeros(objectives, objectives), requires_grad=False)
        self.post_init()

    def forward(
        self, input_ids: torch.Tensor, last: torch.Tensor, gate: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """`input_ids` (rows, tokens), padded on the right; `last`, `gate` (rows): where the text ends, and where the prompt does."""
        hidden = self.model(input_ids=input_ids, use_cache=False).last_hidden_state
        row = torch.arange(len(hidden), device=hidden.device)
        rewards = self.regression_layer(hidden[row, last.to(hidden.device)])
        weights = self.gating(hidden[row, gate.to(hidden.device)])
        return (weights * (rewards @ self.reward_transform_matrix)).sum(-1), rewards


class Gate(nn.Module):
    """A small network that says how much each objective counts for this prompt; the weights add up to `logit_scale`."""

    def __init__(self, inputs: int, outputs: int, *, width: int, depth: int, temperature: float) -> None:
        super().__init__()
        sizes = [inputs] + [width] * depth
        self.temperature = temperature
        self.logit_scale = nn.Parameter(torch.ones(1))
        self.layers = nn.ModuleList(
            [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])] + [nn.Linear(sizes[-1], outputs)]
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        return F.softmax(self.layers[-1](x) / self.temperature, dim=-1) * self.logit_scale


class QwenRewardModel(Qwen2PreTrainedModel):
    """Qwen2.5-Math-RM: a two-layer head over every position; the reward is read at the last token."""

    labels = 1

    def __init__(self, config) -> None:
        super().__init__(config)
        self.model = Qwen2Model(config)
        self.score = nn.Sequential(
            nn.Linear(config.hidden_size, config.hidden_size),
            nn.ReLU(),
            nn.Linear(config.hidden_size, self.labels),
        )
        self.post_init()

    def forward(self, input_ids: torch.Tensor, rows: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        """Logits (n, labels) at the n places (`rows[i]`, `positions[i]`); the head runs nowhere else."""
        hidden = self.model(input_ids=input_ids, use_cache=False).last_hidden_state
        return self.score(hidden[rows.to(hidden.device), positions.to(hidden.device)])


class QwenProcessRewardModel(QwenRewardModel):
    """Qwen2.5-Math-PRM (Zhang et al. 2025, arXiv 2501.07301): two logits, bad and good, after every step of the solution."""

    labels = 2


# The names that stand under "architectures" in the checkpoints' config.json.
REBUILT = {
    "LlamaForRewardModelWithGating": GatedRewardModel,
    "Qwen2ForRewardModel": QwenRewardModel,
    "Qwen2ForProcessRewardModel": QwenProcessRewardModel,
}
