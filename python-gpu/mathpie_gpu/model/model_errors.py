"""What goes wrong when a checkpoint is opened, as one line each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

from mathpie_gpu.run.errors import UserError


@contextmanager
def opening_model(name: str) -> Iterator[None]:
    """Turns what transformers and huggingface_hub throw for `name` (a folder, or OWNER/NAME on the hub) into a `UserError`."""
    if looks_like_a_path(name) and not Path(name).exists():
        raise UserError(
            f"Cannot open the model {name}: there is no such folder; check the path, or name a model of the hub as OWNER/NAME"
        )
    if Path(name).is_dir() and not (Path(name) / "config.json").exists() and not (Path(name) / "modules.json").exists():
        raise UserError(f"Cannot open the model {name}: the folder holds no config.json; name the folder that does")
    try:
        yield
    except UserError:
        raise
    except torch.OutOfMemoryError as error:
        raise UserError(
            f"Cannot open the model {name}: the GPU has not enough memory for its weights;"
            " use a smaller dtype, quantisation, or more GPUs"
        ) from error
    except (OSError, ValueError, KeyError, ImportError, AttributeError) as error:
        raise UserError(f"Cannot open the model {name}: {explain(error)}") from error


def looks_like_a_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or name.count("/") != 1 or "\\" in name


def explain(error: Exception) -> str:
    """Hub errors are recognised by name: huggingface_hub has moved and renamed them more than once."""
    names = {type(one).__name__ for one in causes(error)}
    text = " ".join(" ".join(str(one) for one in causes(error)).split())
    if "GatedRepoError" in names or "gated repo" in text or "401" in text.split() or "403" in text.split():
        return "it is gated; accept its licence on its page, then set HF_TOKEN or run huggingface-cli login"
    if "LocalEntryNotFoundError" in names or "OfflineModeIsEnabled" in names or "couldn't connect" in text:
        return "it is not on this machine and the hub cannot be reached; download it first, or unset HF_HUB_OFFLINE"
    if "RepositoryNotFoundError" in names or "is not a valid model identifier" in text:
        return "the hub has no such model, or it is private; check the name, or set HF_TOKEN"
    if "trust_remote_code" in text:
        return 'it brings its own Python code, which can do anything on this machine; read it, then set "trustRemoteCode": true'
    if isinstance(error, ImportError | AttributeError):
        return f"its own code does not run with this version of transformers ({first_sentence(text)}); use a model that transformers knows"
    return f"{first_sentence(text) or type(error).__name__}; check that the download is complete"


def causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def first_sentence(text: str) -> str:
    return text.split(". ")[0][:200].rstrip(".")
