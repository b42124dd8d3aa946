"""A script that keeps the contract by means of the real `open_run`, and does what its configuration says.

    python fake_run.py CONFIG.json --run DIR
"""

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[3] / "python-gpu"))

from mathpie_gpu.run import contract  # noqa: E402
from mathpie_gpu.run.errors import UserError  # noqa: E402
from mathpie_gpu.run.directory import open_run  # noqa: E402

contract.FOLDER = HERE / "contract"


def main(run) -> None:
    items, action = run.config["items"], run.config["action"]
    run.event("plan", items=items, minutes=0.1)
    for step in range(1, items + 1):
        run.event(
            "step-end",
            step=step,
            steps=items,
            loss=1 / step,
            learningRate=0.001,
            gradientNorm=1.0,
            tokens=100 * step,
            tokensPerSecond=50.0,
            etaSeconds=items - step,
            peakMemoryGiB=0.5,
        )
    if run.dry_run:
        return
    print("a line of a library")
    print(f"the token is {os.environ.get('HF_TOKEN')}", file=sys.stderr)
    if action == "refuse":
        raise UserError("Cannot fit the model: it needs 80 GiB, the GPU has 40; lower microBatchTokens")
    if action == "crash":
        raise ValueError(f"no way with {os.environ.get('HF_TOKEN')}")
    if action == "die":
        os.kill(os.getpid(), 9)
    if action == "tear":
        file = os.open(run.directory / "events.jsonl", os.O_WRONLY | os.O_APPEND)
        os.write(file, b'no event\n{"event": "unheard-of", "time": 1}\n{"event": "warning", "time": "2026-01-01T00:00:00Z", ')
        time.sleep(0.3)
        os.write(file, '"message": "whole at last: ½"}\n'.encode())
    if action == "wait":
        run.stopping.wait()
        run.event("checkpoint-saved", step=items, path="checkpoints/3")
        run.end("interrupted", steps=items)
        return
    if action == "ignore-stop":
        # A grandchild in a session of its own, as torchrun's workers are.
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
        run.event("warning", message=f"grandchild {child.pid}")
        while True:
            time.sleep(1)
    run.end("done", steps=items)


with open_run("fake-run") as run:
    main(run)
