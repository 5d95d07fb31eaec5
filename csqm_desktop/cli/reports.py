"""What commands print of models: their figures, what moved with a new version, how it compares with the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from csqm_desktop.cli.terminal import say
from csqm_desktop.domain.gate_reasons import AGAINST
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.registry.versions import Card


def report_moved(moved: Any) -> None:
    say(f"What moved against {moved.before}, over {moved.compared} replies (scores from 0 to 100):")
    say(f"  across the pass line: {moved.now_passing} up, {moved.now_failing} down")
    for key, better in moved.better.items():
        if better or moved.worse[key]:
            say(f"  {key}: {better} replies got a higher level, {moved.worse[key]} a lower one")
    if moved.failing_by_sender:
        senders = (f"{who or 'unnamed'} {n}" for who, n in moved.failing_by_sender[:5])
        say(f"  now failing, by sender: {', '.join(senders)}")
    for part in moved.parts:
        step = 100 * (part.after - part.before)
        if abs(step) >= 0.5:
            means = f"{100 * part.before:.0f} to {100 * part.after:.0f} ({part.replies} replies)"
            say(f"  {part.dimension} {part.part}: mean score {means}")
    for mover in moved.movers[:5]:
        step = f"{100 * mover.before:.0f} to {100 * mover.after:.0f}"
        say(f"  {mover.conversation} / {mover.message}: {step}")
    if moved.movers:
        say("  csqm explain CONVERSATION MESSAGE tells why a reply has its score")


_MEANING = {  # in the order in which they are printed; each says all by itself
    "accuracy": "share of replies where it says what most reviewers said",
    "macro_f1": "right and complete in one, rare levels counting as much as frequent ones (1 best)",
    "macro_precision": "of the replies it gives a level, the share that is right; rare levels count as much",
    "macro_recall": "of the replies that have a level, the share it finds; rare levels count as much",
    "weighted_f1": "right and complete in one, frequent levels counting more (1 best)",
    "weighted_precision": "of the replies it gives a level, the share that is right; frequent levels count more",
    "weighted_recall": "of the replies that have a level, the share it finds; frequent levels count more",
    "qwk": "agreement with reviewers beyond chance, far misses counting more (1 best, 0 chance)",
    "mae": "how many levels it is off, on average (0 best)",
    "ece": "how far its percentages of being sure are from the truth (0 best)",
    "ece_before": "how far they would be without calibration (0 best)",
    "log_loss": "mistakes it was sure of cost much (0 best)",
    "auroc_failing": "how well it tells failing replies from others (1 best, 0.5 chance)",
    "jsd": "how far the opinions it expects are from the reviewers' opinions (0 best)",
    "rnss": "how far these opinions are apart, far misses counting more (0 best)",
}
_NEEDS_TWO_LEVELS = ("qwk", "auroc_failing")
_NEEDS_ORDER = ("qwk", "mae", "auroc_failing", "rnss")  # say something of levels only where one is better than another
_MOST_ROWS = 5  # levels in the short table after a training: those of one criterion


def report_metrics(metrics: Mapping[str, Any], scorecard: Scorecard | None = None) -> None:
    """Print the figures of each criterion with what they mean, and 95 % intervals where there are any.

    A ``scorecard`` names the levels, and the criteria whose levels have no order.
    """
    known = {criterion.key: criterion for criterion in scorecard.criteria} if scorecard else {}
    for key, figures in metrics.get("criteria", {}).items():
        say(f"  {key} ({figures.get('n', 0):.0f} replies)")
        criterion = known.get(key)
        hidden = _NEEDS_ORDER if criterion is not None and not criterion.ordered else ()
        for name, meaning in _MEANING.items():
            value = figures.get(name)
            if isinstance(value, int | float) and name not in hidden:
                say(_figure_line(name, value, meaning, figures))
        levels = [level.key for level in criterion.levels] if criterion else []
        for line in class_lines(figures, levels):
            say(f"    {line}")


def _figure_line(name: str, value: float, meaning: str, figures: Mapping[str, Any]) -> str:
    one_level = sum(c.get("support", 0) > 0 for c in figures.get("classes", [])) == 1
    if one_level and name in _NEEDS_TWO_LEVELS:
        return f"    {name:20s}      –  {'':20s}all these replies have one level: nothing to compare"
    interval = figures.get("intervals", {}).get(name)
    between = f"({interval[0]:.3f} to {interval[1]:.3f})" if interval else ""
    return f"    {name:20s}{value:7.3f}  {between:20s}{meaning}"


def class_lines(figures: Mapping[str, Any], levels: Sequence[str]) -> list[str]:
    """Precision, recall and F1 of each level, with a heading; nothing where the figures do not fit the levels."""
    classes = figures.get("classes") or []
    if not classes or len(classes) != len(levels):
        return []
    wide = max(map(len, ("level", *levels)))
    lines = [f"{'level':{wide}s}  replies  precision  recall     F1"]
    for level, found in zip(levels, classes, strict=True):
        three = f"{found['precision']:9.3f}  {found['recall']:6.3f}  {found['f1']:5.3f}"
        lines.append(f"{level:{wide}s}  {found['support']:7.0f}  {three}")
    return lines


def report_trained(card: Card, scorecard: Scorecard) -> None:
    """The main figures of a training in a short table, against the version before where there was one."""
    criteria = {k: f for k, f in dict(card.metrics.get("criteria") or {}).items() if f.get("n")}
    if not criteria:
        say("  No labelled reply was held out, so there are no figures yet: label more replies.")
        return
    wide = max(map(len, ("criterion", *criteria)))
    say("On replies that it did not learn from (macro: every level counts the same):")
    say(f"  {'criterion':{wide}s}  replies  accuracy  macro precision  macro recall  macro F1")
    for key, found in criteria.items():
        four = (found.get(name, float("nan")) for name in ("accuracy", "macro_precision", "macro_recall", "macro_f1"))
        accuracy, precision, recall, f1 = four
        say(f"  {key:{wide}s}  {found['n']:7.0f}  {accuracy:8.3f}  {precision:15.3f}  {recall:12.3f}  {f1:8.3f}")
    levels = {criterion.key: [level.key for level in criterion.levels] for criterion in scorecard.criteria}
    rows = [line for key, found in criteria.items() for line in class_lines(found, levels.get(key, []))]
    if len(rows) <= _MOST_ROWS + 1:  # the levels of one criterion
        for line in rows:
            say(f"    {line}")
    else:
        say("  Each level's precision, recall and F1: csqm models show")


def gate_lines(card: Card) -> list[str]:
    """What the gate compared, the version before and this one side by side, a line for each criterion."""
    against = {
        reason["values"]["criterion"]: AGAINST.get(reason["values"]["against"], "")
        for reason in card.gate.get("reasons", [])
        if {"criterion", "against"} <= dict(reason.get("values", {})).keys()
    }
    lines = []
    for key, figures in dict(card.gate.get("differences") or {}).items():
        parts = [
            f"{words} {figures[name]['active']:.3f} → {figures[name]['candidate']:.3f}"
            for name, words in (("accuracy", "accuracy"), ("macro_f1", "macro-F1"))
            if name in figures
        ]
        if parts:
            before = against.get(key) or AGAINST["active" if card.parent else "prior"]
            lines.append(f"{key}: {', '.join(parts)} ({before} → this version, on the same held-out replies)")
    return lines


def main_figures(card: Card) -> dict[str, float | None]:
    """Accuracy and macro-F1 over all criteria that were measured, and on how many held-out replies at most."""
    measured = dict(card.metrics.get("criteria") or {}).values()
    found = [f for f in measured if f.get("n") and {"accuracy", "macro_f1"} <= f.keys()]
    if not found or card.is_starter:  # the starter was measured on dialogues that are not in the workspace
        return {"accuracy": None, "macro_f1": None, "held_out": 0}
    means = {name: fmean(float(f[name]) for f in found) for name in ("accuracy", "macro_f1")}
    return {**means, "held_out": max(int(f["n"]) for f in found)}


def main_line(card: Card) -> str:
    """The main figures of a version in a few words."""
    figures = main_figures(card)
    if not figures["held_out"]:
        return ""
    return f"macro-F1 {figures['macro_f1']:.3f}, accuracy {figures['accuracy']:.3f} on {figures['held_out']} held out"


def weak_line(found: Mapping[str, Any]) -> str:
    """What a version learned from beside labels, in a line."""
    words = {"rules": "by rules", "scores": "by scores"}
    parts = [
        f"{key} " + " and ".join(f"{n} {words.get(source, source)}" for source, n in counts.items())
        for key, counts in found["criteria"].items()
    ]
    origins = ", ".join(found["origins"].values())
    said = f"{'; '.join(parts)} ({origins})" if parts else "none fit"
    return f"guesses learned from, weight {found['weight']}: {said}"
