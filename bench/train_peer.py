"""The peer of bench/train.py: fine-tuning as the published scripts do it, with Hugging Face's Trainer.

bf16 autocast over float32 weights, AdamW, small micro-batches padded to their longest row, gradients accumulated, cosine schedule,
FSDP (`full_shard auto_wrap`) on several GPUs. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import tempfile
import time

import torch
from training_rows import SHAPES, computing_parameters, llama_config, make_rows
from transformers import AutoModelForCausalLM, Trainer, TrainerCallback, TrainingArguments


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=SHAPES, default="tiny")
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--rows", type=int, default=128)
    parser.add_argument("--micro-rows", type=int, default=4)
    parser.add_argument(
        "--checkpoint", help="start from this folder and learn learnable rows; else random weights and rows"
    )
    parser.add_argument("--learning-rate", type=float, default=2e-5)
    options = parser.parse_args()
    world, has_gpu = int(os.environ.get("WORLD_SIZE", "1")), torch.cuda.is_available()
    config = llama_config(options.shape)
    torch.manual_seed(0)
    if options.checkpoint:
        model = AutoModelForCausalLM.from_pretrained(
            options.checkpoint, dtype=torch.float32, attn_implementation="sdpa"
        )
    else:
        with torch.device("cuda" if has_gpu and world == 1 else "cpu"):
            model = AutoModelForCausalLM.from_config(config, dtype=torch.float32, attn_implementation="sdpa")
    rows = make_rows(options.rows * options.steps, config.vocab_size, is_learnable=bool(options.checkpoint))
    items = [
        {"input_ids": ids, "labels": torch.where(torch.arange(len(ids)) < len(ids) // 2, -100, ids)} for ids in rows
    ]
    folder = tempfile.mkdtemp()
    distributed = {}
    if world > 1:
        distributed = {
            "fsdp": "full_shard auto_wrap",
            "fsdp_config": {"transformer_layer_cls_to_wrap": ["LlamaDecoderLayer"]},
        }
    arguments = TrainingArguments(
        folder,
        max_steps=options.steps,
        per_device_train_batch_size=options.micro_rows,
        gradient_accumulation_steps=max(1, options.rows // options.micro_rows // world),
        learning_rate=options.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=math.ceil(0.03 * options.steps),
        bf16=has_gpu,
        tf32=True if has_gpu else None,
        logging_steps=1 if options.checkpoint else options.steps,
        save_strategy="no",
        report_to=[],
        remove_unused_columns=False,
        disable_tqdm=True,
        use_cpu=not has_gpu,
        **distributed,
    )
    meter = Meter(options.warmup)
    trainer = InOrder(model=model, args=arguments, train_dataset=items, data_collator=collate, callbacks=[meter])
    trainer.train()
    if int(os.environ.get("RANK", "0")) != 0:
        return
    real = sum(len(ids) for ids in rows[options.warmup * options.rows :])
    speed = real / meter.seconds
    figure = {
        "variant": "peer: Trainer, padded",
        "shape": options.shape,
        "gpus": world if has_gpu else 0,
        "tokensPerSecond": round(speed, 1),
        "teraflops": round(6 * computing_parameters(options.shape) * speed / world / 1e12, 2),
        "peakGiB": round(torch.cuda.max_memory_allocated() / 2**30, 1) if has_gpu else None,
    }
    if options.checkpoint:
        figure["losses"] = [round(float(entry["loss"]), 4) for entry in trainer.state.log_history if "loss" in entry]
    print("FIGURE", json.dumps(figure), flush=True)


class InOrder(Trainer):
    """Rows come as they are made, so that both sides see the same ones in each step."""

    def _get_train_sampler(self, *_):
        return torch.utils.data.SequentialSampler(self.train_dataset)


class Meter(TrainerCallback):
    def __init__(self, warmup: int) -> None:
        self.warmup, self.began, self.seconds = warmup, 0.0, 0.0

    def on_step_end(self, args, state, control, **_) -> None:
        if state.global_step in (self.warmup, state.max_steps):
            if torch.cuda.is_available():
                torch.cuda.synchronize()
            now = time.perf_counter()
            self.began, self.seconds = (
                (now, 0.0) if state.global_step == self.warmup else (self.began, now - self.began)
            )


def collate(batch: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    def pad(parts: list[torch.Tensor], value: int) -> torch.Tensor:
        return torch.nn.utils.rnn.pad_sequence(parts, True, value)

    ids = [row["input_ids"] for row in batch]
    mask = pad([torch.ones_like(one) for one in ids], 0)
    return {"input_ids": pad(ids, 0), "labels": pad([row["labels"] for row in batch], -100), "attention_mask": mask}


if __name__ == "__main__":
    main()
