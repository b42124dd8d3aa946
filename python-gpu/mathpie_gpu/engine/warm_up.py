"""Lets an engine work on made-up prompts before the first request, so that no kernel is compiled in the middle of a run.

vLLM captures its graphs when it starts, but kernels that are compiled when they are first called (Triton's, FlashInfer's, those of sampling)
wait for the first requests: with 2,048 sequences in fp8 the first 1,319 requests ran a quarter slower than the same ones later.
"""

from __future__ import annotations

import time
from typing import Any

LONGEST_PROMPT = 1024  # one that a step takes alone, or in pieces
SHORT_PROMPT = 24
MOST_TOKENS = 24  # the batch falls from all its sequences to one over so many steps
FIRST_TOKEN = 1000  # made-up ids: past the special tokens, which most vocabularies have at their beginning or end


def warm_up(llm: Any, *, log_probabilities: bool) -> float:
    """Seconds that it took. Every way of sampling is called, in batches of all sizes; nothing of it stays in the prefix cache."""
    began = time.monotonic()
    engine = llm.llm_engine
    config = engine.vllm_config
    vocabulary = config.model_config.get_vocab_size()
    context = config.model_config.max_model_len
    for index, (ids, sampling) in enumerate(
        made_up_requests(config.scheduler_config.max_num_seqs, vocabulary, context)
    ):
        engine.add_request(f"warm-up-{index}", {"prompt_token_ids": ids}, parameters(sampling, log_probabilities))
    while engine.has_unfinished_requests():
        engine.step()
    llm.reset_prefix_cache()
    return time.monotonic() - began


def made_up_requests(sequences: int, vocabulary: int, context: int) -> list[tuple[list[int], dict[str, Any]]]:
    """Token ids and how to go on from them: a full batch of short prompts, whose texts end one after another, and a few long ones
    behind it, which are read while others are written. Greedy, drawn, drawn with a seed, and from a part of the tokens, by turns."""
    ways: list[dict[str, Any]] = [
        {"temperature": 0},
        {"temperature": 0.7},
        {"temperature": 0.7, "seed": 1},
        {"temperature": 1, "top_p": 0.95},
        {"temperature": 0.6, "top_p": 0.95, "top_k": 20, "seed": 1},
    ]
    room = max(1, context - MOST_TOKENS)
    lengths = [min(SHORT_PROMPT, room)] * sequences + [min(LONGEST_PROMPT, room)] * min(sequences, 8)
    requests = []
    for index, length in enumerate(lengths):
        start = FIRST_TOKEN + 7 * index
        ids = [(start + offset) % vocabulary for offset in range(length)]
        most = max(1, min(1 + index % MOST_TOKENS, context - length))
        requests.append((ids, {**ways[index % len(ways)], "max_tokens": most}))
    return requests


def parameters(sampling: dict[str, Any], log_probabilities: bool) -> Any:
    from vllm import SamplingParams
    from vllm.sampling_params import RequestOutputKind

    return SamplingParams(
        **sampling,
        ignore_eos=True,
        detokenize=False,
        logprobs=0 if log_probabilities else None,
        flat_logprobs=log_probabilities,
        output_kind=RequestOutputKind.FINAL_ONLY,
    )
