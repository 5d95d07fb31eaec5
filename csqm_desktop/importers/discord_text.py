"""A Discord channel as DiscordChatExporter writes it as text: ``[day and time] name``, and what was said below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import ChatText, People, Turn, add
from csqm_desktop.importers.neutral import NeutralFile, content_id, file_name, text_file
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import TimeProblem, Times, guess_day_first, parse_timezone

CERTAIN = 0.97
_HEAD = re.compile(r"\[([^\[\]\n]{8,40}\d[^\[\]\n]{0,10})\] (.{1,80}?)(?: \(pinned\))?\s*$")
_RULE = re.compile(r"={20,}\s*$")
_ABOUT = re.compile(r"(?:Guild|Channel|Topic|After|Before): ?(.*)$")
_PARTS = re.compile(r"\{(Attachments|Embed|Stickers|Reactions)\}$")
_ENDED = re.compile(r"Exported [\d,.\s]+ message\(s\)\s*$")


class _Chat(ChatText):
    """One channel."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._people = People(self.mapping)
        self._stamps: list[str] = []
        self._channel = ""
        self._times = Times(parse_timezone(options.timezone or self.mapping.timezone))

    def turns(self, lines: Iterator[tuple[int, str]]) -> Iterator[Turn]:
        """A line with a stamp begins a turn; what stands between the rules tells of the channel."""
        turn: Turn | None = None
        for number, line in lines:
            if match := _HEAD.match(line):
                if turn is not None:
                    yield turn
                turn = Turn(number, match[1], match[2].strip())
            elif turn is None:
                about = _ABOUT.match(line)
                self._channel += about[1] if about else ""
            elif not _RULE.match(line) and not _ENDED.match(line):
                add(turn, line)
        if turn is not None:
            yield turn

    def learn(self, turn: Turn) -> None:
        """Collect names and some stamps."""
        self._people.met(turn.sender or "")
        if len(self._stamps) < 1000:
            self._stamps.append(turn.stamp)

    def settle(self) -> None:
        """Decide who is who, and which number is the day: with AM and PM the month comes first by custom."""
        self._people.settle()
        known = guess_day_first(self._stamps)
        custom = not any(stamp.upper().endswith(("AM", "PM")) for stamp in self._stamps)
        first = self.mapping.day_first if self.mapping.day_first is not None else known
        zone = parse_timezone(self.options.timezone or self.mapping.timezone)
        self._times = Times(zone, custom if first is None else first)

    def rows(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """One message; files and cards stand below marks."""
        text, files = _content(turn.lines)
        if text or files:
            yield {
                "conversation_id": f"discord-{content_id(self._channel or self.source.path.stem)}",
                "sent_at": self._sent(turn.stamp),
                "role": self._people.role(turn.sender or "") if turn.sender else Role.SYSTEM,
                "sender": turn.sender or "",
                "text": text,
                "channel": "discord",
                "attachments": files,
            }

    def _sent(self, stamp: str) -> object:
        try:
            return self._times.parse(stamp)
        except TimeProblem:
            return stamp  # refused later, with its value


def _content(lines: list[str]) -> tuple[str, list[str]]:
    said: list[str] = []
    files: list[str] = []
    part = ""
    for line in lines:
        if match := _PARTS.match(line.strip()):
            part = match[1]
        elif part in ("", "Embed"):
            said.append(line)
        elif part != "Reactions" and line.strip():
            files.append(file_name(line.strip()))
    return "\n".join(said).strip(), files


class DiscordText:
    """The importer."""

    name = "discord"
    endings = (".txt",)

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when the head names a guild and a channel."""
        if source.binary_kind is not None or not source.head.lstrip(b"\xef\xbb\xbf").startswith(b"====="):
            return Sniff(0.0, "no")
        lines = source.head_lines()
        named = any(line.startswith("Guild: ") for line in lines[:3])
        return Sniff(CERTAIN, "layout", ("Guild, Channel",)) if named else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Read the file once for names and dates, then give its messages."""
        source.require_text()
        chat = _Chat(source, options)
        chat.first_pass()
        return text_file(self.name, source, options, chat.second_pass)
