"""Reading an export into values for the store: read, redact, prepare, portion by portion.

It opens no workspace, so that it can run in a process of its own beside the one that writes (``reading_process``).
Everything in a ``Portion`` is plain values: they travel between the two with ``marshal``, which both ends of a pipe
of the same interpreter understand. Readers and redaction are imported where they are used: the process that reads
needs no redaction and the other way round, and each takes as long to load as 10,000 messages to read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.domain.plain_row import NAMES
from csqm_desktop.store.columns import Columns, columns_of, rows_of
from csqm_desktop.store.prepared import Prepared, content_hashes

if TYPE_CHECKING:
    from csqm_desktop.importers.mapping import ColumnMapping
    from csqm_desktop.privacy.pseudonyms import Pseudonyms
    from csqm_desktop.store.raw_texts import Original

CHUNK = 5000  # messages and rejected rows in one portion
# Short texts whose redaction is remembered: greetings and canned replies come again and again. Up to twice as many are
# kept: when the newer ones are so many, those older than they are forgotten, unless they were met again meanwhile.
KEPT_TEXTS = 10_000
SHORT = 60  # characters
# Readers that make a conversation's id of a person's name. Any other file says its ids itself, as our own exports do:
# those have been keyed already, and must stay what they are for the file to be the same conversations again.
_NAMED_AFTER_PEOPLE = frozenset({"whatsapp", "qianniu", "wechat"})
# Readers that only have names to tell who is who: a person should look at what they made of them.
_GUESSING = frozenset(
    ("whatsapp", "qianniu", "wechat", "copied", "stamped", "subtitles", "line", "kakaotalk", "qq", "discord", "slack",
     "messenger", "googlechat", "skype", "teams", "rocketchat", "matrix", "feishu", "facebook", "easemob", "zulip",
     "mattermost", "telegram", "mail", "dialogues")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """What to read and how; the fields are those of ``importers.base.read``."""

    path: Path
    file_format: str = "auto"
    mapping: ColumnMapping | None = None
    encoding: str | None = None
    timezone: str | None = None
    sheet: str | None = None
    pseudonym_key: bytes = field(default=b"", repr=False)
    keep_originals: bool = False

    def to_json(self) -> str:
        """The request as one line, for a pipe: it holds the key."""
        beside = {"key": self.pseudonym_key.hex(), "keep": self.keep_originals}
        return json.dumps(self.parameters() | beside, ensure_ascii=False)

    def parameters(self) -> dict[str, Any]:
        """Plain values, without the key."""
        return {
            "path": str(self.path.absolute()),
            "format": self.file_format,
            "mapping": self.mapping.to_json() if self.mapping else None,
            "encoding": self.encoding,
            "timezone": self.timezone,
            "sheet": self.sheet,
        }

    @classmethod
    def from_json(cls, line: str) -> ReadingRequest:
        """The inverse of ``to_json``."""
        from csqm_desktop.importers import mapping as mappings

        raw = json.loads(line)
        mapping = mappings.from_json(raw["mapping"]) if raw["mapping"] else None
        key = bytes.fromhex(raw.get("key", ""))
        read_as = (raw["encoding"], raw["timezone"], raw["sheet"])
        return cls(Path(raw["path"]), raw["format"], mapping, *read_as, key, bool(raw.get("keep", False)))


_CONVERSATION, _SENDER, _TEXT, _HASH = map(NAMES.index, ("conversation", "sender", "text", "content_hash"))

_Known = str | tuple[str, dict[str, int]]  # a text in which nothing was found, or what became of it and the counts
Rejection = tuple[int, str, dict[str, str], str]  # the fields of a ``RejectedRow``


class Opening(NamedTuple):
    """What was recognised when the file was opened."""

    format: str
    encoding: str
    mapping: dict[str, Any]
    bytes_total: int
    pseudonym_key: bytes = b""  # on its way to who redacts
    keep_originals: bool = False  # likewise
    undated: bool = False  # times are made up, the file has none
    by_names: bool = False  # names tell the roles, by a guess or by what a person said of them


class Portion(NamedTuple):
    """Some rows of the file: messages, refused rows, and what was done since the portion before."""

    columns: Columns
    rejected: list[Rejection]
    masked: dict[str, int]
    bytes_done: int
    duplicates: int  # so far
    originals: Sequence[Original] = ()  # of what was masked, where the workspace keeps them
    clean: bool = False  # whether personal data has been taken out

    @property
    def rows(self) -> list[Prepared]:
        """The messages, made anew each time."""
        return rows_of(self.columns)

    def with_rows(self, rows: Sequence[Prepared]) -> Portion:
        """The same with other messages."""
        return self._replace(columns=columns_of(rows))


def read(request: ReadingRequest) -> Generator[Opening | Portion]:
    """The opening, then portions; ``CsqmError`` as ``importers.base.read`` and its reader raise it."""
    return redacted(read_raw(request))


def read_raw(request: ReadingRequest) -> Generator[Opening | Portion]:
    """The same before redaction: for ``redacted`` only, never to be stored."""
    from csqm_desktop.importers import base

    with base.read(
        request.path, request.file_format, request.mapping, request.encoding, request.timezone, request.sheet
    ) as reader:
        found = reader.recognition
        mapping = found.mapping.to_json()
        for_redactor = (request.pseudonym_key, request.keep_originals)
        told = (found.undated, found.format in _GUESSING or found.mapping.others is not None)
        yield Opening(found.format, found.encoding, mapping, reader.bytes_total, *for_redactor, *told)
        rows: list[Prepared] = []
        rejections: list[Rejection] = []
        for item in reader.plain():
            if isinstance(item, RejectedRow):
                rejections.append((item.row, item.code, item.values, item.excerpt))
            else:
                rows += item
            if len(rows) + len(rejections) >= CHUNK:
                yield Portion(columns_of(rows), rejections, {}, reader.bytes_done, reader.duplicates)
                rows, rejections = [], []
        yield Portion(columns_of(rows), rejections, {}, reader.bytes_done, reader.duplicates)


def redacted(items: Iterable[Opening | Portion]) -> Generator[Opening | Portion]:
    """Portions without personal data, and what was masked in them."""
    masking = Masking()
    for item in items:
        if isinstance(item, Opening):
            masking.open(item)
            yield item._replace(pseudonym_key=b"")
        else:
            yield masking.portion(item)


def originals(before: Columns, after: Columns) -> list[Original]:
    """What masked messages were, with what their messages are known by."""
    changed = zip(after[_CONVERSATION], after[_HASH], before[_TEXT], after[_TEXT], strict=True)
    return [(conversation, digest, raw) for conversation, digest, raw, text in changed if raw != text]


def masked(row: RejectedRow) -> RejectedRow:
    """A rejected row without personal data: it is kept, too."""
    from csqm_desktop import privacy

    values = {key: privacy.redact(value)[0] for key, value in row.values.items()}
    return RejectedRow(row.row, row.code, values, privacy.redact(row.excerpt)[0])


@cache
def _redact() -> Callable[[str, Pseudonyms | None], tuple[str, dict[str, int]]]:
    from csqm_desktop.privacy import redact

    return redact


@dataclass(slots=True)
class Masking:
    """Takes personal data out of messages, counts it, and does not look twice at texts that come again."""

    _counts: Counter[str] = field(default_factory=Counter)
    _texts: dict[str, _Known] = field(default_factory=dict)
    _older: dict[str, _Known] = field(default_factory=dict)
    _senders: dict[str, str] = field(default_factory=dict)
    _pseudonyms: Pseudonyms | None = None
    _named: bool = False  # whether the reader itself names conversations after people
    _keep: bool = False

    def open(self, opening: Opening) -> None:
        """Learn from the opening what to do with the portions after it."""
        self.use(opening.pseudonym_key)
        self._named = opening.format in _NAMED_AFTER_PEOPLE
        self._keep = opening.keep_originals

    def portion(self, item: Portion) -> Portion:
        """A portion without personal data; one that another process has been through stays as it is."""
        if item.clean:
            return item
        columns = self._masked(item.columns)
        rejections = []
        for row in item.rejected:
            clean = masked(RejectedRow(*row))
            rejections.append((clean.row, clean.code, clean.values, clean.excerpt))
        kept = originals(item.columns, columns) if self._keep else ()
        return item._replace(
            columns=columns, rejected=rejections, masked=self.take_counts(), originals=kept, clean=True
        )  # fmt: skip

    def _masked(self, before: Columns) -> Columns:
        """Columns without personal data, and with what each message is known by."""
        columns = list(before)
        if self._named:
            columns[_CONVERSATION] = [self.conversation(name) for name in before[_CONVERSATION]]
        clean = self._texts  # most that come again hold nothing: they are taken without a call
        columns[_TEXT] = [
            found if isinstance(found := clean.get(text), str) else self.text(text) for text in before[_TEXT]
        ]
        senders = self._senders
        columns[_SENDER] = [senders.get(sender) or self.sender(sender) for sender in before[_SENDER]]
        for old, new in zip(before[_SENDER], columns[_SENDER], strict=True):
            if old != new:
                self._counts.update(self._kinds(old, new))
        columns[_HASH] = content_hashes(columns)
        return columns

    def use(self, key: bytes) -> None:
        """Give what is masked signs by this key, none when it is empty."""
        from csqm_desktop.privacy.pseudonyms import Pseudonyms

        self._pseudonyms = Pseudonyms(key) if key else None

    def conversation(self, name: str) -> str:
        """A conversation's id that is no guessable hash of a person's name."""
        return name if self._pseudonyms is None else self._pseudonyms.conversation(name)

    def text(self, text: str) -> str:
        """A text without personal data."""
        known = self._texts.get(text)
        if known is None:
            known = self._older.get(text) or self._redacted(text)
            if len(text) <= SHORT:
                if len(self._texts) >= KEPT_TEXTS:
                    self._older, self._texts = self._texts, {}
                self._texts[text] = known
        if isinstance(known, str):
            return known
        self._counts.update(known[1])
        return known[0]

    def _redacted(self, text: str) -> _Known:
        known = _redact()(text, self._pseudonyms)
        return known if known[1] else text

    def sender(self, sender: str) -> str:
        """A sender's name without personal data."""
        known = self._senders.get(sender)
        if known is None:
            from csqm_desktop import privacy

            if len(self._senders) >= KEPT_TEXTS:
                self._senders.clear()
            known = self._senders[sender] = privacy.redact_sender(sender, self._pseudonyms)
        return known

    def _kinds(self, before: str, after: str) -> list[str]:
        from csqm_desktop import privacy

        return privacy.masked_in_sender(before, after)

    def take_counts(self) -> dict[str, int]:
        """What was masked by kind since the last call."""
        counts, self._counts = dict(self._counts), Counter()
        return counts
