"""What readers of copied and exported chat texts share: lines grouped to turns, people to roles, two passes.

Such a text names people but not their roles, and its dates may need the whole file to be understood. So a first
pass over the lines learns the names and notations, a second one gives the messages; neither holds the file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.lines import MAX_ROW_CHARS, Lines, LineTooLong, TextStream
from csqm_desktop.importers.mapping import FIELDS, ColumnMapping
from csqm_desktop.importers.neutral import NeutralRow
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.roles import Rules, cast, told
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard
from csqm_desktop.importers.words import normal

MAX_NAMES = 10_000

# Marks of direction and width that chat programs put around names and stamps.
INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))


@dataclass(slots=True)
class Turn:
    """What was said under one stamp; a line that nobody said has no sender."""

    row: int
    stamp: Any
    sender: str | None
    lines: list[str] = field(default_factory=list)
    chars: int = 0
    marked: bool = False  # as what the chat program itself wrote


class ChatText(ABC):
    """The turns of one file."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        self.source = source
        self.options = options
        self.mapping = options.mapping or ColumnMapping()

    @abstractmethod
    def turns(self, lines: Iterator[tuple[int, str]]) -> Iterator[Turn]:
        """Group numbered lines; what comes before the first stamp is a turn whose stamp is None."""

    @abstractmethod
    def rows(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """The messages of a turn as neutral fields."""

    @abstractmethod
    def learn(self, turn: Turn) -> None:
        """Look at a turn in the first pass."""

    @abstractmethod
    def settle(self) -> None:
        """The first pass is over."""

    def first_pass(self) -> None:
        """Read the whole file once."""
        stream = TextStream(self.source, self.options.encoding)
        try:
            for turn in self.turns(_clean_lines(stream, [])):
                if turn.stamp is not None:
                    self.learn(turn)
        finally:
            stream.close()
        self.settle()

    def second_pass(self, stream: TextStream) -> Iterator[NeutralRow | RejectedRow]:
        """Messages and rejections in order."""
        file = self.source.name
        guard = DamageGuard(self.source, stream.charset.name)
        skipped: list[RejectedRow] = []
        for turn in self.turns(_clean_lines(stream, skipped, file)):
            yield from skipped
            skipped.clear()
            text = "\n".join(turn.lines)
            if turn.stamp is None:
                if text.strip():
                    yield rejected(file, turn.row, "row_before_first", text)
            elif turn.chars > MAX_ROW_CHARS:
                yield rejected(file, turn.row, "row_too_long", text[:200], limit=str(MAX_ROW_CHARS // 1024**2))
            elif stream.damaged and BAD_BYTE in text + (turn.sender or ""):
                yield guard.reject(turn.row, text)
            else:
                guard.passed()
                for values in self.rows(turn):
                    yield turn.row, values
        yield from skipped


def add(turn: Turn, line: str) -> None:
    """A line more; of an endless turn only the length is kept."""
    turn.chars += len(line) + 1
    if turn.chars <= MAX_ROW_CHARS:
        turn.lines.append(line)


def _clean_lines(stream: TextStream, skipped: list[RejectedRow], file: str = "") -> Iterator[tuple[int, str]]:
    """Numbered lines without their ends."""
    lines = Lines(stream)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(lines).rstrip("\r\n")
        except StopIteration:
            return
        except LineTooLong as problem:
            limit = str(MAX_ROW_CHARS // 1024**2)
            skipped.append(rejected(file, number, "row_too_long", problem.start, limit=limit))


class People:
    """The senders of a file in the order they first spoke, and what their roles are."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._known = {normal(word): role for word, role in mapping.roles.items()}
        self._rules = Rules(mapping.rules)
        self._others = mapping.others
        self._names: dict[str, None] = {}
        self._roles: dict[str, Role] = {}
        self._pairs: dict[tuple[str, str], None] = {}

    def met(self, name: str) -> None:
        """A sender was seen."""
        if len(self._names) < MAX_NAMES:
            self._names.setdefault(name)

    def met_pair(self, sender: str, receiver: str) -> None:
        """Somebody wrote to somebody: one of the two is a customer."""
        self.met(sender)
        self.met(receiver)
        if len(self._pairs) < MAX_NAMES:
            self._pairs.setdefault((sender, receiver))

    def settle(self, customer: str = "") -> None:
        """All have been seen; decide who is who."""
        known = dict(self._known)
        for name in self._names:
            role = self._rules.decide([name if column == "sender" else None for column in FIELDS])
            if role is not None:
                known[normal(name)] = role
        for pair in self._pairs:
            for name, other in (pair, pair[::-1]):
                role = told(name, known)
                if role is not None and told(other, known) is None:
                    known[normal(other)] = Role.AGENT if role is Role.CUSTOMER else Role.CUSTOMER
        self._roles = cast(list(self._names), customer, known, self._others)

    def role(self, name: str) -> Role:
        """Whose words these are."""
        return self._roles.get(name, Role.AGENT)

    def customer(self) -> str:
        """The first customer's name, empty when there is none."""
        return next((name for name in self._names if self._roles.get(name) is Role.CUSTOMER), "")
