"""What a machine that has compiled nothing yet costs: the first requests beside the same ones again, with and without the warm-up.

    python3 bench/cold_start.py --shape 7b --preset throughput          on a GPU with vLLM, nothing else needed
    python3 bench/cold_start.py --shape tiny --requests 24              on the CPU, some minutes

Each arm is a process of its own whose caches of compiled kernels (Triton, Inductor, vLLM, FlashInfer, the driver's) are empty folders:
one call        LLM.generate over everything in an engine as vLLM makes it
as it comes     the loop of generate.py with the warm-up that the preset has
no warm-up      the same with warmUp=false
One line of JSON for each arm: seconds until the engine was ready, tokens a second of the first pass and of the second, and both over the
one call's. Requests and forced lengths are those of bench/generate.py's gsm8k.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "python-gpu"))

from vllm_environment import set_environment  # noqa: E402

CACHES = (
    "TRITON_CACHE_DIR",
    "TORCHINDUCTOR_CACHE_DIR",
    "VLLM_CACHE_ROOT",
    "FLASHINFER_WORKSPACE_BASE",
    "CUDA_CACHE_PATH",
    "XDG_CACHE_HOME",
)
ARMS = ("one call", "as it comes", "no warm-up")


def main() -> None:
    options = parse_options()
    if options.arm is not None:
        measure(options)
        return
    model = options.model
    if model is None:
        model = str(Path(tempfile.gettempdir()) / "mathpie-bench" / f"model-{options.shape}")
        subprocess.run(
            [
                sys.executable,
                str(ROOT / "bench" / "make_random_model.py"),
                options.shape,
                model,
            ],
            check=True,
        )
    base: dict[str, float] = {}
    for arm in options.arms.split(","):
        with tempfile.TemporaryDirectory(prefix="mathpie-cold-") as caches:
            environment = {
                **os.environ,
                **{name: os.path.join(caches, name.lower()) for name in CACHES},
            }
            words = [
                sys.executable,
                __file__,
                "--arm",
                arm,
                "--model",
                model,
                "--preset",
                options.preset,
            ]
            words += ["--requests", str(options.requests), "--set", options.set]
            done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{arm} ended with exit code {done.returncode}")
        figure = json.loads(done.stdout.splitlines()[-1])
        base = base or figure
        ratios = {
            f"{key} x {options.arms.split(',')[0]}": round(figure[key] / base[key], 3) for key in ("first", "second")
        }
        print(json.dumps({**figure, **ratios}), flush=True)


def measure(options: argparse.Namespace) -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # vLLM logs on stdout
    set_environment()
    import vllm
    from vllm.platforms import current_platform
    from workloads import WORKLOADS, draw_lengths, make_text

    from mathpie_gpu.engine.vllm_engine import ADDED_KEYWORDS, VllmEngine, all_arguments
    from mathpie_gpu.run.contract import resolve_config

    is_plain, on_cpu = options.arm == "one call", current_platform.is_cpu()
    changes: dict[str, Any] = {} if is_plain else {"preset": options.preset}
    if options.arm != "one call":
        changes["warmUp"] = options.arm == "as it comes"
    given = {
        "run": "-",
        "model": options.model,
        "requests": "-",
        "enforceEager": on_cpu,
        **json.loads(options.set),
    }
    config = resolve_config("generate.config", {**given, **changes}, action="use --set")
    began = time.perf_counter()
    if is_plain:
        arguments = all_arguments(config, vllm.__version__, on_cpu=on_cpu)
        llm = vllm.LLM(**{key: value for key, value in arguments.items() if key not in ADDED_KEYWORDS})
    else:
        engine = VllmEngine(config, warn=lambda message: print(message, file=sys.stderr))
        llm = engine.llm
    ready = time.perf_counter() - began

    rng = random.Random("gsm8k")
    count, prompt_mean, (mean, spread, longest), _ = WORKLOADS["gsm8k"]
    lengths = draw_lengths(rng, count, mean, spread, longest)[: options.requests]
    tokenizer = llm.get_tokenizer()
    targets = draw_lengths(rng, count, prompt_mean, 0.3, 400)[: options.requests]
    texts = [make_text(rng, tokenizer, target) for target in targets]
    rates = []
    for _ in range(2):
        llm.reset_prefix_cache()
        began = time.perf_counter()
        tokens = one_call(llm, texts, lengths) if is_plain else loop(engine, texts, lengths)
        rates.append(round(tokens / (time.perf_counter() - began), 1))
    figure = {
        "figure": options.arm,
        "requests": len(texts),
        "secondsToReady": round(ready, 1),
    }
    print(
        json.dumps({**figure, "first": rates[0], "second": rates[1]}),
        file=answers,
        flush=True,
    )
    if not is_plain:
        engine.close()


def one_call(llm: Any, texts: list[str], lengths: list[int]) -> int:
    from vllm import SamplingParams

    parameters = [SamplingParams(temperature=0, max_tokens=length, ignore_eos=True) for length in lengths]
    done = llm.generate(texts, parameters, use_tqdm=False)
    return sum(len(sample.token_ids) for output in done for sample in output.outputs)


def loop(engine: Any, texts: list[str], lengths: list[int]) -> int:
    """generate.py's own loop, without the file of completions, which costs nothing beside it (docs/performance.md)."""
    from mathpie_gpu.engine.request_file import Work

    works = [
        Work(
            index,
            {
                "id": str(index),
                "prompt": text,
                "sampling": {"maxTokens": length, "ignoreEos": True},
            },
            [0],
        )
        for index, (text, length) in enumerate(zip(texts, lengths))
    ]

    def take(room: int) -> list[Work]:
        taken, works[:] = works[:room], works[room:]
        return taken

    tokens, left = 0, len(works)
    while left > 0:
        for completion in engine.exchange(take):
            tokens, left = tokens + completion["completionTokens"], left - 1
    return tokens


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--model",
        help="folder of a checkpoint; without it one with random weights is made",
    )
    parser.add_argument("--shape", choices=["tiny", "7b", "qwen2.5-7b"], default="tiny")
    parser.add_argument("--preset", choices=["default", "throughput"], default="default")
    parser.add_argument("--requests", type=int, default=1319, help="how many of the 1,319")
    parser.add_argument(
        "--arms",
        default=",".join(ARMS),
        help="in this order; the first is what the others are over",
    )
    parser.add_argument(
        "--set",
        metavar="JSON",
        default="{}",
        help="settings of generate.py for all arms",
    )
    parser.add_argument("--arm", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
