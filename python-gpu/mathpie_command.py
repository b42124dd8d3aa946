"""Mathpie's commands from Python, with no dependency beside Node and the file mathpie_grader.py.

    from mathpie_command import mathpie, read_rows

    mathpie("problems pocket --count 40 --out problems.jsonl")
    [summary] = mathpie("evaluate --model pocket --data problems.jsonl --run runs/evaluate")
    rows = read_rows("runs/evaluate/graded.jsonl")

A command is what one types behind `mathpie` in a terminal (`mathpie("--help")` lists them), and does the same: what was stopped goes on with the
same command. `show_rows` and `show_page` show rows and a report in a notebook.

Which program is started: the words of the environment variable MATHPIE_COMMAND, the built program beside this file, `mathpie` on the path, or
`npx mathpie`.
"""

from __future__ import annotations

import html
import json
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from mathpie_grader import GraderError, find_command


class MathpieError(RuntimeError):
    """A command ended without what was asked for; its message is the command's last line."""


def mathpie(command: str | Sequence[str], *, folder: str | os.PathLike[str] = ".") -> list[dict[str, Any]]:
    """Runs one command in `folder`; its rows come back, what it says meanwhile is printed.

    A text is split as a shell does it, and nothing else of it is a shell's: `*`, `>` and `|` are letters. Interrupting the cell stops the
    command in good order.

    Raises:
        MathpieError: it ended with another exit code than 0.
    """
    words = shlex.split(command) if isinstance(command, str) else list(command)
    try:
        program = find_command("MATHPIE_COMMAND")
    except GraderError as error:
        raise MathpieError(str(error)) from None
    process = subprocess.Popen(
        [*program, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    said: list[str] = []
    printer = threading.Thread(target=_print_lines, args=(process.stderr, said), daemon=True)
    printer.start()
    assert process.stdout is not None
    try:
        lines = process.stdout.read().decode("utf-8", "replace").splitlines()
        code = process.wait()
    except KeyboardInterrupt:
        # A terminal's Ctrl-C reaches the command by itself, a notebook's stop button this process alone
        process.terminate()
        process.wait()
        raise
    finally:
        printer.join(timeout=5)
    if code != 0:
        reason = said.pop() if said else f"it ended with exit code {code}"
        raise MathpieError(f"mathpie {shlex.join(words)}: {reason}")
    for line in said:
        print(line)
    rows = [_parse_object(line) for line in lines]
    for line, row in zip(lines, rows, strict=True):
        if row is None:
            print(line)
    return [row for row in rows if row is not None]


def read_rows(file: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The rows of a JSON lines file that a command wrote."""
    with open(file, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def show_rows(rows: Iterable[Mapping[str, object]], *columns: str, most: int = 5) -> Any:
    """The first rows as a table of these columns, or of all, for a cell's last line. Their text is escaped: a model wrote it."""
    from IPython.display import HTML

    chosen = list(rows)[:most]
    names = columns or tuple(dict.fromkeys(name for row in chosen for name in row))
    head = "".join(f'<th style="text-align:left">{html.escape(name)}</th>' for name in names)
    body = "".join(
        f"<tr>{''.join(f'<td style=text-align:left>{_in_cell(row.get(name))}</td>' for name in names)}</tr>"
        for row in chosen
    )
    return HTML(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def show_page(file: str | os.PathLike[str], *, beside: str | os.PathLike[str] = ".", height: int = 640) -> Any:
    """A page that `mathpie report` wrote, inside the notebook that lies in the folder `beside`."""
    from IPython.display import HTML

    source = f'src="{html.escape(os.path.relpath(file, beside).replace(os.sep, "/"), quote=True)}"'
    if "COLAB_RELEASE_TAG" in os.environ or "KAGGLE_KERNEL_RUN_TYPE" in os.environ:
        # These show no file of their machine by its name
        source = f'srcdoc="{html.escape(Path(file).read_text("utf-8"), quote=True)}"'
    frame = f'sandbox="allow-scripts allow-downloads" style="width:100%;height:{height}px;border:0"'
    return HTML(f"<div><iframe {frame} {source}></iframe></div>")


def _print_lines(stream: IO[bytes] | None, said: list[str]) -> None:
    """Prints a line once the next one is there: the last is left in `said`, and becomes the error of a command that failed."""
    for line in stream or ():
        if said:
            print(said.pop())
            sys.stdout.flush()
        said.append(line.decode("utf-8", "replace").rstrip())


def _parse_object(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _in_cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    escaped = html.escape(text).replace("\n", "<br>")
    # Jupyter would take "$5 or $6" for a formula: a dollar sign or a backslash alone in an element begins none
    return escaped.replace("$", "<span>$</span>").replace("\\", "<span>\\</span>")
