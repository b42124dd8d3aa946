"""Makes statistics.json: what SciPy and statsmodels say of the tables that our own statistics are compared on. Needs both."""

import json
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy.stats import binom, binomtest
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(7)


def power(n, share, detect):
    """Exact power of McNemar's exact test at p < 0.05."""
    total = 0.0
    split = (share + detect) / (2 * share)
    for pairs in range(n + 1):
        chance = binom.pmf(pairs, n, share)
        if chance < 1e-14:
            continue
        counts = np.arange(pairs + 1)
        refused = np.minimum(1, 2 * binom.cdf(np.minimum(counts, pairs - counts), pairs, 0.5)) < 0.05
        total += chance * binom.pmf(counts, pairs, split)[refused].sum()
    return total


lists = [[0.01, 0.04, 0.03], [0.2], [0.5, 0.001, 0.02, 0.02, 0.9], list(rng.uniform(0, 0.1, 12).round(6))]
tables = [(0, 0), (8, 1), (3, 17), (40, 41), (150, 210), (700, 640)]
made = {
    "versions": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
    "holm": [{"p": values, "adjusted": multipletests(values, method="holm")[1].tolist()} for values in lists],
    "mcnemar": [
        {"onlyLeft": left, "onlyRight": right, "p": 1.0 if left + right == 0 else float(mcnemar([[9, left], [right, 9]], exact=True).pvalue),
         "binomial": 1.0 if left + right == 0 else float(binomtest(left, left + right).pvalue)}
        for left, right in tables
    ],
    "wilson": [
        {"correct": correct, "n": n, "interval": list(map(float, proportion_confint(correct, n, method="wilson")))}
        for correct, n in [(0, 10), (7, 10), (60, 60), (708, 800), (1, 20000)]
    ],
    "power": [
        {"questions": n, "share": share, "detect": detect, "power": float(power(n, share, detect))}
        for n, share, detect in [(200, 0.3, 0.1), (500, 0.15, 0.05), (800, 0.283, 0.05), (1319, 0.1, 0.02)]
    ],
}
(Path(__file__).parent / "statistics.json").write_text(json.dumps(made, indent=1) + "\n")
