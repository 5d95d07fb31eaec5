"""Rules that a person wrote as weak labels: which level a reply probably has, by its words, role and place.

A rule names a criterion, a level and conditions, all of which must hold. Rules are checked against people's labels
before anybody relies on them: ``table`` says how many replies each covers, where rules contradict each other, and
how often people agreed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from csqm_desktop.domain.conversation import ReplyInput, Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.patterns import MAX_SEARCHED_CHARS, compile_safely

MAX_RULES = 500
_KEYS = frozenset({"name", "criterion", "level", "any", "all", "none", "regex", "role", "first", "last_customer"})


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions on the reply: words of which ``any``, ``all`` or ``none`` occur, a ``regex``, who wrote it, whether it
    is the ``first`` reply of its conversation, words of the customer's last message (``last_customer``)."""

    name: str
    criterion: str
    position: int
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    regex: re.Pattern[str] | None = None
    role: Role | None = None
    first: bool | None = None
    last_customer: tuple[str, ...] = ()

    def fits(self, reply: ReplyInput) -> bool:
        """Whether all conditions hold."""
        return self._place_fits(reply) and self._words_fit(reply)

    def _place_fits(self, reply: ReplyInput) -> bool:
        if self.role is not None and reply.role is not self.role:
            return False
        answered = any(turn.role in (Role.AGENT, Role.BOT) for turn in reply.context)
        return self.first is None or self.first is not answered

    def _words_fit(self, reply: ReplyInput) -> bool:
        text = reply.text.lower()
        if self.any_of and not any(word in text for word in self.any_of):
            return False
        if any(word not in text for word in self.all_of) or any(word in text for word in self.none_of):
            return False
        if self.regex is not None and not self.regex.search(reply.text[:MAX_SEARCHED_CHARS]):
            return False
        if not self.last_customer:
            return True
        asked = next((turn.text.lower() for turn in reversed(reply.context) if turn.role is Role.CUSTOMER), "")
        return any(word in asked for word in self.last_customer)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One line of the table. ``conflicts`` counts covered replies to which another rule gives another level;
    ``right`` of ``checked`` are those that people labelled, by majority."""

    name: str
    criterion: str
    level: str
    covered: int
    conflicts: int
    checked: int
    right: int

    @property
    def accuracy(self) -> float | None:
        """How often people agreed; None when nobody labelled a covered reply."""
        return self.right / self.checked if self.checked else None


def read_rules(path: Path, levels: Mapping[str, Sequence[str]]) -> list[Rule]:
    """The rules of a YAML file. ``levels`` holds the level keys of each criterion, worst first.

    Raises ``CsqmError("rules_unreadable")``, which names the rule and what is wrong with it.
    """
    return parse_rules(read_text(path), str(path), levels)


def read_text(path: Path) -> str:
    """The text of a rule file. Raises ``CsqmError("rules_unreadable")`` where that is impossible."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CsqmError("rules_unreadable", file=path, rule=0, reason=_short(error)) from error


def parse_rules(text: str, path: str, levels: Mapping[str, Sequence[str]]) -> list[Rule]:
    """The same from a text; ``path`` is for what is said about mistakes."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CsqmError("rules_unreadable", file=path, rule=0, reason=_short(error)) from error
    entries = content.get("rules") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not entries or len(entries) > MAX_RULES:
        raise CsqmError("rules_unreadable", file=path, rule=0, reason=f"a list “rules” of 1 to {MAX_RULES} is expected")
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(_rule(number, entry, levels))
        except (ValueError, TypeError, KeyError) as error:
            raise CsqmError("rules_unreadable", file=path, rule=number, reason=_short(error)) from error
    return found


def _rule(number: int, entry: Any, levels: Mapping[str, Sequence[str]]) -> Rule:
    if not isinstance(entry, dict):
        raise ValueError("it is not a set of “key: value” lines")
    unknown = sorted(map(str, entry.keys() - _KEYS))
    if unknown:
        raise ValueError(f"unknown key “{unknown[0]}”; known are {', '.join(sorted(_KEYS))}")
    criterion, level = str(entry.get("criterion", "")), str(entry.get("level", ""))
    if criterion not in levels or level not in levels[criterion]:
        raise ValueError(f"the scorecard has no level “{level}” of “{criterion}”")
    if not entry.keys() & {"any", "all", "none", "regex", "role", "first", "last_customer"}:
        raise ValueError("it has no condition")
    first = entry.get("first")
    if first is not None and not isinstance(first, bool):
        raise ValueError("“first” is true or false")
    return Rule(
        str(entry.get("name") or f"rule {number}"),
        criterion,
        list(levels[criterion]).index(level),
        _words(entry.get("any")),
        _words(entry.get("all")),
        _words(entry.get("none")),
        regex=compile_safely(str(entry["regex"])) if "regex" in entry else None,
        role=Role(str(entry["role"])) if "role" in entry else None,
        first=first,
        last_customer=_words(entry.get("last_customer")),
    )


def _words(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str | int | float) and str(word) for word in words):
        raise ValueError("words are a text or a list of texts")
    return tuple(str(word).lower() for word in words)


def _short(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


class Tally:
    """Counts what rules say about replies, one reply at a time."""

    def __init__(self, rules: Sequence[Rule], levels: Mapping[str, Sequence[str]]) -> None:
        self._rules = rules
        self._levels = levels
        self._counts = [[0, 0, 0, 0] for _ in rules]
        self.replies = 0
        self.touched = 0  # replies that any rule covers

    def add(self, reply: ReplyInput, truth: Mapping[str, int]) -> None:
        """Apply all rules to a reply; ``truth`` holds the position most people chose, by criterion."""
        self.replies += 1
        fired = [i for i, rule in enumerate(self._rules) if rule.fits(reply)]
        self.touched += bool(fired)
        said: dict[str, set[int]] = {}
        for i in fired:
            said.setdefault(self._rules[i].criterion, set()).add(self._rules[i].position)
        for i in fired:
            rule, counts = self._rules[i], self._counts[i]
            counts[0] += 1
            counts[1] += len(said[rule.criterion]) > 1
            if rule.criterion in truth:
                counts[2] += 1
                counts[3] += truth[rule.criterion] == rule.position

    def table(self) -> list[RuleRow]:
        """A row for each rule, in the order of the file."""
        return [
            RuleRow(rule.name, rule.criterion, self._levels[rule.criterion][rule.position], *counts)
            for rule, counts in zip(self._rules, self._counts, strict=True)
        ]


def table(
    rules: Sequence[Rule],
    levels: Mapping[str, Sequence[str]],
    replies: Iterable[ReplyInput],
    truth: Mapping[int, Mapping[str, int]],
) -> Tally:
    """The tally over many replies; ``truth`` by reply id."""
    tally = Tally(rules, levels)
    for reply in replies:
        tally.add(reply, truth.get(reply.reply_id, {}))
    return tally
