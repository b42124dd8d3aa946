"""Judges JSONL rows {gold, text} with Math-Verify and prints one JSON line {equivalent, ms} for each.

Rows as its README calls it: parse(gold) first, parse(text) second, verify(gold, text), defaults throughout. A text
without math delimiters is wrapped in $...$, since Math-Verify reads LaTeX only between them.
"""

import json
import sys
import time

from math_verify import parse, verify


def wrap(text: str, is_bare: bool) -> str:
    return text if not is_bare or "$" in text or "\\(" in text or "\\boxed" in text else f"${text}$"


def main() -> None:
    for line in sys.stdin:
        row = json.loads(line)
        start = time.perf_counter()
        try:
            gold = parse(wrap(row["gold"], True))
            equivalent = bool(verify(gold, parse(wrap(row["text"], row["isBare"]))))
        except Exception:  # noqa: BLE001 - a crash is a wrong verdict, not the end of the bench
            equivalent = None
        print(json.dumps({"equivalent": equivalent, "ms": (time.perf_counter() - start) * 1000}))


main()
