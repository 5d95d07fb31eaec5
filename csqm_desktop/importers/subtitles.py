"""Transcripts with times as subtitles have them: WebVTT and SubRip, as Teams, Zoom and recorders of calls write them.

A cue names its speaker by a voice (``<v Anna>``) or by its first words (``Agent: …``, ``[SPEAKER_01]: …``); what
follows without one is the same speaker's. Times count from the beginning of the recording, whose day is made up. Cues
of one speaker that follow each other are one message. In calls it may be either side that speaks first, so that names
alone do not tell who is who: a person has to say.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import INVISIBLE, ChatText, People, Turn, add
from csqm_desktop.importers.dialogue_words import ROLES
from csqm_desktop.importers.neutral import NeutralFile, content_id, text_file
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.undated import Undated
from csqm_desktop.importers.words import normal

CERTAIN = 0.97
_CUE = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[.,](\d{1,3})[ \t]+-->[ \t]+(?:\d{1,3}:)?\d{1,2}:\d\d[.,]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?[ \t]+([^<>]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|<\d\d:\d\d[^<>]{0,20}>|\{\\[^{}]{0,40}\}")
_NAMED = re.compile(r"(?:-\s?)?[\[(]?([^\s:：\[\]()][^:：\[\]()\n]{0,38}?)[\])]?\s?[:：]\s?(?!//)(.*)$")
_WORD = re.compile(r"[^\W\d_]+")
_SIDES = frozenset(
    {"agent", "customer", "caller", "client", "representative", "operator", "bot", "assistant", "客服", "客户"}
)
_LEAST_CUES = 2
_MOST_NAMES = 1000
_LONGEST_PAUSE = timedelta(minutes=2)  # within what one speaker says


class _Chat(ChatText):
    """One recording."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._people = People(self.mapping)
        self._start = Undated(source, options).start
        self._given = {normal(word): role for word, role in self.mapping.roles.items()}
        self._names: dict[str, None] = {}
        self._said: list[str] = []

    def turns(self, lines: Iterator[tuple[int, str]]) -> Iterator[Turn]:
        """A cue whose speaker is another, or who paused for long, begins a turn."""
        turn: Turn | None = None
        cue: re.Match[str] | None = None
        for number, raw in lines:
            line = raw.translate(INVISIBLE).strip()
            if match := _CUE.match(line):
                cue = match
                continue
            if cue is None or not line:
                cue = None if not line else cue  # numbers and notes stand between cues
                continue
            at, (name, text) = _since(cue), _spoken(line)
            name = name or (turn.sender if turn else None)
            if turn is None or name != turn.sender or at - turn.stamp[1] > _LONGEST_PAUSE:
                if turn is not None:
                    yield turn
                turn = Turn(number, (at, at), name)
            turn.stamp = (turn.stamp[0], at)
            add(turn, text)
        if turn is not None:
            yield turn

    def learn(self, turn: Turn) -> None:
        """Collect the names."""
        if len(self._said) < 5:
            self._said.append(f"{turn.sender}:{' '.join(turn.lines)[:200]}")
        if turn.sender is not None and len(self._names) < _MOST_NAMES:
            self._names.setdefault(turn.sender)
            if self._told(turn.sender) is None:
                self._people.met(turn.sender)

    def settle(self) -> None:
        """Decide who is who; a recording that names nobody's role is not guessed at."""
        self._people.settle()
        if not self._names:
            raise CsqmError("import_no_speakers", file=str(self.source.path))
        told = any(self._told(name) for name in self._names) or bool(self.mapping.rules)
        if not told:
            names = list(self._names)
            raise CsqmError("import_voices", file=str(self.source.path), names=", ".join(names[:5]), first=names[0])

    def rows(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """One message."""
        text = "\n".join(turn.lines).strip()
        if text:
            name = turn.sender or ""
            yield {
                "conversation_id": "call-" + content_id("\n".join(self._said)),
                "sent_at": self._start + turn.stamp[0],
                "role": self._told(name) or self._people.role(name) if name else Role.SYSTEM,
                "sender": name,
                "text": text,
                "channel": "call",
            }

    def _told(self, name: str) -> Role | None:
        key = normal(name)
        role = self._given.get(key) or ROLES.get(key)
        return role or next((ROLES[word] for word in map(normal, _WORD.findall(name)) if word in _SIDES), None)


def _since(cue: re.Match[str]) -> timedelta:
    hours, minutes, seconds, part = (int(group or 0) for group in cue.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds, milliseconds=part)


def _spoken(line: str) -> tuple[str | None, str]:
    """Who speaks, where a line says so, and what."""
    if match := _VOICE.match(line):
        return match[1].strip(), html.unescape(_TAG.sub("", line[match.end() :])).strip()
    plain = html.unescape(_TAG.sub("", line)).strip()
    if match := _NAMED.match(plain):
        return match[1].strip(), match[2]
    return None, plain


class Subtitles:
    """The importer of WebVTT and SubRip."""

    name = "subtitles"
    endings = (".vtt", ".srt")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when the first lines hold cues."""
        if source.binary_kind is not None or b"-->" not in source.head:
            return Sniff(0.0, "no")
        lines = [line.translate(INVISIBLE).strip() for line in source.head_lines()[:100]]
        cues = [line for line in lines if _CUE.match(line)]
        first = next((line for line in lines if line), "")
        if not (first.startswith("WEBVTT") and cues) and len(cues) < _LEAST_CUES:
            return Sniff(0.0, "no")
        begun = first.startswith("WEBVTT") or first.isdigit() or _CUE.match(first) is not None
        return Sniff(CERTAIN, "layout", (cues[0][:40],)) if begun else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Read the file once for the names, then give its messages."""
        source.require_text()
        chat = _Chat(source, options)
        chat.first_pass()
        return text_file(self.name, source, options, chat.second_pass)


IMPORTER = Subtitles()
