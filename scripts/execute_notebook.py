"""Executes one notebook and tells what happens, one JSON line per event, for run-notebook.mjs.

    python scripts/execute_notebook.py NOTEBOOK OUT TIMEOUT_SECONDS

Events: notebook-start {cells}, cell-start {cell, line, chapter}, cell-progress {cell, text}, cell-end {cell, seconds},
cell-error {cell, line, text, out}, notebook-end {out, seconds}. OUT appears whole or not at all. After a failed cell
the copy goes to OUT with `.failed` before its suffix, so that a bad run never replaces a good copy.
Ends early when its stdin closes: nobody is listening any more.
"""

import json
import os
import re
import signal
import sys
import threading
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

ROOT = Path(__file__).resolve().parent.parent
PLOTLY = "application/vnd.plotly.v1+json"
LONGEST_ERROR_LINES = 40
KERNEL_TRIES = 3
KERNEL_FRAME = re.compile(r"\s+at .*(?:node:|tslab[\\/]dist)[^{]*")  # lines of a stack that are not the user's


class TalkingClient(NotebookClient):
    """Tells of each code cell, and passes on the live text of cells that show progress."""

    def number_cells(self):
        code_cells = [index for index, cell in enumerate(self.nb.cells) if is_code(cell)]
        self.numbers = {index: number for number, index in enumerate(code_cells, start=1)}
        self.chapters = [chapter_of(self.nb.cells[: index + 1]) for index in range(len(self.nb.cells))]
        self.current = None
        self.on_cell_execute = self.cell_started
        self.on_cell_executed = self.cell_ended

    def cell_started(self, cell, cell_index):
        self.current = cell
        self.started_at = time.monotonic()
        tell(
            "cell-start",
            cell=self.numbers[cell_index],
            line=first_line(cell.source),
            chapter=self.chapters[cell_index],
        )

    def cell_ended(self, cell, cell_index, execute_reply):
        if execute_reply["content"]["status"] == "ok":
            seconds = round(time.monotonic() - self.started_at, 2)
            tell("cell-end", cell=self.numbers[cell_index], seconds=seconds)

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        # src/display/kernel.ts marks the outputs that it overwrites while a cell works.
        if content.get("metadata", {}).get("mathpie") == "progress":
            text = content["data"].get("text/plain", "")
            tell("cell-progress", cell=self.numbers[cell_index], text=text)
        return super().process_message(msg, cell, cell_index)


def execute(notebook_path, out_path, timeout):
    """0 when every cell ran, 1 when one failed."""
    notebook = nbformat.read(notebook_path, as_version=4)
    client = make_client(notebook, notebook_path, timeout)
    tell("notebook-start", cells=len(client.numbers))
    started_at = time.monotonic()
    try:
        for tries_left in reversed(range(KERNEL_TRIES)):
            try:
                client.execute()
                break
            except (RuntimeError, AssertionError):
                # A kernel is told ports that are free, and another process may take one before it does.
                if client.current is not None or tries_left == 0:
                    raise
                client = make_client(notebook, notebook_path, timeout)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        failed_path = out_path.with_name(f"{out_path.stem}.failed{out_path.suffix}")
        write(notebook, failed_path)
        cell = client.current
        number = next(
            (n for index, n in client.numbers.items() if notebook.cells[index] is cell), 0
        )
        tell(
            "cell-error",
            cell=number,
            line=first_line(cell.source) if cell else "",
            text=describe_failure(cell, error, timeout),
            out=str(failed_path),
        )
        return 1
    write(notebook, out_path)
    tell("notebook-end", out=str(out_path), seconds=round(time.monotonic() - started_at, 2))
    return 0


def make_client(notebook, notebook_path, timeout):
    client = TalkingClient(
        notebook,
        timeout=timeout,
        interrupt_on_timeout=False,
        kernel_name=notebook.metadata.get("kernelspec", {}).get("name", "tslab"),
        record_timing=False,  # no machine's clock in a committed notebook
        coalesce_streams=True,
        resources={"metadata": {"path": str(notebook_path.parent)}},
    )
    client.number_cells()
    return client


def describe_failure(cell, error, timeout):
    """What the cell itself said: tslab prints its errors to stderr and sends no traceback."""
    if isinstance(error, CellTimeoutError):
        return f"The cell did not end within {timeout} s"
    if isinstance(error, DeadKernelError):
        return "The kernel died; when memory ran out, a smaller count in the settings helps"
    outputs = cell.get("outputs", [])
    said = "".join(output.text for output in outputs if output.get("name") == "stderr").strip()
    lines = without_machine_paths(said or str(error)).splitlines()
    lines = [KERNEL_FRAME.sub("    ", line) for line in lines if not KERNEL_FRAME.fullmatch(line)]
    if len(lines) > LONGEST_ERROR_LINES:
        left_out = len(lines) - LONGEST_ERROR_LINES
        lines = [*lines[:LONGEST_ERROR_LINES], f"… {left_out} more lines"]
    return "\n".join(lines)


def write(notebook, path):
    """Replaces `path` in one step, so that a reader never sees half a notebook."""
    for cell in notebook.cells:
        if "outputs" in cell:
            cell.outputs = [nbformat.from_dict(clean(output)) for output in cell.outputs]
        cell.metadata.pop("execution", None)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(compact_charts(nbformat.writes(notebook)) + "\n", encoding="utf-8")
    os.replace(temporary, path)


def compact_charts(text):
    """The same JSON with each chart of Plotly on a line of its own: a number a line makes a saved notebook a tenth larger."""
    notebook = json.loads(text)
    charts = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if PLOTLY in data:
                charts.append(json.dumps(data[PLOTLY], ensure_ascii=False, separators=(",", ":"), sort_keys=True))
                data[PLOTLY] = f"chart {len(charts) - 1} of this notebook"
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    for index, chart in enumerate(charts):
        text = text.replace(json.dumps(f"chart {index} of this notebook"), chart, 1)
    return text


def clean(value):
    """The same output with no path of this machine in any of its texts."""
    if isinstance(value, str):
        return without_machine_paths(value)
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clean(item) for item in value]
    return value


def without_machine_paths(text):
    for folder, replacement in ((ROOT, "."), (Path.home(), "~")):
        if len(folder.parts) < 2:  # a home of "/" says nothing about anybody
            continue
        for spelling in (str(folder), folder.as_posix(), str(folder).replace("\\", "\\\\")):
            text = text.replace(f"file://{spelling}", replacement).replace(spelling, replacement)
    return text


def is_code(cell):
    return cell.cell_type == "code" and cell.source.strip() != ""


def chapter_of(cells):
    """The last heading of the second order above a cell."""
    headings = [line[3:].strip() for cell in cells if cell.cell_type == "markdown" for line in cell.source.splitlines() if line.startswith("## ")]
    return headings[-1] if headings else ""


def first_line(source):
    return next((line.strip() for line in source.splitlines() if line.strip()), "")


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def stop_with_parent():
    """A parent that was killed cannot tell us to stop; its end of our stdin closes all the same."""
    while os.read(0, 1024):  # not sys.stdin: its lock would be held at exit
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=stop_with_parent, daemon=True).start()
    sys.exit(execute(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), int(sys.argv[3])))
