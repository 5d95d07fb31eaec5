"""Reads the marked messages of ``tests/data/privacy``: ``⟦kind:secret⟧`` is what must go, ``⏎`` a new line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from csqm_desktop import privacy

DATA = Path(__file__).parent / "data" / "privacy"
HELD_OUT = DATA / "held_out"
_MARK = re.compile("⟦([a-z-]+):([^⟧]*)⟧")


@dataclass(frozen=True)
class Message:
    """A message with the places of the personal data in it."""

    text: str
    items: tuple[privacy.Found, ...]


def messages(folder: Path) -> list[Message]:
    """The messages with planted items."""
    return parsed((folder / "items.txt").read_text(encoding="utf-8").splitlines())


def parsed(lines: Iterable[str]) -> list[Message]:
    """Marked lines as messages."""
    return [_parse(line) for line in lines]


def decoys(folder: Path) -> list[str]:
    """Messages without anything personal."""
    lines = (folder / "decoys.txt").read_text(encoding="utf-8").splitlines()
    return [line.replace("⏎", "\n") for line in lines]


def _parse(line: str) -> Message:
    text, done, items = "", 0, []
    line = line.replace("⏎", "\n")
    for mark in _MARK.finditer(line):
        text += line[done : mark.start()]
        items.append(privacy.Found(mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        done = mark.end()
    return Message(text + line[done:], tuple(items))


@dataclass
class Recall:
    """By kind: planted items, those masked to the last sign, those found with just their bounds."""

    planted: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def recall(planted: Iterable[Message]) -> Recall:
    """How many planted items are masked."""
    result = Recall()
    for message in planted:
        found = privacy.find(message.text)
        covered = {place for item in found for place in range(item.start, item.end)}
        for item in message.items:
            secret = [place for place in range(item.start, item.end) if message.text[place].isalnum()]
            result.planted[item.kind] += 1
            result.exact[item.kind] += item in found
            if covered.issuperset(secret):
                result.masked[item.kind] += 1
            else:
                result.missed.append(f"{item.kind}: {message.text}")
    return result


def false_alarms(texts: Iterable[str]) -> dict[str, list[str]]:
    """Decoys that are changed, by the kind they are taken for."""
    wrong: dict[str, list[str]] = {}
    for text in texts:
        for kind in privacy.redact(text)[1]:
            wrong.setdefault(kind, []).append(text)
    return wrong
