"""The end of a process."""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress


def leave(code: int) -> None:
    """Ends this process with `code`. One of a group goes without taking Python apart: threads of torch.distributed may still be
    putting away what Python lent them, and one that asks for Python while it is taken apart ends the process by an abort
    ("terminate called without an active exception"), which torchrun takes for a failure of all. What is registered to run at the
    end runs first. A process that is alone ends as Python does."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # nobody reads it any more
                stream.flush()
        os._exit(code)
    if code:
        sys.exit(code)
