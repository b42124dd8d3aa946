"""Engines in Ray actors, on this host or over a cluster, behind the same `exchange` as one engine of our own.

Ray places the actors, gives them their GPUs and tells when one is gone; here is only who gets the next requests. Each
actor keeps enough of them for its batch never to drain while its answers travel.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mathpie_gpu.engine.engine_errors import check_model_path, explain_engine_failure, read_from
from mathpie_gpu.engine.request_file import Work
from mathpie_gpu.run.counted import agreeing, counted
from mathpie_gpu.run.errors import UserError

SECONDS_AN_EXCHANGE = 0.5
PACKAGE = Path(__file__).resolve().parents[2]


class EngineActor:
    """What runs in each actor. Warnings travel back with the first answer."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config, self.warnings = config, []
        self.engine: Any = None

    def open(self) -> dict[str, Any]:
        """The window, and what the driver should say. A UserError comes back as text: its class may not be picklable there."""
        from mathpie_gpu.engine.vllm_engine import VllmEngine

        try:
            self.engine = VllmEngine(self.config, warn=self.warnings.append)
        except UserError as error:
            return {"error": str(error)}
        told = {"window": self.engine.window, "warnings": self.warnings, "pid": os.getpid()}
        return told | {"description": self.engine.describe_model()}

    def exchange(self, works: list[tuple[int, dict, list[int]]]) -> list[dict[str, Any]]:
        return self.engine.exchange_for([Work(*work) for work in works], SECONDS_AN_EXCHANGE)

    def cancel(self, identifiers: set[str]) -> None:
        self.engine.cancel(identifiers)

    def tokenize(self, text: str) -> list[int]:
        return self.engine.tokenize(text)


class Worker:
    """An actor and what it holds: for each request the samples that are not back yet."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.window = 0
        self.held: dict[str, tuple[Work, set[int]]] = {}

    @property
    def in_flight(self) -> int:
        return sum(len(samples) for _, samples in self.held.values())

    def receive(self, completions: list[dict[str, Any]]) -> None:
        for row in completions:
            if row["requestId"] not in self.held:
                continue  # cancelled meanwhile
            _, samples = self.held[row["requestId"]]
            samples.discard(row["sample"])
            if not samples:
                del self.held[row["requestId"]]

    def lost(self) -> list[Work]:
        return [work._replace(samples=sorted(samples)) for work, samples in self.held.values()]


class RayEngines:
    """`give_back` takes the work of an engine that was lost; it goes to the next one that asks."""

    def __init__(
        self,
        config: dict[str, Any],
        *,
        warn: Callable[[str], None],
        log: Path | None = None,
        give_back: Callable[[list[Work]], None],
        seconds_to_wait: float = 1,
    ) -> None:
        check_model_path(config)
        self.seconds_to_wait = seconds_to_wait
        self.description: dict[str, Any] | None = None  # of the model, once an engine is there
        self.config, self.warn, self.give_back = config, warn, give_back
        self.ray = start_ray(config)
        self.losses = 0
        self.pending: dict[Any, Worker] = {}  # what each running call will answer: by its reference
        self.idle: list[Worker] = []
        self.log, self.log_start = log, log.stat().st_size if log is not None and log.exists() else 0
        self.actors = self.make_actor_class()
        workers = config["ray"]["workers"] if config["engine"] == "ray" else config["dataParallel"]
        for _ in range(workers):
            self.start_worker()

    def make_actor_class(self) -> Any:
        gpus = self.config["tensorParallel"] * self.config["pipelineParallel"]
        on_gpu = self.config["device"] != "cpu" and self.ray.cluster_resources().get("GPU", 0) > 0
        if self.config["device"] == "cuda" and not on_gpu:
            raise UserError('Cannot use a GPU: Ray knows of none; look at what "ray status" says, or set device to cpu')
        return self.ray.remote(EngineActor).options(
            num_gpus=gpus if on_gpu else 0, num_cpus=self.config["ray"]["cpusPerWorker"], max_restarts=0
        )

    def start_worker(self) -> None:
        worker = Worker(self.actors.remote(self.config))
        self.pending[worker.actor.open.remote()] = worker

    @property
    def workers(self) -> list[Worker]:
        return [*self.pending.values(), *self.idle]

    def exchange(self, take: Callable[[int], list[Work]]) -> list[dict[str, Any]]:
        """Waits for whichever engine answers first, then gives each that did its next requests."""
        ready, _ = (
            self.ray.wait(list(self.pending), num_returns=1, timeout=self.seconds_to_wait) if self.pending else ([], [])
        )
        finished: list[dict[str, Any]] = []
        for reference in ready:
            worker = self.pending.pop(reference)
            try:
                answer = self.ray.get(reference)
            except (self.ray.exceptions.RayActorError, self.ray.exceptions.RayTaskError) as error:
                self.replace(worker, error)
                continue
            if isinstance(answer, dict):
                self.welcome(worker, answer)
            else:
                worker.receive(answer)
                finished += answer
            self.idle.append(worker)
        # Those that had nothing to do are asked again: a lost engine may have given its work back.
        waiting, self.idle = self.idle, []
        for worker in waiting:
            works = take(worker.window - worker.in_flight) if worker.in_flight < worker.window else []
            for work in works:
                worker.held[work.request["id"]] = (work, set(work.samples))
            if worker.held:
                self.pending[worker.actor.exchange.remote([tuple(work) for work in works])] = worker
            else:
                self.idle.append(worker)
        return finished

    def welcome(self, worker: Worker, answer: dict[str, Any]) -> None:
        if "error" in answer:
            raise UserError(answer["error"])
        worker.window = answer["window"]
        self.description = answer["description"]
        for message in answer["warnings"]:
            self.warn(message)

    def replace(self, worker: Worker, error: Exception) -> None:
        if worker.window == 0 and isinstance(error, self.ray.exceptions.RayTaskError):
            time.sleep(1)  # what the actor printed is on its way to run.log
            raise explain_engine_failure(error, self.config, read_from(self.log, self.log_start))
        self.ray.kill(worker.actor)  # an engine that failed may still hold its GPU
        self.losses += 1
        most = self.config["ray"]["maxRestarts"]
        if self.losses > most:
            raise UserError(
                f"Cannot go on: {counted(self.losses, 'engine')} {agreeing(self.losses, 'were')} lost and ray.maxRestarts is {most} "
                f"(the last one: {' '.join(str(error).split())[:200]}); start the same command again once the cluster is well"
            )
        works = worker.lost()
        self.warn(f"An engine was lost; another one takes over its {counted(sum(len(work.samples) for work in works), 'sample')}")
        self.give_back(works)
        self.start_worker()

    def close(self) -> None:
        self.ray.shutdown()


def start_ray(config: dict[str, Any]) -> Any:
    try:
        import ray
    except ModuleNotFoundError:
        raise UserError(
            'Cannot use several engines: Ray is not installed; type "pip install ray==2.60.0", or set engine to vllm'
        ) from None
    # The cluster's processes find this package where this one did; one shared folder, or a checkout at the same place.
    paths = os.pathsep.join([str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])])
    passed = {name: value for name, value in os.environ.items() if name.startswith(("VLLM_", "HF_", "OMP_"))}
    options: dict[str, Any] = {
        "runtime_env": {"env_vars": {**passed, "PYTHONPATH": paths}},
        "include_dashboard": False,
        "log_to_driver": True,
    }
    address = config["ray"]["address"]
    if address is not None:
        options.pop("include_dashboard")
        options["address"] = address
    else:
        wanted = config["ray"]["workers"] if config["engine"] == "ray" else config["dataParallel"]
        # Workers share the cores of this host if there are fewer; Ray would wait for more for ever.
        options["num_cpus"] = max(os.cpu_count() or 1, round(wanted * config["ray"]["cpusPerWorker"] + 0.5))
    try:
        ray.init(**options)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise UserError(
            f"Cannot reach Ray at {address or 'this host'}: {' '.join(str(error).split())[:200]}; "
            'start it with "ray start --head", or check ray.address'
        ) from error
    return ray
