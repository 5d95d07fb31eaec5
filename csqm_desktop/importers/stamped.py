"""Plain logs of chats: time, name and what was said on one line, in the notation of any program.

``[10:02] Anna: hi``, ``10:02:11 <anna> hi``, ``(10:02:11 AM) Anna: hi``, ``2026-09-01 10:02:11 安娜：在吗``,
``Lee (10:02:11): hello``, ``2026-09-01 10:02:11 [Agent] Lee: hello``, with tabs as WeeChat. Without a day it is that
of the line above that names one, of the file's name or of the file, and times that go back are of the day after. Times
of a call count from its beginning. Logs of programs have such lines too: names such as ERROR are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import INVISIBLE, ChatText, People, Turn, add
from csqm_desktop.importers.dialogue_turns import is_voice
from csqm_desktop.importers.dialogue_words import ROLES
from csqm_desktop.importers.log_lines import day_in_name, day_of, is_written, nick
from csqm_desktop.importers.neutral import NeutralFile, content_id, text_file
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import TimeProblem, Times, guess_day_first, parse_timezone
from csqm_desktop.importers.undated import Undated
from csqm_desktop.importers.words import normal

LIKELY = 0.7  # a page asks to check it
_LEAST_SHARE = 0.5  # of the first lines begin a turn
_MOST_NAMES = 1000
_DAY = r"(?P<day>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.](?:20)?\d\d)"
_CLOCK = r"(?P<clock>[0-2]?\d:[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?(?:\s?[AaPp]\.?[Mm]\.?)?)(?P<zone>Z|[+-]\d\d:?\d\d)?"
_STAMP = rf"(?:{_DAY}[T,\s]{{0,3}})?{_CLOCK}"
_WHO = (
    r"(?:\[(?P<role>[^\[\]:\d]{1,20})\]\s*)?"
    r"(?:<(?P<nick>[^<>\n]{1,40})>\s?|(?P<name>[^\s:：|<\[(][^:：|\n]{0,38}?)\s*[:：|]\s*)"
)
_BEFORE = re.compile(rf"[\[(【]?{_STAMP}[\])】]?\s*[-–|]?\s*{_WHO}(?P<text>.*)$")
_TABBED = re.compile(rf"{_STAMP}\t(?P<name>[^\t\n]{{1,40}})\t(?P<text>.*)$")
_WRITTEN = re.compile(rf"[\[(]?{_STAMP}[\])]?[ \t]+(?P<said>.*)$")
_BEHIND = re.compile(rf"(?P<name>[^\s:：\[(][^:：\[(\n]{{0,38}}?)\s*[\[(（]{_STAMP}[\])）]\s*[:：]\s*(?P<text>.*)$")
_NOBODY = frozenset({
    "info", "warn", "warning", "error", "err", "debug", "trace", "fatal", "critical", "notice", "severe", "verbose",
    "get", "post", "put", "delete", "http", "https", "main", "root", "kernel", "system", "systemd", "server", "client",
})  # fmt: skip
_SPOKEN_OF = frozenset({"system", "client"})  # of these only beside other words for roles
_CALL_BEGINS = 2  # minutes within which the first words of a call are said


def _head(line: str) -> re.Match[str] | None:
    if not line or _is_written(line):
        return None
    return _TABBED.match(line) or _BEFORE.match(line) or _BEHIND.match(line)


def _is_written(line: str) -> re.Match[str] | None:
    """A line with a time that nobody said."""
    match = _WRITTEN.match(line)
    return match if match and is_written(match["said"]) else None


def _name(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return nick(groups["nick"]) if groups.get("nick") else nick(groups.get("name") or "")


class _Chat(ChatText):
    """One log."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._people = People(self.mapping)
        self._days: list[str] = []
        self._said: list[str] = []
        self._names: dict[str, bool] = {}  # and whether they tell a role
        self._first_clock = ""
        self._times = Times()
        self._undated = Undated(source, options)
        self._elapsed = False
        self._latest: datetime | None = None

    def turns(self, lines: Iterator[tuple[int, str]]) -> Iterator[Turn]:
        """A line with a time and a name begins a turn, others go on; what the program wrote is a turn of its own."""
        turn: Turn | None = None
        day = ""
        for number, raw in lines:
            line = raw.translate(INVISIBLE).rstrip()
            about = day_of(line)
            match = None if about is not None else _head(line) or _is_written(line)
            if match is None:
                day = about or day
                if about is None:
                    turn = turn or Turn(number, None, None)
                    add(turn, line)
                continue
            if turn is not None:
                yield turn
            written = match.groupdict().get("said")
            turn = Turn(number, (match, day), None if written else _name(match))
            add(turn, written or match["text"])
            day = ""
        if turn is not None:
            yield turn

    def learn(self, turn: Turn) -> None:
        """Collect names and days."""
        match, above = turn.stamp
        self._first_clock = self._first_clock or match["clock"]
        told = self._told(turn)
        if turn.sender is not None and told is None:
            self._people.met(turn.sender)
        if turn.sender is not None and len(self._names) < _MOST_NAMES:
            self._names.setdefault(turn.sender, told is not None)
        if len(self._days) < 1000 and (match["day"] or above):
            self._days.append(match["day"] or above)
        if len(self._said) < 5:
            self._said.append(f"{turn.sender}:{' '.join(turn.lines)[:200]}")

    def settle(self) -> None:
        """Decide who is who and which number is the day."""
        self._people.settle()
        known = self.mapping.day_first
        first = guess_day_first(self._days) if known is None else known
        self._times = Times(parse_timezone(self.options.timezone or self.mapping.timezone), first)
        self._latest = None
        people = [name for name, told in self._names.items() if not told]
        if people and len(people) == len(self._names) and all(map(is_voice, people)) and not self.mapping.rules:
            raise CsqmError("import_voices", file=str(self.source.path), names=", ".join(people[:5]), first=people[0])
        self._elapsed = not people and not self._days and _begins_a_call(self._first_clock)

    def rows(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """One message."""
        text = "\n".join(turn.lines).strip()
        if text:
            yield {
                "conversation_id": "stamped-" + content_id("\n".join(self._said)),
                "sent_at": self._sent(turn.stamp),
                "role": self._told(turn) or (self._people.role(turn.sender) if turn.sender else Role.SYSTEM),
                "sender": turn.sender or "",
                "text": text,
            }

    def _told(self, turn: Turn) -> Role | None:
        """The role that stands before the name, or that the name is."""
        given = {normal(word): role for word, role in self.mapping.roles.items()}
        for word in (turn.stamp[0].groupdict().get("role") or "", turn.sender or ""):
            if role := given.get(normal(word)) or ROLES.get(normal(word)):
                return role
        return None

    def _sent(self, stamp: tuple[re.Match[str], str]) -> object:
        """When it was said; without a day never before what stands above it."""
        match, above = stamp
        if self._elapsed:
            return self._undated.start + _since(match["clock"])
        day = match["day"] or above or (f"{self._latest:%Y-%m-%d}" if self._latest else self._first_day())
        written = f"{day} {match['clock'].replace(',', '.')}{match['zone'] or ''}"
        try:
            found = self._times.parse(written)
        except TimeProblem:
            return written  # refused later, with its value
        dated = match["day"] or above
        if not dated and self._latest is not None and found < self._latest - timedelta(hours=1):
            found += timedelta(days=1)
        self._latest = found
        return found

    def _first_day(self) -> str:
        if named := day_in_name(self.source.path.stem):
            return named
        try:
            changed = datetime.fromtimestamp(self.source.path.stat().st_mtime)
        except (OSError, OverflowError, ValueError):
            changed = datetime.now(UTC)
        return f"{changed:%Y-%m-%d}"


def _since(clock: str) -> timedelta:
    """``00:12`` and ``00:00:12`` as time since the beginning of a call."""
    parts = [float(part) for part in re.findall(r"\d+(?:\.\d+)?", clock.replace(",", "."))][:3]
    return timedelta(seconds=sum(part * 60**place for place, part in enumerate(reversed(parts))))


def _begins_a_call(clock: str) -> bool:
    return bool(clock) and clock[-1].isdigit() and _since(clock) < timedelta(minutes=_CALL_BEGINS)


def _is_program(names: list[str]) -> bool:
    """Whether a program wrote these lines to its log."""
    odd = _NOBODY & set(names)
    roles = {ROLES.get(normal(name)) for name in names if name not in _NOBODY}
    return bool(odd) and not (odd <= _SPOKEN_OF and roles & {Role.AGENT, Role.BOT, Role.CUSTOMER})


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
        others = sum(_is_written(line) is not None or day_of(line) is not None for line in lines)
        if len(heads) < max(2, _LEAST_SHARE * (len(lines) - others)) or _is_program(names):
            return Sniff(0.0, "no")
        people = {name for name in names if normal(name) not in ROLES}
        if len(set(names)) < 2 or len(people) > max(2, len(names) * 0.6):
            return Sniff(0.0, "no")
        return Sniff(LIKELY, "layout", (heads[0][0][: heads[0].start("text")].strip()[:60],))

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Read the file once for names and days, then give its messages."""
        source.require_text()
        chat = _Chat(source, options)
        chat.first_pass()
        return text_file(self.name, source, options, chat.second_pass, notices=True)


IMPORTER = Stamped()
