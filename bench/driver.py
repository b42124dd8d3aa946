"""How many requests a second one driver of generate.py can hand out and take back: the part of a cluster that there is once.

    .venv-engines/bin/python bench/driver.py [--requests 200000] [--workers 8] [--tokens 194]

The real request file, the real loop over Ray's actors and the real appender; only the engines are stand-ins that answer at once, with texts of
so many tokens at four letters each. Seconds of processor time of the driver, one line of JSON; bytes of memory a request, too.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "python-gpu"))

from mathpie_gpu.engine import ray_engines  # noqa: E402
from mathpie_gpu.engine.request_file import RequestFile  # noqa: E402
from mathpie_gpu.run.contract import resolve_config  # noqa: E402
from mathpie_gpu.run.json_lines import JsonLinesAppender  # noqa: E402


class InstantEngine:
    """Answers what it is given: as an exchange of half a second does, some tens of requests at a time."""

    def __init__(self, config: dict, letters: int, window: int) -> None:
        self.text, self.window = "x" * letters, window

    def open(self) -> dict:
        return {"window": self.window, "warnings": [], "pid": 0, "description": {}}

    def exchange(self, works: list[tuple[int, dict, list[int]]]) -> list[dict]:
        return [
            {
                "requestId": request["id"],
                "sample": sample,
                "text": self.text,
                "finishReason": "stop",
                "promptTokens": 150,
                "completionTokens": 194,
            }
            for _, request, samples in works
            for sample in samples
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--tokens", type=int, default=194, help="of an answer")
    parser.add_argument("--exchange", type=int, default=38, help="requests that an engine gives back at once")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "requests.jsonl")
        prompt = "A question of usual length, which a model is to solve step by step. " * 4
        with open(path, "w", encoding="utf-8") as file:
            for number in range(arguments.requests):
                request = {
                    "id": f"request-{number:012}",
                    "messages": [{"role": "user", "content": prompt}],
                    "sampling": {"maxTokens": 512},
                }
                file.write(json.dumps(request) + "\n")
        scan, requests = timed(lambda: RequestFile(path, order="file"))
        memory = sum(part.nbytes for part in vars(requests).values() if hasattr(part, "nbytes")) / requests.count
        loop, calls = timed(lambda: hand_out(requests, Path(folder, "completions.jsonl"), arguments))
        result = {
            "requests": requests.count,
            "scanMicroseconds": 1e6 * scan / requests.count,
            "loopMicroseconds": 1e6 * loop / requests.count,
            "perExchange": requests.count / calls,
            "bytesOfMemory": memory,
            "bytesOfCompletion": Path(folder, "completions.jsonl").stat().st_size / requests.count,
        }
        print(json.dumps({key: round(value, 2) for key, value in result.items()}))


def timed(work):
    """Seconds of processor time of this process, all its threads, and what the work returns."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def hand_out(requests: RequestFile, path: Path, arguments: argparse.Namespace) -> int:
    class Engines(ray_engines.RayEngines):
        def make_actor_class(self):
            remote = self.ray.remote(InstantEngine)

            class Made:
                @staticmethod
                def remote(config):
                    return remote.options(num_cpus=0).remote(config, 4 * arguments.tokens, arguments.exchange)

            return Made

    asked = {
        "run": str(path.parent),
        "model": "owner/name",
        "requests": "-",
        "engine": "ray",
        "device": "cpu",
        "ray": {"workers": arguments.workers},
    }
    engines = Engines(
        resolve_config("generate.config", asked, action="measure"), warn=print, give_back=requests.give_back
    )
    calls = 0
    try:
        with JsonLinesAppender(path) as out:
            while requests.done < requests.total:
                finished = [row for row in engines.exchange(requests.take) if requests.mark_done(row)]
                if finished:
                    calls += 1
                    out.append(*finished)
    finally:
        engines.close()
    return max(1, calls)


if __name__ == "__main__":
    main()
