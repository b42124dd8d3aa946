"""Score responses with a reward model: one JSON line a row, longest first, resumable at any moment.

    python python-gpu/score_rewards.py CONFIG.json --run runs/scores             one GPU, or the CPU
    python python-gpu/score_rewards.py CONFIG.json --set deviceMap=auto          a model that is spread over all GPUs (72B)

    CONFIG.json: {"model": "RLHFlow/ArmoRM-Llama3-8B-v0.1", "input": "candidates.jsonl"}

Rows are {"id", "messages"} or {"id", "question", "response"}; scores.jsonl holds {"id", "score", "tokens"}, with the objectives or steps
under "scores" where there are several, and {"id", "score": null, "error"} for a row that could not be scored. SIGKILL loses the batch in
flight; the same command goes on. Any sequence classifier of transformers with one label works (Skywork, FsfairX, DeBERTa ...), ArmoRM and
Qwen2.5-Math's reward models too, without their remote code. Keys and defaults: contract/score-rewards.config.schema.json.
"""

from __future__ import annotations

import math
import time
from itertools import islice

from mathpie_gpu.run.missing_packages import telling_missing_packages

with telling_missing_packages(__file__, later=("transformers",)):
    import torch

    from mathpie_gpu.model.model_errors import opening_model
    from mathpie_gpu.rows.row_file import read_rows
    from mathpie_gpu.run.device import choose_device
    from mathpie_gpu.run.directory import Run, open_run
    from mathpie_gpu.run.errors import UserError
    from mathpie_gpu.run.json_lines import JsonLinesAppender, read_json_lines
    from mathpie_gpu.scoring.length_batches import TokenBudget, run_longest_first
    from mathpie_gpu.scoring.reward_model import RewardModel, load_reward_model

LONGEST = 4096  # without a better reason: what ArmoRM and the Qwen2.5-Math models were trained to read


def main(run: Run) -> None:
    config = run.config
    # Read the whole input once before any weights are loaded: a bad line shall cost a second, not an hour.
    total = count_rows(config["input"])
    if run.dry_run:
        run.event("plan", items=total)
        return
    output = run.directory / "scores.jsonl"
    with JsonLinesAppender(output) as scores:  # cuts a line that a killed run left half-written
        earlier = {row["id"]: "error" in row for _, row in read_json_lines(output)}
        done, failed, tokens = len(earlier), sum(earlier.values()), 0
        run.event("plan", items=total, done=done)
        if done >= total:
            run.end("done", items=total, failed=failed, tokens=0)
            return

        device = choose_device(config["device"])
        with opening_model(config["model"]):
            model = load_reward_model(config, device)
        limit = longest_row(model)
        budget = TokenBudget(config["batchTokens"])
        started, shown, is_checked = time.monotonic(), 0.0, False

        rows = (row for _, row in read_rows(config["input"]) if row["id"] not in earlier)
        while window := list(islice(rows, config["windowRows"])):
            encoded = model.encode(window)
            ready: list[int] = []
            for index, (row, ids) in enumerate(zip(window, encoded)):
                reason = ids if isinstance(ids, str) else None
                if reason is None and len(ids) > limit:
                    reason = f"it has {len(ids):,} tokens, and {limit:,} are allowed; shorten it or raise maxTokens"
                if reason is None:
                    ready.append(index)
                    continue
                length = 0 if isinstance(ids, str) else len(ids)
                scores.append({"id": row["id"], "score": None, "tokens": length, "error": reason})
                done, failed = done + 1, failed + 1
            # Once, on the first rows that can show it: it costs two passes more.
            if not is_checked and len(ready) > 1:
                is_checked = True
                if not agrees_with_itself(model, [encoded[index] for index in ready[:64]]):
                    budget.tokens = 1
                    run.event(
                        "warning",
                        message="This model scores a row differently beside another one; it goes one row at a time",
                    )

            def shrink(to: int) -> None:
                run.event("warning", message=f"Out of memory; batches shrink to {to:,} tokens")

            batches = run_longest_first(
                [len(encoded[index]) for index in ready],
                budget=budget,
                work=lambda batch: model.score([encoded[ready[place]] for place in batch]),  # noqa: B023 used at once
                on_shrink=shrink,
            )
            for batch, judgements in batches:
                records = []
                for place, judgement in zip(batch, judgements or [None] * len(batch)):
                    index = ready[place]
                    record = {"id": window[index]["id"], "score": None, "tokens": len(encoded[index])}
                    if judgement is None:
                        record["error"] = "it does not fit in memory, even alone; use a smaller dtype or more GPUs"
                    elif not math.isfinite(judgement.score):
                        record["error"] = "the model gave no number (NaN or infinity); try bfloat16 or float32"
                    else:
                        record["score"] = judgement.score
                        if judgement.scores is not None:
                            record["scores"] = judgement.scores
                    failed += "error" in record
                    tokens += record["tokens"]
                    records.append(record)
                scores.append(*records)
                done += len(records)
                if time.monotonic() - shown >= 1 or done == total:
                    shown = time.monotonic()
                    run.event("progress", **progress(done, failed, total, tokens, done - len(earlier), shown - started))
                if run.stopping.is_set():
                    break
            if run.stopping.is_set():
                break
    if run.stopping.is_set() and done < total:
        run.end("interrupted", items=total, done=done, failed=failed, tokens=tokens)
    else:
        run.end("done", items=total, failed=failed, tokens=tokens)


def count_rows(path: str) -> int:
    """How many rows the input has. Raises `UserError` for a line without an id of its own."""
    seen: dict[str | int, int] = {}
    for line, row in read_rows(path):
        name = row.get("id")
        if not isinstance(name, str | int) or isinstance(name, bool):
            raise UserError(
                f'Cannot score {path}:{line}: its "id" is neither a text nor a whole number; give each row one'
            )
        if name in seen:
            raise UserError(
                f"Cannot score {path}:{line}: the id {name!r} is that of line {seen[name]}; give each row its own"
            )
        seen[name] = line
    if not seen:
        raise UserError(f"Cannot score {path}: it has no rows; check the path")
    return len(seen)


def longest_row(model: RewardModel) -> int:
    """The most tokens that a row may have."""
    wanted = model.config["maxTokens"]
    allowed = getattr(model.model.config.get_text_config(), "max_position_embeddings", None) or LONGEST
    if wanted is not None and wanted > allowed:
        raise UserError(
            f"Cannot read rows of {wanted:,} tokens: {model.config['model']} has {allowed:,} positions; lower maxTokens"
        )
    return wanted or min(allowed, LONGEST)


def agrees_with_itself(model: RewardModel, rows: list[list[int]]) -> bool:
    """Whether a short row gets the same score alone and padded beside a long one. Models with code of their own often get the
    padding wrong; the tolerance is what half precision leaves."""
    short, long = min(rows, key=len), max(rows, key=len)
    try:
        alone, beside = model.score([short])[0].score, model.score([short, long])[0].score
    except torch.OutOfMemoryError:
        return True  # the batches find out how much fits
    return abs(alone - beside) <= 0.05 * max(1.0, abs(alone)) or math.isnan(alone)


def progress(done: int, failed: int, total: int, tokens: int, since: int, seconds: float) -> dict:
    """`since` rows and `tokens` were scored in the `seconds` of this process; the estimate is by rows."""
    rate = since / seconds if seconds > 0 else 0
    return {
        "done": done,
        "failed": failed,
        "total": total,
        "tokens": tokens,
        "tokensPerSecond": round(tokens / seconds, 1) if seconds > 0 else None,
        "etaSeconds": round((total - done) / rate) if rate > 0 else None,
    }


if __name__ == "__main__":
    with open_run("score-rewards") as run:
        main(run)
