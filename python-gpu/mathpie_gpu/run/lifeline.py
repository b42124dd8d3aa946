"""A script that Mathpie started notices when Mathpie is gone, and stops as it does at SIGTERM.

A SIGKILL of Mathpie (which nobody can catch) would leave a training computing for hours, with its run directory held against the same
command. So Mathpie (src/gpu/lifeline.ts) gives its scripts a pipe as standard input, into which nothing is ever written, and says so in
MATHPIE_LIFELINE: the pipe ends with whoever holds its other end. The workers of torchrun have it too. A script that somebody starts by
hand, with nohup, in a session of its own or by Slurm, has no such variable, and nothing watches it.
"""

from __future__ import annotations

import os
import select
import signal
import stat
import sys
import threading
from collections.abc import Callable

VARIABLE = "MATHPIE_LIFELINE"
SECONDS_BETWEEN_LOOKS = 1.0


class Lifeline:
    """Watches from its making until `close`. `on_parted` is called once, in a thread of its own, before the script is told to stop."""

    def __init__(self, on_parted: Callable[[], None]) -> None:
        self.on_parted, self.ended = on_parted, threading.Event()
        # Taken away: the processes that this one starts tell nobody anything by it
        grace = os.environ.pop(VARIABLE, None)
        pipe = None if grace is None else take_standard_input()
        if grace is not None and pipe is not None:
            threading.Thread(target=self.watch, args=(pipe, float(grace)), daemon=True, name="lifeline").start()

    def watch(self, pipe: int, grace: float) -> None:
        parent = os.getppid()
        try:
            # A worker of torchrun is alone as well when torchrun was killed
            while not has_ended(pipe) and os.getppid() == parent:
                if self.ended.is_set():
                    return
        finally:
            os.close(pipe)
        if self.ended.is_set():
            return
        self.on_parted()
        os.kill(os.getpid(), signal.SIGTERM)
        # What does not hear it would hold the directory for ever; nobody else is there to end it
        if not self.ended.wait(grace):
            os.kill(os.getpid(), signal.SIGKILL)

    def close(self) -> None:
        self.ended.set()


def take_standard_input() -> int | None:
    """The pipe that is standard input, which is empty from now on; None where a program in between (`conda run`, `srun`) gave another."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return None
    if sys.platform == "win32" or not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return None
    pipe = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    return pipe


def has_ended(pipe: int) -> bool:
    readable, _, _ = select.select([pipe], [], [], SECONDS_BETWEEN_LOOKS)
    return bool(readable) and os.read(pipe, 1) == b""
