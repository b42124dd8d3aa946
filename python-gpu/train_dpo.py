"""Train a causal language model on preference pairs with DPO (Rafailov et al. 2023): all of its weights, or low-rank adapters.

One GPU, many GPUs of one host, many hosts (the run directory on a disk that all of them share):

    python python-gpu/train_dpo.py configs/recipes/dpo/dpo-reasoning.json --set model=runs/sft/model --set data=pairs.jsonl --run runs/dpo
    torchrun --nproc_per_node=8 python-gpu/train_dpo.py CONFIG.json --set run=runs/dpo
    torchrun --nnodes=4 --nproc_per_node=8 --rdzv_backend=c10d --rdzv_endpoint=HOST:29500 python-gpu/train_dpo.py CONFIG.json

--dry-run says how many pairs, tokens and steps there are, what memory they need and how long they take, and stops. The same
command again goes on from the last checkpoint; SIGTERM or Ctrl-C: the step is finished, a checkpoint saved (exit code 143, 130).

The reference model is the one that training starts from, unless another is named. Its log-probabilities are computed once,
before the first step, and kept: no second model lies in memory, and a run with another beta (same referenceCache) finds them.
Model, packing, sharding, optimizer and checkpoints are those of train_sft.py. Both sides of a pair are documents of one pack,
so a pair's loss is computed in one pass; it covers the last response of each side, and the step's loss is the mean over pairs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mathpie_gpu.run.missing_packages import telling_missing_packages

with telling_missing_packages(__file__, later=("transformers",)):
    import torch
    from torch import Tensor, nn

    from mathpie_gpu.model.open_model import Source, open_source
    from mathpie_gpu.rows.items import PairPack, Pairs
    from mathpie_gpu.rows.preference_rows import prepare_pairs
    from mathpie_gpu.run.directory import Run, open_run
    from mathpie_gpu.run.errors import UserError
    from mathpie_gpu.training.loop import run_training
    from mathpie_gpu.training.method import Method, Start
    from mathpie_gpu.training.plan import whose_attention
    from mathpie_gpu.training.preference_loss import pair_log_probabilities, pair_losses
    from mathpie_gpu.training.reference_cache import ReferenceCache
    from mathpie_gpu.training.reference_pass import fill_references


class PreferenceOptimisation(Method):
    """The mean loss of pairs. A pair is right where the chosen response has the higher reward."""

    script, noun = "train_dpo.py", "pairs"
    measures = ("loss", "rewardChosen", "rewardRejected", "accuracy")
    hyperparameters = ("beta", "labelSmoothing", "chosenLossWeight", "lengthNormalised")
    held_out_dtype = torch.float32  # as ever, so that figures of earlier runs stay comparable to the last digit

    def read(self, paths: list[str], tokenizer, *, cache: Path | None) -> Pairs:
        return Pairs(*prepare_pairs(paths, tokenizer, self.config, cache=cache))

    def measure(self, model: nn.Module, pack: PairPack, *, is_compiled: bool) -> tuple[Tensor, Tensor]:
        policy = pair_log_probabilities(model, pack, is_compiled=is_compiled)
        config, counts = self.config, pack.counts
        found = pair_losses(
            *policy.unbind(1), *pack.reference.unbind(1), chosen_tokens=counts[:, 0], rejected_tokens=counts[:, 1],
            beta=config["beta"], label_smoothing=config["labelSmoothing"], chosen_loss_weight=config["chosenLossWeight"],
            is_length_normalised=config["lengthNormalised"],
        )  # fmt: skip
        numbers = (found.loss, found.chosen_reward, found.rejected_reward, found.accuracy)
        return found.loss.sum(), torch.stack([part.detach().sum() for part in numbers])

    def describe(self, means: list[float]) -> dict[str, float]:
        named = super().describe(means)
        return named | {"margin": named["rewardChosen"] - named["rewardRejected"]}

    # --- the reference, before the first step -------------------------------------------------------------------------

    def look_ahead(self, start: Start) -> tuple[int, dict[str, Any]]:
        config = start.config
        folder = Path(config["referenceCache"]) if config["referenceCache"] else start.run.directory / "reference"
        source, parts = open_source(self.reference, config), (start.items, start.held_out)
        checkpoint, kind = source.folder, {"weights": start.plan.weights, "device": start.share.device}
        # Whose attention: in 16 bits they round differently, and of a long response that adds up. Its heads may be of another size.
        self.attention = whose_attention(source, start.run.config["attention"], parts=parts, **kind)
        others = f" {self.attention}" if self.attention in ("rows", "flash-attn-4") else ""
        settings = f"{start.plan.weights} {config['float8']} {start.implementation}{others}"

        def find(pairs: Pairs) -> ReferenceCache:
            fingerprint = pairs.rows.fingerprint()
            return ReferenceCache(folder, checkpoint=checkpoint, fingerprint=fingerprint, pairs=len(pairs), settings=settings)

        self.sets = [(pairs, find(pairs)) for pairs in (start.items, start.held_out) if pairs is not None]
        missing = sum(int(pairs.lengths[cache.missing].sum()) for pairs, cache in self.sets)
        return missing, {"referenceTokens": missing}

    def build(self, start: Start) -> tuple[nn.Module, dict[str, Tensor]] | None:
        """Reference and policy are never in memory together: one that is named is asked first and dropped; without one the policy,
        which nothing has changed yet, is its own reference."""
        is_missing = any(len(cache.missing) for _, cache in self.sets)
        if is_missing and self.config["reference"] is not None:
            other = self.check_reference(start)
            model = start.build(other, model=self.reference, lora=None, attention=self.attention)[0]
            if not fill_references(start.run, model, self.sets, start.share):
                return None
            is_missing, model = False, None
            torch.cuda.empty_cache()  # does nothing without a GPU
        model, low_bits = start.build()
        if is_missing and not fill_references(start.run, model, self.sets, start.share):
            return None
        for pairs, cache in self.sets:
            pairs.reference = torch.from_numpy(cache.values)
        return model, low_bits

    def check_reference(self, start: Start) -> Source:
        other = open_source(self.reference, start.config)
        if len(other.tokenizer) != len(start.source.tokenizer) or (other.reason is None) != (start.source.reason is None):
            raise UserError(
                f"Cannot take {self.reference} as the reference of {self.config['model']}: they are not of one architecture and"
                ' vocabulary; leave "reference" out, or name the model that this one was tuned from'
            )
        return other

    @property
    def reference(self) -> str:
        return self.config["reference"] or self.config["model"]

    def record(self) -> dict[str, Any]:
        return {"reference": self.reference}


def main(run: Run) -> None:
    run_training(run, PreferenceOptimisation(run.config))


if __name__ == "__main__":
    with open_run("train-dpo") as run:
        main(run)
