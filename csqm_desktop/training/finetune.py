"""Fine-tuning: a few passes over all labels, watched on conversations the network does not see."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.calibration import centred
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.network import PairNetwork
from csqm_desktop.scoring.version import NETWORK_DIR, CriterionSpec
from csqm_desktop.training.dataset import Dataset
from csqm_desktop.training.linear import fit
from csqm_desktop.training.recorder import Recorder

if TYPE_CHECKING:
    from csqm_desktop.training.trainer import Observer, Request

Floats = NDArray[np.float64]

_PROBE_PENALTY = 3.0
_VECTOR_SIZE = 3.0  # as for the frozen heads
_WATCHED_SHARE = 0.15  # of the conversations; calibration needs some sixty replies, so few labels give more
_WATCHED_LEAST = 60
_WATCHED_MOST_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. ``options`` of a request override single values by name."""

    learning_rate: float
    epochs: int
    batch: int = 16
    patience: int = 2  # epochs without improvement before it stops
    warmup: float = 0.1  # share of the steps
    decay: float = 0.01
    clip: float = 1.0

    @classmethod
    def of(cls, method: str, options: Mapping[str, Any]) -> Plan:
        """The usual plan of a method, with what the options change."""
        usual: dict[str, Any] = {"learning_rate": 5e-4, "epochs": 6} if method == "lora" else {}
        if method == "full":
            usual = {"learning_rate": 5e-5, "epochs": 4}
        known = {"learning_rate": float, "epochs": int, "batch": int, "patience": int}
        return cls(**(usual | {name: kind(options[name]) for name, kind in known.items() if name in options}))


@dataclass(frozen=True)
class Tuned:
    """The rows that the network did not learn from, and its centred logits there by criterion: (m,) and (m, K)."""

    rows: NDArray[np.intp]
    logits: dict[str, Floats]


def fine_tune(
    engine: Engine,
    data: Dataset,
    criteria: Sequence[CriterionSpec],
    trained: frozenset[str],
    request: Request,
    observer: Observer,
    recorder: Recorder,
) -> Tuned:
    """Train the network on ``data`` and save it below the request's folder.

    Only the ``trained`` criteria are learned; the others keep their columns. Raises
    ``CsqmError("training_diverged")`` when the loss leaves the numbers or the weights did not move.
    """
    plan = Plan.of(request.method, request.options)
    network = PairNetwork(engine.encoder, criteria, request.method).trainable(request.seed)
    warm = request.parent is not None and network.warm_start(request.parent / NETWORK_DIR)
    network.to(engine.encoder.device.torch)
    watched = _watched(data, request.seed)
    job = _Job(network, data, [c for c in criteria if c.key in trained], plan, request, observer, recorder)
    if not warm:
        job.start_from_probe(np.flatnonzero(~watched))
    job.run(np.flatnonzero(~watched), np.flatnonzero(watched))
    network.save(request.out / NETWORK_DIR)
    rows = np.flatnonzero(watched)
    stored = PairNetwork.load(request.out / NETWORK_DIR, engine.encoder, criteria)
    logits = stored.logits([data.examples[i].encoded for i in rows], observer.check)
    slices = dict(zip((c.key for c in criteria), stored.slices, strict=True))
    return Tuned(rows, {key: centred(logits[:, slices[key]]) for key in trained})


def _watched(data: Dataset, seed: int) -> NDArray[np.bool_]:
    share = min(_WATCHED_MOST_SHARE, max(_WATCHED_SHARE, _WATCHED_LEAST / max(1, len(data))))
    groups = int(data.groups.max()) + 1
    order = np.random.default_rng(seed + 1).permutation(groups)
    return np.isin(data.groups, order[: max(1, round(share * groups))])


class _Job:
    """One fine-tuning run."""

    def __init__(
        self,
        network: PairNetwork,
        data: Dataset,
        criteria: Sequence[CriterionSpec],
        plan: Plan,
        request: Request,
        observer: Observer,
        recorder: Recorder,
    ) -> None:
        self.network = network
        self.plan = plan
        self.method = request.method
        self.observer = observer
        self.recorder = recorder
        self.rng = np.random.default_rng(request.seed)
        self.ids = network.token_ids(data.replies)
        self.device = network.encoder.device
        slices = dict(zip((c.key for c in network.criteria), network.slices, strict=True))
        self.targets = [(slices[c.key], _shares(data.votes[c.key]).to(self.device.torch)) for c in criteria]
        self.moving = [p for p in network.parameters() if p.requires_grad]

    def start_from_probe(self, rows: NDArray[np.intp]) -> None:
        """Fit the heads on what the untouched network says, so that tuning starts where a linear model ends.

        Heads that start at random would first push noise into the network (linear probing, then fine-tuning).
        """
        vectors = self.network.vectors([self.ids[i] for i in rows], self.observer.check)
        centre = vectors.mean(axis=0)
        scale = _VECTOR_SIZE / max(1e-6, float(np.sqrt(((vectors - centre) ** 2).sum(axis=1).mean())))
        features = (vectors - centre) * scale
        heads = self.network.heads
        with torch.no_grad():
            heads.centre.copy_(torch.from_numpy(centre))
            heads.scale.fill_(scale)
            for columns, target in self.targets:
                shares = target[torch.from_numpy(rows).to(target.device)].cpu().numpy().astype(np.float64)
                labelled = shares.sum(axis=1) > 0
                found = fit(features[labelled], shares[labelled], _PROBE_PENALTY)
                heads.linear.weight[columns] = torch.from_numpy(found.weights.T).to(heads.linear.weight)
                heads.linear.bias[columns] = torch.from_numpy(found.bias).to(heads.linear.bias)

    def run(self, train: NDArray[np.intp], watched: NDArray[np.intp]) -> None:
        """Train with early stopping; the network ends with the weights of its best epoch."""
        plan = self.plan
        per_epoch = max(1, math.ceil(len(train) / plan.batch))
        total = per_epoch * plan.epochs
        optimizer = torch.optim.AdamW(self.moving, lr=plan.learning_rate, weight_decay=plan.decay)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, total, plan.warmup))
        start = [p.detach().clone() for p in self.moving]
        best, best_loss, waiting, step = start, self._watch(watched, 0), 0, 0
        for epoch in range(plan.epochs):
            # dropout off: its noise undoes the probe, and stopping early guards against overfitting as well
            self.network.eval()
            for batch in self._batches(train):
                self.observer.check()
                loss = self._step(batch, optimizer)
                schedule.step()
                self.recorder.point("train_loss", loss, step)
                step += 1
                self.observer.progress(step, total, "fitting")
            loss = self._watch(watched, epoch + 1)
            if loss < best_loss - 1e-4:
                best, best_loss, waiting = [p.detach().clone() for p in self.moving], loss, 0
            else:
                waiting += 1
                if waiting >= plan.patience:
                    break
        self._check_moved(start)
        with torch.no_grad():
            for parameter, value in zip(self.moving, best, strict=True):
                parameter.copy_(value)

    def _batches(self, rows: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
        """Shuffled, but with rows of like length together, because padding is paid like text."""
        shuffled = self.rng.permutation(rows)
        window = 16 * self.plan.batch
        batches = []
        for start in range(0, len(shuffled), window):
            part = sorted(shuffled[start : start + window], key=lambda i: len(self.ids[i]))
            batches += [np.array(part[i : i + self.plan.batch]) for i in range(0, len(part), self.plan.batch)]
        for i in self.rng.permutation(len(batches)):
            yield batches[i]

    def _loss(self, rows: NDArray[np.intp]) -> torch.Tensor:
        tokens, mask = self.network.batch([self.ids[i] for i in rows])
        with torch.autocast(self.device.kind, dtype=torch.bfloat16, enabled=self.device.bf16):
            logits = self.network(tokens, mask)
        picked = torch.from_numpy(rows).to(self.device.torch)
        losses = []
        for columns, target in self.targets:
            share = target[picked]
            labelled = share.sum(1) > 0
            if labelled.any():
                chances = torch.log_softmax(logits[labelled][:, columns], dim=-1)
                losses.append(-(share[labelled] * chances).sum(1).mean())
        return torch.stack(losses).mean() if losses else logits.sum() * 0.0

    def _step(self, rows: NDArray[np.intp], optimizer: torch.optim.Optimizer) -> float:
        optimizer.zero_grad(set_to_none=True)
        loss = self._loss(rows)
        value = float(loss.detach())
        if not math.isfinite(value):
            raise CsqmError("training_diverged", method=self.method, reason="the loss is not a number")
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.moving, self.plan.clip)
        optimizer.step()
        return value

    def _watch(self, rows: NDArray[np.intp], epoch: int) -> float:
        self.network.eval()
        losses = []
        with torch.no_grad():
            for start in range(0, len(rows), 2 * self.plan.batch):
                self.observer.check()
                part = rows[start : start + 2 * self.plan.batch]
                losses.append((float(self._loss(part)), len(part)))
        value = sum(loss * n for loss, n in losses) / max(1, sum(n for _, n in losses))
        self.recorder.point("validation_loss", value, epoch)
        return value

    def _check_moved(self, start: Sequence[torch.Tensor]) -> None:
        body = {id(p) for p in self.network.heads.parameters()}
        moved = any(
            not torch.equal(p.detach(), before)
            for p, before in zip(self.moving, start, strict=True)
            if id(p) not in body
        )
        if not moved:
            raise CsqmError("training_diverged", method=self.method, reason="no weight of the network moved")


def _shares(votes: Floats) -> torch.Tensor:
    total = votes.sum(axis=1, keepdims=True)
    return torch.from_numpy(np.divide(votes, total, out=np.zeros_like(votes), where=total > 0).astype(np.float32))


def _rate(step: int, total: int, warmup: float) -> float:
    rising = max(1, int(total * warmup))
    if step < rising:
        return (step + 1) / rising
    return max(0.0, (total - step) / max(1, total - rising))
