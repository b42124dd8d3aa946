"""Speaks as python-gpu/generate_session.py does, with letters drawn by lot in place of an engine. A token is a letter.

FAKE_SESSION in the environment makes it refuse the model (`refuse`), crash when it is loaded (`crash`), or die in the middle of
the first completion (`die`). A step makes one token of every completion under way, so that cancelling has something to cancel.
"""

import json
import math
import os
import queue
import random
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[5] / "python-gpu"))

from mathpie_gpu.run.errors import UserError  # noqa: E402
from mathpie_gpu.run.directory import open_run  # noqa: E402

CONTEXT = 512
TEMPLATE = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}<|assistant|>"
LETTERS = "abcdefgh"


def main(run) -> None:
    mode = os.environ.get("FAKE_SESSION")
    if mode == "refuse":
        raise UserError("Cannot open the model x: there is no such folder; check the path")
    if mode == "crash":
        raise RuntimeError("no memory")
    say(run, {"ready": {"version": "0", "context": CONTEXT, "chatTemplate": TEMPLATE, "beginToken": "", "endToken": "<|end|>"}})
    inbox = queue.SimpleQueue()
    threading.Thread(target=read_lines, args=(inbox,), daemon=True).start()
    active, is_open = [], True
    while is_open or active:
        while active and inbox.empty() is False or not active and is_open:
            message = inbox.get()
            if message is None:
                is_open = False
                break
            if "cancel" in message:
                active = [one for one in active if one["request"]["id"] not in message["cancel"]]
            elif "tokenize" in message:
                ids = [ord(letter) for letter in message["tokenize"]["text"]]
                say(run, {"tokens": {"id": message["tokenize"]["id"], "ids": ids}})
            else:
                active += start(run, message["request"])
        for one in list(active):
            step(one)
            if mode == "die":
                os._exit(7)
            if one["finish"]:
                active.remove(one)
                say(run, {"completion": completion(one)})
        time.sleep(0.001)


def read_lines(inbox) -> None:
    for line in sys.stdin:
        inbox.put(json.loads(line))
    inbox.put(None)


def start(run, request) -> list:
    ids = request.get("promptTokenIds", [])
    prompt = request.get("prompt") or "".join(map(chr, ids)) or "".join(message["content"] for message in request.get("messages", []))
    samples = range(request["samples"])
    if len(prompt) >= CONTEXT:
        error = f"the prompt has {len(prompt)} tokens, the model reads {CONTEXT}."
        for sample in samples:
            one = {"request": request, "sample": sample, "tokens": len(prompt), "text": "", "made": 0, "finish": "error"}
            say(run, {"completion": {**completion(one), "error": error}})
        return []
    seed = request["sampling"].get("seed", random.random())
    draw = [random.Random(prompt if request["sampling"]["temperature"] == 0 else f"{seed}/{i}/{prompt}") for i in samples]
    return [
        {"request": request, "sample": i, "tokens": len(prompt), "text": "", "made": 0, "finish": None, "random": draw[i]}
        for i in samples
    ]


def step(one) -> None:
    sampling = one["request"]["sampling"]
    forbidden = sampling.get("forbiddenTokenIds", [])
    warm = one["made"] == 0 and sampling.get("firstTemperature", 0) > 0
    draw = random.Random(f"{sampling.get('seed')}/{one['sample']}") if warm else one["random"]
    one["text"] += draw.choice([letter for letter in LETTERS if ord(letter) not in forbidden])
    one["made"] += 1
    for stop in sampling["stop"]:
        if stop in one["text"]:
            one["text"], one["finish"] = one["text"].split(stop)[0], "stop"
            return
    if one["made"] >= sampling["maxTokens"]:
        one["finish"] = "length"


def completion(one) -> dict:
    top = one["request"]["sampling"].get("topLogProbabilities", 0)
    first = [{"token": letter, "logProbability": math.log(0.5 / (rank + 1) ** 2)} for rank, letter in enumerate(LETTERS[:top])]
    return {
        "requestId": one["request"]["id"],
        "sample": one["sample"],
        "text": one["text"],
        "finishReason": one["finish"],
        "promptTokens": one["tokens"],
        "completionTokens": one["made"],
        "cumulativeLogProbability": None,
        **({"firstToken": first} if top else {}),
    }


def say(run, message) -> None:
    run.answers.write(json.dumps(message) + "\n")
    run.answers.flush()


with open_run("generate") as run:
    main(run)
