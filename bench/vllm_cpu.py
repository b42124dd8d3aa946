"""The vLLM half of `npm run bench:embedded`: loads a checkpoint once, then measures once for each line on stdin.

    .cache/vllm/bin/python bench/vllm_cpu.py --checkpoint DIR --requests FILE [--compile]

FILE is JSON: {"prompts": [text], "samples": n, "maxTokens": n, "temperature": t}. For each line that comes in, one line
`BENCH {"tokens": n, "seconds": s}` goes out; what vLLM itself prints is around it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time

os.environ.setdefault("VLLM_CPU_KVCACHE_SPACE", "2")
os.environ.setdefault("VLLM_NO_USAGE_STATS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("VLLM_LOGGING_LEVEL", "ERROR")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--requests", required=True)
    parser.add_argument("--compile", action="store_true", help="let torch compile the model; slower to start")
    arguments = parser.parse_args()

    from vllm import LLM, SamplingParams

    with open(arguments.requests, encoding="utf-8") as file:
        requests = json.load(file)
    model = LLM(
        arguments.checkpoint, dtype="bfloat16", enforce_eager=not arguments.compile, max_num_seqs=256, max_model_len=512
    )
    # No seed: a generator for each sample costs time, and vLLM 0.32 stops on the CPU with "Generator does not use offset".
    sampling = SamplingParams(
        n=requests["samples"], max_tokens=requests["maxTokens"], temperature=requests["temperature"]
    )
    print("BENCH ready", flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        outputs = model.generate(requests["prompts"], sampling, use_tqdm=False)
        seconds = time.perf_counter() - started
        tokens = sum(len(sample.token_ids) for output in outputs for sample in output.outputs)
        print(f"BENCH {json.dumps({'tokens': tokens, 'seconds': seconds})}", flush=True)


if __name__ == "__main__":
    main()
