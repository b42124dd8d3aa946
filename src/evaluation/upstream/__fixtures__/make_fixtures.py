"""Makes the files beside it: the shapes of other harnesses' results around five invented problems. Needs pyarrow and Python's zipfile.

Every file holds the same answers, so that one table of tests counts them all: of five answers upstream accepts two (it refuses
"1,200", which is right, and the fraction that is written another way), Mathpie four; the last one is wrong.
"""

import csv
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent
PROBLEMS = [
    # question, gold, response, answer that upstream took, its verdict, subject, level, tokens
    ("Mia stacks 3 rows of 4 cubes. How many cubes?", "12", "3 rows of 4 make \\boxed{12}.", "12", True, "Counting", 1, 9),
    ("A crate holds 40 tins. What do 30 crates hold?", "1200", "It is 40 * 30 = \\boxed{1,200}.", "1,200", False, "Counting", 2, 14),
    ("What is half of one third?", "\\frac{1}{6}", "So we get \\boxed{1/6}.", "1/6", False, "Fractions", 2, 8),
    ("Solve 2x = 14.", "7", "Dividing gives x = 7. The answer is 7.", "7", True, "Algebra", 1, 12),
    ("How many primes lie below 10?", "4", "They are 2, 3, 5, 7 and 9, so \\boxed{5}.", "5", False, "Counting", 3, 20),
]
MODEL = "tiny/invented-1"


def write_lines(name, rows):
    (HERE / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def lm_evaluation_harness():
    rows = []
    # The second filter's rows follow the first one's, as the harness writes them; it accepts everything
    for name in ("strict", "loose"):
        for number, (question, gold, response, answer, correct, subject, level, _) in enumerate(PROBLEMS):
            rows.append({
                "doc_id": number,
                "doc": {"problem": question, "answer": gold, "level": f"Level {level}", "type": subject},
                "target": gold,
                "arguments": {"gen_args_0": {"arg_0": f"Problem: {question}\nSolution:", "arg_1": {"until": ["Problem:"]}}},
                "resps": [[response]],
                "filtered_resps": [answer],
                "filter": name,
                "metrics": ["exact_match"],
                "doc_hash": f"{number:064x}",
                "exact_match": 1.0 if name == "loose" else float(correct),
            })
    write_lines("samples_invented_2026-01-01T00-00-00.000000.jsonl", rows)
    results = {"invented": {"alias": "invented", "exact_match,strict": 0.4, "exact_match_stderr,strict": 0.24, "exact_match,loose": 1.0}}
    totals = {"results": results, "versions": {"invented": 1}, "n-shot": {"invented": 0}, "lm_eval_version": "0.4.9", "model_name": MODEL}
    (HERE / "results_2026-01-01T00-00-00.000000.json").write_text(json.dumps(totals, indent=2))


def lighteval():
    rows = []
    for number, (question, gold, response, _, correct, subject, level, tokens) in enumerate(PROBLEMS):
        rows.append({
            "doc": {
                "query": question, "choices": [gold], "gold_index": [0], "id": str(number), "task_name": "invented|0",
                "specific": {"subject": subject, "level": level},
            },
            "metric": {"extractive_match": float(correct)},
            "model_response": {"text": [response], "input_tokens": [1, 2, 3], "output_tokens": [list(range(tokens))], "reasonings": [None]},
        })
    pq.write_table(pa.Table.from_pylist(rows), HERE / "details_invented_2026-01-01T00-00-00.000000.parquet", compression="snappy")
    former = [
        {"example": question, "full_prompt": question, "gold": [gold], "predictions": [response], "cont_tokens": [list(range(tokens))],
         "metrics": {"quasi_exact_match": int(correct)}, "specifics": {"subject": subject, "level": level}}
        for question, gold, response, _, correct, subject, level, tokens in PROBLEMS
    ]
    pq.write_table(pa.Table.from_pylist(former), HERE / "details_former.parquet", compression="zstd")


def inspect():
    head = {"eval_id": "a", "task": "invented", "model": MODEL, "dataset": {"samples": len(PROBLEMS)}}
    samples = []
    for number, (question, gold, response, answer, correct, subject, level, tokens) in enumerate(PROBLEMS):
        samples.append({
            "id": number + 1, "epoch": 1, "input": question if number else [{"role": "user", "content": [{"type": "text", "text": question}]}],
            "target": gold,
            "output": {
                "model": MODEL,
                "choices": [{"message": {"role": "assistant", "content": [
                    {"type": "reasoning", "reasoning": "Let me see."}, {"type": "text", "text": response},
                ]}, "stop_reason": "stop" if number < 4 else "max_tokens"}],
                "usage": {"input_tokens": 30, "output_tokens": tokens, "total_tokens": 30 + tokens},
            },
            "scores": {"match": {"value": "C" if correct else "I", "answer": answer}},
            "metadata": {"subject": subject, "level": level},
        })
    log = {"version": 2, "status": "success", "eval": head, "results": {"total_samples": 5}, "samples": samples}
    (HERE / "inspect.json").write_text(json.dumps(log, indent=2))
    with zipfile.ZipFile(HERE / "inspect.eval", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_journal/start.json", json.dumps({"version": 2, "eval": head, "plan": {}}))
        for sample in samples:
            archive.writestr(f"samples/{sample['id']}_epoch_1.json", json.dumps(sample, indent=2))
        archive.writestr("summaries.json", "[]")
        archive.writestr("header.json", json.dumps({"version": 2, "status": "success", "eval": head}))


def nemo_skills():
    for seed in (0, 1):
        write_lines(f"output-rs{seed}.jsonl", [
            {"problem": question, "expected_answer": gold, "generation": response, "predicted_answer": answer, "symbolic_correct": correct,
             "judgement": "Judgement: Yes", "num_generated_tokens": tokens, "subject": subject, "level": level}
            for question, gold, response, answer, correct, subject, level, tokens in PROBLEMS
        ])


def opencompass():
    predictions = {
        str(number): {"origin_prompt": [{"role": "HUMAN", "prompt": question}], "prediction": response, "gold": gold}
        for number, (question, gold, response, *_) in enumerate(PROBLEMS)
    }
    (HERE / "opencompass-predictions.json").write_text(json.dumps(predictions, indent=4))
    details = {
        str(number): {"prompt": [{"role": "HUMAN", "prompt": question}], "origin_prediction": response, "predictions": answer,
                      "references": gold, "correct": correct}
        for number, (question, gold, response, answer, correct, *_) in enumerate(PROBLEMS)
    }
    (HERE / "opencompass-results.json").write_text(json.dumps({"accuracy": 40.0, "details": {"type": "GEN", **details}}, indent=4))


def matharena():
    for number, (question, gold, response, answer, correct, subject, _, tokens) in enumerate(PROBLEMS[:1], 1):
        (HERE / "matharena-1.json").write_text(json.dumps({
            "idx": number, "problem": question, "gold_answer": gold, "types": [subject], "N": 2, "cost": {"cost": 0.02}, "pass_at_1": 0.5,
            "answers": [answer, "None"], "correct": [correct, False], "warnings": [0, 0],
            "messages": [
                [{"role": "user", "content": question}, {"role": "assistant", "type": "cot", "content": "Let me see."},
                 {"role": "assistant", "content": response}],
                [{"role": "user", "content": question}, {"role": "assistant", "content": "I do not know."}],
            ],
            "detailed_costs": [{"cost": 0.01, "input_tokens": 30, "output_tokens": tokens}, {"cost": 0.01, "input_tokens": 30, "output_tokens": 4}],
        }, indent=4))
    rows = [
        {"problem_idx": str(number), "problem": question, "model_name": model, "idx_answer": 0, "answer": response, "gold_answer": gold,
         "parsed_answer": answer, "correct": correct, "input_tokens": 30, "output_tokens": tokens, "cost": 0.001}
        for model in (MODEL, "tiny/invented-2")
        for number, (question, gold, response, answer, correct, _, _, tokens) in enumerate(PROBLEMS, 1)
    ]
    pq.write_table(pa.Table.from_pylist(rows), HERE / "matharena.parquet", compression="gzip")


def every_eval_ever():
    write_lines("every-eval-ever_samples.jsonl", [
        {"schema_version": "0.2.2", "evaluation_id": "invented/tiny/1", "model_id": MODEL, "evaluation_name": "invented",
         "sample_id": f"invented_{number}", "interaction_type": "single_turn",
         "input": {"raw": question, "reference": [gold]}, "output": {"raw": [response], "reasoning_trace": ["Let me see."]},
         "answer_attribution": [{"turn_idx": 0, "source": "output.raw", "extracted_value": answer, "extraction_method": "regex", "is_terminal": True}],
         "evaluation": {"score": float(correct), "is_correct": correct},
         "token_usage": {"input_tokens": 30, "output_tokens": tokens, "total_tokens": 30 + tokens},
         "metadata": {"subject": subject, "level": str(level)}}
        for number, (question, gold, response, answer, correct, subject, level, tokens) in enumerate(PROBLEMS)
    ])


def openai_batch():
    rows = [
        {"id": f"batch_req_{number}", "custom_id": f"p{number}", "error": None,
         "response": {"status_code": 200, "request_id": "r", "body": {
             "model": MODEL, "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": response}}],
             "usage": {"prompt_tokens": 30, "completion_tokens": tokens, "total_tokens": 30 + tokens}}}}
        for number, (_, _, response, _, _, _, _, tokens) in enumerate(PROBLEMS)
    ]
    rows.append({"id": "batch_req_5", "custom_id": "p5", "response": None, "error": {"code": "batch_expired", "message": "Expired before it ran"}})
    write_lines("openai-batch.jsonl", rows)
    problems = [{"id": f"p{number}", "question": question, "answer": gold} for number, (question, gold, *_) in enumerate(PROBLEMS)]
    write_lines("openai-batch-problems.jsonl", [*problems, {"id": "p5", "question": "What is 1 + 1?", "answer": "2"}])


def any_shape():
    with open(HERE / "any-shape.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["q", "truth", "said", "ok", "topic"])
        for question, gold, response, _, correct, subject, _, _ in PROBLEMS:
            writer.writerow([question, gold, response, "yes" if correct else "no", subject])


for make in (lm_evaluation_harness, lighteval, inspect, nemo_skills, opencompass, matharena, every_eval_ever, openai_batch, any_shape):
    make()
