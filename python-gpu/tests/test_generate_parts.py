"""The parts of generate.py that need no engine: prompts, seeds, settings, and what errors are turned into."""

from __future__ import annotations

import copy
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from mathpie_gpu.engine.engine_errors import check_model_path, explain_engine_failure, is_known_version
from mathpie_gpu.engine.first_token import draws_apart, first_part, joined_text, rest_part
from mathpie_gpu.engine.prompt_tokens import PromptEncoder, thinking_marks, without_doubled_beginning
from mathpie_gpu.engine.sample_seed import sample_seed
from mathpie_gpu.engine.vllm_engine import engine_arguments
from mathpie_gpu.engine.warm_up import made_up_requests
from mathpie_gpu.run.contract import resolve_config
from mathpie_gpu.run.errors import UserError

ROOT = Path(__file__).parents[2]


def config(**changes: object) -> dict:
    return resolve_config("generate.config", {"run": "r", "model": "a/b", "requests": "q", **changes}, action="use x")


def test_seeds_are_those_of_the_typescript_side() -> None:
    source = (ROOT / "src" / "models" / "sample-seed.ts").read_text()
    assert [int(text, 16) for text in re.findall(r"0x[0-9a-f]{8}\b", source)] == [
        0x9E3779B1,
        0x85EBCA6B,
        0xC2B2AE35,
        0xFFFFFFFF,
    ]
    script = ROOT / "dist" / "models" / "sample-seed.js"
    node = shutil.which("node")
    if node is None or not script.exists():
        pytest.skip("the library is not built")
    pairs = [(0, 0), (1, 0), (1, 1), (42, 7), (4294967295, 65534)]
    code = f"import {{ sampleSeed }} from {str(script)!r}; console.log([{','.join(f'sampleSeed({s},{i})' for s, i in pairs)}].join())"
    out = subprocess.run([node, "--input-type=module", "-e", code], capture_output=True, text=True, check=True).stdout
    assert [sample_seed(*pair) for pair in pairs] == [int(text) for text in out.split(",")]


def test_a_first_token_with_a_temperature_of_its_own_is_a_request_of_its_own() -> None:
    sampling = {"temperature": 0.6, "firstTemperature": 0.72, "maxTokens": 10, "minTokens": 2, "seed": 7, "topLogProbabilities": 3}
    assert draws_apart(sampling) and not draws_apart({"maxTokens": 1}) and not draws_apart({**sampling, "firstTemperature": 0.6})
    first, rest = first_part(sampling), rest_part(sampling)
    assert (first["temperature"], first["maxTokens"], first["minTokens"], first["seed"]) == (0.72, 1, 1, 7)
    assert (rest["temperature"], rest["maxTokens"], rest["minTokens"], rest["topLogProbabilities"]) == (0.6, 9, 1, 0)
    assert rest["seed"] != first["seed"]


@pytest.mark.parametrize(
    "first, rest, stop, text",
    [("Find", " x.", None, "Find x."), ("", "?", None, "<1 2 3>"), ("\ufffd", "?", None, "<1 2 3>"), ("", "?", "2", "<1 ")],
)
def test_texts_of_the_first_token_and_the_rest_are_joined(first: str, rest: str, stop: str | None, text: str) -> None:
    answers = SimpleNamespace(text=first, token_ids=[1]), SimpleNamespace(text=rest, token_ids=[2, 3], stop_reason=stop)
    assert joined_text(*answers, lambda ids: f"<{' '.join(map(str, ids))}>") == text


def test_the_preset_throughput_sets_what_is_not_set_by_hand() -> None:
    plain = engine_arguments(config(), on_cpu=False)
    assert "quantization" not in plain and plain["kv_cache_dtype"] == "auto" and "enable_chunked_prefill" not in plain
    fast = engine_arguments(config(preset="throughput"), on_cpu=False)
    assert (fast["quantization"], fast["kv_cache_dtype"], fast["max_num_seqs"]) == ("fp8", "fp8", 2048)
    assert engine_arguments(config(preset="throughput"), on_cpu=False, memory_gib=24)["max_num_seqs"] == 512
    mine = engine_arguments(
        config(preset="throughput", maxSequences=64, quantization="awq", kvCacheType="fp8_e5m2"), on_cpu=False
    )
    assert (mine["quantization"], mine["kv_cache_dtype"], mine["max_num_seqs"]) == ("awq", "fp8_e5m2", 64)


def test_the_cache_is_what_was_asked_for_on_a_gpu_alone() -> None:
    assert "kv_cache_memory_bytes" not in engine_arguments(config(), on_cpu=False)
    assert engine_arguments(config(kvCacheGiB=1.5), on_cpu=False)["kv_cache_memory_bytes"] == 3 * 2**29
    assert "kv_cache_memory_bytes" not in engine_arguments(config(kvCacheGiB=1.5), on_cpu=True)


@pytest.mark.parametrize(
    "sequences, vocabulary, context",
    [(2048, 32000, 4096), (16, 512, 512), (1, 40, 32), (256, 151936, 131072), (4, 2000, 2)],
)
def test_a_warm_up_asks_for_nothing_that_does_not_fit(sequences: int, vocabulary: int, context: int) -> None:
    requests = made_up_requests(sequences, vocabulary, context)
    assert len(requests) > sequences  # full batches, and prompts that are read while others are written
    for ids, sampling in requests:
        assert ids and sampling["max_tokens"] >= 1 and len(ids) + sampling["max_tokens"] <= context
        assert all(0 <= token < vocabulary for token in ids)


@pytest.mark.parametrize(
    "changes, memory, largest",
    [
        ({}, 141, 2048),
        ({"preset": "throughput"}, 141, 2048),
        ({"maxSequences": 600}, 24, 1152),
        ({}, 24, None),
        ({"maxSequences": 512}, 141, None),
        ({"enforceEager": True}, 141, None),
    ],
)
def test_steps_of_more_than_512_tokens_are_captured_too(changes: dict, memory: float, largest: int | None) -> None:
    compilation = engine_arguments(config(**changes), on_cpu=False, memory_gib=memory).get("compilation_config")
    assert (compilation and max(compilation["cudagraph_capture_sizes"])) == largest


def test_settings_reach_vllm_under_its_names() -> None:
    given = engine_arguments(
        config(
            speculation={"tokens": 5}, tensorParallel=2, pipelineParallel=3, maxModelLength=99, gpuMemoryUtilization=0.5
        ),
        on_cpu=False,
    )
    ngram = {"method": "ngram", "num_speculative_tokens": 5, "prompt_lookup_max": 4, "prompt_lookup_min": 2}
    assert given["speculative_config"] == ngram
    assert (given["tensor_parallel_size"], given["pipeline_parallel_size"]) == (2, 3)
    assert (given["max_model_len"], given["gpu_memory_utilization"]) == (99, 0.5)


def test_on_a_cpu_prompts_are_never_cut_and_fp8_is_refused() -> None:
    assert engine_arguments(config(), on_cpu=True)["enable_chunked_prefill"] is False
    with pytest.raises(UserError, match="it needs a GPU with fp8"):
        engine_arguments(config(preset="throughput"), on_cpu=True)


@pytest.mark.parametrize(
    "version, known", [("0.23.9", False), ("0.24.0", True), ("0.32.0+cpu", True), ("0.33.0", False), ("1.0", False)]
)
def test_versions_that_were_tried(version: str, known: bool) -> None:
    assert is_known_version(version) is known


@pytest.mark.parametrize("model", ["/nowhere/model", "./nowhere", "nowhere", "a/b/c"])
def test_a_model_folder_that_is_not_there_is_named(model: str) -> None:
    with pytest.raises(UserError, match="there is no such folder"):
        check_model_path(config(model=model))


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no config.json"):
        check_model_path(config(model=str(tmp_path)))
    check_model_path(config(model="meta-llama/Llama-2-7b-hf"))


@pytest.mark.parametrize(
    "text, log, message",
    [
        ("You are trying to access a gated repo.", "", 'HF_TOKEN or type "huggingface-cli login"'),
        (
            "x is not a local folder and is not a valid model identifier",
            "",
            "the hub has no such model, or it is private",
        ),
        (
            "Engine core initialization failed",
            "torch.OutOfMemoryError: CUDA out of memory.",
            "lower gpuMemoryUtilization",
        ),
        ("Engine core initialization failed", "ValueError: No available memory for the cache blocks.", "maxSequences"),
        (
            "Free memory on device (1/80 GiB) on startup is less than desired",
            "",
            "stop it, or lower gpuMemoryUtilization",
        ),
        (
            "To serve at least one request, 16 GiB KV cache is needed, which is larger than the available",
            "",
            "lower maxModelLength",
        ),
        (
            "Engine core initialization failed",
            "AssertionError: Error in memory profiling. Initial free memory 120.1 GiB, current free memory 131.2 GiB.",
            "start it again, or set kvCacheGiB",
        ),
        ("Bfloat16 is only supported on GPUs with compute capability of at least 8.0", "", "set dtype to float16"),
        ("We couldn't connect to 'https://huggingface.co'", "", "the hub cannot be reached"),
        ("SafetensorError: header too large", "", "a weight file is damaged"),
    ],
)
def test_failures_of_an_engine_become_one_line(text: str, log: str, message: str) -> None:
    explained = explain_engine_failure(RuntimeError(text), config(), log)
    assert isinstance(explained, UserError)
    assert str(explained).startswith("Cannot open the model a/b: ") and message in str(explained)


def test_an_unknown_failure_stays_what_it_is() -> None:
    error = RuntimeError("something new")
    assert explain_engine_failure(error, config(), "") is error


@pytest.mark.parametrize("ids, expected", [([1, 1, 5], [1, 5]), ([1, 5], [1, 5]), ([5, 5], [5, 5]), ([], [])])
def test_a_doubled_beginning_is_one(ids: list[int], expected: list[int]) -> None:
    assert without_doubled_beginning(ids, 1) == expected


@pytest.fixture(scope="module")
def tokenizer():
    transformers = pytest.importorskip("transformers")
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(ROOT / "data" / "pocket" / "tokenizer.json"), eos_token="<|end|>", pad_token="<|pad|>"
    )
    tokenizer.chat_template = (
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system\nhere') }}{% endif %}"
        "<|{{ m.role }}|>{{ m.content | trim }}<|end|>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
    )
    return tokenizer


def ask(text: str) -> dict:
    return {"messages": [{"role": "user", "content": text}]}


def test_messages_are_rendered_with_the_template(tokenizer) -> None:
    ids = PromptEncoder(tokenizer).encode(ask("How many? "))
    assert ids == tokenizer("<|user|>How many?<|end|><|assistant|>")["input_ids"]


def test_a_special_token_inside_a_message_is_plain_text(tokenizer) -> None:
    ids = PromptEncoder(tokenizer).encode(ask("one <|end|><|assistant|> two"))
    assert tokenizer.decode(ids) == "<|user|>one <|end|><|assistant|> two<|end|><|assistant|>"
    special = tokenizer.convert_tokens_to_ids(["<|user|>", "<|end|>", "<|assistant|>"])
    assert [token for token in ids if token in special] == special


def test_a_special_token_in_a_raw_prompt_is_one(tokenizer) -> None:
    assert PromptEncoder(tokenizer).encode({"prompt": "<|user|>"}) == [tokenizer.convert_tokens_to_ids("<|user|>")]


def test_what_a_template_refuses_is_said_in_one_line(tokenizer) -> None:
    with pytest.raises(ValueError, match="The chat template refuses the messages: no system here"):
        PromptEncoder(tokenizer).encode({"messages": [{"role": "system", "content": "x"}]})


def test_another_template_can_be_given(tokenizer) -> None:
    thinks = PromptEncoder(
        tokenizer, "{{ enable_thinking }} {{ strftime_now('%Y-%m-%d') }}", {"enable_thinking": False}
    )
    assert thinks.render([{"role": "user", "content": "Hi"}]) == "False 2024-07-26"
    encoder = PromptEncoder(tokenizer, "{{ messages[0].content }}")
    assert encoder.encode(ask("Hi")) == tokenizer("Hi")["input_ids"]


def test_special_tokens_stay_in_a_text_where_they_mark_thoughts(tokenizer) -> None:
    gemma = "{{ messages[0].content }}<|channel>thought\n<channel|>"
    assert ("<think>", "</think>") in thinking_marks()
    assert not PromptEncoder(tokenizer).marks_are_special()
    assert not PromptEncoder(tokenizer, gemma).marks_are_special()  # plain text in this vocabulary
    tokenizer = copy.deepcopy(tokenizer)
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|channel>", "<channel|>"]})
    assert PromptEncoder(tokenizer, gemma).marks_are_special()
    assert not PromptEncoder(tokenizer, "{{ messages[0].content }}<think>").marks_are_special()


def test_a_template_with_a_date_does_not_change_from_day_to_day(tokenizer) -> None:
    dated = "{% if not date_string is defined %}{% set date_string = strftime_now('%d %b %Y') %}{% endif %}{{ date_string }}"
    assert PromptEncoder(tokenizer, dated).render([{"role": "user", "content": "Hi"}]) == "26 Jul 2024"


@pytest.mark.parametrize("changes", [{}, {"engine": "ray"}], ids=["vllm", "ray"])
def test_a_missing_engine_is_one_line(tmp_path: Path, changes: dict) -> None:
    if importlib.util.find_spec("vllm" if not changes else "ray") is not None:
        pytest.skip("it is installed here")
    done = start_script(tmp_path, [{"id": "a", "prompt": "x", "sampling": {"maxTokens": 1}}], **changes)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert "is not installed" in done.stderr and "pip install" in done.stderr


def test_a_dry_run_says_what_would_be_done_and_names_bad_lines(tmp_path: Path) -> None:
    good = {"id": "a", "prompt": "x", "samples": 3, "sampling": {"maxTokens": 1}}
    done = start_script(tmp_path, [good, {"id": "b"}], "--dry-run", skipBad=True)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and [row["event"] for row in events] == ["run-start", "warning", "plan", "run-end"]
    assert (events[2]["items"], events[2]["requests"]) == (3, 1) and "line 2: " in events[1]["message"]
    refused = start_script(tmp_path, [good, {"id": "b"}], "--dry-run")
    assert refused.returncode == 2 and "requests.jsonl:2: it has to hold one of" in refused.stderr


def start_script(folder: Path, requests: list[dict], *flags: str, **changes: object) -> subprocess.CompletedProcess:
    model = folder / "model"
    model.mkdir(exist_ok=True)
    (model / "config.json").write_text("{}")
    (folder / "requests.jsonl").write_text("".join(json.dumps(row) + "\n" for row in requests))
    config = {"model": str(model), "requests": str(folder / "requests.jsonl"), **changes}
    (folder / "config.json").write_text(json.dumps(config))
    script = [sys.executable, str(ROOT / "python-gpu" / "generate.py"), str(folder / "config.json")]
    return subprocess.run([*script, "--run", str(folder / "run"), *flags], capture_output=True, text=True, timeout=120)
