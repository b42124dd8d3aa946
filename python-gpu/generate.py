"""Completions of many prompts with vLLM, each on disk the moment it is finished.

One GPU, and the GPUs of one host:
    python python-gpu/generate.py CONFIG.json --run runs/answers
    python python-gpu/generate.py CONFIG.json --run runs/answers --set tensorParallel=2 --set dataParallel=4

Many hosts (`ray start --head` on one, `ray start --address=...` on the others):
    python python-gpu/generate.py CONFIG.json --run runs/answers --set engine=ray --set ray.address=auto --set ray.workers=16

CONFIG.json names at least `model` and `requests`; contract/generate.config.schema.json is the reference of all keys.
Requests are JSON Lines, one a line (contract/request.schema.json):
    {"id": "1", "messages": [{"role": "user", "content": "What is 2 + 2?"}], "samples": 4,
     "sampling": {"temperature": 0.7, "maxTokens": 512, "seed": 1}}
The answers stand in completions.jsonl (contract/completion.schema.json), in the order in which they were finished.

The same command goes on after a kill: what is on disk is not made again. Per-request seeds make a sample repeatable up to
the rounding of the engine's kernels, which may depend on what else is in the batch.
"""

from __future__ import annotations

import collections
import os
import time
from typing import Any

# Before vLLM and what it brings are imported.
os.environ.setdefault("VLLM_NO_USAGE_STATS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from mathpie_gpu.run.missing_packages import telling_missing_packages  # noqa: E402

with telling_missing_packages(__file__, on_cpu="engines"):
    from mathpie_gpu.engine.request_file import RequestFile
    from mathpie_gpu.engine.vllm_engine import VllmEngine
    from mathpie_gpu.run.counted import agreeing, counted
    from mathpie_gpu.run.directory import Run, open_run
    from mathpie_gpu.run.json_lines import JsonLinesAppender


def main(run: Run) -> None:
    config = run.config

    # What is to be done, and what an earlier start of this run has done already.
    bad: list[tuple[int, str]] = []
    requests = RequestFile(
        config["requests"],
        order=config["order"],
        on_bad=(lambda line, reason: bad.append((line, reason))) if config["skipBad"] else None,
    )
    if bad:
        line, reason = bad[0]
        run.event(
            "warning", message=f"{counted(len(bad), 'bad line')} of {config['requests']} {agreeing(len(bad), 'are')} left out; line {line}: {reason}"
        )
    path = run.directory / "completions.jsonl"
    if run.dry_run:
        run.event("plan", items=requests.total, requests=requests.count)
        return
    with JsonLinesAppender(path) as out:  # which cuts away what a kill left half-written
        requests.refuse_changed_lines(run.directory / ".requests.npy")
        requests.read_completions(path)
        run.event("plan", items=requests.total, requests=requests.count, alreadyDone=requests.done)
        if requests.done < requests.total:
            engine = open_engine(run, requests)
            try:
                generate(run, requests, out, engine)
            finally:
                engine.close()
    requests.close()
    run.end(
        "done" if requests.done == requests.total else "interrupted",
        done=requests.done,
        failed=requests.failed,
        promptTokens=requests.prompt_tokens,
        completionTokens=requests.completion_tokens,
        badLines=len(bad),
    )


def generate(run: Run, requests: RequestFile, out: JsonLinesAppender, engine: Any) -> None:
    meter = Meter(run, requests)
    try:
        # Each turn fills the engine's queue, lets it make a step, and writes what has finished: the batch never drains.
        while requests.done < requests.total and not run.stopping.is_set():
            finished = [row for row in engine.exchange(requests.take) if requests.mark_done(row)]
            if finished:
                out.append(*finished)
            meter.update()
    except Exception:
        # Ctrl-C reaches the engine's own process as well, which then breaks off under our feet.
        if not run.stopping.is_set():
            raise
    meter.update(last=True)


def open_engine(run: Run, requests: RequestFile) -> Any:
    config, log = run.config, run.directory / "run.log"

    def warn(message: str) -> None:
        run.event("warning", message=message)

    if config["engine"] == "ray" or config["dataParallel"] > 1:
        from mathpie_gpu.engine.ray_engines import RayEngines

        return RayEngines(config, warn=warn, log=log, give_back=requests.give_back)
    return VllmEngine(config, warn=warn, log=log)


class Meter:
    """The rate over the last half minute, once a second."""

    def __init__(self, run: Run, requests: RequestFile) -> None:
        self.run, self.requests = run, requests
        self.points = collections.deque([(time.monotonic(), requests.done, requests.completion_tokens)], maxlen=31)

    def update(self, last: bool = False) -> None:
        now, requests = time.monotonic(), self.requests
        if now - self.points[-1][0] < 1 and not last:
            return
        self.points.append((now, requests.done, requests.completion_tokens))
        then, done, tokens = self.points[0]
        seconds = max(now - then, 1e-9)
        rate = (requests.done - done) / seconds
        self.run.event(
            "progress",
            done=requests.done,
            failed=requests.failed,
            total=requests.total,
            tokens=requests.completion_tokens,
            tokensPerSecond=round((requests.completion_tokens - tokens) / seconds, 1),
            etaSeconds=round((requests.total - requests.done) / rate, 1) if rate > 0 else None,
        )


if __name__ == "__main__":
    with open_run("generate") as run:
        main(run)
