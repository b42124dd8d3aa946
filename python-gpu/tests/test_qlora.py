"""Adapters on a base in 4 bits: the product, its gradient, what is kept, and a training that learns as one in 16 bits does."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import train_sft
from run_script import read_lines, run_script, write_lines
from tiny_checkpoints import SHAPE, save_checkpoint
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM

pytest.importorskip("bitsandbytes")
from mathpie_gpu.model.nf4_linear import BYTES_PER_WEIGHT, fill_nf4, multiply_nf4, use_nf4, written_out
from mathpie_gpu.model.packed_model import PackedModel, Shape
from mathpie_gpu.training.memory_estimate import Plan, estimate_memory

torch.set_num_threads(1)
ROWS = [{"query": f"What is {index} + {index}?", "response": f"It is {2 * index}."} for index in range(24)]
SMALL = Shape(264, 32, 64, 2, 4, 2, 8, 1e-6, False, False, False, (1.0,) * 4)
LLAMA_7B = Shape(32000, 4096, 11008, 32, 32, 32, 128, 1e-5, False, False, False, ())
LLAMA_70B = Shape(32000, 8192, 28672, 80, 64, 8, 128, 1e-5, False, False, False, ())


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_checkpoint(tmp_path_factory.mktemp("model"), LlamaForCausalLM, LlamaConfig(**SHAPE))


def test_a_product_and_its_gradient_are_those_of_the_weight_written_out() -> None:
    model = PackedModel(SMALL)
    use_nf4(model)
    projection = model.blocks[0].gate_up
    exact = torch.randn(128, 32, generator=torch.Generator().manual_seed(0))
    fill_nf4(projection, exact)
    weight = written_out(projection, torch.float32)
    assert (weight - exact).abs().mean() < 0.1 * exact.abs().mean()
    x = torch.randn(5, 32, requires_grad=True)
    y = multiply_nf4(projection, x)
    torch.testing.assert_close(y, x @ weight.T)
    y.square().sum().backward()
    torch.testing.assert_close(x.grad, 2 * (x @ weight.T).detach() @ weight)
    kept = sum(tensor.numel() * tensor.element_size() for name, tensor in projection.named_buffers() if "levels" not in name)
    assert (kept + projection.weight.numel() - 8) / exact.numel() == pytest.approx(BYTES_PER_WEIGHT, abs=0.01)


def test_a_training_in_4_bits_learns_as_one_in_32_and_saves_both_adapter_and_model(tmp_path: Path, checkpoint: Path) -> None:
    losses = {}
    for qlora in (False, True):
        run = tmp_path / str(qlora)
        config = {
            "run": str(run), "model": str(checkpoint), "data": write_lines(tmp_path / "rows.jsonl", ROWS), "device": "cpu", "rowsPerStep": 8,
            "epochs": 4, "learningRate": 2e-2, "warmupSteps": 0, "lora": {"rank": 8}, "qlora": qlora,
        }  # fmt: skip
        assert run_script(train_sft, "train-sft", config) == 0
        losses[qlora] = [event["loss"] for event in read_lines(run / "events.jsonl") if event["event"] == "step-end"]
        assert (run / "adapter" / "adapter_model.safetensors").exists()
    assert losses[True][-1] < losses[True][0] - 0.5
    assert losses[True] == pytest.approx(losses[False], rel=0.1)
    merged = AutoModelForCausalLM.from_pretrained(tmp_path / "True" / "run" / "model" if False else tmp_path / "True" / "model", dtype=torch.float32)
    assert all(torch.isfinite(tensor).all() for tensor in merged.state_dict().values())


@pytest.mark.parametrize(
    "config, message",
    [
        ({"qlora": True}, 'Cannot train with "qlora" alone'),
        ({"qlora": True, "lora": {}, "implementation": "transformers"}, 'Cannot train with "qlora": its base is quantised'),
        ({"qlora": True, "lora": {}, "float8": "row"}, 'Cannot train with "qlora": float8 multiplies'),
    ],
)
def test_what_4_bits_cannot_do_is_said(tmp_path: Path, checkpoint: Path, config: dict, message: str, capfd) -> None:
    base = {"run": str(tmp_path / "run"), "model": str(checkpoint), "data": write_lines(tmp_path / "rows.jsonl", ROWS), "device": "cpu"}
    assert run_script(train_sft, "train-sft", base | config) == 2
    assert message in capfd.readouterr().err


@pytest.mark.parametrize("shape, rank, room", [(LLAMA_70B, 96, 80 * 0.93), (LLAMA_7B, 64, 15 * 0.95)], ids=["70B on 80 GB", "7B on a T4"])
def test_the_recipes_fit_by_the_estimate(shape: Shape, rank: int, room: float) -> None:
    weights = "split" if room > 20 else "float16"
    adapters = shape.layers * rank * (
        3 * shape.hidden + 2 * shape.heads * shape.head_size + 2 * shape.key_value_heads * shape.head_size + shape.hidden
        + 3 * shape.hidden + 3 * shape.intermediate
    )  # fmt: skip
    plan = Plan(tokens=2048 if room > 20 else 512, keep="inputs", world=1, weights=weights, adapter_parameters=adapters, is_quantised=True)
    assert estimate_memory(shape, plan).total < room
