"""Fine-tune a causal language model on questions and responses: all of its weights, or low-rank adapters.

One GPU, many GPUs of one host, many hosts (the run directory on a disk that all of them share):

    python python-gpu/train_sft.py configs/recipes/sft/sft-mistral-7b.json --set data=train.jsonl --run runs/sft
    torchrun --nproc_per_node=8 python-gpu/train_sft.py CONFIG.json --set run=runs/sft
    torchrun --nnodes=4 --nproc_per_node=8 --rdzv_backend=c10d --rdzv_endpoint=HOST:29500 python-gpu/train_sft.py CONFIG.json

--dry-run says how many tokens and steps there are, what memory they need and how long they take, and stops. The same command
again goes on from the last checkpoint. SIGTERM or Ctrl-C: the step is finished, a checkpoint saved, and the exit code is 143
or 130 (under torchrun give --shutdown-timeout 600, so that the checkpoint has time to be written).

The rows of a step are packed end to end, without padding and without a look from one document into another. The loss covers
responses alone and is divided by the response tokens of the whole step, so neither packing nor the number of passes or GPUs
changes it. Weights are exactly float32, kept as bf16 and 16 more bits (split_adamw.py). RUN/model is what transformers and
vLLM open, with the chat template of training in it.
"""

from __future__ import annotations

from pathlib import Path

from mathpie_gpu.run.missing_packages import telling_missing_packages

with telling_missing_packages(__file__, later=("transformers",)):
    from torch import Tensor, nn

    from mathpie_gpu.rows.items import Items
    from mathpie_gpu.rows.packing import Pack
    from mathpie_gpu.rows.sft_rows import prepare_rows
    from mathpie_gpu.run.directory import Run, open_run
    from mathpie_gpu.training.loop import run_training
    from mathpie_gpu.training.method import Method
    from mathpie_gpu.training.response_loss import response_loss


class FineTuning(Method):
    """The mean cross-entropy (nats) of response tokens."""

    script, noun, is_recordable = "train_sft.py", "rows", True

    def read(self, paths: list[str], tokenizer, *, cache: Path | None) -> Items:
        return Items(*prepare_rows(paths, tokenizer, self.config, cache=cache))

    @staticmethod
    def measure(model: nn.Module, pack: Pack, *, is_compiled: bool) -> tuple[Tensor, Tensor]:
        loss = response_loss(model, pack, is_compiled=is_compiled)
        return loss, loss.detach()[None]


def main(run: Run) -> None:
    run_training(run, FineTuning(run.config))


if __name__ == "__main__":
    with open_run("train-sft") as run:
        main(run)
