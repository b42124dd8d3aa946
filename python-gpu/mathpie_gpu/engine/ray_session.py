"""Engines in Ray actors behind what a living session asks of one engine: work, cancelling, tokens, and what the model is."""

from __future__ import annotations

import collections
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mathpie_gpu.engine.ray_engines import RayEngines, Worker
from mathpie_gpu.engine.request_file import Work

SECONDS_TO_WAIT = 0.1  # for answers, before new requests are looked for


class RaySession:
    """`waiting` is where requests wait for an engine; those of an engine that was lost come back to its front."""

    def __init__(
        self, config: dict[str, Any], *, warn: Callable[[str], None], log: Path | None, waiting: collections.deque[Work]
    ) -> None:
        self.waiting = waiting
        self.engines = RayEngines(
            config,
            warn=warn,
            log=log,
            give_back=lambda works: waiting.extendleft(reversed(works)),
            seconds_to_wait=SECONDS_TO_WAIT,
        )
        # The first engine tells what the model is; the others load meanwhile, and get work when they are there.
        while self.engines.description is None:
            self.engines.exchange(lambda _room: [])

    @property
    def in_flight(self) -> int:
        return sum(worker.in_flight for worker in self.engines.workers)

    def exchange(self, take: Callable[[int], list[Work]]) -> list[dict[str, Any]]:
        return self.engines.exchange(take)

    def cancel(self, identifiers: set[str]) -> None:
        for worker in self.engines.workers:
            held = identifiers & worker.held.keys()
            for identifier in held:
                del worker.held[identifier]
            if held:
                worker.actor.cancel.remote(held)

    def tokenize(self, text: str) -> list[int]:
        """By any engine that is there; another one where that is lost."""
        lost = self.engines.ray.exceptions.RayActorError
        while True:
            there = [worker for worker in self.engines.workers if worker.window > 0]
            if not there:
                self.engines.exchange(lambda _room: [])
                continue
            worker: Worker = random.choice(there)
            try:
                return self.engines.ray.get(worker.actor.tokenize.remote(text))
            except lost:
                worker.window = 0  # its own call tells the driver, who replaces it

    def describe_model(self) -> dict[str, Any]:
        assert self.engines.description is not None
        return self.engines.description

    def close(self) -> None:
        self.engines.close()
