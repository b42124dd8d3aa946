"""Checkpoints of a training run: weights, optimizer and place in the data, from which it goes on bit for bit.

DIR/checkpoints/step-000123/ is torch.distributed.checkpoint's format, so a run may go on with another number of GPUs; beside
it progress.json says which run it belongs to. A checkpoint gets its name once it is whole; the last whole one always stays.
"""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import torch.distributed as dist
import torch.distributed.checkpoint as dcp
from torch import Tensor, nn
from torch.distributed.checkpoint.api import CheckpointException

from mathpie_gpu.model.sharding import local, wait_for_all
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.run.whole_file import flush_folder, write_json
from mathpie_gpu.training.safe_reader import SafeReader
from mathpie_gpu.training.split_adamw import SplitAdamW


def save_training(
    folder: Path, step: int, tensors: dict[str, Tensor], progress: dict[str, Any], *, keep_last: int, is_main: bool
) -> Path:
    """Every process calls it. Raises UserError where the disk is too small; earlier checkpoints are not touched then."""
    final, temporary = folder / f"step-{step:06}", folder / f".step-{step:06}.partial"
    problem = None
    try:
        if is_main:
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir(parents=True)
            problem = lacking_space(folder, tensors)
    except OSError as error:
        problem = describe(error)
    # Every process has to know before the collective save: one that stays away would leave the others waiting.
    problem = first_problem(problem)
    if problem is None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that a single process needs no process group
                dcp.save(tensors, checkpoint_id=temporary)
            if is_main:
                write_json(temporary / "progress.json", {"step": step, **progress})
        except (Exception, CheckpointException) as error:  # the latter carries each process's own error
            problem = describe(error)
        problem = first_problem(problem)
    if problem is not None:
        if is_main:
            shutil.rmtree(temporary, ignore_errors=True)
        kept = last_checkpoint(folder)
        stays = f"{kept.name} stays" if kept else "there is no earlier one"
        raise UserError(
            f"Cannot save the checkpoint of step {step} in {folder}: {problem}; {stays}, free some space and start the same"
            " command again"
        )
    if is_main:
        if final.exists():
            shutil.rmtree(final)
        temporary.rename(final)
        flush_folder(folder)  # or a power cut could leave neither it nor the ones that are removed now
        # Old ones go last, so that there is a whole one at every moment.
        for old in all_checkpoints(folder)[: -max(1, keep_last)]:
            shutil.rmtree(old, ignore_errors=True)
    wait_for_all()
    return final


def load_training(checkpoint: Path, tensors: dict[str, Tensor], progress: dict[str, Any]) -> int:
    """Fills `tensors` in place, spread as they are now, and returns the step. `progress` has to be that of the run."""
    saved = read_progress(checkpoint)
    for key, value in progress.items():
        if saved.get(key) != value:
            raise UserError(
                f"Cannot go on from {checkpoint}: its {key} is {json.dumps(saved.get(key))}, this run's {json.dumps(value)};"
                " give the first data and configuration again, or choose another run directory"
            )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dcp.load(tensors, storage_reader=SafeReader(checkpoint))
    except (Exception, CheckpointException) as error:
        raise UserError(
            f"Cannot go on from {checkpoint}: {describe(error)}; delete that folder to go on from the one before it"
        ) from error
    return saved["step"]


def training_tensors(model: nn.Module, optimizer: SplitAdamW) -> dict[str, Tensor]:
    """The trained weights and all that the optimizer keeps, themselves and not copies. Frozen weights come from their file."""
    weights = {
        f"weight.{name}": parameter.data for name, parameter in model.named_parameters() if parameter.requires_grad
    }
    return weights | {f"state.{name}": tensor for name, tensor in optimizer.state_dict().items()}


def all_checkpoints(folder: Path) -> list[Path]:
    """Those with their own name, by their step: a copy that somebody made beside them is not one of them."""
    found = {int(path.name[5:]): path for path in folder.glob("step-*") if path.name[5:].isdecimal()}
    return [path for _, path in sorted(found.items()) if (path / "progress.json").exists()]


def last_checkpoint(folder: Path) -> Path | None:
    return next(reversed(all_checkpoints(folder)), None)


def read_progress(checkpoint: Path) -> dict[str, Any]:
    """Raises UserError where it is damaged: the step that it names is the folder's."""
    try:
        saved = json.loads((checkpoint / "progress.json").read_text())
        if saved["step"] != int(checkpoint.name.removeprefix("step-")):
            raise ValueError(f"it is of step {saved['step']}")
        return saved
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"Cannot go on from {checkpoint}: its progress.json is damaged ({describe(error)}); delete that folder to go on from the one before it"
        ) from error


def lacking_space(folder: Path, tensors: dict[str, Tensor]) -> str | None:
    world = dist.get_world_size() if dist.is_initialized() else 1
    needed = world * sum(local(tensor).numel() * tensor.element_size() for tensor in tensors.values())
    free = shutil.disk_usage(folder).free
    digits = 1 if needed > 2**29 else 4  # small models' checkpoints are some megabytes
    return f"it needs {needed / 2**30:.{digits}f} GiB and {free / 2**30:.{digits}f} GiB are free" if needed > free else None


def first_problem(problem: str | None) -> str | None:
    """The same on every process: one that fails alone would leave the others waiting."""
    if not dist.is_initialized():
        return problem
    problems: list[str | None] = [None] * dist.get_world_size()
    dist.all_gather_object(problems, problem)
    return next((one for one in problems if one is not None), None)


def describe(error: BaseException) -> str:
    causes = [*getattr(error, "failures", {}).values()]
    inner = causes[0][0] if causes and isinstance(causes[0], tuple) else error
    while inner.__cause__ is not None:
        inner = inner.__cause__
    return " ".join((getattr(inner, "strerror", None) or str(inner) or type(inner).__name__).split())[:300]
