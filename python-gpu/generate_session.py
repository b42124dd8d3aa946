"""A living engine: requests come in on standard input, completions go out on standard output, until the input ends.

    python python-gpu/generate_session.py CONFIG.json --run DIR

The model strings `vllm:PATH` and `vllm:OWNER/NAME` of Mathpie start it and keep it between their calls. CONFIG.json is that of
generate.py, whose `requests` is not read. One JSON object a line:

    in   {"request": {...}}                        contract/request.schema.json
         {"cancel": ["ID", ...]}                   what is not finished of these requests is given up, nothing comes of them
         {"tokenize": {"id": "ID", "text": "…"}}    special tokens in the text are recognised, none is put in front
    out  {"ready": {"version", "context", "chatTemplate", "beginToken", "endToken", "onCpu"}}   once, when the engine is loaded
         {"completion": {...}}                     contract/completion.schema.json, each the moment it is finished
         {"tokens": {"id": "ID", "ids": [...]}}

What libraries print goes to run.log in DIR. Many samples of many requests share one batch, which never drains between calls. With engine=ray
the engines are actors of a cluster, and another one does the requests of one that is lost.
"""

from __future__ import annotations

import collections
import os
import queue
import sys
import threading
from typing import Any, BinaryIO

# Before vLLM and what it brings are imported.
os.environ.setdefault("VLLM_NO_USAGE_STATS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

from mathpie_gpu.run.missing_packages import telling_missing_packages  # noqa: E402

with telling_missing_packages(__file__, on_cpu="engines"):
    from mathpie_gpu.engine.request_check import check_request
    from mathpie_gpu.engine.request_file import Work
    from mathpie_gpu.engine.vllm_engine import VllmEngine, failed
    from mathpie_gpu.run.directory import Run, open_run
    from mathpie_gpu.run.json_lines import dump_line, parse_object

SECONDS_BETWEEN_LOOKS = 0.5  # at SIGTERM, while there is nothing to do


def main(run: Run) -> None:
    inbox: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    waiting: collections.deque[Work] = collections.deque()
    engine = open_engine(run, waiting)
    is_open, count = True, 0
    try:
        # Not before the engine is there: vLLM may fork, and a forked process waits for ever on standard input's lock, which a reader holds
        threading.Thread(target=read_lines, args=(sys.stdin.buffer, inbox), daemon=True).start()
        say(run, {"ready": engine.describe_model()})
        while not run.stopping.is_set() and (is_open or waiting or engine.in_flight):
            is_idle = not waiting and not engine.in_flight
            for message in read_inbox(inbox, wait=is_idle):
                if message is None:
                    is_open = False
                elif "cancel" in message:
                    cancel(engine, waiting, set(message["cancel"]))
                elif "tokenize" in message:
                    wanted = message["tokenize"]
                    say(run, {"tokens": {"id": wanted["id"], "ids": engine.tokenize(wanted["text"])}})
                else:
                    count += 1
                    accept(run, waiting, message.get("request"), count)
            for completion in engine.exchange(lambda room: take(waiting, room)):
                say(run, {"completion": completion})
    finally:
        engine.close()
    run.end("interrupted" if run.stopping.is_set() else "done", requests=count)


def open_engine(run: Run, waiting: collections.deque[Work]) -> Any:
    def warn(message: str) -> None:
        run.event("warning", message=message)

    log = run.directory / "run.log"
    if run.config["engine"] == "ray" or run.config["dataParallel"] > 1:
        from mathpie_gpu.engine.ray_session import RaySession

        return RaySession(run.config, warn=warn, log=log, waiting=waiting)
    return VllmEngine(run.config, warn=warn, log=log)


def read_lines(source: BinaryIO, inbox: queue.SimpleQueue) -> None:
    """In a thread of its own, so that lines are read while the engine works. None stands for the end."""
    try:
        for line in source:
            inbox.put(parse_object(line))
    finally:
        inbox.put(None)


def read_inbox(inbox: queue.SimpleQueue, *, wait: bool) -> list[dict[str, Any] | None]:
    messages = []
    try:
        messages.append(inbox.get(timeout=SECONDS_BETWEEN_LOOKS) if wait else inbox.get_nowait())
        while True:
            messages.append(inbox.get_nowait())
    except queue.Empty:
        return messages


def accept(run: Run, waiting: collections.deque[Work], request: Any, index: int) -> None:
    try:
        check_request(request)
    except (ValueError, TypeError, AttributeError) as error:
        fields = request if isinstance(request, dict) else {}
        samples = fields.get("samples", 1)
        for sample in range(samples if isinstance(samples, int) and samples > 0 else 1):
            reason = f"Cannot read the request: {error}"
            say(run, {"completion": failed(str(fields.get("id", "")), sample, 0, reason)})
        return
    waiting.append(Work(index, request, list(range(request.get("samples", 1)))))


def take(waiting: collections.deque[Work], room: int) -> list[Work]:
    """The next requests with about `room` samples, at least one; what is left waits here, where it can be cancelled for free."""
    taken = []
    while waiting and room > 0:
        taken.append(waiting.popleft())
        room -= len(taken[-1].samples)
    return taken


def cancel(engine: Any, waiting: collections.deque[Work], identifiers: set[str]) -> None:
    kept = [work for work in waiting if work.request["id"] not in identifiers]
    waiting.clear()
    waiting.extend(kept)
    engine.cancel(identifiers)


def say(run: Run, message: dict[str, Any]) -> None:
    run.answers.buffer.write(dump_line(message))
    run.answers.buffer.flush()


if __name__ == "__main__":
    with open_run("generate") as run:
        main(run)
