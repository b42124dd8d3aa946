"""As much of vLLM as generate.py asks for, with no model behind it: the engine is a process of its own that ignores SIGTERM, as
one does that hangs in a kernel. It answers each request with its own prompt, one a step."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from types import SimpleNamespace

__version__ = "0.32.0"
SECONDS_A_STEP = 0.02
SECONDS_TO_START = 30.0
SECONDS_TO_END = 1.0  # before the engine's process is killed


class SamplingParams:
    def __init__(self, **settings: object) -> None:
        self.__dict__.update(settings)


class LLM:
    def __init__(self, **arguments: object) -> None:
        self.llm_engine = Engine(arguments["max_num_seqs"])

    def get_tokenizer(self) -> SimpleNamespace:
        return SimpleNamespace(all_special_tokens=[], chat_template=None, bos_token=None, eos_token=None)


class Engine:
    def __init__(self, sequences: int) -> None:
        # vLLM forks on a GPU that nobody has used yet, and waits for the engine to say that it is there
        context = multiprocessing.get_context(os.environ.get("STUB_START", "spawn"))
        self.pipe, end = context.Pipe()
        self.process = context.Process(target=serve, args=(end,), daemon=True)
        self.process.start()
        if not self.pipe.poll(SECONDS_TO_START) or self.pipe.recv() != "ready":
            raise RuntimeError("the engine has not started")
        self.vllm_config = SimpleNamespace(
            model_config=SimpleNamespace(max_model_len=512), scheduler_config=SimpleNamespace(max_num_seqs=sequences)
        )
        self.engine_core = self

    def add_request(self, key: str, prompt: dict, parameters: SamplingParams) -> None:
        self.pipe.send((key, prompt["prompt_token_ids"]))

    def step(self) -> list[SimpleNamespace]:
        key, ids = self.pipe.recv()
        answer = SimpleNamespace(finish_reason="stop", text=" ".join(map(str, ids)), token_ids=ids, cumulative_logprob=0.0)
        return [SimpleNamespace(request_id=key, finished=True, outputs=[answer])]

    def shutdown(self) -> None:
        self.process.terminate()
        self.process.join(SECONDS_TO_END)
        self.process.kill()
        self.process.join()


def serve(pipe: Connection) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pipe.send("ready")
    while True:
        request = pipe.recv()
        time.sleep(SECONDS_A_STEP)
        pipe.send(request)
