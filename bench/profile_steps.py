"""Which kernels the time of a full step goes to, in vLLM as it comes or as generate.py starts it.

    python3 bench/profile_steps.py --shape 7b                                        vLLM as it comes
    python3 bench/profile_steps.py --shape 7b --set '{}'                             generate.py as it comes
    python3 bench/profile_steps.py --shape 7b --set '{"preset": "throughput"}'

All requests of bench/generate.py's gsm8k are given to an engine in this process; steps 91 to 100 go through torch's profiler.
One line of JSON for the step, then one for each of the kernels that take longest. Without log-probabilities.
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

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "python-gpu"))

from vllm_environment import set_environment  # noqa: E402

set_environment(VLLM_ENABLE_V1_MULTIPROCESSING="0")  # one process: the profiler sees no other
from workloads import WORKLOADS, draw_lengths, make_text  # noqa: E402

from mathpie_gpu.engine.vllm_engine import ADDED_KEYWORDS, all_arguments  # noqa: E402
from mathpie_gpu.run.contract import resolve_config  # noqa: E402

FIRST, STEPS = 90, 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="folder of a checkpoint; without it one with random weights is made")
    parser.add_argument("--shape", choices=["tiny", "7b", "qwen2.5-7b"], default="tiny")
    parser.add_argument("--set", metavar="JSON", help="generate.py with these settings, instead of vLLM as it comes")
    parser.add_argument("--requests", type=int, default=1319, help="how many of the 1,319")
    parser.add_argument("--kernels", type=int, default=12)
    options = parser.parse_args()
    # vLLM logs on stdout: it is for the figures alone.
    options.answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    model = options.model
    if model is None:
        model = str(Path(tempfile.gettempdir()) / "mathpie-bench" / f"model-{options.shape}")
        subprocess.run([sys.executable, str(ROOT / "bench" / "make_random_model.py"), options.shape, model], check=True)
    profile_steps(model, options)


def profile_steps(model: str, options: argparse.Namespace) -> None:
    import torch
    import vllm
    from vllm.platforms import current_platform

    on_cpu = current_platform.is_cpu()
    settings = {"run": "-", "model": model, "requests": "-", "enforceEager": on_cpu, **json.loads(options.set or "{}")}
    config = resolve_config("generate.config", settings, action="use --set")
    arguments = all_arguments(config, vllm.__version__, on_cpu=on_cpu)
    if options.set is None:
        arguments = {key: value for key, value in arguments.items() if key not in ADDED_KEYWORDS}
    engine = vllm.LLM(**arguments).llm_engine
    tokenizer = engine.get_tokenizer()

    rng = random.Random("gsm8k")
    count, prompt_mean, (mean, spread, longest), _ = WORKLOADS["gsm8k"]
    lengths = draw_lengths(rng, count, mean, spread, longest)
    texts = [make_text(rng, tokenizer, target) for target in draw_lengths(rng, count, prompt_mean, 0.3, 400)]
    for index, (text, length) in enumerate(list(zip(texts, lengths))[: options.requests]):
        parameters = vllm.SamplingParams(temperature=0, max_tokens=length, ignore_eos=True)
        engine.add_request(str(index), {"prompt_token_ids": tokenizer(text)["input_ids"]}, parameters)

    for _ in range(FIRST):
        engine.step()
    scheduler = engine.engine_core.engine_core.scheduler
    activity = torch.profiler.ProfilerActivity.CPU if on_cpu else torch.profiler.ProfilerActivity.CUDA
    with torch.profiler.profile(activities=[activity]) as profiler:
        began = time.perf_counter()
        for _ in range(STEPS):
            engine.step()
        if not on_cpu:
            torch.cuda.synchronize()
        seconds = time.perf_counter() - began
    which = "self_cpu_time_total" if on_cpu else "self_device_time_total"
    kernels = sorted(
        ((getattr(row, which) / 1e3 / STEPS, row) for row in profiler.key_averages()), key=lambda pair: -pair[0]
    )
    total = sum(milliseconds for milliseconds, _ in kernels)
    print(
        json.dumps(
            {
                "sequences": len(scheduler.running),
                "msPerStep": round(1e3 * seconds / STEPS, 2),
                "kernelMs": round(total, 2),
            }
        )
    )
    for milliseconds, row in kernels[: options.kernels]:
        print(json.dumps({"ms": round(milliseconds, 3), "calls": row.count / STEPS, "kernel": row.key[:110]}))


if __name__ == "__main__":
    main()
