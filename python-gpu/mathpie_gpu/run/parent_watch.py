"""Processes that end when the one that started them is gone.

vLLM computes in processes of its own. After a SIGKILL of ours (which nobody can catch) they would wait for requests for ever
and keep the GPU's memory, and the same command could not go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time

SECONDS_BETWEEN_LOOKS = 1.0


def end_with_parent() -> None:
    """Call it at the top of a module that the main script imports: a spawned child imports the script before it does
    anything else. A forked one comes by way of the hook."""
    os.register_at_fork(after_in_child=watch_parent)
    if multiprocessing.current_process().name != "MainProcess":
        watch_parent()


def watch_parent() -> None:
    # Not PR_SET_PDEATHSIG: that one fires when the thread that made the child ends.
    threading.Thread(target=look, args=(os.getppid(),), daemon=True, name="parent-watch").start()


def look(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGKILL)
