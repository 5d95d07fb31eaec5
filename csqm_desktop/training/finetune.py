"""Fine-tuning: a few passes over the labels, watched on conversations the network does not see."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from csqm_desktop.errors import CsqmError
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.features import Scaling
from csqm_desktop.scoring.network import TextNetwork, delta_bytes
from csqm_desktop.scoring.token_states import TokenStates
from csqm_desktop.scoring.version import NETWORK_DIR, CriterionSpec
from csqm_desktop.training.dataset import Dataset
from csqm_desktop.training.linear import fit, principal_axes
from csqm_desktop.training.recorder import Recorder
from csqm_desktop.training.self_check import SelfCheck, orthogonality
from csqm_desktop.training.tuning_plan import Plan, Portion, portion, read_learned, write_learned
from csqm_desktop.training.turn_rows import TurnRows
from csqm_desktop.training.watching import Pass, Passes

if TYPE_CHECKING:
    from csqm_desktop.training.request import Observer, Request

Floats = NDArray[np.float64]

_SETTLING, _SETTLED = 0.15, 0.35  # AdaLoRA: share of the steps before ranks are taken away, and after


@dataclass(frozen=True)
class Start:
    """The frozen heads that a network starts from: scaled features (n, D) of the data, penalties by criterion."""

    scaling: Scaling
    features: NDArray[np.float32]
    penalties: Mapping[str, float]


def fine_tune(
    engine: Engine,
    data: Dataset,
    criteria: Sequence[CriterionSpec],
    start: Start,
    request: Request,
    observer: Observer,
    recorder: Recorder,
) -> dict[str, Any]:
    """Train the network on ``data`` and save it below the request's folder; returns facts for the card: what the
    method did, what it learned from, how large it is.

    Only the criteria that ``start`` has heads for are learned; the others keep their columns. Raises
    ``CsqmError("training_diverged")`` when the loss leaves the numbers and ``CsqmError("method_did_not_act")`` when
    the method did not do what its name says.
    """
    started, processor = time.monotonic(), time.process_time()
    observer.progress(0, 0, "embedding")
    plan = Plan.of(request.method, request.options)
    network = TextNetwork(engine.encoder, criteria, request.method).trainable(request.seed, plan.top)
    parent = request.warm / NETWORK_DIR if request.warm is not None else None
    warm = parent is not None and network.warm_start(parent)
    known = read_learned(parent if warm else None)
    shares = portion(data, known.labels, request.seed)
    if shares.going_on:
        plan = plan.going_on(request.options)
    network.to(engine.encoder.device.torch)
    learned = [c for c in criteria if c.key in start.penalties]
    job = _Job(network, data, learned, plan, shares, request, observer, recorder, engine.token_states(network.first))
    before = None
    if warm and parent is not None:  # the parent has read most of what is watched
        watched = [data.examples[i].encoded for i in shares.watched]
        before = engine.network_logits(parent, criteria, watched, observer.check)
    else:
        job.start_from_heads(start, shares.rows)
    facts = job.run(before)
    folder = request.out / NETWORK_DIR
    network.save(folder)
    write_learned(folder, data, shares.rows, known)
    return facts | {
        "method": request.method,
        "layers": len(network.layers or ()) - network.first,
        "of_layers": len(network.layers or ()),
        "goes_on_from": request.warm.name if warm and request.warm is not None else None,
        "fresh": len(shares.fresh),
        "replayed": len(shares.replayed),
        "watched": len(shares.watched),
        "delta_bytes": delta_bytes(folder),
        "seconds": round(time.monotonic() - started, 1),
        "cpu_seconds": round(time.process_time() - processor, 1),
    }


class _Job:
    """One fine-tuning run."""

    def __init__(
        self,
        network: TextNetwork,
        data: Dataset,
        criteria: Sequence[CriterionSpec],
        plan: Plan,
        shares: Portion,
        request: Request,
        observer: Observer,
        recorder: Recorder,
        kept: TokenStates | None,
    ) -> None:
        self.network = network
        self.plan = plan
        self.method = request.method
        self.observer = observer
        self.recorder = recorder
        self.rng = np.random.default_rng(request.seed)
        self.device = network.encoder.device
        # from here on rows are places in ``used``: what is left out this time costs nothing at all
        used = np.sort(np.concatenate([shares.rows, shares.watched]))
        self.train = np.searchsorted(used, shares.rows)
        self.watched = np.searchsorted(used, shares.watched)
        slices = dict(zip((c.key for c in network.criteria), network.slices, strict=True))
        self.criteria = [(c.key, slices[c.key]) for c in criteria]
        self.targets = [(slices[c.key], _shares(data.votes[c.key][used]).to(self.device.torch)) for c in criteria]
        self.groups = data.groups[used]
        self.moving = [p for p in network.parameters() if p.requires_grad]
        self.check = SelfCheck(network)
        self.replies = TurnRows(network, [data.examples[i].encoded for i in used], observer.check, kept)

        self.tokens = {"read": self.replies.tokens(np.arange(len(used))), "trained": 0, "watched": 0}

    def start_from_heads(self, start: Start, rows: NDArray[np.intp]) -> None:
        """Let the heads be those of the frozen encoder, fitted on what the network will learn (``rows`` of the data).

        Heads that start at random would first push noise into the network. What is watched must be new to them too.
        """
        features = start.features[rows]
        axes = principal_axes(features)
        inner = features if axes is None else features @ axes.T
        heads = self.network.heads
        with torch.no_grad(), threadpool_limits(1, "blas"):
            heads.mean.copy_(torch.from_numpy(start.scaling.mean))
            heads.scale.copy_(torch.from_numpy(start.scaling.scale))
            for (key, columns), (_, target) in zip(self.criteria, self.targets, strict=True):
                shares = target[torch.from_numpy(self.train).to(target.device)].cpu().numpy().astype(np.float64)
                labelled = shares.sum(axis=1) > 0
                found = fit(inner[labelled], shares[labelled], start.penalties[key])
                weights = found.weights if axes is None else axes.T.astype(np.float64) @ found.weights
                heads.linear.weight[columns] = torch.from_numpy(weights.T).to(heads.linear.weight)
                heads.linear.bias[columns] = torch.from_numpy(found.bias).to(heads.linear.bias)

    def run(self, before: Floats | None = None) -> dict[str, Any]:
        """Train and end with the weights of the pass that stays (``watching``); returns facts for the card.

        ``before`` (m, L) is what the network says of the watched replies as it is, where that is known already.
        """
        plan = self.plan
        total = max(1, math.ceil(len(self.train) / plan.batch)) * plan.epochs
        optimizer = self._optimizer()
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, total, plan.warmup))
        settle = self._plan_ranks(total)
        # dropout off: its noise undoes the probe, and stopping early guards against overfitting as well
        self.network.eval()
        passes = Passes(plan.patience)
        with self.replies.frozen.skipped():
            first = Pass(0, self._watch(0, before), self._weights())
            if settle is None:
                passes.offer(first)
            step = 0
            for epoch in range(1, plan.epochs + 1):
                for batch in self._batches(self.train):
                    self.observer.check()
                    self.recorder.point("train_loss", self._step(batch, optimizer, step), step)
                    schedule.step()
                    step += 1
                    self.observer.progress(step, total, "fitting")
                losses = self._watch(epoch)
                if settle is not None and step <= settle:
                    continue  # the ranks are not settled yet: these weights are not what will be stored
                if passes.offer(Pass(epoch, losses, self._weights())):
                    break
        facts = self.check.evidence()
        kept = passes.kept or first
        with torch.no_grad():
            for parameter, value in zip(self.moving, kept.weights, strict=True):
                parameter.copy_(value)
        losses_of = {"watched_loss_before": first.loss, "watched_loss": kept.loss}
        return facts | {"tokens": self.tokens, "epochs": epoch, "best_epoch": kept.number, "steps": step} | losses_of

    def _optimizer(self) -> torch.optim.Optimizer:
        heads = list(self.network.heads.parameters())
        known = {id(p) for p in heads}
        body = [p for p in self.moving if id(p) not in known]
        rate = self.plan.learning_rate
        parts = [{"params": body, "lr": rate}, {"params": heads, "lr": min(rate, self.plan.head_rate)}]
        return torch.optim.AdamW(parts, lr=rate, weight_decay=self.plan.decay)

    def _plan_ranks(self, total: int) -> int | None:
        """Tell AdaLoRA how many steps there are; returns the step after which its ranks stay, None for others."""
        if self.method != "adalora":
            return None
        config = self.network.body.active_peft_config
        config.total_step = total
        config.tinit = int(_SETTLING * total)
        config.tfinal = max(1, int(_SETTLED * total))
        config.deltaT = max(1, total // 50)
        return int(total - config.tfinal)

    def _weights(self) -> list[torch.Tensor]:
        return [p.detach().clone() for p in self.moving]

    def _batches(self, rows: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
        """Conversations in random order, cut into batches: replies of one conversation share most of their texts."""
        place = self.rng.permutation(int(self.groups.max()) + 1)
        ordered = rows[np.argsort(place[self.groups[rows]], kind="stable")]
        batches = [ordered[i : i + self.plan.batch] for i in range(0, len(ordered), self.plan.batch)]
        for i in self.rng.permutation(len(batches)):
            yield batches[i]

    def _logits(self, rows: NDArray[np.intp]) -> torch.Tensor:
        with torch.autocast(self.device.kind, dtype=torch.bfloat16, enabled=self.device.bf16):
            raw = self.replies.raw(rows)
        out: torch.Tensor = self.network.heads(raw)
        return out

    def _loss(self, rows: NDArray[np.intp], logits: torch.Tensor) -> torch.Tensor:
        picked = torch.from_numpy(rows).to(self.device.torch)
        losses = []
        for columns, target in self.targets:
            share = target[picked]
            labelled = share.sum(1) > 0
            if labelled.any():
                chances = torch.log_softmax(logits[labelled][:, columns], dim=-1)
                losses.append(-(share[labelled] * chances).sum(1).mean())
        return torch.stack(losses).mean() if losses else logits.sum() * 0.0

    def _step(self, rows: NDArray[np.intp], optimizer: torch.optim.Optimizer, step: int) -> float:
        optimizer.zero_grad(set_to_none=True)
        self.tokens["trained"] += self.replies.tokens(rows)
        loss = self._loss(rows, self._logits(rows))
        value = float(loss.detach())
        if not math.isfinite(value):
            raise CsqmError("training_diverged", method=self.method, reason="the loss is not a number")
        if self.method == "adalora":
            loss = loss + orthogonality(self.network.body)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.moving, self.plan.clip)
        optimizer.step()
        if self.method == "adalora":
            self.network.body.base_model.update_and_allocate(step)
        return value

    def _watch(self, epoch: int, known: Floats | None = None) -> Floats:
        """The loss of each watched reply, (m,), in no particular but always the same order."""
        losses, size = [], 2 * self.plan.batch
        ordered = self.watched[np.argsort(self.groups[self.watched], kind="stable")]
        with torch.no_grad():
            for start in range(0, len(ordered), size):
                self.observer.check()
                part = ordered[start : start + size]
                if known is None:
                    self.tokens["watched"] += self.replies.tokens(part)
                    logits = self._logits(part)
                else:
                    logits = torch.from_numpy(known[np.searchsorted(self.watched, part)]).float().to(self.device.torch)
                losses.append(self._each_loss(part, logits))
        found = np.concatenate(losses) if losses else np.zeros(0)
        self.recorder.point("validation_loss", float(found.mean()) if len(found) else 0.0, epoch)
        return found

    def _each_loss(self, rows: NDArray[np.intp], logits: torch.Tensor) -> Floats:
        """The loss of each reply that is labelled, mean over its criteria."""
        picked = torch.from_numpy(rows).to(self.device.torch)
        total, labelled = torch.zeros(len(rows)), torch.zeros(len(rows))
        for columns, target in self.targets:
            share = target[picked]
            total += -(share * torch.log_softmax(logits[:, columns], dim=-1)).sum(1).cpu()
            labelled += (share.sum(1) > 0).cpu()
        known = labelled > 0
        return np.asarray((total[known] / labelled[known]).numpy(), dtype=np.float64)


def _shares(votes: Floats) -> torch.Tensor:
    total = votes.sum(axis=1, keepdims=True)
    return torch.from_numpy(np.divide(votes, total, out=np.zeros_like(votes), where=total > 0).astype(np.float32))


def _rate(step: int, total: int, warmup: float) -> float:
    rising = max(1, int(total * warmup))
    if step < rising:
        return (step + 1) / rising
    return max(0.0, (total - step) / max(1, total - rising))
