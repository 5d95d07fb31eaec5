"""What the training page shows, read from the store and the registry off the window's thread. No widgets here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csqm_desktop.analytics.label_readiness import Readiness, readiness
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import starter
from csqm_desktop.jobs.label_worth import Worth, remembered
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.jobs.weak_labels import LearnFrom, learn_from
from csqm_desktop.registry.versions import Activation, Card
from csqm_desktop.store.workspace import Workspace

FIGURES = ("accuracy", "macro_f1", "qwk", "ece")


@dataclass(frozen=True)
class TrainingState:
    """Labels and versions of a workspace."""

    scorecard: Scorecard
    readiness: Readiness
    labelled: int  # replies with any label
    since_last: int  # of them, labelled after the newest version of one's own was trained
    trained_before: bool
    cards: tuple[Card, ...]  # newest first
    active: str | None
    history: tuple[Activation, ...]  # oldest first
    versions_folder: Path
    no_base: CsqmError | None  # why there is no base model to train on
    texts: Mapping[int, str] = field(default_factory=dict)  # of the replies that cards give as near-duplicates
    worth: Worth | None = None  # what more labels would bring, when it was measured
    learn_from: LearnFrom = field(default_factory=LearnFrom)  # what training learns from beside labels
    has_starter: bool = True  # whether scoring would set up the starter version where there is none

    @property
    def active_card(self) -> Card | None:
        """The card of the active version."""
        return next((card for card in self.cards if card.id == self.active), None)

    def card(self, version: str) -> Card | None:
        """The card of a version."""
        return next((card for card in self.cards if card.id == version), None)

    @property
    def can_roll_back(self) -> bool:
        """Whether another version was active before."""
        return len(self.history) > 1


def read_state(workspace: Workspace) -> TrainingState:
    """Read everything that the page shows."""
    scorecard = workspace.scorecards.current()
    labels = workspace.reviews.labels()
    versions = Versions(workspace)
    cards = sorted(versions.store.list(), key=lambda card: (card.created_at, card.id), reverse=True)
    own = [card.created_at for card in cards if not card.is_starter]
    last = max(own, default=0.0)
    return TrainingState(
        scorecard=scorecard,
        readiness=readiness(labels, [(c.key, [level.key for level in c.levels]) for c in scorecard.criteria]),
        labelled=len(labels),
        since_last=sum(label.labelled_at > last for label in labels),
        trained_before=bool(own),
        cards=tuple(cards),
        active=versions.active(),
        history=tuple(versions.store.history()),
        versions_folder=workspace.model_store / "versions",
        no_base=_missing_base(versions),
        texts={
            item.reply_id: item.text
            for item in workspace.conversations.reply_inputs(
                [number for card in cards for pair in leaked_pairs(card) for number in pair]
            )
        },
        worth=remembered(workspace),
        learn_from=learn_from(workspace),
        has_starter=bool(cards) or starter.matches(scorecard),
    )


def leaked_pairs(card: Card) -> list[tuple[int, int]]:
    """The near-duplicates that a card names: a reply of the holdout and one of training each time."""
    pairs = dict(card.metrics.get("leakage") or {}).get("pairs") or []
    return [(int(pair["holdout"]), int(pair["train"])) for pair in pairs]


def _missing_base(versions: Versions) -> CsqmError | None:
    try:
        versions.base()
    except CsqmError as error:
        return error
    return None


# -- the figures on a version card


@dataclass(frozen=True)
class CriterionMetrics:
    """The holdout's figures of one criterion; None where the card does not say."""

    key: str
    n: int
    figures: Mapping[str, float | None]
    intervals: Mapping[str, tuple[float, float]]
    ece_before: float | None
    reliability: tuple[Mapping[str, float], ...]
    levels: tuple[str, ...]  # keys, worst first
    classes: tuple[Mapping[str, float], ...]  # precision, recall, f1, support of each level
    slices: Mapping[str, Mapping[str, Mapping[str, float]]]  # dimension, value, figure

    @property
    def one_level_only(self) -> bool:
        """Whether people gave all replies of the holdout the same level: agreement beyond chance means nothing then."""
        return len(self.classes) > 1 and sum(figures.get("support", 0) > 0 for figures in self.classes) == 1


FEWEST_IN_BIN = 10  # replies: with fewer, how often the model is right is mostly luck


def merged_bins(bins: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Bins of confidence put together, from the least sure on, until each has enough replies to mean something."""
    merged: list[dict[str, float]] = []
    for found in sorted(bins, key=lambda b: b["confidence"]):
        if merged and merged[-1]["n"] < FEWEST_IN_BIN:
            merged[-1] = _put_together(merged[-1], found)
        else:
            merged.append({name: float(found[name]) for name in ("n", "confidence", "accuracy")})
    if len(merged) > 1 and merged[-1]["n"] < FEWEST_IN_BIN:
        last = merged.pop()
        merged[-1] = _put_together(merged[-1], last)
    return merged


def _put_together(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    n = one["n"] + other["n"]
    means = {
        name: (one["n"] * one[name] + other["n"] * other[name]) / n if n else one[name]
        for name in ("confidence", "accuracy")
    }
    return {"n": n, **means}


def metrics_of(card: Card) -> list[CriterionMetrics]:
    """The figures of each criterion that the card has, in the card's order."""
    by_criterion = card.metrics.get("criteria", card.metrics)
    found = []
    for key, report in by_criterion.items() if isinstance(by_criterion, Mapping) else ():
        if isinstance(report, Mapping) and report.get("n"):
            found.append(_criterion(str(key), report))
    return found


def _criterion(key: str, report: Mapping[str, Any]) -> CriterionMetrics:
    intervals = {
        name: (float(bounds[0]), float(bounds[1]))
        for name, bounds in dict(report.get("intervals") or {}).items()
        if len(bounds) == 2
    }
    return CriterionMetrics(
        key=key,
        n=int(report["n"]),
        figures={name: _number(report.get(name)) for name in FIGURES},
        intervals=intervals,
        ece_before=_number(report.get("ece_before")),
        reliability=tuple(report.get("reliability") or ()),
        levels=tuple(report.get("levels") or ()),
        classes=tuple(report.get("classes") or ()),
        slices=dict(report.get("slices") or {}),
    )


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def mean_figure(card: Card, name: str) -> tuple[float, float | None, float | None] | None:
    """A figure over all criteria with its interval, where the card has one; else the plain mean of the criteria."""
    overall = card.metrics.get("overall")
    if isinstance(overall, Mapping) and _number(overall.get(name)) is not None:
        low, high = dict(overall.get("intervals") or {}).get(name, (None, None))
        return float(overall[name]), low, high
    values = [v for m in metrics_of(card) if (v := m.figures.get(name)) is not None]
    return (sum(values) / len(values), None, None) if values else None


def trained_on(card: Card) -> int:
    """How many labels the version learned from."""
    return card.label_count


def tensorboard_folder(card: Card, versions_folder: Path) -> Path:
    """Where the run's TensorBoard files lie."""
    return versions_folder / card.id / "tensorboard"
