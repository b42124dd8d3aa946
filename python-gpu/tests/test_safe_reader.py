"""A checkpoint of a stranger: tensors are read, nothing is called, nothing outside of its folder is opened."""

from __future__ import annotations

import os
import pickle
import re
import warnings
from pathlib import Path

import pytest
import torch
import torch.distributed.checkpoint as dcp

from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.checkpoint import load_training, save_training


class Payload:
    def __init__(self, function, *arguments) -> None:
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def save(folder: Path, tensors: dict) -> Path:
    return save_training(folder, 3, tensors, {"rows": 5}, keep_last=1, is_main=True)


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    generator = torch.Generator().manual_seed(0)
    tensors = {"weight.a": torch.rand(3, 4, generator=generator), "state.b": torch.ones(5, dtype=torch.bfloat16)}
    return save(tmp_path / "checkpoints", tensors)


def test_tensors_come_back_as_they_were(checkpoint: Path) -> None:
    tensors = {"weight.a": torch.zeros(3, 4), "state.b": torch.zeros(5, dtype=torch.bfloat16)}
    assert load_training(checkpoint, tensors, {"rows": 5}) == 3
    assert torch.equal(tensors["weight.a"], torch.rand(3, 4, generator=torch.Generator().manual_seed(0)))
    assert torch.equal(tensors["state.b"], torch.ones(5, dtype=torch.bfloat16))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.7, 0.98])
def test_a_byte_that_changed_on_the_disk_is_seen_or_is_none_of_a_tensor(tmp_path: Path, share: float) -> None:
    checkpoint = save(tmp_path / "checkpoints", {"weight.a": torch.zeros(4000), "state.b": torch.ones(4000, dtype=torch.bfloat16)})
    (path,) = checkpoint.glob("*.distcp")
    data = bytearray(path.read_bytes())
    data[int(share * len(data))] ^= 0x20
    path.write_bytes(data)
    tensors = {"weight.a": torch.zeros(4000), "state.b": torch.zeros(4000, dtype=torch.bfloat16)}
    try:
        load_training(checkpoint, tensors, {"rows": 5})
    except UserError as error:
        assert re.search("Cannot go on from .*: '(weight.a|state.b)' in it is damaged; delete that folder to go on", str(error))
    else:
        assert share < 0.1 and not tensors["weight.a"].any() and (tensors["state.b"] == 1).all()


@pytest.mark.parametrize(
    "payload, asked",
    [
        (lambda marker: Payload(os.system, f"touch {marker}"), "posix.system"),
        (lambda marker: Payload(eval, f"open({str(marker)!r}, 'w')"), "builtins.eval"),
        (lambda marker: Payload(open, str(marker), "w"), "io.open"),
        (lambda marker: Payload(torch.load, str(marker)), "torch.serialization.load"),
        (lambda marker: {"a": [Payload(os.mkdir, str(marker))]}, "posix.mkdir"),
    ],
)
def test_a_pickle_that_calls_something_is_refused_and_calls_nothing(checkpoint: Path, tmp_path: Path, payload, asked: str) -> None:
    marker = tmp_path / "called"
    (checkpoint / ".metadata").write_bytes(pickle.dumps(payload(marker)))
    with pytest.raises(UserError, match=f"Cannot go on from .*: its .metadata asks for {asked}"):
        load_training(checkpoint, {"weight.a": torch.zeros(3, 4)}, {"rows": 5})
    assert not marker.exists()


def test_values_that_are_no_tensors_are_not_unpickled(tmp_path: Path) -> None:
    marker = tmp_path / "called"
    folder = tmp_path / "checkpoints" / "step-000003"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dcp.save({"weight.a": Payload(os.mkdir, str(marker))}, checkpoint_id=folder)
    (folder / "progress.json").write_text('{"step": 3, "rows": 5}')
    marker.rmdir() if marker.exists() else None
    with pytest.raises(UserError, match="'weight.a' in it is no tensor"):
        load_training(folder, {"weight.a": torch.zeros(3, 4)}, {"rows": 5})
    assert not marker.exists()


def test_files_outside_of_the_folder_are_not_opened(checkpoint: Path) -> None:
    metadata = pickle.loads((checkpoint / ".metadata").read_bytes())
    for stored in metadata.storage_data.values():
        stored.relative_path = "../../secret.distcp"
    (checkpoint / ".metadata").write_bytes(pickle.dumps(metadata))
    with pytest.raises(UserError, match="refers to the file '../../secret.distcp' outside of its folder"):
        load_training(checkpoint, {"weight.a": torch.zeros(3, 4)}, {"rows": 5})


@pytest.mark.parametrize("data", [b"", b"\x80\x04", b"garbage", pickle.dumps({}), pickle.dumps(None)])
def test_what_is_no_checkpoint_is_one_line(checkpoint: Path, data: bytes) -> None:
    (checkpoint / ".metadata").write_bytes(data)
    with pytest.raises(UserError, match="^Cannot go on from .*; delete that folder to go on from the one before it$"):
        load_training(checkpoint, {"weight.a": torch.zeros(3, 4)}, {"rows": 5})
