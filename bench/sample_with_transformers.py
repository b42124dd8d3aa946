"""Samples of generate.py's request file with plain transformers, for machines without vLLM: same completions file.

    python bench/sample_with_transformers.py MODEL REQUESTS.jsonl COMPLETIONS.jsonl [--batch 8192]
"""

from __future__ import annotations

import argparse
import json

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("requests")
    parser.add_argument("completions")
    parser.add_argument("--batch", type=int, default=8192)
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(options.model, padding_side="left")
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.bfloat16 if device == "cuda" else torch.float32)
    model.to(device).eval()
    with open(options.requests) as file:
        requests = [json.loads(line) for line in file]
    samples = [(request, sample) for request in requests for sample in range(request["samples"])]
    prompts = {
        request["id"]: tokenizer.apply_chat_template(request["messages"], tokenize=False, add_generation_prompt=True)
        for request in requests
    }
    samples.sort(key=lambda pair: len(prompts[pair[0]["id"]]))
    sampling = requests[0]["sampling"]
    with open(options.completions, "w") as out:
        for start in range(0, len(samples), options.batch):
            part = samples[start : start + options.batch]
            texts = [prompts[request["id"]] for request, _ in part]
            inputs = tokenizer(texts, return_tensors="pt", padding=True, return_token_type_ids=False).to(device)
            size = inputs.input_ids.shape[1]
            with torch.inference_mode():
                ids = model.generate(
                    **inputs,
                    do_sample=True,
                    temperature=sampling["temperature"],
                    top_k=0,
                    max_new_tokens=min(sampling["maxTokens"], model.config.max_position_embeddings - size),
                )
            for (request, sample), row in zip(part, ids[:, size:].tolist()):
                is_finished = tokenizer.eos_token_id in row
                end = row.index(tokenizer.eos_token_id) if is_finished else len(row)
                completion = {
                    "requestId": request["id"],
                    "sample": sample,
                    "text": tokenizer.decode(row[:end]),
                    "finishReason": "stop" if is_finished else "length",
                }
                out.write(json.dumps(completion) + "\n")


if __name__ == "__main__":
    main()
