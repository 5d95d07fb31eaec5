"""Plain logs of chats: time, name and what was said on one line, in the notation of any program.

``[10:02] Anna: hi``, ``10:02:11 <anna> hi``, ``(10:02:11 AM) Anna: hi``, ``2026-09-01 10:02:11 安娜：在吗``,
``Lee (10:02:11): hello``, ``2026-09-01 10:02:11 [Agent] Lee: hello``. Without a day it is that of the file, and times
that go back are of the day after. Logs of programs have such lines too: names such as ERROR are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import INVISIBLE, ChatText, People, Turn, add
from csqm_desktop.importers.dialogue_words import ROLES
from csqm_desktop.importers.neutral import NeutralFile, content_id, text_file
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import TimeProblem, Times, guess_day_first, parse_timezone
from csqm_desktop.importers.words import normal

LIKELY = 0.7  # a page asks to check it
_LEAST_SHARE = 0.5  # of the first lines begin a turn
_DAY = r"(?P<day>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.](?:20)?\d\d)"
_CLOCK = r"(?P<clock>[0-2]?\d:[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?(?:\s?[AaPp]\.?[Mm]\.?)?)(?P<zone>Z|[+-]\d\d:?\d\d)?"
_STAMP = rf"(?:{_DAY}[T,\s]{{0,3}})?{_CLOCK}"
_WHO = (
    r"(?:\[(?P<role>[^\[\]:\d]{1,20})\]\s*)?"
    r"(?:<(?P<nick>[^<>\n]{1,40})>\s?|(?P<name>[^\s:：|<\[(][^:：|\n]{0,38}?)\s*[:：|]\s*)"
)
_BEFORE = re.compile(rf"[\[(【]?{_STAMP}[\])】]?\s*[-–|]?\s*{_WHO}(?P<text>.*)$")
_BEHIND = re.compile(rf"(?P<name>[^\s:：\[(][^:：\[(\n]{{0,38}}?)\s*[\[(（]{_STAMP}[\])）]\s*[:：]\s*(?P<text>.*)$")
_NOBODY = frozenset({
    "info", "warn", "warning", "error", "err", "debug", "trace", "fatal", "critical", "notice", "severe", "verbose",
    "get", "post", "put", "delete", "http", "https", "main", "root", "kernel", "system", "systemd", "server", "client",
})  # fmt: skip


def _head(line: str) -> re.Match[str] | None:
    return (_BEFORE.match(line) or _BEHIND.match(line)) if line else None


def _name(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return (groups.get("nick") or groups.get("name") or "").strip()


class _Chat(ChatText):
    """One log."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._people = People(self.mapping)
        self._days: list[str] = []
        self._said: list[str] = []
        self._times = Times()
        self._latest: datetime | None = None

    def turns(self, lines: Iterator[tuple[int, str]]) -> Iterator[Turn]:
        """A line with a time and a name begins a turn, others go on."""
        turn: Turn | None = None
        for number, raw in lines:
            line = raw.translate(INVISIBLE).rstrip()
            match = _head(line)
            if match is None:
                turn = turn or Turn(number, None, None)
                add(turn, line)
                continue
            if turn is not None:
                yield turn
            turn = Turn(number, match, _name(match))
            add(turn, match["text"])
        if turn is not None:
            yield turn

    def learn(self, turn: Turn) -> None:
        """Collect names and days."""
        if self._told(turn) is None:
            self._people.met(turn.sender or "")
        if len(self._days) < 1000 and turn.stamp["day"]:
            self._days.append(turn.stamp["day"])
        if len(self._said) < 5:
            self._said.append(f"{turn.sender}:{' '.join(turn.lines)[:200]}")

    def settle(self) -> None:
        """Decide who is who and which number is the day."""
        self._people.settle()
        known = self.mapping.day_first
        first = guess_day_first(self._days) if known is None else known
        self._times = Times(parse_timezone(self.options.timezone or self.mapping.timezone), first)
        self._latest = None

    def rows(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """One message."""
        text = "\n".join(turn.lines).strip()
        if text:
            yield {
                "conversation_id": "stamped-" + content_id("\n".join(self._said)),
                "sent_at": self._sent(turn.stamp),
                "role": self._told(turn) or self._people.role(turn.sender or ""),
                "sender": turn.sender or "",
                "text": text,
            }

    def _told(self, turn: Turn) -> Role | None:
        """The role that stands before the name, or that the name is."""
        given = {normal(word): role for word, role in self.mapping.roles.items()}
        for word in (turn.stamp.groupdict().get("role") or "", turn.sender or ""):
            if role := given.get(normal(word)) or ROLES.get(normal(word)):
                return role
        return None

    def _sent(self, stamp: re.Match[str]) -> object:
        """When it was said; without a day never before what stands above it."""
        day = stamp["day"] or (f"{self._latest or self._changed():%Y-%m-%d}")
        written = f"{day} {stamp['clock'].replace(',', '.')}{stamp['zone'] or ''}"
        try:
            found = self._times.parse(written)
        except TimeProblem:
            return written  # refused later, with its value
        if not stamp["day"] and self._latest is not None and found < self._latest - timedelta(hours=1):
            found += timedelta(days=1)
        self._latest = found
        return found

    def _changed(self) -> datetime:
        try:
            return datetime.fromtimestamp(self.source.path.stat().st_mtime)
        except (OSError, OverflowError, ValueError):
            return datetime.now(UTC)


class Stamped:
    """The importer of plain logs of chats."""

    name = "stamped"
    endings = (".txt", ".log")

    def sniff(self, source: SourceFile) -> Sniff:
        """Likely when most first lines have a time and a name, and a few names speak again and again."""
        if source.binary_kind is not None:
            return Sniff(0.0, "no")
        lines = [line.translate(INVISIBLE).strip() for line in source.head_lines()[:300]]
        lines = [line for line in lines if line and len(line) < 5000]
        if not lines or lines[0][:2] in ('{"', '["', "[{") or lines[0][:1] in "{<":
            return Sniff(0.0, "no")
        heads = [match for line in lines if (match := _head(line))]
        names = [_name(match).casefold() for match in heads]
        if len(heads) < max(2, _LEAST_SHARE * len(lines)) or any(name in _NOBODY for name in names):
            return Sniff(0.0, "no")
        if len(set(names)) < 2 or len(set(names)) > max(2, len(names) * 0.6):
            return Sniff(0.0, "no")
        return Sniff(LIKELY, "layout", (heads[0][0][: heads[0].start("text")].strip()[:60],))

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Read the file once for names and days, then give its messages."""
        source.require_text()
        chat = _Chat(source, options)
        chat.first_pass()
        return text_file(self.name, source, options, chat.second_pass, notices=True)


IMPORTER = Stamped()
