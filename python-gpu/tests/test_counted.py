"""One thing is told as one."""

from __future__ import annotations

import pytest

from mathpie_gpu.run.counted import agreeing, counted


@pytest.mark.parametrize("count, told", [(0, "0 bad rows"), (1, "1 bad row"), (2, "2 bad rows"), (1200, "1,200 bad rows")])
def test_a_number_and_what_it_counts(count: int, told: str) -> None:
    assert counted(count, "bad row") == told


@pytest.mark.parametrize(
    "count, words, told",
    [
        (1, "are longer", "is longer"),
        (1, "have none", "has none"),
        (1, "were", "was"),
        (1, "became a row", "became a row"),
        (2, "are longer", "are longer"),
        (0, "were lost", "were lost"),
    ],
)
def test_a_verb(count: int, words: str, told: str) -> None:
    assert agreeing(count, words) == told
