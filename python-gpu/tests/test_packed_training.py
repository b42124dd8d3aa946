"""The parts of training, on tiny models in float32: packing, masks, attention, loss, optimizer. Each equals what it replaces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from tiny_checkpoints import SHAPE, save_checkpoint
from torch.utils.checkpoint import CheckpointPolicy
from transformers import AutoModelForCausalLM, LlamaConfig, MistralConfig, Qwen2Config, Qwen3Config

from mathpie_gpu.model.checkpoint_weights import load_weights, save_checkpoint_files, transformers_tensors
from mathpie_gpu.model.cross_entropy import summed_cross_entropy, token_log_probabilities
from mathpie_gpu.model.float8_linear import RECIPES, Recipe, linear
from mathpie_gpu.model.float8_scales import use_float8
from mathpie_gpu.model.lora import add_adapters, initialise_adapters
from mathpie_gpu.model.packed_attention import attend_padded, attend_singly
from mathpie_gpu.model.packed_model import (
    PackedModel,
    initialise,
    keep_products,
    make_block_runner,
    read_shape,
    weights_changed,
)
from mathpie_gpu.model.split_weights import join, split
from mathpie_gpu.rows.packing import collect_rows, make_pack, pack_rows, rows_of_step
from mathpie_gpu.run.contract import load_schema
from mathpie_gpu.run.errors import UserError
from mathpie_gpu.training.memory_estimate import Plan, estimate_memory
from mathpie_gpu.training.plan import USABLE, choose_passes, even_passes
from mathpie_gpu.training.split_adamw import SplitAdamW, clip_factor, gradient_norm

torch.set_num_threads(1)
LLAMA3_ROPE = {
    "rope_type": "llama3", "rope_theta": 5e5, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}  # fmt: skip
CONFIGS = {
    "llama, grouped queries": LlamaConfig(**SHAPE),
    "llama, tied, scaled rope": LlamaConfig(**SHAPE, tie_word_embeddings=True, rope_parameters=LLAMA3_ROPE),
    "mistral, wide heads": MistralConfig(**SHAPE, head_dim=16, sliding_window=4096),
    "qwen2, biases": Qwen2Config(**SHAPE),
    "qwen3, head norms": Qwen3Config(**SHAPE, head_dim=16),
}


def rows_of(*lengths: int, seed: int = 0):
    random = np.random.default_rng(seed)
    return collect_rows([(random.integers(0, 250, n).astype(np.int32), np.arange(n) >= n // 2) for n in lengths])


def small_model(seed: int = 0, **changes) -> PackedModel:
    model = PackedModel(read_shape(LlamaConfig(**SHAPE | changes)))
    initialise(model, seed=seed, scale=0.2)
    return model


def loss_of(model: PackedModel, pack) -> torch.Tensor:
    def head(hidden, weight):
        return summed_cross_entropy(hidden, weight, pack.targets)

    return model(pack.ids, pack.positions, pack.bounds, pack.longest, places=pack.places, head=head)


@pytest.mark.parametrize("name", CONFIGS)
def test_packed_logits_and_saved_weights_are_those_of_transformers(name: str, tmp_path: Path) -> None:
    config = CONFIGS[name]
    save_checkpoint(tmp_path / "a", lambda config: AutoModelForCausalLM.from_config(config), config)
    theirs = AutoModelForCausalLM.from_pretrained(tmp_path / "a", dtype=torch.float32)
    ours = PackedModel(read_shape(theirs.config))
    load_weights(ours, tmp_path / "a")
    assert ours.shape.parameters == theirs.num_parameters()
    pack = make_pack(rows_of(7, 30, 1, 12), [0, 1, 2, 3], multiple=16)
    ids = torch.split(pack.ids[:50], [7, 30, 1, 12])
    expected = torch.cat([theirs(document[None]).logits[0] for document in ids])
    logits = ours(pack.ids, pack.positions, pack.bounds, pack.longest)[:50]
    torch.testing.assert_close(logits, expected, atol=2e-4, rtol=1e-4)

    (tmp_path / "b").mkdir()
    save_checkpoint_files(transformers_tensors(ours, torch.float32), tmp_path / "b")
    theirs.config.save_pretrained(tmp_path / "b")
    again = AutoModelForCausalLM.from_pretrained(tmp_path / "b", dtype=torch.float32)
    assert all(
        torch.equal(left, right) for left, right in zip(theirs.state_dict().values(), again.state_dict().values())
    )


@pytest.mark.parametrize(
    "config, reason",
    [
        (MistralConfig(**SHAPE, sliding_window=256), "window of 256 tokens is shorter"),
        (LlamaConfig(**SHAPE, attention_bias=True), "biases"),
        (LlamaConfig(**SHAPE, hidden_act="gelu"), "gelu is not silu"),
        (LlamaConfig(**SHAPE, rope_parameters={"rope_type": "dynamic", "rope_theta": 1e4, "factor": 2.0}), '"dynamic"'),
    ],
)
def test_what_the_packed_model_cannot_equal_is_named(config, reason: str) -> None:
    with pytest.raises(NotImplementedError, match=reason):
        read_shape(config, longest_row=512)


def test_packed_loss_and_gradients_equal_those_of_single_rows_under_plain_cross_entropy() -> None:
    rows = rows_of(9, 40, 5, 23, 17)
    packed, single = small_model(), small_model()
    pack = make_pack(rows, [3, 0, 4, 1, 2])
    loss = loss_of(packed, pack)
    loss.backward()
    total = 0.0
    for index in range(len(rows)):
        ids, learnt = (torch.from_numpy(np.array(part)) for part in rows.row(index))
        logits = single(ids.long(), torch.arange(len(ids)), torch.tensor([0, len(ids)], dtype=torch.int32), len(ids))
        labels = torch.where(learnt, ids.long(), -100)
        one = F.cross_entropy(logits[:-1], labels[1:], reduction="sum")
        one.backward()
        total += one.item()
    assert loss.item() == pytest.approx(total, rel=1e-5)
    assert pack.learnt_tokens == rows.learnt_counts().sum()
    for left, right in zip(packed.parameters(), single.parameters()):
        torch.testing.assert_close(left.grad, right.grad, atol=1e-4, rtol=1e-4)


def test_logits_at_places_are_those_of_all_tokens_there() -> None:
    pack, model = make_pack(rows_of(9, 40, 5), [0, 1, 2], multiple=16), small_model()
    inputs = (pack.ids, pack.positions, pack.bounds, pack.longest)
    torch.testing.assert_close(model(*inputs, places=pack.places), model(*inputs)[pack.places])


def test_filling_at_the_end_changes_nothing() -> None:
    rows, model = rows_of(9, 40, 5), small_model()
    exact = loss_of(model, make_pack(rows, [0, 1, 2]))
    filled = loss_of(model, make_pack(rows, [0, 1, 2], size=192, longest=48))
    assert filled.item() == pytest.approx(exact.item(), rel=1e-6)


def test_documents_attend_padded_or_singly_to_the_same_end() -> None:
    torch.manual_seed(0)
    bounds = torch.tensor([0, 7, 8, 30, 48, 48], dtype=torch.int32)
    q, k, v = (torch.randn(48, heads, 8, requires_grad=True) for heads in (4, 2, 2))
    results = []
    for out in (attend_padded(q, k, v, bounds, 24), attend_singly(q, k, v, bounds)):
        results.append([out, *torch.autograd.grad(out.square().sum(), (q, k, v))])
    torch.testing.assert_close(*results)


@pytest.mark.parametrize("keep", ["products", "attention", "inputs"])
def test_gradients_do_not_depend_on_which_activations_are_kept(keep: str) -> None:
    pack = make_pack(rows_of(20, 30), [0, 1])
    models = small_model(), small_model()
    runner = make_block_runner(keep=keep)
    for block in models[1].blocks:
        block.run = runner
    for model in models:
        loss_of(model, pack).backward()
    assert all(torch.equal(left.grad, right.grad) for left, right in zip(*(model.parameters() for model in models)))


def test_token_log_probabilities_and_their_gradients_are_those_of_log_softmax(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mathpie_gpu.model.cross_entropy.PIECE", 3)
    torch.manual_seed(0)
    hidden, weight = torch.randn(8, 6, requires_grad=True), torch.randn(11, 6, requires_grad=True)
    targets, factors = torch.tensor([1, 2, -100, 4, 10, 0, -100, 3]), torch.randn(8)
    for ours in (token_log_probabilities(hidden, weight, targets), -summed_cross_entropy(hidden, weight, targets)):
        factor = factors if ours.ndim else torch.tensor(0.7)
        plain = -F.cross_entropy(hidden @ weight.T, targets, reduction="none" if ours.ndim else "sum")
        torch.testing.assert_close(ours, plain)
        expected = torch.autograd.grad((plain * factor).sum(), (hidden, weight), retain_graph=True)
        torch.testing.assert_close(torch.autograd.grad((ours * factor).sum(), (hidden, weight)), expected)


# --- packing ---------------------------------------------------------------------------------------------------------


def test_each_row_of_a_step_lies_in_one_pack_and_packs_are_even() -> None:
    lengths = np.random.default_rng(1).lognormal(5.3, 0.45, 128).clip(48, 512).astype(np.int64)
    packs = pack_rows(np.arange(128), lengths, limit=10_240)
    assert sorted(row for pack in packs for row in pack) == list(range(128))
    loads = [lengths[pack].sum() for pack in packs]
    assert max(loads) <= 10_240 and len(packs) == -(-lengths.sum() // 10_240)
    assert max(loads) - min(loads) < 0.01 * max(loads)
    assert len(pack_rows(np.arange(3), lengths, limit=10_240, ranks=4)) == 4
    with pytest.raises(ValueError, match="does not fit"):
        pack_rows(np.arange(128), lengths, limit=100)


def test_an_epoch_shows_every_row_once_and_the_next_one_in_another_order() -> None:
    epochs = [
        np.concatenate([rows_of_step(3 * epoch + step, rows=10, rows_per_step=4, seed=7) for step in range(3)])
        for epoch in (0, 1)
    ]
    assert [sorted(epoch) for epoch in epochs] == [list(range(10))] * 2
    assert epochs[0].tolist() != epochs[1].tolist()


def test_positions_restart_and_targets_are_the_learnt_tokens_of_the_same_document() -> None:
    rows = rows_of(4, 6)
    pack = make_pack(rows, [1, 0], size=16)
    assert pack.positions.tolist() == [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5]
    assert pack.bounds.tolist()[:5] == [0, 6, 10, 16, 16]
    asked = pack.targets != -100
    assert pack.places[asked].tolist() == [2, 3, 4, 7, 8]
    assert torch.equal(pack.targets[asked], pack.ids[pack.places[asked] + 1])
    assert pack.place_documents[asked].tolist() == [0, 0, 0, 1, 1]


def test_the_share_of_memory_that_is_planned_with_is_the_one_that_the_contract_tells() -> None:
    described = load_schema("train-sft.config")["properties"]["memoryLimitGiB"]["description"]
    assert described.endswith(f"null: {100 * USABLE:.0f} % of what is free")


def test_passes_are_even_and_the_estimate_is_near_what_was_measured() -> None:
    llama = LlamaConfig(hidden_size=4096, intermediate_size=11008, num_hidden_layers=32, num_attention_heads=32)
    shape = read_shape(llama)
    for tokens, keep, world, measured in (
        (14_009, "products", 1, 128.6),
        (15_347, "attention", 1, 112.4),
        (15_347, "all", 2, 107.9),
    ):
        estimate = estimate_memory(shape, Plan(tokens, keep, world, "split")).total
        assert measured <= estimate <= 1.02 * measured
    for tokens, keep, measured in (
        (5_922, "all", 39.9),
        (9_830, "all", 56.8),
        (9_830, "products", 41.2),
        (30_680, "products", 100.4),
    ):
        adapted = Plan(tokens, keep, 1, "split", adapter_parameters=39_976_960)  # rank 16 everywhere
        assert measured <= estimate_memory(shape, adapted).total <= 1.03 * measured
    assert even_passes(30_680, 14_300, 512) == 10_739  # three passes, none of them with room for half a step
    assert even_passes(30_680, 40_000, 512) == 33_109
    config = {"tokensPerPass": None, "keepActivations": "auto", "keepGathered": None, "memoryLimitGiB": 132.0}
    options = {"device": torch.device("cuda"), "longest_row": 512}
    alone, _, _ = choose_passes(shape, Plan(0, "products", 1, "split"), config, step_tokens=30_680, **options)
    assert (alone.tokens, alone.keep, alone.keeps_gathered) == (10_739, "products", False)
    two, _, _ = choose_passes(shape, Plan(0, "products", 2, "split"), config, step_tokens=15_340, **options)
    assert (two.keep, two.keeps_gathered) == ("all", True)


# --- optimizer -------------------------------------------------------------------------------------------------------


def test_split_and_join_give_back_every_float32_also_ties() -> None:
    bits = torch.randint(-(2**31), 2**31 - 1, (100_000,), dtype=torch.int64).to(torch.int32)
    bits[:1000] = (bits[:1000] & ~0xFFFF) | 0x8000  # halfway between two bf16
    exact = bits.view(torch.float32)
    exact = exact[exact.isfinite()]
    high, low = split(exact)
    assert torch.equal(join(high, low).view(torch.int32), exact.view(torch.int32))
    is_tie = (exact.view(torch.int32) & 0xFFFF) == 0x8000
    assert torch.equal(high[~is_tie], exact.to(torch.bfloat16)[~is_tie])


@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
def test_split_weights_follow_adamw_in_float32_bit_for_bit(weight_decay: float) -> None:
    torch.manual_seed(0)
    plain = torch.nn.Parameter(torch.randn(96, 70))
    high, low = split(plain.data)
    ours = torch.nn.Parameter(high)
    reference = torch.optim.AdamW([plain], lr=1e-3, weight_decay=weight_decay, foreach=False)
    optimizer = SplitAdamW([("w", ours)], weight_decay=weight_decay, low_bits={"w": low})
    for step in range(20):
        gradient = torch.randn(96, 70).bfloat16()
        plain.grad, ours.grad = gradient.float() * 0.5, gradient
        reference.param_groups[0]["lr"] = rate = 1e-3 * (step + 1)
        reference.step()
        optimizer.step(learning_rate=rate, scale=0.5)
    assert torch.equal(optimizer.exact_weight("w"), plain.data)
    assert torch.equal(optimizer.states["w"]["second"], reference.state[plain]["exp_avg_sq"])


def test_a_gradient_that_is_not_finite_changes_nothing() -> None:
    parameter = torch.nn.Parameter(torch.randn(64).bfloat16())
    optimizer = SplitAdamW([("w", parameter)])
    before = {name: tensor.clone() for name, tensor in (optimizer.state_dict() | {"weight": parameter.data}).items()}
    parameter.grad = torch.full((64,), float("nan"), dtype=torch.bfloat16)
    norm = gradient_norm(optimizer.gradients().values())
    optimizer.step(learning_rate=1.0, scale=clip_factor(norm, 1.0), is_finite=norm.isfinite())
    after = optimizer.state_dict() | {"weight": parameter.data}
    assert all(torch.equal(before[name], after[name]) for name in before if name != "step_count")


def test_norm_and_clipping_are_torchs() -> None:
    parameters = [torch.nn.Parameter(torch.zeros(5, 4)), torch.nn.Parameter(torch.zeros(7))]
    for parameter in parameters:
        parameter.grad = torch.randn_like(parameter)
    norm = gradient_norm([parameter.grad for parameter in parameters])
    expected = [parameter.grad * clip_factor(norm, 0.3) for parameter in parameters]
    assert norm.item() == pytest.approx(torch.nn.utils.clip_grad_norm_(parameters, 0.3).item(), rel=1e-6)
    torch.testing.assert_close([parameter.grad for parameter in parameters], expected)


# --- options ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("recipe", RECIPES)
def test_float8_products_and_their_gradients_are_near_those_of_bf16(recipe: str) -> None:
    torch.manual_seed(0)
    x = torch.randn(128, 64).bfloat16().requires_grad_()
    weight = (0.1 * torch.randn(96, 64)).bfloat16().requires_grad_()
    upstream = torch.randn(128, 96).bfloat16()
    results = []
    for y in (F.linear(x, weight), linear(x, weight, None, Recipe(recipe, is_fast=False))):
        results.append([y.detach(), *torch.autograd.grad(y, (x, weight), upstream)])
    for exact, rounded in zip(*results):
        assert distance(rounded, exact) < 0.07


def distance(found: torch.Tensor, expected: torch.Tensor) -> float:
    return ((found - expected).float().norm() / expected.float().norm()).item()


FLOAT8 = [
    {"recipe": "tensor"},
    {"recipe": "tensor", "is_bounded": True},
    {"recipe": "tensor", "is_bounded": True, "keeps_copies": True},
    {"recipe": "mixed"},
    {"recipe": "row"},
    {"recipe": "tensor", "spares": ["attentionOutput", "weightGradients"]},
]


@pytest.mark.parametrize("options", FLOAT8, ids=str)
@pytest.mark.parametrize("keep", ["all", "products"])
def test_float8_models_give_nearly_the_gradients_of_bf16_also_after_weights_changed(options: dict, keep: str) -> None:
    pack = make_pack(rows_of(20, 28, 16), [0, 1, 2], size=64, longest=32)
    exact, rounded = (small_model(hidden_size=64, intermediate_size=96).bfloat16() for _ in range(2))
    for model in (exact, rounded):
        initialise(model, seed=0, scale=0.08)
    assert use_float8(rounded, is_fast=False, **options) == (4 - ("spares" in options)) * len(rounded.blocks)
    for block in rounded.blocks:
        block.run = make_block_runner(keep=keep)
    for _ in range(2):
        for model in (exact, rounded):
            loss_of(model, pack).backward()
        for left, right in zip(exact.parameters(), rounded.parameters()):
            assert distance(right.grad, left.grad) < 0.25
            left.grad = right.grad = None
            left.data.mul_(0.9)
            right.data.mul_(0.9)
        weights_changed(rounded)


def test_scales_and_copies_are_those_of_the_weights_as_they_are_now() -> None:
    model = small_model().bfloat16()
    use_float8(model, recipe="tensor", is_bounded=True, keeps_copies=True)
    matrix, norm = model.blocks[1].gate_up, model.blocks[1].mlp_norm
    for factor in (1, 4):
        matrix.weight.data.mul_(factor)
        norm.data.mul_(-factor)
        weights_changed(model)
        loss_of(model, make_pack(rows_of(16), [0], size=16))
        assert matrix.weight_largest == matrix.weight.abs().max()
        assert matrix.x_largest == norm.abs().max().float() * matrix.in_features**0.5
        again = matrix.weight_rows.float() * matrix.weight_largest / 448
        torch.testing.assert_close(again, matrix.weight.float(), atol=matrix.weight_largest.item() * 2**-15, rtol=0.07)
        assert torch.equal(matrix.weight_rows.float(), matrix.weight_columns.float().T)
        x = torch.randn(64, matrix.in_features) * torch.rand(64, 1) * 10
        x[0] = F.one_hot(torch.tensor(3), matrix.in_features)  # the worst case: one number alone
        assert F.rms_norm(x, x.shape[1:], norm.float()).abs().max() <= matrix.x_largest * 1.0001
    assert {"weight_largest", "weight_rows"}.isdisjoint(name.split(".")[-1] for name in model.state_dict())


def test_fresh_adapters_change_nothing_and_train_alone() -> None:
    pack = make_pack(rows_of(20, 30), [0, 1])
    model = small_model()
    before = loss_of(model, pack).item()
    add_adapters(model, rank=4, alpha=8, dropout=0.0, targets=["attention", "mlp"])
    initialise_adapters(model, seed=1)
    loss = loss_of(model, pack)
    loss.backward()
    assert loss.item() == before
    trained = {name for name, parameter in model.named_parameters() if parameter.grad is not None}
    assert trained and all(".adapter." in name for name in trained)


def test_a_checkpoint_without_a_tensor_is_refused_by_name(tmp_path: Path) -> None:
    folder = save_checkpoint(
        tmp_path / "a", lambda config: AutoModelForCausalLM.from_config(config), LlamaConfig(**SHAPE)
    )
    model = PackedModel(read_shape(LlamaConfig(**SHAPE | {"num_hidden_layers": 3})))
    with pytest.raises(UserError, match=r"model\.layers\.2\.input_layernorm\.weight is not there"):
        load_weights(model, folder)


@pytest.mark.parametrize(
    ("product", "rows", "columns", "is_kept"),
    [
        ("query, key and value of a Llama of 7B", 4096, 3 * 4096, True),
        ("gate and up of Qwen2.5 0.5B", 896, 2 * 4864, True),
        ("into an adapter of rank 16", 4096, 16, True),
        ("out of an adapter of rank 16", 16, 4096, False),  # it would take as much memory as the projection's result
    ],
)
def test_what_an_adapter_adds_is_not_kept(product: str, rows: int, columns: int, is_kept: bool) -> None:
    left, right = torch.empty(5, rows, device="meta"), torch.empty(rows, columns, device="meta")
    policy = keep_products(None, torch.ops.aten.mm.default, left, right)
    assert (policy == CheckpointPolicy.MUST_SAVE) is is_kept, product
