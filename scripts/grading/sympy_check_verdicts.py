"""Judges JSONL rows {gold, text} with the SymPy check of rasbt/reasoning-from-scratch (chapter 3) and prints {equivalent} for each.

The file `reasoning_from_scratch/ch03.py` of a checkout is named by the argument; of it only what grades is run: the constants and
the functions from get_last_boxed to grade_answer. A text goes through its own extract_final_candidate; a row that takes more than
10 s counts as no verdict. SymPy evaluates what it parses: only for rows that are known.
"""

import ast
import json
import re
import signal
import sys
from tokenize import TokenError

from sympy import simplify
from sympy.core.sympify import SympifyError
from sympy.parsing import sympy_parser as spp
from sympy.polys.polyerrors import PolynomialError

WANTED = {
    *("get_last_boxed", "extract_final_candidate", "normalize_text", "sympy_parser"),
    *("equality_check", "split_into_parts", "grade_answer"),
}


def load(file: str) -> dict:
    with open(file, encoding="utf8") as source:
        tree = ast.parse(source.read())
    kept = [
        node
        for node in tree.body
        if isinstance(node, ast.Assign) or (isinstance(node, ast.FunctionDef) and node.name in WANTED)
    ]
    names = {"re": re, "simplify": simplify, "spp": spp, "SympifyError": SympifyError}
    names |= {"TokenError": TokenError, "PolynomialError": PolynomialError}
    exec(compile(ast.Module(kept, []), file, "exec"), names)  # noqa: S102 - a file that the caller named
    return names


def stop(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    names = load(sys.argv[1])
    signal.signal(signal.SIGALRM, stop)
    for line in sys.stdin:
        row = json.loads(line)
        signal.alarm(10)
        try:
            answer = row["text"] if row["isBare"] else names["extract_final_candidate"](row["text"])
            equivalent = bool(names["grade_answer"](answer, row["gold"]))
        except Exception:  # noqa: BLE001 - a crash is a wrong verdict, not the end of the report
            equivalent = None
        signal.alarm(0)
        print(json.dumps({"equivalent": equivalent}))


main()
