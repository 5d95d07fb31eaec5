"""One row of any label file: what was said, checked and cleaned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.domain.review import HUMAN_SOURCES, ReviewSource, Verdict
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.records import as_text, clean, rejected
from csqm_desktop.importers.times import TimeProblem, Times

REQUIRED = ("conversation_id", "message_id", "criterion", "level")
OPTIONAL = (
    "reviewer", "reviewed_at", "comment", "root_cause", "better_reply", "scorecard_version", "verdict", "source",
    "seconds",
)  # fmt: skip
NOT_APPLICABLE_WORDS = frozenset({"n/a", "na", "-", "not_applicable"})
_AS_THEY_ARE = ("comment", "better_reply")  # space around them is the writer's
_HUMAN = {source.value: source for source in HUMAN_SOURCES}
_VERDICTS = {verdict.value: verdict for verdict in Verdict}

Values = Mapping[str, object]
Row = tuple[int, Values | RejectedRow]
"""The row's number in the file, and its values by column or why it could not be read."""


Named = Callable[[str], str | None]
"""The key of the criterion that a heading means, None where it means none."""


def is_wide(header: Iterable[str], named: Named) -> bool:
    """Whether a table has a column for each criterion instead of the columns ``criterion`` and ``level``."""
    names = set(header)
    return set(REQUIRED[:2]) <= names and not set(REQUIRED[2:]) & names and any(map(named, names - set(OPTIONAL)))


def widened(rows: Iterable[Row], named: Named) -> Iterator[Row]:
    """Rows with a column for each criterion as one row for each level that they give; others as they are."""
    for number, values in rows:
        if isinstance(values, RejectedRow) or not is_wide(values, named):
            yield number, values
            continue
        keys = {name: key for name in values if name not in REQUIRED + OPTIONAL and (key := named(name))}
        given = {key: level for name, key in keys.items() if (level := as_text(values[name])).strip()}
        for key, level in given.items():
            yield number, {**values, "criterion": key, "level": level}
        if not given:  # a verdict such as "skipped" needs no level; else the empty level is told
            scored = as_text(values.get("verdict", "")).strip() in ("", Verdict.SCORED.value)
            yield number, {**values, "criterion": next(iter(keys.values())) if scored else "", "level": ""}


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row of a label file. A verdict other than *scored* has neither criterion nor level."""

    row: int
    conversation_id: str
    message_id: str
    criterion: str
    level: str
    reviewer: str
    reviewed_at: datetime | None
    comment: str = ""
    root_causes: tuple[str, ...] = ()
    better_reply: str = ""
    scorecard_version: int | None = None
    verdict: Verdict = Verdict.SCORED
    source: ReviewSource = ReviewSource.IMPORTED
    seconds: float | None = None

    @property
    def not_applicable(self) -> bool:
        """Whether the reviewer said that the criterion does not apply."""
        return self.level.lower() in NOT_APPLICABLE_WORDS


def build(file: str, number: int, values: Values, times: Times) -> LabelRow | RejectedRow:
    """The row, or why it cannot be used."""
    raw = {name: as_text(values.get(name, "")) for name in REQUIRED + OPTIONAL}
    text = {name: clean(value) if name in _AS_THEY_ARE else clean(value).strip() for name, value in raw.items()}
    problem = _problem(file, number, raw, text)
    if problem is not None:
        return problem
    try:
        reviewed = times.parse(text["reviewed_at"]) if text["reviewed_at"] else None
    except TimeProblem:
        return rejected(file, number, "label_time", list(text.values()), value=text["reviewed_at"][:60])
    version = text["scorecard_version"]
    return LabelRow(
        row=number,
        conversation_id=text["conversation_id"],
        message_id=text["message_id"],
        criterion=text["criterion"],
        level=text["level"],
        reviewer=text["reviewer"],
        reviewed_at=reviewed,
        comment=text["comment"] if text["comment"].strip() else "",
        root_causes=tuple(part.strip() for part in text["root_cause"].split(";") if part.strip()),
        better_reply=text["better_reply"] if text["better_reply"].strip() else "",
        scorecard_version=int(version) if version.isdecimal() else None,
        verdict=_VERDICTS[text["verdict"] or Verdict.SCORED.value],
        source=_HUMAN[text["source"] or ReviewSource.IMPORTED.value],
        seconds=_seconds(text["seconds"]),
    )


def _problem(file: str, number: int, raw: dict[str, str], text: dict[str, str]) -> RejectedRow | None:
    cells = list(text.values())
    if any(BAD_BYTE in value for value in raw.values()):
        return rejected(file, number, "label_row_encoding", list(raw.values()))
    if text["source"] and text["source"] not in _HUMAN:
        # the consensus of an export, a model's or a rule's labels: nobody's opinion
        return rejected(file, number, "label_not_a_person", cells, source=text["source"][:60])
    if text["verdict"] and text["verdict"] not in _VERDICTS:
        return rejected(file, number, "label_verdict", cells, verdict=text["verdict"][:60], known=", ".join(_VERDICTS))
    scored = text["verdict"] in ("", Verdict.SCORED.value)
    for name in REQUIRED if scored else REQUIRED[:2]:
        if not text[name]:
            return rejected(file, number, "label_value_missing", cells, field=name)
    return None


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text) if text else None
    except ValueError:
        return None
    return seconds if seconds is not None and 0 <= seconds < 1e7 else None
