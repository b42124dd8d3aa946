"""The grader's Python door: verdicts in order, forms of the trainers, and no fault that becomes a reward."""

import os
import shutil
import signal
import sys
import threading
import time
import types
from pathlib import Path

import mathpie_grader
import pytest
from mathpie_grader import Grader, GraderError

BUILT = Path(__file__).parents[2] / "dist" / "cli" / "main.js"
needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not BUILT.exists(), reason="needs Node and npm run build"
)
ROWS = [
    {"gold": "1/2", "response": "So it is \\boxed{0.5}."},
    {"gold": "12", "answer": "13"},
    {"gold": 12, "response": "The answer is not 12."},
    {"gold": "x = 5", "answer": "5"},
    {"gold": "7", "response": "emoji \ud83d alone, tab\t, 答えは7です。"},
]


@pytest.fixture(scope="module")
def grader():
    with Grader() as one:
        yield one


def fake(code: str) -> Grader:
    return Grader(command=[sys.executable, "-c", code], timeout=0.5)


@needs_node
def test_verdicts_come_in_order(grader: Grader) -> None:
    verdicts = grader.grade(ROWS)
    assert [verdict["equivalent"] for verdict in verdicts] == [True, False, False, True, True]
    assert verdicts[0] == {
        **{"id": 0, "equivalent": True, "extracted": "0.5"},
        **{"rule": "boxed/exact-number", "strength": "proved"},
    }
    assert grader.grade([]) == []


@needs_node
def test_more_rows_than_a_pipe_holds(grader: Grader) -> None:
    verdicts = grader.grade(
        {"gold": str(index), "response": f"{'word ' * 200} \\boxed{{{index}}}"} for index in range(5000)
    )
    assert all(verdict["equivalent"] for verdict in verdicts)


@needs_node
def test_threads_share_a_grader(grader: Grader) -> None:
    right: list[bool] = []

    def work(start: int) -> None:
        rows = [{"gold": str(index), "answer": f"{index}.0"} for index in range(start, start + 300)]
        right.extend(verdict["equivalent"] for verdict in grader.grade(rows))

    threads = [threading.Thread(target=work, args=(start,)) for start in range(0, 1200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert right == [True] * 1200


@needs_node
def test_a_policy_and_a_preset_are_passed_on() -> None:
    with Grader(policy={"percent": "number"}) as strict:
        assert not strict.grade([{"gold": "0.5", "answer": "50%"}])[0]["equivalent"]
    with Grader(preset="strict") as exact:
        assert not exact.is_right("1/2", "\\boxed{0.5}")


@needs_node
def test_a_killed_grader_raises_and_the_next_call_starts_anew() -> None:
    with Grader() as one:
        assert one.is_right("5", "\\boxed{5}")
        process = one._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert one.is_right("5", "\\boxed{5}")
        stopped = one._process
        assert stopped is not None
        os.kill(stopped.pid, signal.SIGSTOP)
        one._timeout = 0.5
        with pytest.raises(GraderError, match="no verdict within"):
            one.grade(ROWS)
        os.kill(one._start().pid, signal.SIGSTOP)
        with pytest.raises(GraderError, match="no verdict within"):
            one.grade(ROWS * 20_000)
        one._timeout = 30
        assert not one.is_right("5", "\\boxed{6}")


@needs_node
def test_a_grader_killed_at_work_raises() -> None:
    with Grader() as one:
        one.grade(ROWS[:1])
        process = one._process
        assert process is not None
        threading.Timer(0.05, process.kill).start()
        with pytest.raises(GraderError):
            while True:
                one.grade(ROWS * 400)


@needs_node
def test_a_row_that_cannot_be_graded_raises(grader: Grader) -> None:
    with pytest.raises(GraderError, match="row 1.*gold"):
        grader.grade([ROWS[0], {"gold": None, "response": "5"}])
    assert grader.grade(ROWS[:1])[0]["equivalent"]


@pytest.mark.parametrize(
    "code, words",
    [
        ("import time; time.sleep(60)", "no verdict within"),
        ("import sys; sys.exit('out of memory')", "exit code 1: out of memory"),
        ("print('warming up', flush=True); input()", "wrote b'warming up"),
        ('print(\'{"id": 1, "equivalent": true}\', flush=True); input()', "is not that of row 0"),
        ('print(\'{"id": 0, "equivalent": "yes"}\', flush=True); input()', "is not that of row 0"),
        ('print(\'{"id": 0, "error": "bad"}\', flush=True); input()', "row 0: bad"),
    ],
)
def test_a_broken_grader_is_an_error_and_never_a_reward(code: str, words: str) -> None:
    started = time.monotonic()
    with pytest.raises(GraderError, match=words):
        mathpie_grader.trl_reward(grader=fake(code))(["\\boxed{5}"], answer=["5"])
    assert time.monotonic() - started < 20


def test_a_missing_program_is_named() -> None:
    with pytest.raises(GraderError, match="Cannot start no-such-program"):
        Grader(command=["no-such-program"]).grade(ROWS)


@needs_node
def test_the_forms_of_trainers_and_harnesses(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mathpie_grader, "_shared", grader)
    chat = [[{"role": "assistant", "content": "\\boxed{5}"}], "so \\boxed{6}", [{"role": "assistant", "content": None}]]
    reward = mathpie_grader.trl_reward("solution")
    assert reward(prompts=["a", "b", "c"], completions=chat, solution=["5", "5", "5"]) == [1.0, 0.0, 0.0]
    with pytest.raises(GraderError, match="no column 'solution'"):
        reward(completions=chat, answer=["5", "5", "5"])
    careful = mathpie_grader.trl_reward(least_strength="proved")
    assert careful(["\\boxed{50\\%}", "\\boxed{1/2}"], answer=["0.5", "0.5"]) == [0.0, 1.0]
    assert mathpie_grader.compute_score("math", "The answer is 5.", "5", {"least_strength": "proved"}) == 1.0
    assert mathpie_grader.lm_eval_process_results({"answer": "5"}, ["so 6"]) == {"mathpie": 0.0}
    assert mathpie_grader.verifiers_reward()(completion=chat[0], answer="5", state={}) == 1.0
    assert mathpie_grader.verl_compute_score("x", "12", "12") == 1.0


@needs_node
def test_the_objects_of_verifiers_and_inspect(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    monkeypatch.setattr(mathpie_grader, "_shared", grader)
    rubric = types.SimpleNamespace(Rubric=lambda funcs, weights: (funcs, weights))
    monkeypatch.setitem(sys.modules, "verifiers", rubric)
    funcs, weights = mathpie_grader.verifiers_rubric(0.5)
    assert (funcs[0](completion="\\boxed{5}", answer="5"), weights) == (1.0, [0.5])
    stub = types.ModuleType("inspect_ai.scorer")
    names = {"CORRECT": "C", "INCORRECT": "I", "accuracy": lambda: "accuracy", "stderr": lambda: "stderr"}
    names |= {"Score": lambda **fields: fields, "scorer": lambda **_: lambda make: make}
    for name, value in names.items():
        setattr(stub, name, value)
    monkeypatch.setitem(sys.modules, "inspect_ai", types.ModuleType("inspect_ai"))
    monkeypatch.setitem(sys.modules, "inspect_ai.scorer", stub)
    state = types.SimpleNamespace(output=types.SimpleNamespace(completion="\\boxed{0.5}"))
    score = asyncio.run(mathpie_grader.inspect_scorer()(state, types.SimpleNamespace(text="1/2")))
    assert score == {"value": "C", "answer": "0.5", "explanation": "boxed/exact-number, proved"}
