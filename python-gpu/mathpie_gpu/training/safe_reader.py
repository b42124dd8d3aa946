"""Reads a checkpoint of torch.distributed.checkpoint that a stranger may have written: nothing in it is ever called.

Nor is anything taken for a tensor whose checksum is another than when it was written. `.metadata` is a pickle, which torch loads as it is. Here only the classes that a checkpoint of tensors consists of are let through, values
that are no tensors (torch would unpickle them too) are refused, and so are data files outside of the checkpoint's own folder.
"""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from pathlib import PurePath
from typing import Any

import torch
from torch.distributed.checkpoint import FileSystemReader
from torch.distributed.checkpoint.metadata import Metadata, StorageMeta, TensorStorageMetadata
from torch.distributed.checkpoint.planner import LoadPlan, LoadPlanner
from torch.futures import Future

METADATA = "torch.distributed.checkpoint.metadata"
LET_THROUGH = {
    (METADATA, "Metadata"),
    (METADATA, "MetadataIndex"),
    (METADATA, "TensorStorageMetadata"),
    (METADATA, "ChunkStorageMetadata"),
    (METADATA, "BytesStorageMetadata"),  # so that it can be refused by the name of its value
    (METADATA, "TensorProperties"),
    (METADATA, "StorageMeta"),
    (METADATA, "_MEM_FORMAT_ENCODING"),
    ("torch.distributed.checkpoint.filesystem", "_StorageInfo"),
    ("torch.serialization", "_get_layout"),
    ("torch", "Size"),
}
PATHS = {"PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath", "Path"}


class StrangeCheckpoint(Exception):
    """What stands in the way of loading it, in a few words."""


class SafeReader(FileSystemReader):
    def read_metadata(self, *args: Any, **kwargs: Any) -> Metadata:
        with self.fs.create_stream(self.path / ".metadata", "rb") as file:
            metadata = CheckpointUnpickler(file).load()
        refuse_strange(metadata)
        if metadata.storage_meta is None:
            metadata.storage_meta = StorageMeta()
        metadata.storage_meta.load_id = self.load_id
        return metadata

    def read_data(self, plan: LoadPlan, planner: LoadPlanner) -> Future[None]:
        for item in plan.items:
            refuse_damaged(self.path, self.storage_data[item.storage_index], name=item.storage_index.fqn)
        return super().read_data(plan, planner)


class CheckpointUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in LET_THROUGH or (module == "torch" and isinstance(getattr(torch, name, None), torch.dtype)):
            return super().find_class(module, name)
        if module.startswith("pathlib") and name in PATHS:
            return PurePath  # what another system wrote is a path here too
        raise StrangeCheckpoint(f"its .metadata asks for {module}.{name}, which no checkpoint of tensors needs")

    def persistent_load(self, pid: Any) -> Any:
        raise StrangeCheckpoint("its .metadata refers to something outside of it")


def refuse_damaged(folder: str | os.PathLike, stored: Any, *, name: str) -> None:
    """A tensor is a zip file with checksums, which torch writes and does not look at."""
    with open(os.path.join(folder, stored.relative_path), "rb") as file:
        file.seek(stored.offset)
        data = io.BytesIO(file.read(stored.length))
    try:
        with zipfile.ZipFile(data) as found:
            is_whole = found.testzip() is None
    except (zipfile.BadZipFile, EOFError, NotImplementedError):
        is_whole = False
    if not is_whole:
        raise StrangeCheckpoint(f"{name[:80]!r} in it is damaged")


def refuse_strange(metadata: Any) -> None:
    if not isinstance(metadata, Metadata) or not isinstance(metadata.state_dict_metadata, dict):
        raise StrangeCheckpoint("its .metadata describes no checkpoint")
    for name, described in metadata.state_dict_metadata.items():
        if not isinstance(described, TensorStorageMetadata):
            raise StrangeCheckpoint(f"{str(name)[:80]!r} in it is no tensor")
    for stored in (metadata.storage_data or {}).values():
        name = str(getattr(stored, "relative_path", ""))
        if name != PurePath(name).name or name in ("", ".", ".."):
            raise StrangeCheckpoint(f"it refers to the file {name[:80]!r} outside of its folder")
