"""Phrases of the training page: methods, the gate's verdicts and reasons, what labels are missing, durations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDateTime, QLocale

from csqm_desktop.analytics.label_readiness import GAPS, CriterionReadiness, Gap
from csqm_desktop.domain.gate_reasons import AGAINST, REASONS
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.jobs.base import STAGES
from csqm_desktop.registry.versions import Card
from csqm_desktop.ui.translations import Translations, core_text

CONTEXT = "training_words"
_METHODS = {
    "head": QT_TRANSLATE_NOOP("training_words", "Quick update"),
    "lora": QT_TRANSLATE_NOOP("training_words", "LoRA"),
    "dora": QT_TRANSLATE_NOOP("training_words", "DoRA"),
    "adalora": QT_TRANSLATE_NOOP("training_words", "AdaLoRA"),
    "ia3": QT_TRANSLATE_NOOP("training_words", "IA³"),
    "prompt": QT_TRANSLATE_NOOP("training_words", "Prompt tuning"),
    "adapter": QT_TRANSLATE_NOOP("training_words", "Adapter"),
    "full": QT_TRANSLATE_NOOP("training_words", "All weights"),
}
_METHOD_LINES = {
    "lora": QT_TRANSLATE_NOOP("training_words", "Small add-on weights. The usual choice: careful, saves a few MB."),
    "dora": QT_TRANSLATE_NOOP("training_words", "LoRA that also learns how strong each weight is. Somewhat slower."),
    "adalora": QT_TRANSLATE_NOOP("training_words", "LoRA that gives more room to the layers that need it. Slower."),
    "ia3": QT_TRANSLATE_NOOP("training_words", "Only scales what the model knows. Smallest; for few labels."),
    "prompt": QT_TRANSLATE_NOOP(
        "training_words", "Learns a hint that is put before each reply. Tiny, rarely the best."
    ),
    "adapter": QT_TRANSLATE_NOOP("training_words", "Small extra layers between those of the model."),
    "full": QT_TRANSLATE_NOOP("training_words", "Changes the whole model. Slowest; wants thousands of labels."),
}
_FIGURES = {
    "accuracy": QT_TRANSLATE_NOOP("training_words", "accuracy"),
    "macro_f1": QT_TRANSLATE_NOOP("training_words", "macro F1"),
    "log_loss": QT_TRANSLATE_NOOP("training_words", "log loss"),
    "loss": QT_TRANSLATE_NOOP("training_words", "loss"),
}
_DIMENSIONS = {
    "language": QT_TRANSLATE_NOOP("training_words", "Language"),
    "channel": QT_TRANSLATE_NOOP("training_words", "Channel"),
    "role": QT_TRANSLATE_NOOP("training_words", "Answered by"),
}
_PARTS = {
    ("role", "agent"): QT_TRANSLATE_NOOP("training_words", "human agents"),
    ("role", "bot"): QT_TRANSLATE_NOOP("training_words", "the bot"),
    ("language", "zh"): QT_TRANSLATE_NOOP("training_words", "Chinese"),
    ("language", "en"): QT_TRANSLATE_NOOP("training_words", "English"),
    ("language", "mixed"): QT_TRANSLATE_NOOP("training_words", "both languages"),
}
AGAINST_IT = frozenset({"worse", "slice_worse", "criterion_lost"})
_PHRASES = {
    "starter": QT_TRANSLATE_NOOP("training_words", "Starter"),
    "to go": QT_TRANSLATE_NOOP("training_words", "{n} more to review"),
    "to go of each": QT_TRANSLATE_NOOP("training_words", "{n} more to review; {each} of each level"),
    "to go of one": QT_TRANSLATE_NOOP("training_words", "{n} more “{level}” to go"),
    "thin": QT_TRANSLATE_NOOP("training_words", "trains; “{level}” is rare ({n} more would help)"),
    "ready": QT_TRANSLATE_NOOP("training_words", "enough to train"),
    "seconds": QT_TRANSLATE_NOOP("training_words", "about {n} s left"),
    "minutes": QT_TRANSLATE_NOOP("training_words", "about {n} min left"),
    "passed": QT_TRANSLATE_NOOP("training_words", "passed"),
    "unproven": QT_TRANSLATE_NOOP("training_words", "passed, unproven"),
    "refused": QT_TRANSLATE_NOOP("training_words", "refused"),
    "none": QT_TRANSLATE_NOOP("training_words", "not checked"),
}


def say(key: str, **values: Any) -> str:
    """A phrase of this module in the language in use."""
    return QCoreApplication.translate(CONTEXT, str(_PHRASES[key])).format(**values)


def method_name(method: str) -> str:
    """What a way of training is called."""
    return QCoreApplication.translate(CONTEXT, str(_METHODS[method])) if method in _METHODS else method


def method_line(method: str) -> str:
    """A way of training in one line."""
    return QCoreApplication.translate(CONTEXT, str(_METHOD_LINES[method])) if method in _METHOD_LINES else ""


def stage(key: str) -> str:
    """What a job is doing now."""
    return core_text("stages", STAGES[key]) if key in STAGES else ""


def time_left(seconds: float | None) -> str:
    """How long it still takes, roughly; empty while nobody knows."""
    if seconds is None:
        return ""
    if seconds < 90:
        return say("seconds", n=max(1, round(seconds)))
    return say("minutes", n=round(seconds / 60))


def moment(seconds: float) -> str:
    """A point in time."""
    if not seconds:
        return "–"
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)), QLocale.FormatType.ShortFormat)


# -- labels


def status(criterion: CriterionReadiness, levels: Mapping[str, str]) -> tuple[str, str]:
    """Whether a criterion can be trained, or what is still to go, with its tone: good, ok, or none for to go.

    ``levels`` holds the names of the criterion's levels by key. Labels that nobody has given yet are no error.
    """
    blocking = {gap.code: gap for gap in criterion.gaps if gap.blocking}
    if blocking:
        return _to_go(blocking.get("few_replies"), blocking.get("one_level"), levels), ""
    thin = [gap for gap in criterion.gaps if not gap.blocking]
    if thin:
        gap = min(thin, key=lambda g: g.values["have"])
        return say("thin", level=levels.get(gap.values["level"], ""), n=_missing(gap)), "ok"
    return say("ready"), "good"


def _to_go(replies: Gap | None, level: Gap | None, levels: Mapping[str, str]) -> str:
    """What is missing: replies, a second level with enough of them, or both."""
    if replies is None:
        assert level is not None
        key = str(level.values["level"])
        return say("to go of one", n=_missing(level), level=levels.get(key, key))
    if level is None:
        return say("to go", n=_missing(replies))
    return say("to go of each", n=_missing(replies), each=level.values["need"])


def _missing(gap: Gap) -> int:
    return max(1, int(gap.values["need"] - gap.values["have"]))


def gap_sentence(gap: Gap, scorecard: Scorecard, translations: Translations) -> str:
    """What is missing as a sentence."""
    values = dict(gap.values)
    criterion = scorecard.criterion(str(values["criterion"]))
    values["criterion"] = translations.text(criterion.name)
    for level in criterion.levels:
        if level.key == values.get("level"):
            values["level"] = translations.text(level.name)
    return core_text("readiness", GAPS[gap.code], **values)


# -- the gate


def verdict_tone(verdict: str) -> str:
    """``good`` when the gate let the version in, ``ok`` when it could not prove much, ``bad`` when it refused."""
    if verdict == "passed_unproven":
        return "ok"
    return "good" if verdict.startswith("passed") else "bad"


def verdict_name(verdict: str) -> str:
    """The gate's verdict in a word."""
    if not verdict:
        return say("none")
    return say({"good": "passed", "ok": "unproven", "bad": "refused"}[verdict_tone(verdict)])


def card_verdict(card: Card) -> str:
    """The verdict of a card in a word; the starter never met the gate."""
    return "–" if card.is_starter else verdict_name(str(card.gate.get("verdict", "")))


def _together(records: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Records that say the same of several criteria, each group once."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for record in records:
        values = {name: value for name, value in dict(record.get("values") or {}).items() if name != "criterion"}
        groups.setdefault(repr((record.get("code"), sorted(values.items()))), []).append(record)
    return list(groups.values())


def reasons(records: Iterable[Mapping[str, Any]], scorecard: Scorecard, translations: Translations) -> list[str]:
    """The gate's reasons as sentences, what spoke against the version first."""
    ordered = sorted(records, key=lambda record: record.get("code") not in AGAINST_IT)
    return [reason(group, scorecard, translations) for group in _together(ordered)]


def reason(group: Sequence[Mapping[str, Any]], scorecard: Scorecard, translations: Translations) -> str:
    """One reason for one or several criteria: a code of ``domain.gate_reasons``, everything by its name."""
    record = group[0]
    code = str(record.get("code", ""))
    source = REASONS.get(code)
    if source is None:
        return code.replace("_", " ")
    values = dict(record.get("values") or {})
    names = {c.key: translations.text(c.name) for c in scorecard.criteria}
    if "dimension" in values:
        values["value"] = part_name(str(values["dimension"]), str(values.get("value", "")))
    for name, value in values.items():
        if name == "criterion":
            keys = [str(dict(other["values"])[name]) for other in group]
            values[name] = ("”、“" if translations.chinese else "”, “").join(names.get(key, key) for key in keys)
        elif name == "against":
            values[name] = core_text("gate", str(AGAINST.get(value, value)))
        elif name == "figure":
            values[name] = figure_name(str(value))
        elif name == "dimension":
            values[name] = dimension_name(str(value))
    return core_text("gate", source, **values)


def figure_name(figure: str) -> str:
    """What a figure of the holdout is called."""
    return QCoreApplication.translate(CONTEXT, str(_FIGURES[figure])) if figure in _FIGURES else figure


def dimension_name(dimension: str) -> str:
    """What a slice of the holdout is cut by."""
    if dimension in _DIMENSIONS:
        return QCoreApplication.translate(CONTEXT, str(_DIMENSIONS[dimension]))
    return dimension


def part_name(dimension: str, value: str) -> str:
    """One part of the holdout."""
    known = _PARTS.get((dimension, value))
    return QCoreApplication.translate(CONTEXT, str(known)) if known is not None else value


def curve_name(series: str, names: Mapping[str, str]) -> str:
    """A training curve, such as ``left_out_loss/tone``: ``names`` holds the criteria's names by key."""
    figure, _, criterion = series.partition("/")
    if criterion:
        return names.get(criterion, criterion)
    return figure_name(figure) if figure in _FIGURES else figure.replace("_", " ")
