"""A peer of bench/train.py: fine-tuning with Hugging Face's Trainer, AdamW, a cosine schedule, gradients accumulated.

padded: as the published scripts do it, small micro-batches padded to their longest row, bf16 autocast over float32 weights.
packed: rows one after another in one long sequence, Liger's kernels, FlashAttention with variable lengths, recomputation in the
backward pass; the same numerics.
packed-bf16: the same with weights and optimizer in bf16 alone, which leaves memory enough not to recompute, in three sequences.
packed-lora: PEFT's adapters of rank 16 on all projections of a frozen bf16 base, autocast over float32 adapters, nothing recomputed.
packed-qlora: the same on a base in 4 bits (NF4, scales quantised too), by bitsandbytes.

The number of sequences and the attention are the fastest of those tried on an H200 with a 7B shape (docs/performance.md); others by
--peer packed,sequences=8,attention=sdpa,recompute=false,compile=true.

FSDP (`full_shard auto_wrap`) on several GPUs. Without a GPU Liger's kernels do not run and are left out. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import tempfile
import time
from dataclasses import dataclass, replace
from functools import partial

import torch
from peer_adapters import add_adapters
from peer_attention import VARLEN, use_varlen
from peer_rows import collate_packed, collate_padded, labelled, pack
from training_rows import SHAPES, computing_parameters, llama_config, make_rows
from transformers import AutoModelForCausalLM, Trainer, TrainerCallback, TrainingArguments


@dataclass(frozen=True)
class Peer:
    sequences: int = 0  # a step, of packed rows; 0: padded
    dtype: torch.dtype = torch.float32
    recompute: bool = False
    attention: str = "sdpa"  # or flex_attention, varlen, flash-attn-4
    liger: bool = True
    compile: bool = False
    lora: int = 0  # rank of the adapters; 0: all weights are trained
    bits: int = 16  # of a frozen base


PEERS = {
    "padded": Peer(),
    "packed": Peer(1, recompute=True, attention="varlen"),
    "packed-bf16": Peer(3, torch.bfloat16, attention="varlen"),
    "packed-lora": Peer(3, torch.bfloat16, attention="varlen", lora=16),
    "packed-qlora": Peer(3, torch.bfloat16, attention="varlen", lora=16, bits=4),
}

SETTINGS = ("sequences", "recompute", "attention", "liger", "compile", "lora")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", default="padded", help=f"{', '.join(PEERS)}, and KEY=VALUE,... of its settings")
    parser.add_argument("--shape", choices=SHAPES, default="tiny")
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--rows", type=int, default=128)
    parser.add_argument("--micro-rows", type=int, default=4, help="rows of a micro-batch of the padded peer")
    parser.add_argument(
        "--checkpoint", help="start from this folder and learn learnable rows; else random weights and rows"
    )
    parser.add_argument("--learning-rate", type=float, default=2e-5)
    options = parser.parse_args()
    world, has_gpu = int(os.environ.get("WORLD_SIZE", "1")), torch.cuda.is_available()
    peer, config = choose_peer(options.peer, world=world, has_gpu=has_gpu), llama_config(options.shape)
    kind = {"dtype": peer.dtype, "attn_implementation": use_varlen(peer.attention) if peer.attention in VARLEN else peer.attention}
    torch.manual_seed(0)
    if options.checkpoint:
        model = AutoModelForCausalLM.from_pretrained(options.checkpoint, **kind)
    else:
        with torch.device("cuda" if has_gpu and world == 1 else "cpu"):
            model = AutoModelForCausalLM.from_config(config, **kind)
    if peer.lora:
        model = add_adapters(model, rank=peer.lora, bits=peer.bits)
    rows = make_rows(options.rows * options.steps, config.vocab_size, is_learnable=bool(options.checkpoint))
    items, collate, micro_rows, passes = labelled(rows), collate_padded, options.micro_rows, options.rows
    if peer.sequences:
        items = pack(items, rows_per_step=options.rows, sequences=peer.sequences)
        collate, micro_rows = partial(collate_packed, with_bounds=peer.attention in VARLEN), 1
        passes = peer.sequences
    distributed = {}
    if world > 1:
        distributed = {
            "fsdp": "full_shard auto_wrap",
            "fsdp_config": {"transformer_layer_cls_to_wrap": ["LlamaDecoderLayer"]},
        }
    arguments = TrainingArguments(
        tempfile.mkdtemp(),
        max_steps=options.steps,
        per_device_train_batch_size=micro_rows,
        gradient_accumulation_steps=max(1, passes // micro_rows // world),
        use_liger_kernel=bool(peer.sequences) and peer.liger and has_gpu,
        gradient_checkpointing=peer.recompute,
        torch_compile=peer.compile,
        learning_rate=options.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=math.ceil(0.03 * options.steps),
        bf16=has_gpu and (peer.dtype == torch.float32 or peer.lora > 0),
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
        "variant": f"peer: {options.peer}",
        "shape": options.shape,
        "gpus": world if has_gpu else 0,
        "tokensPerSecond": round(speed, 1),
        # Frozen weights have no gradient of their own
        "teraflops": round((4 if peer.lora else 6) * computing_parameters(options.shape) * speed / world / 1e12, 2),
        "peakGiB": round(torch.cuda.max_memory_allocated() / 2**30, 1) if has_gpu else None,
        "passes": arguments.gradient_accumulation_steps,
        "attention": peer.attention,
        "recomputes": peer.recompute,
    }
    if options.checkpoint:
        figure["losses"] = [round(float(entry["loss"]), 4) for entry in trainer.state.log_history if "loss" in entry]
    print("FIGURE", json.dumps(figure), flush=True)


def choose_peer(text: str, *, world: int, has_gpu: bool) -> Peer:
    """NAME,KEY=VALUE,...; every GPU gets as many sequences, and SDPA where there is no GPU."""
    name, *settings = text.split(",")
    if name not in PEERS:
        raise SystemExit(f'Cannot measure the peer "{name}": there are {", ".join(PEERS)}')
    changes = {}
    for setting in settings:
        key, _, value = setting.partition("=")
        if key not in SETTINGS:
            raise SystemExit(f'Cannot set "{key}" of a peer: it has {", ".join(SETTINGS)}')
        changes[key] = value if key == "attention" else json.loads(value)
    peer = replace(PEERS[name], **changes)
    peer = replace(peer, sequences=-(-peer.sequences // world) * world)
    return peer if has_gpu else replace(peer, attention="sdpa")


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


if __name__ == "__main__":
    main()
