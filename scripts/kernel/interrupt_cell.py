"""Runs cells in the kernel, presses stop in the middle of some, and tells what came of each.

    python scripts/kernel/interrupt_cell.py FOLDER < CELLS.json

CELLS is a list of {code, stopAfter?: seconds}. A row each on stdout: {status, stdout, stderr, seconds since stop or start}.
Of {codes: [code, ...]} all are asked for at once, as by Run All, and a kernel_info_request while the first runs; the row is
{states: [[state, which], ...]}, all that the kernel said of itself, in order: which is a place in codes, or "info".
"""

import json
import sys
import time
from queue import Empty

from jupyter_client.manager import KernelManager

PATIENCE_SECONDS = 90
ABORTING_SECONDS = 0.5  # tslab drops what is asked within 0.2 s of a failed cell


def main(folder):
    manager = KernelManager(kernel_name="tslab")
    manager.start_kernel(cwd=folder)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE_SECONDS)
    try:
        for cell in json.load(sys.stdin):
            row = run_all(client, cell["codes"]) if "codes" in cell else run(manager, client, cell)
            print(json.dumps(row), flush=True)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(manager, client, cell):
    request = client.execute(cell["code"])
    start = time.monotonic()
    stop_at = start + cell["stopAfter"] if "stopAfter" in cell else None
    stderr = ""
    stdout = ""
    while time.monotonic() - start < PATIENCE_SECONDS:
        if stop_at is not None and time.monotonic() >= stop_at:
            manager.interrupt_kernel()
            start, stop_at = time.monotonic(), None
        try:
            message = client.get_iopub_msg(timeout=0.05)
        except Empty:
            continue
        if message["parent_header"].get("msg_id") != request:
            continue
        content = message["content"]
        if message["msg_type"] == "stream" and content["name"] == "stderr":
            stderr += content["text"]
        if message["msg_type"] == "stream" and content["name"] == "stdout":
            stdout += content["text"]
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            break
    seconds = round(time.monotonic() - start, 2)
    status = reply_to(request, client)["status"]
    if status != "ok":
        time.sleep(ABORTING_SECONDS)
    return {"status": status, "stderr": stderr, "stdout": stdout, "seconds": seconds}


def run_all(client, codes):
    asked = {client.execute(code): place for place, code in enumerate(codes)}
    time.sleep(ABORTING_SECONDS)
    asked[client.kernel_info()] = "info"
    states = []
    start = time.monotonic()
    while ["idle", len(codes) - 1] not in states and time.monotonic() - start < PATIENCE_SECONDS:
        try:
            message = client.get_iopub_msg(timeout=0.05)
        except Empty:
            continue
        which = asked.get(message["parent_header"].get("msg_id"))
        if message["msg_type"] == "status" and which is not None:
            states.append([message["content"]["execution_state"], which])
    return {"states": states}


def reply_to(request, client):
    while True:  # answers to what was asked before (kernel_info) may still come
        reply = client.get_shell_msg(timeout=PATIENCE_SECONDS)
        if reply["parent_header"].get("msg_id") == request:
            return reply["content"]


if __name__ == "__main__":
    main(sys.argv[1])
