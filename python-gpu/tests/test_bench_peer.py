"""The peers of bench/train.py learn the same from packed rows as from padded ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

BENCH = Path(__file__).resolve().parents[2] / "bench"
if not BENCH.is_dir():
    pytest.skip("the benchmarks are not in a package", allow_module_level=True)
# Behind python-gpu: both have a generate.py
sys.path.append(str(BENCH))

from peer_rows import IGNORED, collate_packed, collate_padded, labelled, pack  # noqa: E402
from training_rows import llama_config, make_rows  # noqa: E402


def test_rows_of_a_step_stay_in_it_and_fill_its_sequences_evenly() -> None:
    items = labelled(make_rows(32, 512))
    packed = pack(items, rows_per_step=16, sequences=3)
    lengths = [len(sequence["input_ids"]) for sequence in packed]
    assert len(packed) == 6
    for step in range(2):
        rows = items[16 * step : 16 * step + 16]
        assert sum(lengths[3 * step : 3 * step + 3]) == sum(len(row["input_ids"]) for row in rows)
    assert max(lengths[:3]) - min(lengths[:3]) < 512


def test_a_sequence_says_where_its_rows_are() -> None:
    (sequence,) = pack(labelled(make_rows(3, 512)), rows_per_step=3, sequences=1)
    starts = (sequence["position_ids"] == 0).nonzero().flatten().tolist()
    assert [*starts, len(sequence["input_ids"])] == sequence["cu_seq_lens_q"].tolist()
    assert sequence["max_length_q"] == sequence["cu_seq_lens_q"].diff().max()
    assert all(sequence["labels"][start] == IGNORED for start in starts)


@pytest.mark.parametrize("sequences", [1, 2])
def test_the_loss_of_packed_rows_is_that_of_padded_ones(sequences: int) -> None:
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(0)
    model = transformers.AutoModelForCausalLM.from_config(llama_config("tiny"), attn_implementation="sdpa")
    items = labelled(make_rows(6, 512))
    learnt = sum(int((item["labels"] != IGNORED).sum()) for item in items)
    padded = model(**collate_padded(items), num_items_in_batch=learnt).loss
    packed = [
        model(**collate_packed([one], with_bounds=False), num_items_in_batch=learnt).loss
        for one in pack(items, rows_per_step=6, sequences=sequences)
    ]
    assert sum(packed).item() == pytest.approx(padded.item(), rel=1e-5)
