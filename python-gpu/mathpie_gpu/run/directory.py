"""One run of one script in one directory: configuration, lock, events, log.

    with open_run("generate") as run:
        main(run)

DIR holds config.json (resolved), events.jsonl (one JSON object a line, the contract with whoever watches), run.log (what
libraries print), the script's outputs, and manifest.json once the run is done.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shlex
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from mathpie_gpu.run.config import parse_arguments, read_config, refuse_other_config
from mathpie_gpu.run.errors import UserError, printable, storage_error
from mathpie_gpu.run.host import device_name, versions
from mathpie_gpu.run.json_lines import JsonLinesAppender, dump_line, without_non_finite
from mathpie_gpu.run.leave import leave
from mathpie_gpu.run.lifeline import Lifeline
from mathpie_gpu.run.lock import DirectoryLock, lock_directory
from mathpie_gpu.run.whole_file import remove_orphans, write_json

OWN_FILES = {"config.json", "events.jsonl", "run.log", "manifest.json"}
BINDINGS = {"config.json", "input.json", ".requests.npy"}  # what refuses another configuration, and other data under the same name
KEPT_BY_KEY = {"tokens", "given-config.json"}  # of another configuration it is made anew


def open_run(script: str, arguments: list[str] | None = None) -> Run:
    """Parses the command line, checks the configuration, locks the directory. Prints a UserError and exits with 2."""
    try:
        return Run(script, sys.argv[1:] if arguments is None else arguments)
    except UserError as error:
        print(printable(str(error)), file=sys.stderr, flush=True)
        sys.exit(2)


class Run:
    """`config` (resolved), `directory`, `is_main` (rank 0 alone writes), `dry_run`, `stopping` (set by SIGTERM and SIGINT)."""

    def __init__(self, script: str, arguments: list[str]) -> None:
        options = parse_arguments(script, arguments)
        self.script = script
        self.command = shlex.join([sys.executable, *sys.argv])
        self.dry_run: bool = options.dry_run
        self.is_main = os.environ.get("RANK", "0") == "0"
        self.stopping = threading.Event()
        self.stop_signal = 0
        self.config = read_config(script, options)
        self.directory = Path(self.config["run"])
        self.started_at = now()
        self.status: str | None = None
        self.was_free = False
        self.events: JsonLinesAppender | None = None
        self.lock: DirectoryLock | None = None
        self.shown_at = 0.0
        self.shown_width = 0
        try:
            if not self.dry_run:
                self.prepare_directory()
            self.redirect_output()
        except BaseException:
            self.unlock()
            raise
        self.old_handlers = {
            number: signal.signal(number, self.on_signal) for number in (signal.SIGTERM, signal.SIGINT)
        }
        self.lifeline = Lifeline(self.tell_ending)
        try:
            self.event("run-start", script=script, pid=os.getpid(), versions=versions(), device=device_name())
        except BaseException:
            self.close()  # what open_run says belongs on the terminal
            raise

    def prepare_directory(self) -> None:
        if not self.is_main:
            return
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(f"make {self.directory}", error) from error
        self.lock = lock_directory(self.directory)
        remove_orphans(self.directory)
        refuse_other_config(self.script, self.directory, self.config)
        self.was_free = not (self.directory / "config.json").exists()
        self.events = JsonLinesAppender(self.directory / "events.jsonl")
        write_json(
            self.directory / "config.json", {"script": self.script, "config": self.config, "versions": versions()}
        )

    def redirect_output(self) -> None:
        """What libraries and child processes print goes to run.log, or to stderr in a dry run; ours goes to the terminal."""
        sys.stdout.flush()
        sys.stderr.flush()
        self.terminal = os.fdopen(os.dup(2), "w", buffering=1, errors="replace")
        self.answers = os.fdopen(os.dup(1), "w", buffering=1, errors="replace")
        self.old_descriptors = (os.dup(1), os.dup(2))
        if self.dry_run:
            os.dup2(2, 1)
            return
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            log = os.open(self.directory / "run.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        except OSError as error:
            raise storage_error(f"append to {self.directory / 'run.log'}", error) from error
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.close(log)

    def restore_output(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # what libraries said, on a disk that is full
                stream.flush()
        for kept, descriptor in zip(self.old_descriptors, (1, 2)):
            os.dup2(kept, descriptor)
            os.close(kept)

    def event(self, name: str, **fields: Any) -> None:
        """Appends an event; flushed at once. In a dry run it is printed on stdout instead."""
        if not self.is_main:
            return
        row = {"event": name, "time": now(), **fields}
        if self.events is not None:
            self.events.append(row)
        else:
            self.answers.write(dump_line(row).decode())
        if name in ("progress", "step-end"):
            self.show(describe_progress(name, fields))
        elif name == "warning":
            self.say(f"Warning: {fields.get('message', '')}")

    def show(self, line: str) -> None:
        """One redrawn line, only on a terminal and at most five times a second."""
        if not self.is_main or not self.terminal.isatty() or time.monotonic() - self.shown_at < 0.2:
            return
        self.shown_at = time.monotonic()
        line = printable(line)
        self.terminal.write(f"\r{line[:200].ljust(self.shown_width)}")
        self.terminal.flush()
        self.shown_width = len(line[:200])

    def say(self, line: str) -> None:
        """A line for the person at the keyboard, who may be gone."""
        line_end, self.shown_width = "\n" if self.shown_width else "", 0
        with suppress(OSError):
            self.terminal.write(f"{line_end}{printable(line)}\n")
            self.terminal.flush()

    def end(self, status: str, **totals: Any) -> None:
        """`done` writes manifest.json; `interrupted` leaves everything for the same command to go on from."""
        self.status = status
        if self.is_main and not self.dry_run and status == "done":
            manifest = {
                "script": self.script,
                "startedAt": self.started_at,
                "finishedAt": now(),
                "versions": versions(),
                "totals": without_non_finite(totals),
                "files": {
                    path.name: {"bytes": path.stat().st_size, "sha256": hash_file(path)}
                    for path in sorted(self.directory.iterdir())
                    if path.is_file() and not path.name.startswith(".") and path.name not in OWN_FILES
                },
            }
            write_json(self.directory / "manifest.json", manifest)
        self.event("run-end", status=status, **totals)
        if self.is_main and status == "interrupted":
            self.say(f"Stopped; what is done is kept, and the same command goes on: {self.command}")

    def on_signal(self, number: int, _frame: object) -> None:
        if number == signal.SIGINT and self.stopping.is_set():
            raise KeyboardInterrupt  # the second Ctrl-C does not wait
        self.stop_signal = number
        self.stopping.set()

    def tell_ending(self) -> None:
        """Before the run is told to stop, as Mathpie is gone."""
        if self.lock is not None:
            with suppress(UserError):  # a full disk
                self.lock.tell_ending()

    def unlock(self) -> None:
        if self.lock is not None:
            self.lock.release()
            self.lock = None

    def close(self) -> None:
        self.lifeline.close()
        for number, handler in self.old_handlers.items():
            signal.signal(number, handler)
        try:
            if self.events is not None:
                self.events.close()
        finally:
            self.restore_output()
            self.unlock()
            for stream in (self.terminal, self.answers):
                with suppress(OSError):  # what nobody reads any more
                    stream.close()

    def __enter__(self) -> Run:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> bool:
        code = 0
        try:
            if error is None and self.status is None:
                self.end("interrupted" if self.stopping.is_set() else "done")
            if error is None:
                code = 128 + (self.stop_signal or signal.SIGTERM) if self.status == "interrupted" else 0
            elif isinstance(error, SystemExit):
                return False
            elif isinstance(error, KeyboardInterrupt):
                code = 130
                self.fail("Stopped at once", "interrupt")
            else:
                # A dry run has no run.log, and a refusal is one line. A full disk has no room for run.log either.
                if not (self.dry_run and isinstance(error, UserError)):
                    with suppress(OSError):
                        traceback.print_exception(kind, error, trace)
                if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):  # whoever wrote: a library to run.log too
                    error = storage_error(f"write to {error.filename or self.directory}", error)
                code = 2 if isinstance(error, UserError) else 1
                message = " ".join(str(error).split()) or kind.__name__
                if code == 1:
                    message = f"{kind.__name__}: {message}; the traceback is in {self.directory / 'run.log'}"
                self.fail(message, "user" if code == 2 else "crash")
                self.stay_free()
        finally:
            self.close()
        leave(code)
        return False

    def fail(self, message: str, kind: str) -> None:
        with suppress(UserError):  # a full disk is what may have ended the run: the line on stderr has to be enough
            self.event("run-failed", message=message, kind=kind)
        # Of many ranks that fail for one reason, each may know something that the others do not.
        self.say(message if self.is_main else f"Rank {os.environ['RANK']}: {message}")


    def stay_free(self) -> None:
        """Where nothing was made, what failed may have been the configuration itself, a wrong path say: another one may follow."""
        if not self.was_free or any(map(holds_something, self.directory.iterdir())):
            return
        for name in BINDINGS:
            with suppress(OSError):
                (self.directory / name).unlink()


def holds_something(path: Path) -> bool:
    if path.name in OWN_FILES | BINDINGS | KEPT_BY_KEY or path.name.startswith("."):
        return False
    return any(path.iterdir()) if path.is_dir() else path.stat().st_size > 0


def describe_progress(name: str, fields: dict[str, Any]) -> str:
    def part(key: str, text: str) -> list[str]:
        return [text.format(fields[key])] if fields.get(key) is not None else []

    if name == "step-end":
        parts = [f"step {fields.get('step')}/{fields.get('steps')}", *part("loss", "loss {:.4f}")]
    else:
        parts = [f"{fields.get('done', 0):,}/{fields.get('total', 0):,}"]
        parts += [f"{fields['failed']:,} failed"] if fields.get("failed") else []
    parts += part("tokensPerSecond", "{:,.0f} tokens/s")
    seconds = fields.get("etaSeconds")
    if seconds is not None:
        minutes, rest = divmod(round(seconds), 60)
        parts.append(
            f"{minutes // 60} h {minutes % 60:02d} min left" if minutes >= 60 else f"{minutes}:{rest:02d} left"
        )
    return " · ".join(parts)


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def hash_file(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
