"""What goes wrong when an engine starts, each as one line with a way out."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from mathpie_gpu.run.errors import UserError

KNOWN_VERSIONS = ("0.24", "0.32")


def is_known_version(version: str) -> bool:
    def number(text: str) -> tuple[int, ...]:
        return tuple(int(part) for part in re.findall(r"\d+", text)[:2])

    return number(KNOWN_VERSIONS[0]) <= number(version) <= number(KNOWN_VERSIONS[1])


def import_vllm() -> Any:
    try:
        import vllm
    except ModuleNotFoundError as error:
        if error.name != "vllm":
            raise
        raise UserError(
            f"Cannot generate: vLLM is not installed for {sys.executable}; "
            'type "pip install -r python-gpu/requirements-cuda.txt", or name another Python with MATHPIE_PYTHON'
        ) from None
    return vllm


def check_model_path(config: dict[str, Any]) -> None:
    """Hub names are left to the hub; a folder is looked at before vLLM takes its time."""
    model = config["model"]
    path = Path(model).expanduser()
    looks_like_path = model.startswith(("/", "./", "../", "~", ".\\")) or model.count("/") != 1 or path.exists()
    if looks_like_path and not path.is_dir():
        raise UserError(
            f"Cannot open the model {model}: there is no such folder; check the path, or give OWNER/NAME on the hub"
        )
    if looks_like_path and not (path / "config.json").is_file():
        raise UserError(
            f"Cannot open the model {model}: the folder holds no config.json; "
            "name the folder of a checkpoint that transformers wrote"
        )
    for key in ("chatTemplate",):
        if config[key] is not None and not Path(config[key]).is_file():
            raise UserError(f"Cannot read {key} {config[key]}: there is no such file; check the path")


# pattern in the error or the log: state, way out. The first one that is found counts.
CAUSES: list[tuple[str, str, str]] = [
    (
        r"gated repo|GatedRepoError|Access to model .* is restricted|401 Client Error|awaiting a review",
        "it is gated and this account has no access",
        'ask for access on its page, then set HF_TOKEN or type "huggingface-cli login"',
    ),
    (
        r"RepositoryNotFoundError|is not a local folder and is not a valid model identifier|404 Client Error|Repository Not Found",
        "the hub has no such model, or it is private",
        'check the name; for a private one set HF_TOKEN or type "huggingface-cli login"',
    ),
    (
        r"LocalEntryNotFoundError|offline mode|OfflineModeIsEnabled|couldn't connect to|ConnectionError|Failed to resolve|Max retries exceeded",
        "it is not on this machine and the hub cannot be reached",
        "check the network and HF_HUB_OFFLINE, or give the folder of a checkpoint",
    ),
    (
        r"Error in memory profiling",
        "another program freed memory of the GPU while vLLM measured its own",
        "start it again, or set kvCacheGiB, with which nothing is measured",
    ),
    (
        r"out of memory|OutOfMemoryError|No available memory for the cache blocks",
        "the GPU's memory does not suffice",
        "lower gpuMemoryUtilization or set kvCacheGiB if something else uses the GPU, else maxSequences, maxBatchedTokens or maxModelLength; "
        "set the preset throughput (fp8), or spread it with tensorParallel",
    ),
    (
        r"Free memory on device .* is less than desired",
        "something else uses the GPU's memory",
        "stop it, or lower gpuMemoryUtilization",
    ),
    (
        r"KV cache is needed, which is larger than|larger than the available KV cache memory|maximum number of tokens that can be stored in KV cache",
        "its context does not fit into the memory that is left for the KV cache",
        "lower maxModelLength, or raise gpuMemoryUtilization (on a CPU: cpuCacheGiB)",
    ),
    (
        r"Bfloat16 is only supported on GPUs with compute capability",
        "this GPU has no bfloat16",
        "set dtype to float16",
    ),
    (
        r"is greater than the derived max_model_len|larger than the derived max_model_len",
        "maxModelLength is more than the model reads",
        "lower it",
    ),
    (
        r"fp8.*(not supported|unsupported|Minimum capability)|Minimum capability.*fp8|quantization method .* is not supported",
        "this device cannot compute with the chosen quantization",
        "leave quantization and the preset throughput out",
    ),
    (
        r"SafetensorError|InvalidHeader|Error while deserializing|MetadataIncompleteBuffer",
        "a weight file is damaged or half-written",
        "copy or download it again",
    ),
    (
        r"Cannot find any model weights|no file named .*safetensors",
        "the folder holds no weights",
        "name the folder of a whole checkpoint",
    ),
    (
        r"Model architectures? .* (are|is) not supported|does not recognize this architecture",
        "this vLLM does not know its architecture",
        "upgrade vLLM, or use another model",
    ),
]


def explain_engine_failure(error: Exception, config: dict[str, Any], log: str) -> Exception:
    """A UserError where the cause is known, else the error itself. The engine often dies in a process of its own, whose
    reason stands only in the log."""
    if isinstance(error, UserError):
        return error
    chain, one = [], error
    while one is not None and len(chain) < 10:
        chain.append(f"{type(one).__name__}: {one}")
        one = one.__cause__ or one.__context__  # type: ignore[assignment]
    text = "\n".join([*chain, log[-200_000:]])
    for pattern, state, way_out in CAUSES:
        if re.search(pattern, text, re.IGNORECASE):
            return UserError(f"Cannot open the model {config['model']}: {state}; {way_out}")
    return error


def read_from(path: Path | None, start: int) -> str:
    if path is None or not path.exists():
        return ""
    with open(path, "rb") as file:
        file.seek(start)
        return file.read().decode("utf-8", "replace")
