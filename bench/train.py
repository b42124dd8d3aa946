"""How fast train_sft.py trains beside Hugging Face's Trainer, padded and packed: same shape, same rows, same rows a step, in one run.

    npm run bench:train                                                     a tiny shape on the CPU, two minutes
    python3 bench/train.py --shape llama-7b                                 one GPU
    python3 bench/train.py --shape llama-7b --peer packed --peer packed,sequences=8,attention=sdpa
    python3 bench/train.py --shape llama-7b --gpus 2 --no-peer              under torchrun
    python3 bench/train.py --shape llama-7b --variant float8=row --variant keepActivations=products,tokensPerPass=10240
    python3 bench/train.py --shape llama-7b --peer packed-lora --variant 'lora={"rank":16}'
    python3 bench/train.py --shape llama-7b --peer packed-qlora --variant 'lora={"rank":16},qlora=true'
    python3 bench/train.py --shape llama-7b --variant inductor.coordinate_descent_tuning=true     an option of torch's compiler
    python3 bench/train.py --shape llama-160m --curve curves.json           losses of 300 steps on learnable rows, both sides

One line of JSON for each figure. tokensPerSecond counts real tokens, no padding, over all GPUs; teraflops is 6 N tokens a second
and GPU (4 N with adapters), N without the embedding; times is the ratio to each peer's rate of the same run (or to --peer-rate);
ofProducts is teraflops as a share of the matrix products that the same card kept up at the start. --profile adds where the time of
one step goes by kind of kernel. Rows have 48 to 512 tokens, log-normal, mean near 230; weights are random. The packed peers want
liger-kernel on a GPU.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PEERS = ("padded", "packed", "packed-bf16")  # of a full fine-tune


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", default="tiny")
    parser.add_argument(
        "--variant", action="append", help="KEY=VALUE,... of train_sft.py's configuration; may be repeated"
    )
    parser.add_argument("--gpus", type=int, default=1, help="processes, each with a GPU")
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--warmup", type=int, default=2)
    parser.add_argument("--rows", type=int, default=128, help="rows of an optimizer step, over all GPUs")
    parser.add_argument(
        "--peer",
        action="append",
        help="padded, packed, packed-bf16, packed-lora, packed-qlora, with ,KEY=VALUE (train_peer.py); all but for --curve",
    )
    parser.add_argument("--peer-micro-rows", type=int, default=4, help="of the padded peer")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--peer-rate", type=float, help="tokens/s of a peer, measured before")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument(
        "--curve", type=Path, metavar="FILE", help="learn learnable rows for --curve-steps, write the losses"
    )
    parser.add_argument("--curve-steps", type=int, default=300)
    parser.add_argument("--learning-rate", type=float, default=3e-4, help="of --curve")
    options = parser.parse_args()
    common = ["--shape", options.shape, "--rows", str(options.rows)]
    checkpoint = None
    if options.curve:
        checkpoint = tempfile.mkdtemp()
        make_checkpoint(options.shape, checkpoint)
        common += ["--checkpoint", checkpoint, "--steps", str(options.curve_steps), "--warmup", "10"]
        common += ["--learning-rate", str(options.learning_rate)]
    else:
        common += ["--steps", str(options.steps), "--warmup", str(options.warmup)]
    products = run("product_rate.py", 1, [])
    sustained = products[0].get("productTeraflops") if products else None
    figures, rates = [], {"given": options.peer_rate} if options.peer_rate else {}
    for peer in [] if options.no_peer else options.peer or (["padded"] if options.curve else PEERS):
        arguments = [*common, "--peer", peer, "--micro-rows", str(options.peer_micro_rows)]
        (figure, *_) = found = run("train_peer.py", options.gpus, arguments, sustained=sustained)
        figures += found
        if figure.get("tokensPerSecond"):  # 0 where no step was timed
            rates[peer] = figure["tokensPerSecond"]
    variants = [part for variant in options.variant or [""] for part in ("--variant", variant)]
    profile = ["--profile"] if options.profile else []
    figures += run("train_ours.py", options.gpus, [*common, *variants, *profile], sustained=sustained, rates=rates)
    if options.curve:
        options.curve.write_text(json.dumps(figures) + "\n")
        compare_curves(figures)
    return 0 if all("failed" not in figure for figure in [*products, *figures]) else 1


def run(
    script: str,
    processes: int,
    arguments: list[str],
    *,
    sustained: float | None = None,
    rates: dict[str, float] | None = None,
) -> list[dict]:
    """Figures are shown as they come, beside the card's `sustained` TFLOP/s and the peers' `rates` (tokens/s). A side that fails
    gives one figure that says so."""
    launcher = [sys.executable, "-u"]
    if processes > 1:
        launcher += ["-m", "torch.distributed.run", "--standalone", f"--nproc_per_node={processes}"]
    process = subprocess.Popen(
        [*launcher, str(FOLDER / script), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    figures, others = [], []
    for line in process.stdout:
        if not line.startswith("FIGURE "):
            others.append(line)
            continue
        figure = json.loads(line.removeprefix("FIGURE "))
        figure |= compare(figure, sustained, rates or {})
        figures.append(figure)
        show({key: value for key, value in figure.items() if key != "losses"})
    if process.wait() != 0:
        figures.append({"variant": script, "failed": "".join(others[-30:])[-3000:]})
        show(figures[-1])
    return figures


def compare(figure: dict, sustained: float | None, rates: dict[str, float]) -> dict:
    compared = {}
    if sustained and "teraflops" in figure:
        compared["ofProducts"] = round(figure["teraflops"] / sustained, 3)
    if rates and "tokensPerSecond" in figure:
        compared["times"] = {peer: round(figure["tokensPerSecond"] / rate, 2) for peer, rate in rates.items()}
    return compared


def make_checkpoint(shape: str, folder: str) -> None:
    import torch
    from training_rows import llama_config
    from transformers import AutoModelForCausalLM

    torch.manual_seed(0)
    AutoModelForCausalLM.from_config(llama_config(shape), dtype=torch.float32).save_pretrained(folder)


def compare_curves(figures: list[dict]) -> None:
    """The last tenth of each curve beside the first one's, and the spread of their differences."""
    curves = {figure["variant"]: figure["losses"] for figure in figures if "losses" in figure}
    first, *others = curves
    tail = max(5, len(curves[first]) // 10)
    for name in others:
        differences = [ours - theirs for ours, theirs in zip(curves[name][-tail:], curves[first][-tail:])]
        show(
            {
                "curve": name,
                "beside": first,
                "steps": len(curves[name]),
                "firstLoss": curves[name][0],
                "loss": round(statistics.mean(curves[name][-tail:]), 4),
                "otherLoss": round(statistics.mean(curves[first][-tail:]), 4),
                "meanDifference": round(statistics.mean(differences), 5),
                "spread": round(statistics.stdev(differences), 5),
            }
        )


def show(figure: dict) -> None:
    print(json.dumps(figure), flush=True)


if __name__ == "__main__":
    sys.exit(main())
