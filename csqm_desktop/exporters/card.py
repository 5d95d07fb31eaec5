"""The data card beside each export: what is in it, what is not, from when, how far people agree, what was masked."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.domain.exported import NOT_APPLICABLE_WORD, ExportUnit, Opinion
from csqm_desktop.domain.review import Verdict
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.exporters.base import Plan
from csqm_desktop.privacy.pseudonyms import PLACEHOLDER

CARD = "csqm export card 1"
MARKDOWN, JSON = ".card.md", ".card.json"


class Tally:
    """Adds up what goes out, conversation by conversation."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.conversations = self.messages = self.replies = 0
        self.levels: dict[str, Counter[str]] = defaultdict(Counter)
        self.verdicts: Counter[str] = Counter()
        self.sources: Counter[str] = Counter()
        self.reviewers: set[str] = set()
        self.editions: Counter[int] = Counter()
        self.versions: Counter[str] = Counter()
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.customers: set[str] = set()  # names beside what customers wrote, as far as they are not masked
        self._opinions: dict[str, list[tuple[int, ...]]] = defaultdict(list)

    def add(self, unit: ExportUnit) -> None:
        """One conversation."""
        self.conversations += 1
        self.messages += len(unit.conversation.messages)
        self.replies += len(unit.replies)
        for message in unit.conversation.messages:
            if message.role is Role.CUSTOMER and any(map(str.isalnum, PLACEHOLDER.sub("", message.sender))):
                self.customers.add(message.sender)
            self.first = message.sent_at if self.first is None else min(self.first, message.sent_at)
            self.last = message.sent_at if self.last is None else max(self.last, message.sent_at)
        for facts in unit.replies:
            if facts.prediction is not None:
                self.versions[facts.prediction.version] += 1
            self._judged(facts.opinions)

    def _judged(self, opinions: Sequence[Opinion]) -> None:
        given: dict[str, Counter[str]] = defaultdict(Counter)
        for opinion in opinions:
            self.verdicts[opinion.verdict.value] += 1
            self.sources[opinion.source] += 1
            self.reviewers.add(opinion.reviewer)
            self.editions[opinion.scorecard_version] += 1
            for criterion, level in opinion.levels.items() if opinion.verdict is Verdict.SCORED else ():
                self.levels[criterion][level] += 1
                given[criterion][level] += 1
        for asked in self._plan.scorecard.criteria:
            counts = given.get(asked.key, Counter())
            self._opinions[asked.key].append(tuple(counts[level.key] for level in asked.levels))

    def counts_by_level(self) -> Mapping[str, Sequence[tuple[int, ...]]]:
        """For each criterion one tuple a reply: how many people chose each level."""
        return self._opinions


def level_order(card: Scorecard, criterion: str, found: Iterable[str]) -> list[str]:
    """Levels worst first, then ``n/a``, then what only earlier editions had."""
    known = [level.key for c in card.criteria if c.key == criterion for level in c.levels] + [NOT_APPLICABLE_WORD]
    return [key for key in known if key in set(found)] + sorted(set(found) - set(known))


def files(paths: Iterable[Path], root: Path) -> list[dict[str, Any]]:
    """Name, size and SHA-256 of each file, so that a later change shows."""
    found = []
    for path in sorted(paths):
        with path.open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
        found.append({"name": path.relative_to(root).as_posix(), "bytes": path.stat().st_size, "sha256": digest})
    return found


def foreign(folder: Path) -> list[str]:
    """What lies in a folder besides an export's own files, changed or not."""
    names = {entry["name"] for entry in _listed(folder)}
    inside = (path.relative_to(folder.parent).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    return [name for name in inside if name not in names]


def _listed(target: Path) -> list[dict[str, Any]]:
    """What the card beside an export lists; nothing without a card."""
    try:
        found = json.loads(target.with_name(target.name + JSON).read_text(encoding="utf-8"))["files"]
        return [entry for entry in found if {"name", "bytes", "sha256"} <= entry.keys()]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return []


def write(target: Path, content: Mapping[str, Any]) -> tuple[Path, Path]:
    """Write the card beside an export in both forms."""
    as_json = target.with_name(target.name + JSON)
    as_markdown = target.with_name(target.name + MARKDOWN)
    as_json.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    as_markdown.write_text(markdown(content), encoding="utf-8")
    return as_json, as_markdown


def markdown(content: Mapping[str, Any]) -> str:
    """The card for people: the same facts, a section for each."""
    lines = [f"# {content['kind']}: {content['files'][0]['name'] if content['files'] else ''}", ""]
    lines += [
        f"Exported by csqm-desktop {content['program']} on {content['exported_at']}, format {content['format']}.",
        "",
    ]
    for title in ("in", "out", "view", "labels", "agreement", "scorecard", "scores", "privacy"):
        part = content.get(title)
        if part:
            lines += [f"## {_TITLES[title]}", "", *_lines(part, 0), ""]
    lines += ["## Files", "", "| file | bytes | SHA-256 |", "|---|---|---|"]
    lines += [f"| {_cell(f['name'])} | {f['bytes']} | `{f['sha256']}` |" for f in content["files"]]
    return "\n".join([*lines, ""])


_TITLES = {
    "in": "What is in it", "out": "What is not in it", "view": "The chosen view", "labels": "Labels by people",
    "agreement": "Agreement between reviewers", "scorecard": "Scorecard", "scores": "Scores by a model",
    "privacy": "Personal data",
}  # fmt: skip


def _lines(part: Any, depth: int) -> list[str]:
    lines = []
    for key, value in part.items():
        name = str(key).replace("_", " ")
        if isinstance(value, Mapping):
            lines.append(f"{'  ' * depth}- {name}:" if value else f"{'  ' * depth}- {name}: none")
            lines += _lines(value, depth + 1)
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            lines.append(f"{'  ' * depth}- {name}: {'–' if shown in (None, '') else _cell(shown)}")
    return lines


def _cell(value: object) -> str:
    return " ".join(str(value).replace("|", "\\|").replace("<", "&lt;").split())
