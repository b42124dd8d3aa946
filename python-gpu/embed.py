"""Embed texts with a sentence-transformers model, and find each one's nearest neighbours: resumable at any moment, exact.

    python python-gpu/embed.py CONFIG.json --run runs/embeddings                     one GPU, or the CPU
    python python-gpu/embed.py CONFIG.json --set neighbors=true --set input=all.jsonl

    CONFIG.json: {"model": "sentence-transformers/all-mpnet-base-v2", "input": "instructions.jsonl", "neighbors": true}

Rows are {"id", "text"}, or what any step of Mathpie writes, as JSON lines or one array. embeddings.npy holds float32 vectors in the
order of the file (np.load(..., mmap_mode="r")), ids.jsonl the id of each row, neighbors.jsonl Magpie's fields: min_neighbor_distance (squared Euclidean), repeat_count and min_similar_conversation_id.
SIGKILL or a power cut loses the block in flight; the same command goes on. Equal texts are embedded once, so that their distance is 0 and not 1e-13.
Keys and defaults: contract/embed.config.schema.json.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from itertools import islice
from pathlib import Path

from mathpie_gpu.run.missing_packages import telling_missing_packages

with telling_missing_packages(__file__, on_cpu="engines"):
    import numpy as np
    import torch

    from mathpie_gpu.model.model_errors import opening_model
    from mathpie_gpu.rows.row_file import choose_field, read_rows, text_in
    from mathpie_gpu.run.counted import agreeing, counted
    from mathpie_gpu.run.device import choose_device
    from mathpie_gpu.run.directory import Run, open_run
    from mathpie_gpu.run.errors import UserError, storage_error
    from mathpie_gpu.run.json_lines import JsonLinesAppender, read_json_lines
    from mathpie_gpu.run.whole_file import write_json
    from mathpie_gpu.scoring.length_batches import TokenBudget, run_longest_first
    from mathpie_gpu.scoring.nearest_neighbors import nearest_neighbors


def main(run: Run) -> None:
    config = run.config
    # For each row, the first row with the same text. Read before the model is loaded: a bad line shall cost a second, not an hour.
    field = choose_field(config["input"], config["field"])
    same_as, checksum = find_equal_texts(config["input"], field)
    refuse_other_rows(run.directory / "input.json", checksum, path=config["input"])
    total, distinct = len(same_as), sum(first == row for row, first in enumerate(same_as))
    run.event("plan", items=total, distinct=distinct)
    if run.dry_run:
        return
    write_json(run.directory / "input.json", {"rows": total, "sha256": checksum})
    device = choose_device(config["device"])
    if not embed_rows(run, same_as, device, field):
        run.end("interrupted", items=total)
        return
    vectors = np.load(run.directory / "embeddings.npy", mmap_mode="r")
    if config["neighbors"] and not find_neighbors(run, vectors, device):
        run.end("interrupted", items=total)
        return
    run.end("done", items=total, distinct=distinct, dimensions=vectors.shape[1])


def embed_rows(run: Run, same_as: list[int], device: torch.device, field: str) -> bool:
    """Fills embeddings.npy and ids.jsonl; False where it was stopped on the way."""
    config, total = run.config, len(same_as)
    path = run.directory / "embeddings.npy"
    with JsonLinesAppender(run.directory / "ids.jsonl") as ids:
        # A row counts once its id is there, which is written when its vector is on the disk.
        done = earlier = settle_rows(path, ids)
        if done >= total:
            return True
        model = open_encoder(config, device)
        budget = TokenBudget(config["batchTokens"])

        def shrink(to: int) -> None:
            run.event("warning", message=f"Out of memory; batches shrink to {to:,} tokens")

        started, shown, cut = time.monotonic(), 0.0, 0
        rows = islice((row for _, row in read_rows(config["input"])), done, None)
        file = open_vectors(path, done)
        with file:
            while block := list(islice(rows, config["blockRows"])):
                texts = {row: text_in(item, field) for row, item in enumerate(block, done) if same_as[row] == row}
                fresh = list(texts)
                vectors: dict[int, np.ndarray] = {}
                # sentence-transformers pads each batch to its longest; a character estimate of tokens is enough to sort by.
                lengths = [min(model.max_seq_length or 10**9, len(texts[row]) // 3 + 2) for row in fresh]
                batches = run_longest_first(
                    lengths,
                    budget=budget,
                    work=lambda batch: encode(model, [texts[fresh[place]] for place in batch], config),  # noqa: B023
                    on_shrink=shrink,
                )
                for batch, encoded in batches:
                    if encoded is None:
                        raise UserError(
                            f"Cannot embed row {block[fresh[batch[0]] - done]['id']!r}: it does not fit in memory, even alone;"
                            " use the CPU or a smaller dtype"
                        )
                    vectors |= zip((fresh[place] for place in batch), encoded)
                cut += count_cut(model, list(texts.values()))
                if file.tell() == 0:
                    write_header(file, (total, len(next(iter(vectors.values())))), path)
                # A text that is new nowhere in this block stands in the file already.
                data = [vectors.get(same_as[row]) for row in range(done, done + len(block))]
                data = [read_vector(path, same_as[done + at]) if part is None else part for at, part in enumerate(data)]
                write_vectors(file, np.stack(data).astype("<f4"), path)
                flush_vectors(file, path)
                ids.append(*({"id": item["id"], "row": done + at} for at, item in enumerate(block)))
                done += len(block)
                if time.monotonic() - shown >= 1 or done == total:
                    shown = time.monotonic()
                    run.event("progress", **progress(done, total, done - earlier, shown - started))
                if run.stopping.is_set() and done < total:
                    return False
        if cut:
            limit = model.max_seq_length
            run.event("warning", message=f"{counted(cut, 'text')} {agreeing(cut, 'have')} more than {limit} tokens; the rest was left out")
    return True


def find_neighbors(run: Run, vectors: np.ndarray, device: torch.device) -> bool:
    """Fills neighbors.jsonl; False where it was stopped on the way."""
    names = [row["id"] for _, row in read_json_lines(run.directory / "ids.jsonl")]
    with JsonLinesAppender(run.directory / "neighbors.jsonl") as output:
        done = earlier = sum(1 for _ in read_json_lines(output.path))
        if done >= len(names) or len(names) < 2:
            return True
        started, shown = time.monotonic(), 0.0
        blocks = nearest_neighbors(vectors, limit=run.config["neighborDistance"], device=device, start=done)
        for block in blocks:
            records = []
            for row, found in enumerate(block, done):
                # Magpie names the first of a group of near-equal rows, which may be the row itself; null where it stands alone.
                first = None if found.first_within is None else names[min(found.first_within, row)]
                records.append(
                    {
                        "id": names[row],
                        "min_neighbor_distance": found.distance,
                        "nearest_id": names[found.nearest],
                        "repeat_count": found.within,
                        "min_similar_conversation_id": first,
                    }
                )
            output.append(*records)
            done += len(records)
            if time.monotonic() - shown >= 1 or done == len(names):
                shown = time.monotonic()
                run.event("progress", phase="neighbors", **progress(done, len(names), done - earlier, shown - started))
            if run.stopping.is_set() and done < len(names):
                return False
    return True


def open_encoder(config: dict, device: torch.device):
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise UserError(
            "Cannot embed: the package sentence-transformers is absent; pip install sentence-transformers"
        ) from error
    with opening_model(config["model"]):
        model = SentenceTransformer(
            config["model"],
            device=str(device),
            revision=config["revision"],
            trust_remote_code=config["trustRemoteCode"],
            model_kwargs={} if config["dtype"] == "auto" else {"dtype": getattr(torch, config["dtype"])},
        )
    wanted = config["maxTokens"]
    if wanted is not None:
        if model.max_seq_length is not None and wanted > model.max_seq_length:
            # Beyond it lie positions that were never trained, or that are not there at all.
            raise UserError(
                f"Cannot embed texts of {wanted:,} tokens: {config['model']} reads {model.max_seq_length:,}; lower maxTokens"
            )
        model.max_seq_length = wanted
    if config["promptName"] is not None and config["promptName"] not in model.prompts:
        known = ", ".join(sorted(model.prompts)) or "none"
        raise UserError(
            f'Cannot use the prompt "{config["promptName"]}": {config["model"]} has {known}; choose one, or null'
        )
    return model


def encode(model, texts: list[str], config: dict) -> list[np.ndarray]:
    return list(
        model.encode(
            texts,
            batch_size=len(texts),
            prompt_name=config["promptName"],
            normalize_embeddings=config["normalize"],
            show_progress_bar=False,
            convert_to_numpy=True,
        ).astype(np.float32)
    )


def count_cut(model, texts: list[str]) -> int:
    """How many texts are longer than the model reads. One with fewer characters than that has no more tokens either."""
    limit = model.max_seq_length
    long = [text for text in texts if limit is not None and len(text) >= limit]
    return sum(len(ids) > limit for ids in model.tokenizer(long, truncation=False)["input_ids"]) if long else 0


def find_equal_texts(path: str, field: str) -> tuple[list[int], str]:
    """For each row of the file, the number of the first row with the same text, and the sha256 of all ids and texts.

    Raises `UserError` for a row that is none.
    """
    whole = hashlib.sha256()
    seen: dict[str | int, int] = {}
    rows: dict[bytes, int] = {}
    same_as = []
    for line, row in read_rows(path):
        name, text = row.get("id"), text_in(row, field)
        if not isinstance(name, str | int) or isinstance(name, bool):
            raise UserError(
                f'Cannot embed {path}:{line}: its "id" is neither a text nor a whole number; give each row one'
            )
        if name in seen:
            raise UserError(
                f"Cannot embed {path}:{line}: the id {name!r} is that of line {seen[name]}; give each row its own"
            )
        if not isinstance(text, str) or not text.strip():
            raise UserError(
                f'Cannot embed {path}:{line} (id {name!r}): it has no "{field}"; leave the row out, or set "field"'
            )
        seen[name] = line
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        whole.update(repr(name).encode("utf-8", "surrogatepass") + digest)
        same_as.append(rows.setdefault(digest, len(same_as)))
    if not same_as:
        raise UserError(f"Cannot embed {path}: it has no rows; check the path")
    return same_as, whole.hexdigest()


def refuse_other_rows(kept: Path, checksum: str, *, path: str) -> None:
    """The vectors that are there belong to the rows of the first start: with other rows they would be wrong in silence."""
    try:
        earlier = json.loads(kept.read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    if earlier != checksum:
        raise UserError(
            f"Cannot continue {kept.parent}: the rows of {path} have changed since it began; choose another directory"
        )


# embeddings.npy is written with plain writes: through a memory map, a full disk would end the process without a word (SIGBUS).


def settle_rows(path: Path, ids: JsonLinesAppender) -> int:
    """How many rows have both id and vector. Ids without one are taken away again: their texts are embedded anew."""
    named = sum(1 for _ in read_json_lines(ids.path))
    there = min(named, count_vectors(path)) if named else 0
    if there < named:
        ids.keep_lines(there)
    return there


def count_vectors(path: Path) -> int:
    """Whole vectors in the file, up to the first that is nothing but zeros: a block that never reached the disk. 0 where it is damaged."""
    try:
        with open(path, "rb") as file:
            version = np.lib.format.read_magic(file)
            shape, _, _ = np.lib.format.read_array_header_1_0(file) if version == (1, 0) else ((0, 0), 0, 0)
            width, count = shape[1] * 4, 0
            while width and len(vector := file.read(width)) == width:
                if not any(vector):
                    return max(0, count - 1)  # the zeros may begin in the one before
                count += 1
            return count
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise storage_error(f"read {path}", error) from error
    except (ValueError, IndexError, EOFError):
        return 0


def open_vectors(path: Path, done: int):
    """The file, open behind its first `done` vectors, which are there; what a killed run wrote after them is cut away."""
    try:
        if done == 0:
            return open(path, "wb", buffering=0)
        file = open(path, "r+b", buffering=0)
        np.lib.format.read_magic(file)
        shape, _, _ = np.lib.format.read_array_header_1_0(file)
        end = file.tell() + done * shape[1] * 4
        file.truncate(end)
        file.seek(end)
        return file
    except OSError as error:
        raise storage_error(f"open {path}", error) from error


def flush_vectors(file, path: Path) -> None:
    try:
        os.fsync(file.fileno())
    except OSError as error:
        raise storage_error(f"write {path}", error) from error


def write_header(file, shape: tuple[int, int], path: Path) -> None:
    try:
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": shape})
        os.write(file.fileno(), header.getvalue())
    except OSError as error:
        raise storage_error(f"write {path}", error) from error


def write_vectors(file, vectors: np.ndarray, path: Path) -> None:
    data = memoryview(vectors.tobytes())
    try:
        while data:
            data = data[os.write(file.fileno(), data) :]
    except OSError as error:
        raise storage_error(f"write {path}", error) from error


def read_vector(path: Path, row: int) -> np.ndarray:
    with open(path, "rb") as file:
        np.lib.format.read_magic(file)
        (_, dimensions), _, _ = np.lib.format.read_array_header_1_0(file)
        file.seek(row * dimensions * 4, 1)
        return np.frombuffer(file.read(dimensions * 4), dtype="<f4")


def progress(done: int, total: int, since: int, seconds: float) -> dict:
    """`since` rows were done in the `seconds` of this process."""
    rate = since / seconds if seconds > 0 else 0
    return {
        "done": done,
        "total": total,
        "rowsPerSecond": round(rate, 1),
        "etaSeconds": round((total - done) / rate) if rate > 0 else None,
    }


if __name__ == "__main__":
    with open_run("embed") as run:
        main(run)
