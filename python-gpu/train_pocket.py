"""Train pocket, the embedded model, from scratch on documents of the pocket grammar.

One GPU (about 6 minutes on an H200):

    npx mathpie problems documents --count 2000000 --seed 1 --out documents.jsonl
    npx mathpie problems documents --count 65536 --seed 2 --judge-lessons --out lessons.jsonl
    python python-gpu/train_pocket.py --documents documents.jsonl --judge-lessons lessons.jsonl --out checkpoint

A Llama-architecture model (RMSNorm, rotary positions, SwiGLU, tied embeddings) with a byte-level BPE tokenizer of its
own, whose pre-tokenizer is Qwen2's (every digit a token of its own). Documents are packed without padding: a step is one
long row of whole documents, and attention never crosses from one to the next. The loss covers replies and, where a
document says so, the user turn as well, so that the bare user header brings forth a fresh problem.

A judge that has only seen the grammar's errors overlooks the model's own. So late in the training the model solves the
problems of --judge-lessons by sampling, and from then on part of each step is its own solutions with the verdict.

Writes OUT/{config.json, model.safetensors (float16), tokenizer.json, tokenizer_config.json, generation_config.json,
training.json (arguments, versions, checksum of the documents, loss curve)}; transformers and vLLM open OUT as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import inspect
import json
import math
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Iterator

from mathpie_gpu.run.missing_packages import telling_missing_packages

with telling_missing_packages(__file__, later=("safetensors", "tokenizers", "transformers")):
    import numpy as np
    import torch
    import torch.nn.functional as F
    from torch import Tensor, nn

PAD, SYSTEM, USER, ASSISTANT, END = "<|pad|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>"
SPECIAL = [PAD, SYSTEM, USER, ASSISTANT, END]
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"
)
# Qwen2's pattern: llama.cpp knows it as tokenizer.ggml.pre = qwen2, so all engines cut texts alike.
PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
LEARNT = 1 << 15  # the highest bit of a stored token id marks tokens that the loss covers
CONTEXT = 512


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, nargs="+", required=True, help="JSONL of {user, reply, learnsUser}")
    parser.add_argument("--judge-lessons", type=Path, help="JSONL of {user, conclusion, judge}")
    parser.add_argument("--judge-from", type=float, default=0.75, help="share of the steps after which they begin")
    parser.add_argument("--judge-share", type=float, default=0.15, help="share of documents that they are from then on")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--tokens-per-step", type=int, default=65_536)
    parser.add_argument("--learning-rate", type=float, default=1.5e-3)
    parser.add_argument("--warmup-steps", type=int, default=300)
    parser.add_argument("--weight-decay", type=float, default=0.1)
    parser.add_argument("--vocabulary", type=int, default=2048)
    parser.add_argument("--tokenizer", type=Path, help="a tokenizer.json to take in place of a new one")
    parser.add_argument("--hidden", type=int, default=384)
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--heads", type=int, default=6)
    parser.add_argument("--mlp", type=int, default=1152)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


# --- documents -> tokens ---------------------------------------------------------------------------------------------


def read_documents(paths: list[Path]) -> tuple[list[tuple[str, str, bool]], str]:
    """All documents as (user, reply, learns_user), and the sha256 of the files' bytes."""
    documents: list[tuple[str, str, bool]] = []
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            for line in file:
                digest.update(line)
                row = json.loads(line)
                documents.append((row["user"], row["reply"], row["learnsUser"]))
    return documents, digest.hexdigest()


def open_tokenizer(path: Path | None):
    """The tokenizer of another model, so that both read and write the same tokens."""
    from tokenizers import Tokenizer

    if path is None:
        return None
    if not path.is_file():
        sys.exit(f"Cannot read the tokenizer {path}: no such file; give a tokenizer.json")
    return Tokenizer.from_file(str(path))


def make_tokenizer(documents: list[tuple[str, str, bool]], vocabulary: int):
    sample = documents[:: max(1, len(documents) // 200_000)]
    return train_tokenizer((text for user, reply, _ in sample for text in (user, reply)), vocabulary)


def train_tokenizer(texts: Iterator[str], vocabulary: int):
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def encode_documents(tokenizer, documents: list[tuple[str, str, bool]]) -> tuple[np.ndarray, np.ndarray]:
    """Flat token ids (uint16, LEARNT bit set where the loss looks) and the length of each document."""
    tokens: list[np.ndarray] = []
    lengths: list[int] = []
    user_id, assistant_id, end_id = (tokenizer.token_to_id(token) for token in (USER, ASSISTANT, END))
    for start in range(0, len(documents), 50_000):
        part = documents[start : start + 50_000]
        users = tokenizer.encode_batch_fast([user for user, _, _ in part], add_special_tokens=False)
        replies = tokenizer.encode_batch_fast([reply for _, reply, _ in part], add_special_tokens=False)
        for (_, _, learns_user), user, reply in zip(part, users, replies):
            question = np.array(user.ids + [end_id], dtype=np.uint16)
            answer = np.array(reply.ids + [end_id], dtype=np.uint16)
            size = len(question) + len(answer) + 2
            if size > CONTEXT:
                continue
            if learns_user:
                question |= LEARNT
            tokens.append(np.concatenate([[user_id], question, [assistant_id], answer | LEARNT]).astype(np.uint16))
            lengths.append(size)
    return np.concatenate(tokens), np.array(lengths, dtype=np.int64)


# --- the model -------------------------------------------------------------------------------------------------------


class Block(nn.Module):
    def __init__(self, hidden: int, heads: int, mlp: int) -> None:
        super().__init__()
        self.heads = heads
        self.input_layernorm = nn.RMSNorm(hidden, eps=1e-5)
        self.q_proj, self.k_proj, self.v_proj, self.o_proj = (nn.Linear(hidden, hidden, bias=False) for _ in range(4))
        self.post_attention_layernorm = nn.RMSNorm(hidden, eps=1e-5)
        self.gate_proj, self.up_proj = (nn.Linear(hidden, mlp, bias=False) for _ in range(2))
        self.down_proj = nn.Linear(mlp, hidden, bias=False)

    def forward(self, x: Tensor, cosine: Tensor, sine: Tensor, bounds: Tensor) -> Tensor:
        """x: (tokens, hidden); cosine, sine: (tokens, 1, head size); bounds: (documents + 1) cumulative lengths."""
        normed = self.input_layernorm(x)
        shape = (len(x), self.heads, -1)
        q, k, v = (projection(normed).view(shape) for projection in (self.q_proj, self.k_proj, self.v_proj))
        q, k = rotate(q, cosine, sine), rotate(k, cosine, sine)
        x = x + self.o_proj(attend(q, k, v.to(q.dtype), bounds).reshape(len(x), -1))
        normed = self.post_attention_layernorm(x)
        return x + self.down_proj(F.silu(self.gate_proj(normed)) * self.up_proj(normed))


class Llama(nn.Module):
    def __init__(self, vocabulary: int, hidden: int, layers: int, heads: int, mlp: int) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(vocabulary, hidden)
        self.layers = nn.ModuleList(Block(hidden, heads, mlp) for _ in range(layers))
        self.norm = nn.RMSNorm(hidden, eps=1e-5)
        size = hidden // heads
        self.register_buffer("frequencies", 10000.0 ** (-torch.arange(0, size, 2) / size), persistent=False)
        for name, parameter in self.named_parameters():
            if parameter.ndim == 2:
                scale = 0.02 / math.sqrt(2 * layers) if name.endswith(("o_proj.weight", "down_proj.weight")) else 0.02
                nn.init.normal_(parameter, std=scale)

    def forward(self, ids: Tensor, positions: Tensor, bounds: Tensor, labels: Tensor) -> Tensor:
        """Mean cross-entropy (nats) over the labels that are not -100."""
        angles = torch.outer(positions.float(), self.frequencies)
        angles = torch.cat((angles, angles), -1)[:, None]
        x = self.embed_tokens(ids)
        for layer in self.layers:
            x = layer(x, angles.cos(), angles.sin(), bounds)
        logits = F.linear(self.norm(x), self.embed_tokens.weight)
        return F.cross_entropy(logits.float(), labels, ignore_index=-100)


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    half = x.shape[-1] // 2
    turned = torch.cat((-x[..., half:], x[..., :half]), -1)
    return (x * cosine + turned * sine).to(x.dtype)


def attend(q: Tensor, k: Tensor, v: Tensor, bounds: Tensor) -> Tensor:
    """Causal attention inside each document; q, k, v: (tokens, heads, head size)."""
    if q.is_cuda:
        from torch.nn.attention.varlen import varlen_attn

        causal = {"window_size": (-1, 0)} if "window_size" in VARLEN_ARGUMENTS else {"is_causal": True}
        return varlen_attn(q, k, v, bounds, bounds, CONTEXT, CONTEXT, **causal)
    document = torch.bucketize(torch.arange(len(q), device=q.device), bounds[1:], right=True)
    allowed = (document[:, None] == document[None, :]).tril()
    q, k, v = (x.transpose(0, 1)[None] for x in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v, attn_mask=allowed)[0].transpose(0, 1)


def varlen_arguments() -> set[str]:
    try:
        from torch.nn.attention.varlen import varlen_attn
    except ImportError:
        return set()
    return set(inspect.signature(varlen_attn).parameters)


VARLEN_ARGUMENTS = varlen_arguments()


# --- batches ---------------------------------------------------------------------------------------------------------


class Packer:
    """Endless steps of whole documents in a new random order each epoch; tensors stay on the device."""

    def __init__(self, tokens: np.ndarray, lengths: np.ndarray, size: int, seed: int, device: str) -> None:
        self.tokens = torch.from_numpy(tokens.astype(np.int32)).to(device)
        self.lengths, self.size, self.device = lengths, size, device
        self.starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self.most = 1 + size // int(np.percentile(lengths, 1))
        self.random = np.random.default_rng(seed)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor, Tensor, Tensor]]:
        while True:
            order = self.random.permutation(len(self.lengths))
            ends = np.cumsum(self.lengths[order])
            first = 0
            while first < len(order):
                done = ends[first - 1] if first else 0
                last = min(int(np.searchsorted(ends, done + self.size, side="right")), first + self.most - 2)
                if last == len(order):
                    break  # the rest of an epoch does not fill a step
                yield self.pack(order[first:last])
                first = last

    def pack(self, documents: np.ndarray) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        lengths = torch.from_numpy(self.lengths[documents]).to(self.device)
        starts = torch.from_numpy(self.starts[documents]).to(self.device)
        ends = lengths.cumsum(0)
        used = int(self.lengths[documents].sum())
        shift = torch.repeat_interleave(starts - (ends - lengths), lengths, output_size=used)
        place = torch.arange(used, device=self.device)
        stored = self.tokens[place + shift]
        labels = torch.where((stored & LEARNT) != 0, stored & (LEARNT - 1), -100)
        # Each token is asked for the one after it, and the last of a document for none.
        labels = torch.cat((labels[1:], labels.new_full((1,), -100)))
        labels[ends - 1] = -100
        first = torch.repeat_interleave(ends - lengths, lengths, output_size=used)
        # What is left of the row is padding, in pieces no longer than a context.
        bounds = torch.full((self.most + 1 + self.size // CONTEXT,), self.size, dtype=torch.int32, device=self.device)
        bounds[0] = 0
        bounds[1 : len(documents) + 1] = ends
        gap = torch.arange(used, self.size, CONTEXT, dtype=torch.int32, device=self.device)[1:]
        bounds[len(documents) + 1 : len(documents) + 1 + len(gap)] = gap
        pad = self.size - used
        return (
            F.pad((stored & (LEARNT - 1)).long(), (0, pad)),
            F.pad(place - first, (0, pad)),
            bounds,
            F.pad(labels.long(), (0, pad), value=-100),
        )


# --- the judge's own lessons -----------------------------------------------------------------------------------------


def judge_own_solutions(
    checkpoint: Path, lessons: list[dict[str, str]], device: str, temperature: float = 0.8, batch: int = 8192
) -> list[tuple[str, str, bool]]:
    """Documents that ask for a verdict on the model's own sampled solutions, as many right as wrong ones."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(checkpoint, padding_side="left")
    dtype = torch.bfloat16 if device == "cuda" else torch.float32
    model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=dtype).to(device).eval()
    # Neighbours in length share a batch: less padding, and short solutions do not wait for long ones.
    lessons = sorted(lessons, key=lambda lesson: len(lesson["user"]))
    verdicts: dict[bool, list[tuple[str, str, bool]]] = {True: [], False: []}
    for start in range(0, len(lessons), batch):
        part = lessons[start : start + batch]
        texts = [f"{USER}{lesson['user']}{END}{ASSISTANT}" for lesson in part]
        inputs = tokenizer(texts, return_tensors="pt", padding=True, return_token_type_ids=False).to(device)
        longest = min(280, CONTEXT - inputs.input_ids.shape[1])
        with torch.inference_mode():
            out = model.generate(**inputs, do_sample=True, temperature=temperature, top_k=0, max_new_tokens=longest)
        for lesson, ids in zip(part, out[:, inputs.input_ids.shape[1] :].tolist()):
            if tokenizer.eos_token_id not in ids:
                continue  # cut off or rambling: nothing that anybody would ask about
            solution = tokenizer.decode(ids[: ids.index(tokenizer.eos_token_id)])
            is_right = solution.split("\n")[-1] == lesson["conclusion"]
            user = lesson["judge"].replace("{solution}", solution)
            verdicts[is_right].append((user, "yes" if is_right else "no", False))
    size = min(len(verdicts[True]), len(verdicts[False]))
    random = np.random.default_rng(len(lessons))
    return [
        documents[index] for documents in verdicts.values() for index in random.permutation(len(documents))[:size]
    ]


def with_share(
    tokens: np.ndarray, lengths: np.ndarray, more: tuple[np.ndarray, np.ndarray], share: float
) -> tuple[np.ndarray, np.ndarray]:
    """The documents with `more` repeated so often that it makes up about `share` of all."""
    more_tokens, more_lengths = more
    times = max(1, round(share / (1 - share) * len(lengths) / len(more_lengths)))
    return (
        np.concatenate([tokens, np.tile(more_tokens, times)]),
        np.concatenate([lengths, np.tile(more_lengths, times)]),
    )


# --- saving ----------------------------------------------------------------------------------------------------------


def save_checkpoint(model: Llama, tokenizer, arguments: argparse.Namespace, out: Path) -> None:
    """The files that transformers and vLLM expect of a LlamaForCausalLM."""
    from safetensors.torch import save_file

    attention = ("q_proj", "k_proj", "v_proj", "o_proj")
    tensors = {}
    for name, tensor in model.state_dict().items():
        parts = name.split(".")
        # Our layers hold their projections themselves; a Llama of transformers keeps them in self_attn and mlp.
        if parts[0] == "layers" and parts[2].endswith("_proj"):
            parts.insert(2, "self_attn" if parts[2] in attention else "mlp")
        tensors["model." + ".".join(parts)] = tensor.to(torch.float16).contiguous().cpu()
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors, out / "model.safetensors", metadata={"format": "pt"})
    ids = {token: tokenizer.token_to_id(token) for token in SPECIAL}
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": arguments.vocabulary,
        "hidden_size": arguments.hidden,
        "intermediate_size": arguments.mlp,
        "num_hidden_layers": arguments.layers,
        "num_attention_heads": arguments.heads,
        "num_key_value_heads": arguments.heads,
        "max_position_embeddings": CONTEXT,
        "rms_norm_eps": 1e-5,
        "rope_theta": 10000.0,
        "hidden_act": "silu",
        "tie_word_embeddings": True,
        "bos_token_id": None,
        "eos_token_id": ids[END],
        "pad_token_id": ids[PAD],
        "dtype": "float16",
    }
    tokenizer_config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "eos_token": END,
        "pad_token": PAD,
        "additional_special_tokens": [SYSTEM, USER, ASSISTANT],
        "chat_template": CHAT_TEMPLATE,
        "clean_up_tokenization_spaces": False,
        "model_max_length": CONTEXT,
    }
    generation = {"eos_token_id": ids[END], "pad_token_id": ids[PAD]}
    tokenizer.save(str(out / "tokenizer.json"))
    for name, content in (
        ("config", config),
        ("tokenizer_config", tokenizer_config),
        ("generation_config", generation),
    ):
        (out / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n")


def main() -> None:
    arguments = parse_arguments()
    torch.manual_seed(arguments.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    began = time.time()

    def say(text: str) -> None:
        print(f"{time.time() - began:7.1f} s  {text}", flush=True)

    documents, checksum = read_documents(arguments.documents)
    say(f"read {len(documents):,} documents, sha256 {checksum[:16]}")
    tokenizer = open_tokenizer(arguments.tokenizer) or make_tokenizer(documents, arguments.vocabulary)
    if tokenizer.get_vocab_size() != arguments.vocabulary:
        # A small sample gives fewer merges; the embedding follows the tokenizer.
        arguments.vocabulary = tokenizer.get_vocab_size()
    tokens, lengths = encode_documents(tokenizer, documents)
    say(f"{len(tokens):,} tokens, {len(documents) - len(lengths):,} documents longer than {CONTEXT} left out")

    shape = {key: getattr(arguments, key) for key in ("vocabulary", "hidden", "layers", "heads", "mlp")}
    model = Llama(**shape).to(device)
    parameters = sum(parameter.numel() for parameter in model.parameters())
    say(f"{parameters / 1e6:.1f}M parameters")
    run = torch.compile(model) if device == "cuda" else model
    decayed = [parameter for parameter in model.parameters() if parameter.ndim == 2]
    plain = [parameter for parameter in model.parameters() if parameter.ndim != 2]
    groups = [{"params": decayed, "weight_decay": arguments.weight_decay}, {"params": plain, "weight_decay": 0.0}]
    # Rates are set in each step.
    optimizer = torch.optim.AdamW(groups, lr=1.0, betas=(0.9, 0.95), fused=device == "cuda")
    first_packer = Packer(tokens, lengths, arguments.tokens_per_step, arguments.seed, device)
    packer, most = iter(first_packer), first_packer.most

    curve: list[tuple[int, float]] = []
    recent = torch.zeros((), device=device)
    trained = time.time()
    own = {"solutions": 0, "seconds": 0.0}
    judge_step = round(arguments.judge_from * arguments.steps) if arguments.judge_lessons else -1
    for step in range(arguments.steps):
        if step == judge_step:
            asked = time.time()
            lessons = [json.loads(line) for line in arguments.judge_lessons.open()]
            with tempfile.TemporaryDirectory() as folder:
                save_checkpoint(model, tokenizer, arguments, Path(folder))
                judged = judge_own_solutions(Path(folder), lessons, device)
            own = {"solutions": len(judged), "seconds": round(time.time() - asked, 1)}
            say(f"{len(lessons):,} problems solved by sampling: {len(judged):,} documents with verdicts")
            if judged:
                documents_of_both = with_share(tokens, lengths, encode_documents(tokenizer, judged), arguments.judge_share)
                both = Packer(*documents_of_both, arguments.tokens_per_step, arguments.seed + 1, device)
                both.most = most  # the same shapes as before, so that nothing is compiled anew
                packer = iter(both)
        warm = min(1.0, (step + 1) / arguments.warmup_steps)
        rate = arguments.learning_rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / arguments.steps)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        ids, positions, bounds, labels = next(packer)
        with torch.autocast(device, dtype=torch.bfloat16):
            loss = run(ids, positions, bounds, labels)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        recent += loss.detach()  # on the device: looking at it would wait for the step
        if (step + 1) % 100 == 0 or step + 1 == arguments.steps:
            since = 100 if (step + 1) % 100 == 0 else (step + 1) % 100
            value = recent.item() / since
            recent.zero_()
            if not math.isfinite(value):
                sys.exit(f"Cannot go on training at step {step + 1}: the loss is {value}; lower --learning-rate")
            curve.append((step + 1, round(value, 4)))
            # The time in which the model was asked for its own solutions is no training.
            speed = (step + 1) * arguments.tokens_per_step / (time.time() - trained - own["seconds"])
            if (step + 1) % 500 == 0 or step < 500:
                say(f"step {step + 1:6,} of {arguments.steps:,}  loss {value:.4f}  {speed / 1e6:.2f}M tokens/s")

    save_checkpoint(model, tokenizer, arguments, arguments.out)
    record = {
        "arguments": {key: str(value) if isinstance(value, (Path, list)) else value for key, value in vars(arguments).items()},
        "parameters": parameters,
        "documents": {"count": len(documents), "sha256": checksum, "tokens": len(tokens)},
        "judgeLessons": own,
        "seconds": {"training": round(time.time() - trained, 1), "all": round(time.time() - began, 1)},
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "device": torch.cuda.get_device_name() if device == "cuda" else "cpu",
        "curve": curve,
    }
    record["arguments"]["documents"] = [path.name for path in arguments.documents]
    record["arguments"]["out"] = arguments.out.name
    for name in ("judge_lessons", "tokenizer"):
        if getattr(arguments, name):
            record["arguments"][name] = getattr(arguments, name).name
    (arguments.out / "training.json").write_text(json.dumps(record, indent=1) + "\n")
    say(f"saved {arguments.out}")


if __name__ == "__main__":
    main()
