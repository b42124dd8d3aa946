"""The requests of generate.py: which of their samples are still to be made, and in which order.

Of each request only its place in the file and a few numbers stay in memory (about 40 bytes), so that a million requests
need 40 MB and each line is read again when its turn comes.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from mathpie_gpu.engine.request_check import check_request
from mathpie_gpu.run.errors import UserError, storage_error
from mathpie_gpu.run.json_lines import parse_object, read_json_lines
from mathpie_gpu.run.whole_file import write_whole

CHARACTERS_A_TOKEN = 3  # only to compare prompts with each other


class Work(NamedTuple):
    """A request and those of its samples that are still to be made."""

    index: int
    request: dict[str, Any]
    samples: list[int]


class RequestFile:
    """`count` requests with `total` samples, `done` of which are in the completions file, `failed` of them with an error."""

    def __init__(self, path: str | Path, *, order: str, on_bad: Callable[[int, str], None] | None = None) -> None:
        self.path = Path(path)
        self.scan(on_bad)
        self.first_slot = np.concatenate([[0], np.cumsum(self.samples, dtype=np.int64)])
        self.is_done = np.zeros(int(self.first_slot[-1]), dtype=bool)
        self.count, self.total = len(self.offsets), len(self.is_done)
        self.done = self.failed = self.completion_tokens = self.prompt_tokens = 0
        self.by_digest = np.argsort(self.digests, kind="stable")
        self.refuse_equal_ids()
        file_order = np.arange(self.count)
        self.order = np.argsort(-self.lengths, kind="stable") if order == "longest-first" else file_order
        self.next = 0
        self.again: list[Work] = []
        self.file = open(self.path, "rb")

    def scan(self, on_bad: Callable[[int, str], None] | None) -> None:
        offsets, digests, lines = array("Q"), array("Q"), array("Q")
        samples, lengths = array("H"), array("q")
        offset = 0
        try:
            with open(self.path, "rb") as file:
                for number, line in enumerate(file, 1):
                    start, offset = offset, offset + len(line)
                    if not line.strip():
                        continue
                    try:
                        request = parse_object(line)
                        check_request(request)
                    except ValueError as error:
                        if on_bad is None:
                            raise UserError(
                                f"Cannot use {self.path}:{number}: {error}; mend the line, or set skipBad"
                            ) from None
                        on_bad(number, str(error))
                        continue
                    offsets.append(start)
                    digests.append(digest(request["id"].encode("utf-8", "surrogatepass")))
                    lines.append(digest(line.strip()))
                    samples.append(request.get("samples", 1))
                    lengths.append(request["sampling"]["maxTokens"] * (1 << 24) + prompt_length(request))
        except OSError as error:
            raise storage_error(f"read the requests {self.path}", error) from error
        self.offsets, self.digests, self.line_digests = (
            np.array(part, dtype=np.uint64) for part in (offsets, digests, lines)
        )
        self.samples, self.lengths = np.array(samples, dtype=np.int64), np.array(lengths, dtype=np.int64)

    def refuse_equal_ids(self) -> None:
        sorted_digests = self.digests[self.by_digest]
        twins = np.flatnonzero(sorted_digests[1:] == sorted_digests[:-1])
        if len(twins):
            with open(self.path, "rb") as file:
                file.seek(int(self.offsets[self.by_digest[twins[0]]]))
                identifier = parse_object(file.readline())["id"]
            raise UserError(f'Cannot use {self.path}: the id "{identifier}" stands there twice; give each line its own')

    def find(self, identifier: str) -> int | None:
        wanted = np.uint64(digest(identifier.encode("utf-8", "surrogatepass")))
        place = int(np.searchsorted(self.digests, wanted, sorter=self.by_digest))
        if place == self.count or self.digests[self.by_digest[place]] != wanted:
            return None
        return int(self.by_digest[place])

    def read_completions(self, path: Path) -> None:
        """Marks what an earlier start of the same run has finished."""
        for number, row in read_json_lines(path) if path.exists() else ():
            index = self.find(str(row.get("requestId")))
            if index is None or not 0 <= row.get("sample", -1) < self.samples[index]:
                raise UserError(
                    f'Cannot continue {path}:{number}: sample {row.get("sample")} of request "{row.get("requestId")}" '
                    f"is not asked for in {self.path}; give the first requests again, or choose another run directory"
                )
            self.mark_done(row)

    def refuse_changed_lines(self, path: Path) -> None:
        """A request whose line changed since an earlier start would mix two meanings of one id. `path` keeps a checksum of
        each line; requests may be added."""
        if (earlier := read_digests(path)) is not None:
            digests, lines = earlier
            places = np.searchsorted(self.digests, digests, sorter=self.by_digest)
            indices = self.by_digest[np.minimum(places, self.count - 1)] if self.count else np.zeros(0, dtype=np.int64)
            changed = (self.digests[indices] == digests) & (self.line_digests[indices] != lines) if self.count else []
            if np.any(changed):
                request = self.read(int(indices[np.flatnonzero(changed)[0]]))
                raise UserError(
                    f'Cannot continue with {self.path}: its request "{request["id"]}" is not what it was when the run '
                    "began; give the first requests again, or choose another run directory"
                )
        write_digests(path, np.stack([self.digests, self.line_digests]))

    def mark_done(self, completion: dict[str, Any]) -> bool:
        """False for a sample that is done already, which must not be written again."""
        index = self.find(completion["requestId"])
        assert index is not None
        slot = int(self.first_slot[index]) + completion["sample"]
        if self.is_done[slot]:
            return False
        self.is_done[slot] = True
        self.done += 1
        self.failed += completion["finishReason"] == "error"
        self.completion_tokens += completion["completionTokens"]
        self.prompt_tokens += completion["promptTokens"]
        return True

    def take(self, room: int) -> list[Work]:
        """The next requests with about `room` samples: whole requests, and at least one as long as there is room."""
        taken: list[Work] = []
        while room > 0 and self.again:
            work = self.again.pop()
            taken.append(work)
            room -= len(work.samples)
        while room > 0 and self.next < self.count:
            index = int(self.order[self.next])
            self.next += 1
            start, end = self.first_slot[index], self.first_slot[index + 1]
            samples = np.flatnonzero(~self.is_done[start:end]).tolist()
            if samples:
                taken.append(Work(index, self.read(index), samples))
                room -= len(samples)
        return taken

    def give_back(self, works: list[Work]) -> None:
        """What a lost engine had not finished is taken first."""
        self.again.extend(works)

    def read(self, index: int) -> dict[str, Any]:
        self.file.seek(int(self.offsets[index]))
        return parse_object(self.file.readline())

    def close(self) -> None:
        self.file.close()


def digest(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def prompt_length(request: dict[str, Any]) -> int:
    if "promptTokenIds" in request:
        return len(request["promptTokenIds"])
    texts = [request["prompt"]] if "prompt" in request else [message["content"] for message in request["messages"]]
    return min(sum(map(len, texts)) // CHARACTERS_A_TOKEN, (1 << 24) - 1)


def read_digests(path: Path) -> np.ndarray | None:
    """None where there are none, or what a power cut left of them before a first request was asked."""
    try:
        found = np.load(path)
    except (OSError, ValueError, EOFError):
        return None
    return found if found.ndim == 2 and len(found) == 2 and found.dtype == np.uint64 else None


def write_digests(path: Path, digests: np.ndarray) -> None:
    """On the disk before the first completion that relies on them."""
    with write_whole(path) as file:
        np.save(file, digests)
