"""Every number of many small trainings, to the bit: what a change of the training loop must leave as it was.

    .venv-gpu/bin/python python-gpu/tests/training_bits.py --code OTHER_CHECKOUT > before.jsonl
    .venv-gpu/bin/python python-gpu/tests/training_bits.py > after.jsonl
    diff before.jsonl after.jsonl && echo equal

A line is one run of train_sft.py or train_dpo.py on a two-layer model: its resolved configuration, all its events in order
without clocks and memory, and the checksums of what it saved. The numbers depend on the processor and the versions, so they
are compared on one machine and never kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import traceback
from functools import partial
from pathlib import Path
from typing import IO

os.environ |= {"OMP_NUM_THREADS": "1", "TRANSFORMERS_VERBOSITY": "error", "HF_HUB_OFFLINE": "1"}

import torch  # noqa: E402
from tiny_checkpoints import SHAPE, save_checkpoint  # noqa: E402
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM  # noqa: E402

torch.set_num_threads(1)  # threads of a parent are not those of its fork
ROWS = [
    {"query": f"What is {i} + {i}?" + " Think." * (i % 5), "response": f"It is {2 * i}." + " Yes." * (i % 3)}
    for i in range(24)
]
PAIRS = [
    {
        "prompt": [{"role": "user", "content": f"What is {i} + {i + 1}?"}],
        "chosen": [{"role": "assistant", "content": f"{i} + {i + 1} = {2 * i + 1}." + " Done." * (i % 3)}],
        "rejected": [{"role": "assistant", "content": f"I say {i * 7 % 5}." + " So." * (i % 4)}],
    }
    for i in range(12)
]
ADAPTERS = {"rank": 4, "dropout": 0.2}
SFT = {
    "float32": {"weights": "float32", "epochs": 2},
    "split": {"weights": "split", "epochs": 2},
    "bfloat16": {"weights": "bfloat16", "momentDtype": "bfloat16"},
    "float16": {"weights": "float16", "epochs": 2},
    "own accumulation": {"tokensPerPass": 240, "accumulateIn": "own"},
    "float32 accumulation": {"weights": "split", "tokensPerPass": 240, "accumulateIn": "float32"},
    "many passes": {"weights": "split", "tokensPerPass": 128},
    "adapters": {"lora": ADAPTERS, "epochs": 2},
    "adapters on split weights": {"weights": "split", "lora": {"rank": 4, "merge": False, "targets": ["mlp"]}},
    "adapters on transformers' model": {"implementation": "transformers", "lora": {"rank": 4}},
    "transformers' model": {"implementation": "transformers", "weights": "split"},
    "what cannot be packed": {"model": "gpt2"},
    "held-out rows": {"evaluationData": "held-out", "evaluateEvery": 2, "epochs": 2, "logEvery": 2, "saveEvery": 2},
    "schedule": {"schedule": "linear", "warmupRatio": 0.3, "warmupSteps": None, "maxGradientNorm": 0.5, "epochs": 2.5},
    "short steps": {"rowsPerStep": 5, "schedule": "constant", "maxGradientNorm": None, "weightDecay": 0.1, "maxSteps": 9},
    "cut rows": {"maxLength": 110, "overLong": "truncate"},
    "another template": {"template": "alpaca"},
    "inputs kept": {"keepActivations": "inputs", "deterministic": True},
    "float8": {"weights": "split", "float8": "tensor", "float8Scales": "bounded"},
    "compiled": {"compile": True, "weights": "split"},
    "two processes": {"processes": 2, "weights": "split", "evaluationData": "held-out", "tokensPerPass": 240},
    "two processes, float32 sums": {"processes": 2, "accumulateIn": "float32", "tokensPerPass": 160},
    "gone on": {"weights": "split", "saveEvery": 2, "keepLast": 9, "epochs": 2, "goesOnFrom": 2},
    "adapters gone on": {"lora": ADAPTERS, "saveEvery": 2, "keepLast": 9, "epochs": 2, "goesOnFrom": 4},
    "dry": {"isDry": True},
}
DPO = {
    "float32": {"epochs": 2},
    "split": {"weights": "split", "epochs": 2},
    "bfloat16": {"weights": "bfloat16"},
    "float16": {"weights": "float16", "epochs": 2},
    "smoothed labels": {"labelSmoothing": 0.1},
    "chosen loss": {"chosenLossWeight": 1.0},
    "length normalised": {"lengthNormalised": True, "beta": 5},
    "all of these": {"labelSmoothing": 0.1, "chosenLossWeight": 0.5, "lengthNormalised": True, "beta": 5, "epochs": 2},
    "own accumulation": {"tokensPerPass": 300, "accumulateIn": "own"},
    "float32 accumulation": {"tokensPerPass": 300, "accumulateIn": "float32", "weights": "split"},
    "another reference": {"reference": "other", "evaluationData": "held-out"},
    "adapters": {"lora": ADAPTERS, "evaluationData": "held-out", "evaluateEvery": 2, "epochs": 2},
    "transformers' model": {"implementation": "transformers", "weights": "split"},
    "schedule": {"schedule": "cosine", "warmupSteps": 1, "maxGradientNorm": 0.5, "weightDecay": 0.1, "pairsPerStep": 5},
    "compiled": {"compile": True},
    "two processes": {"processes": 2, "weights": "split", "evaluationData": "held-out", "tokensPerPass": 300},
    "gone on": {"weights": "split", "saveEvery": 2, "keepLast": 9, "epochs": 2, "goesOnFrom": 2},
    "dry": {"isDry": True, "evaluationData": "held-out"},
}
NOT_COMPARED = {
    "time", "pid", "versions", "device", "tokensPerSecond", "etaSeconds", "peakMemoryGiB", "minutes", "memoryAtHandGiB",
    "command",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--code", type=Path, default=Path(__file__).parents[2], help="checkout whose scripts run")
    parser.add_argument("--only", help="runs whose name holds this text")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_models(folder)
        write(folder / "sft.jsonl", ROWS)
        write(folder / "dpo.jsonl", PAIRS)
        write(folder / "held-out.sft.jsonl", ROWS[:5])
        write(folder / "held-out.dpo.jsonl", PAIRS[:5])
        for method, table in (("sft", SFT), ("dpo", DPO)):
            for title, settings in table.items():
                if (options.only or "") in f"{method} {title}":
                    line = measure(folder, options.code, method, dict(settings))
                    print(json.dumps({"run": f"{method} {title}", **line}, sort_keys=True).replace(name, "TMP"), flush=True)


def make_models(folder: Path) -> None:
    save_checkpoint(folder / "base", LlamaForCausalLM, LlamaConfig(**SHAPE))
    save_checkpoint(folder / "other", LlamaForCausalLM, LlamaConfig(**SHAPE), seed=3)
    gpt2 = GPT2Config(vocab_size=264, n_positions=256, n_embd=32, n_layer=2, n_head=4)
    save_checkpoint(folder / "gpt2", GPT2LMHeadModel, gpt2)


def write(path: Path, rows: list[dict]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def measure(folder: Path, code: Path, method: str, settings: dict) -> dict:
    processes, is_dry = settings.pop("processes", 1), settings.pop("isDry", False)
    goes_on_from = settings.pop("goesOnFrom", None)
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    per_step = {"sft": {"rowsPerStep": 8}, "dpo": {"pairsPerStep": 4, "compile": False}}[method]
    config = {"run": str(run), "model": "base", "data": str(folder / f"{method}.jsonl"), "device": "cpu"}
    config |= per_step | {"learningRate": 1e-3, "warmupRatio": 0, "epochs": 1} | settings
    for key in ("model", "reference"):
        if key in config:
            config[key] = str(folder / config[key])
    if "evaluationData" in config:
        config["evaluationData"] = str(folder / f"{config['evaluationData']}.{method}.jsonl")
    path = folder / "config.json"
    path.write_text(json.dumps(config))
    script, arguments = code / "python-gpu" / f"train_{method}.py", [str(path), *["--dry-run"] * is_dry]
    start = partial(in_a_fork, script, arguments) if processes == 1 else partial(under_torchrun, script, arguments, processes)
    printed = start()
    if is_dry:
        return {"events": [compared(json.loads(line)) for line in printed.splitlines()]}
    if goes_on_from is not None:  # as after a kill behind that step
        (run / "manifest.json").unlink()
        for checkpoint in (run / "checkpoints").iterdir():
            if int(checkpoint.name.removeprefix("step-")) > goes_on_from:
                shutil.rmtree(checkpoint)
        start()
    return {
        "config": json.loads((run / "config.json").read_text())["config"],
        "events": [compared(json.loads(line)) for line in (run / "events.jsonl").read_text().splitlines()],
        "record": compared(json.loads((run / "model" / "training.json").read_text())),
        "files": {
            str(file.relative_to(run)): hashlib.sha256(file.read_bytes()).hexdigest()[:16]
            for file in sorted(run.rglob("*"))
            if file.suffix in (".safetensors", ".npy", ".bin") or file.name == "progress.json"
        },
        "totals": compared(json.loads((run / "manifest.json").read_text())["totals"]),
    }


def in_a_fork(script: Path, arguments: list[str]) -> str:
    """What the script prints, as if started by itself; but torch and transformers, half of its time, are imported already."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.dup2(out.fileno(), 1)
                os.dup2(errors.fileno(), 2)
                sys.argv, sys.path[0] = [str(script), *arguments], str(script.parent)
                runpy.run_path(str(script), run_name="__main__")
                code = 0
            except SystemExit as end:
                code = end.code
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code or 0)
        _, status = os.waitpid(child, 0)
        return checked(os.waitstatus_to_exitcode(status), out, errors)


def under_torchrun(script: Path, arguments: list[str], processes: int) -> str:
    launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone", f"--nproc_per_node={processes}"]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        done = subprocess.run([*launcher, str(script), *arguments], stdout=out, stderr=errors, timeout=900)
        return checked(done.returncode, out, errors)


def checked(code: int, out: IO[str], errors: IO[str]) -> str:
    for file in (out, errors):
        file.seek(0)
    if code != 0:
        raise SystemExit(errors.read()[-3000:])
    return out.read()


def compared(event: dict) -> dict:
    return {key: value for key, value in event.items() if key not in NOT_COMPARED}


if __name__ == "__main__":
    main()
