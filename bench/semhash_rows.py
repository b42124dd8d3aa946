"""Rows a second of SemHash on the rows of bench/assemble.mjs: python bench/semhash_rows.py FOLDER COUNT.

The embedding model is made here (a word tokenizer and random vectors of 256 numbers, as large as potion-base-8M), because
none need be downloaded to measure speed. Its neighbours mean nothing beyond equal words.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from model2vec import StaticModel
from semhash import SemHash
from tokenizers import Tokenizer, models, pre_tokenizers

SHARES = {
    "GSM_AnsAug": 80, "GSM_Rephrased": 80, "GSM_SV": 40, "GSM_FOBAR": 40,
    "MATH_AnsAug": 75, "MATH_Rephrased": 50, "MATH_SV": 15, "MATH_FOBAR": 15,
}  # fmt: skip


def main(folder: Path, count: int) -> None:
    texts = []
    for name, share in SHARES.items():
        lines = (folder / name / "graded.jsonl").read_text().splitlines()[: round(count * share / 395)]
        texts += [row["query"] + "\n" + row["response"] for row in map(json.loads, lines)]
    model = make_model(texts)
    started, cpu_started = time.perf_counter(), time.process_time()
    hasher = SemHash.from_records(records=texts, model=model)
    result = hasher.self_deduplicate(threshold=0.9)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    rates = f"{len(texts) / seconds:,.0f} rows/s, {len(texts) / cpu_seconds:,.0f} rows a second of CPU"
    print(f"{rates} ({len(texts) - len(result.selected)} found at 0.9)")


def make_model(texts: list[str]) -> StaticModel:
    words = sorted({word for text in texts[:20_000] for word in text.split()})[:29_000]
    tokenizer = Tokenizer(models.WordLevel({word: index for index, word in enumerate(["[UNK]", *words])}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    vectors = np.random.default_rng(1).standard_normal((len(words) + 1, 256)).astype(np.float32)
    return StaticModel(vectors, tokenizer)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
