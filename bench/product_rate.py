"""The matrix products that this GPU keeps up: bf16, 8192 x 8192 x 8192, random numbers, for some seconds. One line of JSON; nothing without a GPU.

A burst is faster than the clock that the card's power allows for long, so the first seconds are not counted.
"""

from __future__ import annotations

import argparse
import json
import time

import torch

SIZE = 8192
PER_READING = 50  # products between two looks at the clock, 0.08 s on an H200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--warmup", type=float, default=2, help="seconds")
    parser.add_argument("--seconds", type=float, default=4, help="counted seconds")
    options = parser.parse_args()
    if not torch.cuda.is_available():
        return
    left, right = (torch.randn(SIZE, SIZE, device="cuda", dtype=torch.bfloat16) for _ in range(2))
    out = torch.empty_like(left)
    burst = multiply(left, right, out, seconds=0)
    multiply(left, right, out, seconds=options.warmup)
    figure = {
        "variant": "sustained products",
        "productTeraflops": round(multiply(left, right, out, seconds=options.seconds), 1),
        "burstTeraflops": round(burst, 1),
    }
    print("FIGURE", json.dumps(figure), flush=True)


def multiply(left: torch.Tensor, right: torch.Tensor, out: torch.Tensor, *, seconds: float) -> float:
    """TFLOP/s over at least so many seconds."""
    torch.mm(left, right, out=out)
    torch.cuda.synchronize()
    began, products = time.perf_counter(), 0
    while not products or time.perf_counter() - began < seconds:
        for _ in range(PER_READING):
            torch.mm(left, right, out=out)
        torch.cuda.synchronize()
        products += PER_READING
    return 2 * SIZE**3 * products / (time.perf_counter() - began) / 1e12


if __name__ == "__main__":
    main()
