"""Chats copied from WeChat, a web page or another window: a name, perhaps a time of the day, and what was said.

Three ways of writing are known: ``name:`` on a line of its own (WeChat, several messages copied), name and time on one
line, name and time on two lines (most web pages). Times may lack the date or the year; the day is then that of the
file, and times that go back belong to the day after. Without any times messages are a second apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import INVISIBLE, ChatText, People, Turn, add
from csqm_desktop.importers.neutral import NeutralFile, content_id, text_file
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.undated import Undated

SURE, LIKELY = 0.86, 0.6  # below the layouts that say more about themselves

_CLOCK = (
    r"(?P<half>上午|下午|凌晨|早上|中午|晚上)?\s?(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    r"\s?(?P<half2>[AaPp]\.?[Mm]\.?)?"
)
_DATE = (
    r"(?:(?:(?P<year>(?:19|20)\d\d)[-/.年])?(?P<month>1[0-2]|0?[1-9])[-/.月](?P<day>[12]\d|3[01]|0?[1-9])日?"
    r"|(?P<word>今天|昨天|前天|星期[一二三四五六日天]|周[一二三四五六日天]|[Tt]oday|[Yy]esterday))?"
)
_STAMP = rf"[\[(（]?{_DATE}[\s,]*{_CLOCK}[\])）]?"
_NAMED = re.compile(rf"(?P<name>\S.{{0,39}}?)[\s,·|]+{_STAMP}\s*[:：]?$")
_STAMPED = re.compile(rf"(?P<name>){_STAMP}$")
_ALONE = re.compile(r"(?P<name>[^\s:：][^:：]{0,38}[^\s:：]|[^\s:：])\s?[:：]$")
_NO_NAME = re.compile(r"[,，。;；|\t\"“”？?！!]|://|^\d+$")
_NOISE = re.compile(r"(?:已读|未读|发送失败|Seen|Read|Delivered|Sent|Edited|回复|Reply)\.?$")
_DAYS_AGO = {"昨天": 1, "yesterday": 1, "前天": 2}


def _head(line: str) -> re.Match[str] | None:
    """A line that begins a turn, or the time below a name."""
    text = line.strip()
    if not text or len(text) > 120:
        return None
    match = _STAMPED.match(text) or _NAMED.match(text) or _ALONE.match(text)
    return match if match and not _NO_NAME.search(match["name"]) else None


class _Chat(ChatText):
    """One copied conversation."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._people = People(self.mapping)
        self._undated = Undated(source, options)
        self._said: list[str] = []
        self._restart()

    def _restart(self) -> None:
        self._position = 0
        self._latest: datetime | None = None

    def turns(self, lines: Iterator[tuple[int, str]]) -> Iterator[Turn]:
        """A turn begins with its name; a time alone belongs to the name above it, or to the turns below."""
        turn: Turn | None = None
        time: re.Match[str] | None = None
        for number, raw in lines:
            line = raw.translate(INVISIBLE).strip()
            found = _head(line)
            if found is None or _NOISE.match(line):
                turn = turn or Turn(number, None, None)
                if not _NOISE.match(line):
                    add(turn, line)
                continue
            name = found["name"]
            if not name:
                name = _pop_name(turn)
                if not name:
                    time = found  # between the messages, for those below
                    continue
            if turn is not None and (turn.stamp is not None or any(turn.lines)):
                yield turn
            own = found if found.groupdict().get("hour") else None
            turn, time = Turn(number, (time, own), name), None
        if turn is not None:
            yield turn

    def learn(self, turn: Turn) -> None:
        """Collect the names and what the conversation is known by."""
        self._people.met(turn.sender or "")
        if len(self._said) < 5:
            self._said.append(f"{turn.sender}:{' '.join(turn.lines)[:200]}")

    def settle(self) -> None:
        """Decide who is who."""
        self._people.settle()
        self._restart()

    def rows(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """One message."""
        text = "\n".join(turn.lines).strip()
        if not text:
            return
        yield {
            "conversation_id": "copied-" + content_id("\n".join(self._said)),
            "sent_at": self._time(*turn.stamp),
            "role": self._people.role(turn.sender or ""),
            "sender": turn.sender or "",
            "text": text,
        }

    def _time(self, above: re.Match[str] | None, own: re.Match[str] | None) -> datetime:
        """When it was said, by the time between the messages and its own; never before what was said above it."""
        self._position += 1
        latest = self._latest
        for stamp in filter(None, (above, own)):
            latest = self._after(stamp, latest)
        if above is None and own is None:
            latest = latest + timedelta(seconds=1) if latest else self._undated.at(self._position - 1)
        self._latest = latest
        assert latest is not None
        return latest

    def _after(self, stamp: re.Match[str], latest: datetime | None) -> datetime:
        """The time of a stamp; one without a date is of the day of the message before, or of the next."""
        dated = bool(stamp["month"] or stamp["word"])
        found = self._moment(stamp, self._undated.start if dated or latest is None else latest)
        if latest is None or found >= latest:
            return found
        if dated or latest - found < timedelta(minutes=1):
            return latest + timedelta(seconds=1)  # the minute alone is written, or the order says more
        return found + timedelta(days=1)

    @staticmethod
    def _moment(stamp: re.Match[str], base: datetime) -> datetime:
        hour = int(stamp["hour"])
        half = (stamp["half"] or stamp["half2"] or "").lower().replace(".", "")
        if half in ("下午", "晚上", "pm") and hour < 12:
            hour += 12
        elif half in ("凌晨", "上午", "am") and hour == 12:
            hour = 0
        moment = base.replace(hour=hour, minute=int(stamp["minute"]), second=int(stamp["second"] or 0))
        if stamp["month"]:
            try:
                year = int(stamp["year"] or base.year)
                moment = moment.replace(year=year, month=int(stamp["month"]), day=int(stamp["day"]))
            except ValueError:
                return moment
            if not stamp["year"] and moment > base + timedelta(days=2):
                moment = moment.replace(year=base.year - 1)  # last December, copied in January
        elif stamp["word"]:
            moment -= timedelta(days=_days_back(stamp["word"], base))
        return moment


def _days_back(word: str, base: datetime) -> int:
    if word[-1] in "一二三四五六日天" and word[0] in "星周":
        return (base.weekday() - "一二三四五六日".index(word[-1].replace("天", "日"))) % 7
    return _DAYS_AGO.get(word.lower(), 0)


def _pop_name(turn: Turn | None) -> str:
    """The line above a time, if it is a name; with nothing else above it the time belongs to nobody yet."""
    if turn is None:
        return ""
    while turn.lines and not turn.lines[-1]:
        turn.lines.pop()
    if not turn.lines or len(turn.lines[-1]) > 40 or _NO_NAME.search(turn.lines[-1]):
        return ""
    if turn.sender is not None and len([line for line in turn.lines if line]) < 2:
        return ""  # the only line below a name is what was said
    return turn.lines.pop()


class Copied:
    """The importer of copied chats."""

    name = "copied"
    endings = (".txt",)

    def sniff(self, source: SourceFile) -> Sniff:
        """Likely when at least two lines begin a turn and most of the text is theirs."""
        if source.binary_kind is not None:
            return Sniff(0.0, "no")
        raw = [line.translate(INVISIBLE).rstrip() for line in source.head_lines()[:400]]
        lines = [line.strip() for line in raw if line.strip()]
        heads = [match for line in lines if (match := _head(line))]
        if sum(line[:1].isspace() and _head(line) is not None for line in raw) * 3 > len(heads):
            return Sniff(0.0, "no")  # programs and settings have names with a colon too, but further in
        if len(heads) < 2 or len(heads) * 12 < len(lines) or lines[0][:1] in "{[<":
            return Sniff(0.0, "no")
        timed = sum("hour" in match.groupdict() for match in heads)
        return Sniff(SURE if timed * 2 > len(heads) else LIKELY, "layout", ("name 10:20",))

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Read the text once for the names, then give its messages."""
        source.require_text()
        chat = _Chat(source, options)
        chat.first_pass()
        return text_file(self.name, source, options, chat.second_pass, notices=True)


IMPORTER = Copied()
