"""The DPO loss against the formula in plain arithmetic, and preference rows of every known shape."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import torch

from mathpie_gpu.rows.preference_pairs import read_pairs, to_pair
from mathpie_gpu.training.preference_loss import pair_losses
from mathpie_gpu.training.response_loss import sum_by_document

# log-probabilities of two pairs: the policy prefers the chosen response of the first and the rejected one of the second
CHOSEN, REJECTED = [-10.0, -30.0], [-14.0, -20.0]
REFERENCE_CHOSEN, REFERENCE_REJECTED = [-12.0, -25.0], [-13.0, -24.0]
CHOSEN_TOKENS, REJECTED_TOKENS = [5.0, 10.0], [4.0, 8.0]


def losses(**options):
    numbers = [torch.tensor(one) for one in (CHOSEN, REJECTED, REFERENCE_CHOSEN, REFERENCE_REJECTED)]
    tokens = {"chosen_tokens": torch.tensor(CHOSEN_TOKENS), "rejected_tokens": torch.tensor(REJECTED_TOKENS)}
    return pair_losses(*numbers, **tokens, **{"beta": 0.1, **options})


def minus_log_sigmoid(x: float) -> float:
    return math.log(1 + math.exp(-x))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # beta * ((-10 + 12) - (-14 + 13)) = 0.3 and beta * ((-30 + 25) - (-20 + 24)) = -0.9
        ({}, [minus_log_sigmoid(0.3), minus_log_sigmoid(-0.9)]),
        ({"beta": 0.5}, [minus_log_sigmoid(1.5), minus_log_sigmoid(-4.5)]),
        (
            {"label_smoothing": 0.2},
            [0.8 * minus_log_sigmoid(0.3) + 0.2 * minus_log_sigmoid(-0.3), 0.8 * minus_log_sigmoid(-0.9) + 0.2 * minus_log_sigmoid(0.9)],
        ),
        ({"chosen_loss_weight": 2.0}, [minus_log_sigmoid(0.3) + 2 * 10 / 5, minus_log_sigmoid(-0.9) + 2 * 30 / 10]),
        (
            {"is_length_normalised": True, "beta": 5.0},
            [minus_log_sigmoid(5 * (2 / 5 + 1 / 4)), minus_log_sigmoid(5 * (-5 / 10 - 4 / 8))],
        ),
    ],
)
def test_the_loss_is_the_formula_on_numbers_made_by_hand(options: dict, expected: list[float]) -> None:
    assert losses(**options).loss.tolist() == pytest.approx(expected, rel=1e-6)


def test_rewards_and_accuracy_are_those_of_the_pairs() -> None:
    found = losses()
    assert found.chosen_reward.tolist() == pytest.approx([0.2, -0.5])
    assert found.rejected_reward.tolist() == pytest.approx([-0.1, 0.4])
    assert found.accuracy.tolist() == [1, 0]


def test_a_policy_that_is_the_reference_has_the_loss_log_2_and_half_the_pairs_right() -> None:
    same = torch.tensor([-3.0, -7.0])
    found = pair_losses(same, same - 1, same, same - 1, chosen_tokens=same, rejected_tokens=same, beta=0.1)
    assert found.loss.tolist() == pytest.approx([math.log(2)] * 2)
    assert found.accuracy.tolist() == [0.5, 0.5]


def test_the_gradient_raises_the_chosen_and_lowers_the_rejected_response_by_beta_times_how_wrong_it_is() -> None:
    chosen, rejected = torch.tensor(CHOSEN, requires_grad=True), torch.tensor(REJECTED, requires_grad=True)
    ones = torch.ones(2)
    found = pair_losses(
        chosen, rejected, torch.tensor(REFERENCE_CHOSEN), torch.tensor(REFERENCE_REJECTED),
        chosen_tokens=ones, rejected_tokens=ones, beta=0.1,
    )  # fmt: skip
    found.loss.sum().backward()
    wrong = [1 / (1 + math.exp(0.3)), 1 / (1 + math.exp(-0.9))]
    assert chosen.grad.tolist() == pytest.approx([-0.1 * share for share in wrong])
    assert rejected.grad.tolist() == pytest.approx([0.1 * share for share in wrong])


def test_margins_far_from_zero_neither_overflow_nor_vanish() -> None:
    found = pair_losses(
        torch.tensor([-1e4, 0.0]), torch.tensor([0.0, -1e4]), torch.zeros(2), torch.zeros(2),
        chosen_tokens=torch.ones(2), rejected_tokens=torch.ones(2), beta=1.0, label_smoothing=0.1,
    )  # fmt: skip
    assert found.loss.tolist() == pytest.approx([9000, 1000])


def test_log_probabilities_are_summed_by_document() -> None:
    found = sum_by_document(torch.tensor([-1.0, -2.0, -4.0, 0.0]), torch.tensor([0, 2, 2, 0]), 3)
    assert found.tolist() == [-1, 0, -6]


USER, GOOD, BAD = ({"role": role, "content": text} for role, text in [("user", "3 + 4?"), ("assistant", "7"), ("assistant", "8")])
EXPECTED = ([USER, GOOD], [USER, BAD])


@pytest.mark.parametrize(
    "row",
    [
        {"prompt": [USER], "chosen": [GOOD], "rejected": [BAD], "score_chosen": 1, "score_rejected": None},
        {"prompt": "3 + 4?", "chosen": "7", "rejected": "8"},
        {"question": "3 + 4?", "chosen": "7", "rejected": "8"},
        {"chosen": [USER, GOOD], "rejected": [USER, BAD]},
        {"prompt": "3 + 4?", "chosen": [USER, GOOD], "rejected": [USER, BAD]},
        {"id": 1, "instruction": "3 + 4?", "preferred_response": "7", "rejected_response": "8", "preference_strength": 0.4},
        {
            "conversations": [{"from": "human", "value": "3 + 4?"}],
            "prompt": [{"from": "human", "value": "3 + 4?"}],
            "chosen": [{"from": "gpt", "value": "7"}],
            "rejected": [{"from": "gpt", "value": "8"}],
        },
    ],
)
def test_rows_of_every_shape_become_two_conversations(row: dict) -> None:
    assert to_pair(row) == EXPECTED


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (7, "it is no JSON object"),
        ({"prompt": "3 + 4?", "chosen": "7"}, "it has no rejected response"),
        ({"prompt": "3 + 4?", "chosen": None, "rejected": "8"}, "it has no chosen response"),
        ({"prompt": "3 + 4?", "chosen": "7", "rejected": " "}, "it has no rejected response"),
        ({"prompt": "3 + 4?", "chosen": "7", "rejected": "7"}, "chosen and rejected are the same text"),
        ({"chosen": "7", "rejected": "8"}, "it has no prompt"),
        ({"chosen": [USER, GOOD], "rejected": [{**USER, "content": "4 + 4?"}, BAD]}, "chosen and rejected answer different prompts"),
        ({"prompt": "3 + 4?", "chosen": [USER], "rejected": [BAD]}, "it has no chosen response"),
        ({"prompt": "3 + 4?", "chosen": 7, "rejected": "8"}, "its assistant side is neither a text nor a list of messages"),
        ({"prompt": "3 + 4?", "chosen": [{"role": "judge", "content": "7"}], "rejected": "8"}, 'it has a turn of the role "judge"'),
    ],
)
def test_rows_that_are_no_pair_are_named_with_a_reason(tmp_path: Path, row: object, reason: str) -> None:
    good = {"prompt": "3 + 4?", "chosen": "7", "rejected": "8"}
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in (good, row, good)))
    found = read_pairs([str(path)])
    assert found.bad == [(f"{path}:2", reason)]
    assert found.places == [f"{path}:1", f"{path}:3"] and len(found.chosen) == len(found.rejected) == 2
