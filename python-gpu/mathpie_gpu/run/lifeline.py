"""A script that Mathpie started notices when Mathpie is gone, and stops as it does at SIGTERM.

A SIGKILL of Mathpie (which nobody can catch) would leave a training computing for hours, with its run directory held against the same
command. So Mathpie (src/gpu/lifeline.ts) gives its scripts a pipe as standard input, into which nothing is ever written, and says so in
MATHPIE_LIFELINE: the pipe ends with whoever holds its other end. The workers of torchrun have it too. A program in between may give
another pipe, which ends at once (`conda run`), or none (`srun`): so the variable names Mathpie's process as well, and where that can be
seen, it has to be gone. A script that somebody starts by hand, with nohup, in a session of its own or by Slurm, has no such variable,
and nothing watches it.
"""

from __future__ import annotations

import os
import select
import signal
import stat
import sys
import threading
from collections.abc import Callable

from mathpie_gpu.run.lock import process_start

VARIABLE = "MATHPIE_LIFELINE"
SECONDS_BETWEEN_LOOKS = 1.0


class Lifeline:
    """Watches from its making until `close`. `on_parted` is called once, in a thread of its own, before the script is told to stop."""

    def __init__(self, on_parted: Callable[[], None]) -> None:
        self.on_parted, self.ended = on_parted, threading.Event()
        # Taken away: the processes that this one starts tell nobody anything by it
        told = os.environ.pop(VARIABLE, None)
        if told is None or sys.platform == "win32":
            return
        grace, _, mathpie = told.partition(" ")
        pipe = take_standard_input()
        if pipe is not None or lives(mathpie):
            threading.Thread(target=self.watch, args=(pipe, mathpie, float(grace)), daemon=True, name="lifeline").start()

    def watch(self, pipe: int | None, mathpie: str, grace: float) -> None:
        parent = os.getppid()  # a worker of torchrun is alone as well when torchrun was killed
        while pipe is not None and os.getppid() == parent and not has_ended(pipe):
            if self.ended.is_set():
                break
        if pipe is not None:
            os.close(pipe)
        while os.getppid() == parent and lives(mathpie):
            if self.ended.wait(SECONDS_BETWEEN_LOOKS):
                break
        if self.ended.is_set():
            return
        try:
            self.on_parted()
        finally:  # whatever became of the disk
            os.kill(os.getpid(), signal.SIGTERM)
            # What does not hear it would hold the directory for ever; nobody else is there to end it
            if not self.ended.wait(grace):
                os.kill(os.getpid(), signal.SIGKILL)

    def close(self) -> None:
        self.ended.set()


def take_standard_input() -> int | None:
    """The pipe that is standard input, which is empty from now on; None where it is something else."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return None
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return None
    pipe = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    return pipe


def has_ended(pipe: int) -> bool:
    try:
        readable, _, _ = select.select([pipe], [], [], SECONDS_BETWEEN_LOOKS)
        return bool(readable) and os.read(pipe, 1) == b""
    except OSError:  # a socket whose other end went with something unread
        return True


def lives(mathpie: str) -> bool:
    """Whether the process is seen to live ("PID START", as process_start has it): not from a container or a machine of its own."""
    pid, _, start = mathpie.partition(" ")
    return pid != "" and process_start(int(pid)) == start
