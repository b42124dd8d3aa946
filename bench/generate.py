"""How fast the loop of generate.py is beside the ways in which vLLM is called elsewhere: same prompts, lengths and engine.

    npm run bench:generate                                             a small model on the CPU, a few minutes
    python3 bench/generate.py --shape 7b --preset throughput           on a GPU with vLLM, nothing else needed
    python3 bench/generate.py --model DIR --workloads gsm8k
    python3 bench/generate.py --shape tiny --workloads "" --steady 100000

One line of JSON for each figure, on stdout. Prompts are made here, with the lengths of two test sets: gsm8k is 1,319 requests of
about 102 prompt and 194 output tokens (1.5 x its reference answers); math is 500 requests of 417 output tokens, the longest 1,000.
Lengths are forced (ignore_eos), because random weights never stop. Greedy. The prefix cache is emptied before each figure.

In an engine as vLLM makes it:
one call        LLM.generate over everything, as a careful user calls vLLM; nothing is on disk before all is done
loop            batches of 400 (gsm8k) and of 50 (math), the remainder merged into the last one, as MetaMath's evaluation does
same engine     the loop of generate.py, every completion on disk when it ends, with log-probabilities, in file order
In the engine that generate.py makes:
ours            the same as it comes (attention auto), in file order
longest first   the same; forced lengths are known beforehand, so this is as good as it can ever be
throughput      with --preset throughput, in file order, without log-probabilities as the preset has it
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "python-gpu"))

from vllm_environment import set_environment  # noqa: E402

set_environment()
import generate  # noqa: E402
from workloads import WORKLOADS, draw_lengths, make_text  # noqa: E402

from mathpie_gpu.engine.request_file import RequestFile  # noqa: E402
from mathpie_gpu.engine.vllm_engine import ADDED_KEYWORDS, VllmEngine, all_arguments  # noqa: E402
from mathpie_gpu.run.contract import resolve_config  # noqa: E402
from mathpie_gpu.run.host import device_name, versions  # noqa: E402
from mathpie_gpu.run.json_lines import JsonLinesAppender, read_json_lines  # noqa: E402

GOALS = {
    ("gsm8k", "ours"): {"one call": 1.0, "loop": 1.1},
    ("math", "ours"): {"one call": 1.0, "loop": 4.0},
    ("gsm8k", "throughput"): {"one call": 1.3},
    ("math", "throughput"): {"one call": 1.3, "loop": 4.0},
}


def main() -> None:
    options = parse_options()
    began = time.perf_counter()
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    model = options.model
    if model is None:
        model = str(folder / f"model-{options.shape}")
        # In a process of its own, which gives its share of the GPU back.
        subprocess.run([sys.executable, str(ROOT / "bench" / "make_random_model.py"), options.shape, model], check=True)
    bench = Bench(options, model, folder)
    bench.say(figure="machine", device=device_name(), versions=versions(), model=model)

    names = [name for name in options.workloads.split(",") if name]
    workloads: dict[str, Workload] = {}
    if names:
        bench.open("vLLM's own", is_plain=True)
        workloads = {name: bench.make_workload(name) for name in names}
        for workload in workloads.values():
            bench.one_call(workload)
            bench.ours(workload, "same engine")
            bench.loop(workload)
            if options.more:
                bench.ours(workload, "same engine, no log-probabilities", logProbabilities=False)
                bench.one_call(workload, "one call, again")
    bench.open("ours")
    for workload in workloads.values():
        bench.ours(workload, "ours")
        bench.ours(workload, "longest first", order="longest-first")
        bench.compare(workload, "same engine", "ours")
    if options.steady:
        bench.steady(options.steady)
    if options.quality:
        bench.quality("ours")
        bench.open("vLLM's own", is_plain=True)
        bench.quality("vLLM's own")
    if options.preset == "throughput":
        bench.open("throughput", preset="throughput")
        for workload in workloads.values():
            bench.ours(workload, "throughput")
            bench.compare(workload, "same engine", "throughput")
        if options.quality:
            bench.quality("throughput")
    bench.close()
    bench.goals()
    bench.say(figure="total", seconds=round(time.perf_counter() - began, 1))


class Workload:
    def __init__(self, name: str, texts: list[str], lengths: list[int], batch: int, batches: int) -> None:
        self.name, self.texts, self.lengths, self.batch, self.batches = name, texts, lengths, batch, batches


class Bench:
    def __init__(self, options: argparse.Namespace, model: str, folder: Path) -> None:
        self.options, self.model, self.folder = options, model, folder
        self.rates: dict[tuple[str, str], float] = {}
        self.arguments: dict[str, Any] | None = None  # of the engine that is open
        self.settings: dict[str, Any] = {}  # that it was opened with; they hold for the loop around it as well
        # vLLM logs on stdout, from several processes: stdout is for the figures alone.
        self.answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)

    def say(self, **figure: Any) -> None:
        line = json.dumps(figure)
        print(line, file=self.answers, flush=True)
        if self.options.out:
            with open(self.options.out, "a") as file:
                file.write(line + "\n")

    def config(self, **changes: Any) -> dict[str, Any]:
        base = {
            "run": "-",
            "model": self.model,
            "requests": "-",
            "enforceEager": self.is_cpu,
            **json.loads(self.options.set),
        }
        return resolve_config("generate.config", {**base, **changes}, action="use --set")

    def open(self, name: str, is_plain: bool = False, **changes: Any) -> None:
        import vllm
        from vllm import LLM, SamplingParams
        from vllm.platforms import current_platform

        self.is_cpu = current_platform.is_cpu()  # where compiling takes longer than these runs
        self.settings = changes
        began = time.perf_counter()
        arguments = all_arguments(self.config(**changes), vllm.__version__, on_cpu=self.is_cpu)
        if is_plain:  # without what generate.py adds of its own
            arguments = {key: value for key, value in arguments.items() if key not in ADDED_KEYWORDS}
        if self.arguments == arguments:
            self.say(figure="load", engine=name, note="the same as the last one")
            return
        self.close()
        self.arguments = arguments
        self.llm = LLM(**arguments)
        seconds = time.perf_counter() - began
        # What is compiled at first use must not count: with log-probabilities and without.
        for wanted in (None, 0):
            warm = SamplingParams(temperature=0, max_tokens=16, ignore_eos=True, logprobs=wanted)
            self.llm.generate(["Anna has 3 pens."] * 64, warm, use_tqdm=False)
        batch = self.llm.llm_engine.vllm_config.scheduler_config.max_num_seqs
        attention = "decode" if "worker_extension_cls" in arguments else "vllm"
        self.say(figure="load", engine=name, seconds=round(seconds, 1), maxSequences=batch, attention=attention)

    def close(self) -> None:
        if self.arguments is None:
            return
        self.arguments = None
        self.llm.llm_engine.engine_core.shutdown()
        del self.llm
        gc.collect()
        time.sleep(3)  # the engine's process gives its memory back

    def make_workload(self, name: str) -> Workload:
        count, prompt_mean, (mean, spread, longest), batch = WORKLOADS[name]
        share, scale = (
            self.options.share or (0.06 if self.is_cpu else 1),
            self.options.scale or (0.2 if self.is_cpu else 1),
        )
        rng = random.Random(name)
        lengths = draw_lengths(rng, count, mean, spread, longest)
        tokenizer = self.llm.get_tokenizer()
        texts = [make_text(rng, tokenizer, target) for target in draw_lengths(rng, count, prompt_mean, 0.3, 400)]
        kept = max(8, round(count * share))
        batches = 2 if name == "math" and not self.options.more else 10**9
        workload = Workload(
            name,
            texts[:kept],
            [max(1, round(n * scale)) for n in lengths[:kept]],
            max(1, round(batch * share)),
            batches,
        )
        self.say(
            figure="workload", workload=name, requests=kept, outputTokens=sum(workload.lengths),
            promptTokens=sum(len(ids) for ids in tokenizer(workload.texts)["input_ids"]),
            longestOutput=max(workload.lengths), loopBatch=workload.batch,
        )  # fmt: skip
        return workload

    def figure(self, workload: Workload, name: str, requests: int, tokens: int, seconds: float, **more: Any) -> None:
        rate = tokens / seconds
        self.rates[workload.name, name] = rate
        ratios = {
            f"x {other}": round(rate / self.rates[workload.name, other], 3)
            for other in ("one call", "loop")
            if other != name and (workload.name, other) in self.rates
        }
        self.say(
            figure=name, workload=workload.name, requests=requests, outputTokens=tokens, seconds=round(seconds, 2),
            tokensPerSecond=round(rate, 1), **ratios, **more,
        )  # fmt: skip

    def parameters(self, workload: Workload) -> list[Any]:
        from vllm import SamplingParams

        return [SamplingParams(temperature=0, max_tokens=length, ignore_eos=True) for length in workload.lengths]

    def one_call(self, workload: Workload, name: str = "one call") -> None:
        self.llm.reset_prefix_cache()
        parameters, began = self.parameters(workload), time.perf_counter()
        answers = self.llm.generate(workload.texts, parameters, use_tqdm=False)
        seconds = time.perf_counter() - began
        self.figure(workload, name, len(answers), count_tokens(answers), seconds)

    def loop(self, workload: Workload) -> None:
        """Whole batches one after the other; of math only the first ones, because each waits 1,000 steps for its longest."""
        self.llm.reset_prefix_cache()
        parameters, size = self.parameters(workload), workload.batch
        starts = [index * size for index in range(max(1, len(workload.texts) // size))]
        ends = [*starts[1:], len(workload.texts)]
        began, tokens, count = time.perf_counter(), 0, 0
        for start, end in list(zip(starts, ends))[: workload.batches]:
            answers = self.llm.generate(workload.texts[start:end], parameters[start:end], use_tqdm=False)
            tokens, count = tokens + count_tokens(answers), count + len(answers)
        self.figure(
            workload,
            "loop",
            count,
            tokens,
            time.perf_counter() - began,
            batch=size,
            batchesDone=min(len(starts), workload.batches),
        )

    def ours(self, workload: Workload, name: str, **changes: Any) -> None:
        """From the requests on disk to the last completion on disk, everything that generate.py does once its engine runs."""
        path = self.folder / f"{workload.name}.requests.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            for index, (text, length) in enumerate(zip(workload.texts, workload.lengths)):
                sampling = {"maxTokens": length, "ignoreEos": True}
                file.write(json.dumps({"id": str(index), "prompt": text, "sampling": sampling}) + "\n")
        out = self.completions(workload, name)
        out.unlink(missing_ok=True)
        self.llm.reset_prefix_cache()
        began = time.perf_counter()
        requests = self.stream(path, out, Watch(), **changes)
        self.figure(
            workload,
            name,
            requests.done,
            requests.completion_tokens,
            time.perf_counter() - began,
            failed=requests.failed,
        )

    def stream(self, path: Path, out: Path, watch: Watch, **changes: Any) -> RequestFile:
        config = self.config(**{"order": "file", **self.settings, **changes})
        requests = RequestFile(path, order=config["order"])
        with JsonLinesAppender(out) as lines:
            generate.generate(watch, requests, lines, VllmEngine.around(self.llm, config))
        return requests

    def completions(self, workload: Workload, name: str) -> Path:
        return self.folder / f"{workload.name}.{name.replace(', ', '-').replace(' ', '-')}.jsonl"

    def compare(self, workload: Workload, first: str, second: str) -> None:
        """How much the answers differ: log-probability a token, and how far greedy answers agree."""
        left, right = (
            {row["requestId"]: row for _, row in read_json_lines(self.completions(workload, name))}
            for name in (first, second)
        )
        same = [os.path.commonprefix([left[key]["text"], right[key]["text"]]) for key in left]

        def mean(rows: dict[str, Any]) -> float | None:
            each = [row["cumulativeLogProbability"] for row in rows.values()]
            return None if None in each else round(sum(each) / sum(row["completionTokens"] for row in rows.values()), 4)

        self.say(
            figure="change in outputs", workload=workload.name, of=second, against=first,
            sameText=round(statistics.mean(left[key]["text"] == right[key]["text"] for key in left), 4),
            sameBeginningShare=round(statistics.mean(len(s) / max(1, len(left[key]["text"])) for s, key in zip(same, left)), 4),
            logProbabilityPerToken=[mean(left), mean(right)],
        )  # fmt: skip

    def quality(self, engine: str) -> None:
        """Accuracy of greedy answers to questions with a known answer, and how many texts are those of "ours"."""
        path, out = self.folder / "quality.requests.jsonl", self.folder / f"quality-{engine}.jsonl"
        gold = {}
        with open(path, "w", encoding="utf-8") as file:
            for number, row in read_json_lines(self.options.quality):
                gold[str(number)] = str(row["answer"])
                messages = [{"role": "user", "content": row["question"]}]
                request = {"id": str(number), "messages": messages, "sampling": {"maxTokens": 256}}
                file.write(json.dumps(request) + "\n")
        out.unlink(missing_ok=True)
        self.stream(path, out, Watch())
        rows = {row["requestId"]: row for _, row in read_json_lines(out)}
        right = sum(boxed(row["text"]) == gold[key] for key, row in rows.items())
        figure = {"questions": len(rows), "right": right, "accuracy": round(right / len(rows), 4)}
        if engine != "ours":
            plain = {row["requestId"]: row["text"] for _, row in read_json_lines(self.folder / "quality-ours.jsonl")}
            figure["sameText"] = round(statistics.mean(plain[key] == row["text"] for key, row in rows.items()), 4)
            pairs = [(boxed(plain[key]) == gold[key], boxed(row["text"]) == gold[key]) for key, row in rows.items()]
            figure["gained"], figure["lost"] = pairs.count((False, True)), pairs.count((True, False))
        self.say(figure="quality", engine=engine, **figure)

    def steady(self, count: int) -> None:
        """Rate and memory of this process over fifths of a long run of short answers."""
        path, out = self.folder / "steady.requests.jsonl", self.folder / "steady.jsonl"
        rng = random.Random(1)
        with open(path, "w", encoding="utf-8") as file:
            for index in range(count):
                sampling = {"maxTokens": rng.randint(4, 12), "ignoreEos": True}
                text = f"Anna has {index} pens and buys {rng.randint(1, 99)} more. How many pens has she now?"
                file.write(json.dumps({"id": f"request-{index}", "prompt": text, "sampling": sampling}) + "\n")
        out.unlink(missing_ok=True)
        watch = Watch()
        began = time.perf_counter()
        requests = self.stream(path, out, watch)
        seconds = time.perf_counter() - began
        fifths = [watch.at(requests.total * part / 5) for part in range(6)]
        self.say(
            figure="steady", requests=requests.done, failed=requests.failed, seconds=round(seconds, 1),
            requestsPerSecond=round(requests.done / seconds, 1),
            requestsPerSecondInFifths=[round((b[1] - a[1]) / max(b[0] - a[0], 1e-9), 1) for a, b in zip(fifths, fifths[1:])],
            memoryMiB=[round(point[2]) for point in fifths],
        )  # fmt: skip

    def goals(self) -> None:
        for (workload, name), wanted in GOALS.items():
            for other, goal in wanted.items():
                if (workload, name) in self.rates and (workload, other) in self.rates:
                    ratio = self.rates[workload, name] / self.rates[workload, other]
                    self.say(
                        figure="goal",
                        workload=workload,
                        of=name,
                        over=other,
                        ratio=round(ratio, 3),
                        goal=goal,
                        met=ratio >= goal,
                    )


class Watch:
    """Stands in for the run directory: keeps what each progress event says, with the memory at that moment."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.points = [(time.perf_counter(), 0, memory_mib())]

    def event(self, name: str, **fields: Any) -> None:
        if name == "progress":
            self.points.append((time.perf_counter(), fields["done"], memory_mib()))

    def at(self, done: float) -> tuple[float, int, float]:
        return min(self.points, key=lambda point: abs(point[1] - done))


def memory_mib() -> float:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def boxed(text: str) -> str:
    """What the last \\boxed{} of a pocket solution holds."""
    return text.rpartition("\\boxed{")[2].partition("}.")[0].removesuffix("}")


def count_tokens(answers: list[Any]) -> int:
    return sum(len(sample.token_ids) for answer in answers for sample in answer.outputs)


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="folder of a checkpoint; without it one with random weights is made")
    parser.add_argument("--shape", choices=["tiny", "7b", "qwen2.5-7b"], default="tiny")
    parser.add_argument("--workloads", default="gsm8k,math")
    parser.add_argument(
        "--preset", choices=["default", "throughput"], default="default", help="throughput: a second engine"
    )
    parser.add_argument(
        "--steady", type=int, default=0, metavar="N", help="a run of N short answers: rate and memory over time"
    )
    parser.add_argument("--quality", metavar="FILE", help="JSONL with question and answer: accuracy of each preset")
    parser.add_argument("--share", type=float, help="part of the requests; 1 on a GPU, 0.06 on a CPU")
    parser.add_argument("--scale", type=float, help="of the output lengths; 1 on a GPU, 0.2 on a CPU")
    parser.add_argument(
        "--set", default="{}", metavar="JSON", help="keys of generate.py's configuration for every engine"
    )
    parser.add_argument(
        "--more", action="store_true", help="all batches of the math loop, no log-probabilities, one call again"
    )
    parser.add_argument("--folder", default=str(Path(tempfile.gettempdir()) / "mathpie-bench"))
    parser.add_argument("--out", help="file to which the lines are added as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
