"""What is still to be made, in which order, and what a run refuses to mix."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from mathpie_gpu.engine.request_check import check_request
from mathpie_gpu.engine.request_file import RequestFile
from mathpie_gpu.run.contract import FOLDER, first_violation
from mathpie_gpu.run.errors import UserError


def request(identifier: str, *, tokens: int = 8, samples: int = 1, prompt: str = "x") -> dict:
    return {"id": identifier, "prompt": prompt, "samples": samples, "sampling": {"maxTokens": tokens}}


def completion(identifier: str, sample: int = 0, reason: str = "stop") -> dict:
    row = {"requestId": identifier, "sample": sample, "finishReason": reason, "promptTokens": 2, "completionTokens": 3}
    return row


def write(path: Path, rows: list) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def examples(kind: str) -> list:
    path = FOLDER / "examples" / f"request.{kind}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", examples("valid"), ids=lambda row: row["id"])
def test_a_valid_request_is_one(row: dict) -> None:
    check_request(row)


BASE = request("a")
BAD = [
    *(row["value"] for row in examples("invalid")),
    {**BASE, "samples": True},
    {**BASE, "samples": 70000},
    {**BASE, "id": ""},
    {**BASE, "prompt": 1},
    {"id": "a", "promptTokenIds": [], "sampling": {"maxTokens": 1}},
    {"id": "a", "promptTokenIds": [-1], "sampling": {"maxTokens": 1}},
    {"id": "a", "messages": [], "sampling": {"maxTokens": 1}},
    {"id": "a", "messages": [{"role": "user"}], "sampling": {"maxTokens": 1}},
    *({**BASE, "sampling": {"maxTokens": 1, **change}} for change in (
        {"temperature": -1}, {"firstTemperature": -1}, {"topP": 0}, {"topP": 1.1}, {"topK": 1.5}, {"minP": 1.5}, {"repetitionPenalty": 0}, {"maxTokens": 0}, {"minTokens": -1}, {"stop": [""]},
        {"stop": "x"}, {"stopTokenIds": ["a"]}, {"seed": -1}, {"seed": 2**32}, {"topLogProbabilities": 21}, {"ignoreEos": 1},
        {"temperature": True}, {"forbiddenTokenIds": [1.5]},
    )),
]  # fmt: skip


@pytest.mark.parametrize("row", BAD, ids=lambda row: json.dumps(row)[:80])
def test_a_bad_request_is_refused_as_the_schema_refuses_it(row: dict) -> None:
    with pytest.raises(ValueError):
        check_request(row)
    pytest.importorskip("jsonschema")
    assert first_violation("request", row)


@pytest.mark.parametrize(
    "line, reason",
    [
        ("{", "it is not JSON"),
        ('{"id": "b", "prompt": "x"}', '"sampling" has to be an object that holds "maxTokens"'),
        ('{"id": "b", "promt": "x", "sampling": {"maxTokens": 1}}', '"promt" is unknown, did you mean "prompt"?'),
        (
            '{"id": "b", "sampling": {"maxTokens": 1}}',
            "it has to hold one of messages, prompt, promptTokenIds, and holds none",
        ),
    ],
)
def test_a_bad_line_is_named_or_left_out(tmp_path: Path, line: str, reason: str) -> None:
    path = write(tmp_path / "r.jsonl", [request("a"), line, request("c")])
    with pytest.raises(UserError) as caught:
        RequestFile(path, order="file")
    assert str(caught.value).startswith(f"Cannot use {path}:2: {reason}")
    bad: list = []
    assert RequestFile(path, order="file", on_bad=lambda *found: bad.append(found)).count == 2
    assert bad[0][0] == 2 and bad[0][1].startswith(reason)


def test_an_id_that_stands_twice_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", [request("a"), request("b"), request("a")])
    with pytest.raises(UserError, match='the id "a" stands there twice'):
        RequestFile(path, order="file")


ROWS = [request("a", prompt="x" * 90), request("b", tokens=9), request("c", samples=3), request("d", prompt="x" * 900)]


@pytest.mark.parametrize("order, expected", [("file", "abcd"), ("longest-first", "bdac")])
def test_requests_come_in_the_order_asked_for(tmp_path: Path, order: str, expected: str) -> None:
    requests = RequestFile(write(tmp_path / "r.jsonl", ROWS), order=order)
    assert "".join(work.request["id"] for work in requests.take(100)) == expected


def test_whole_requests_are_taken_while_there_is_room(tmp_path: Path) -> None:
    requests = RequestFile(write(tmp_path / "r.jsonl", ROWS), order="file")
    assert [work.request["id"] for work in requests.take(3)] == ["a", "b", "c"]
    assert requests.take(0) == []
    assert [work.request["id"] for work in requests.take(1)] == ["d"]
    assert requests.take(1) == []


def test_only_the_samples_that_are_not_on_disk_are_made_again(tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", ROWS)
    done = write(
        tmp_path / "c.jsonl", [completion("c", 1), completion("a"), completion("b", 0, "error"), completion("c", 1)]
    )
    requests = RequestFile(path, order="file")
    requests.read_completions(done)
    assert (requests.done, requests.failed, requests.total, requests.completion_tokens) == (3, 1, 6, 9)
    assert [(work.request["id"], work.samples) for work in requests.take(100)] == [("c", [0, 2]), ("d", [0])]
    assert requests.mark_done(completion("c", 0)) and not requests.mark_done(completion("c", 0))


def test_what_a_lost_engine_held_is_taken_first(tmp_path: Path) -> None:
    requests = RequestFile(write(tmp_path / "r.jsonl", ROWS), order="file")
    lost = requests.take(2)
    requests.give_back([work._replace(samples=work.samples) for work in lost[1:]])
    assert [work.request["id"] for work in requests.take(100)] == ["b", "c", "d"]


@pytest.mark.parametrize("row", [completion("z"), completion("c", 3)], ids=["unknown id", "a sample too many"])
def test_completions_of_other_requests_are_refused(tmp_path: Path, row: dict) -> None:
    requests = RequestFile(write(tmp_path / "r.jsonl", ROWS), order="file")
    with pytest.raises(UserError, match="is not asked for in"):
        requests.read_completions(write(tmp_path / "c.jsonl", [row]))


def test_a_request_that_changed_under_its_id_is_refused_and_a_new_one_is_not(tmp_path: Path) -> None:
    sums = tmp_path / "sums.npy"
    path = write(tmp_path / "r.jsonl", ROWS)
    RequestFile(path, order="file").refuse_changed_lines(sums)
    write(path, [request("new"), *reversed(ROWS)])
    RequestFile(path, order="file").refuse_changed_lines(sums)
    write(path, [request("a", prompt="other"), *ROWS[1:]])
    with pytest.raises(UserError, match='its request "a" is not what it was'):
        RequestFile(path, order="file").refuse_changed_lines(sums)


def test_no_request_at_all_is_nothing_to_do(tmp_path: Path) -> None:
    requests = RequestFile(write(tmp_path / "r.jsonl", []), order="longest-first")
    requests.refuse_changed_lines(tmp_path / "sums.npy")
    assert (requests.total, requests.take(10), requests.find("a")) == (0, [], None)


def test_a_request_costs_some_fifty_bytes_of_memory(tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", [request(f"id-{i}", prompt="x" * 200) for i in range(20_000)])
    tracemalloc.start()
    requests = RequestFile(path, order="longest-first")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held / requests.count < 100
    assert np.all(~requests.is_done)
