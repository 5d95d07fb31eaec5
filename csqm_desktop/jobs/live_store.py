"""Messages that come in piece by piece: masked, stored, counted, each call complete in itself or not there at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from csqm_desktop import privacy
from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.importers.base import Item
from csqm_desktop.jobs.erased import LeavingOut
from csqm_desktop.jobs.message_reading import masked
from csqm_desktop.jobs.pseudonyms import pseudonyms_of
from csqm_desktop.privacy.pseudonyms import Pseudonyms
from csqm_desktop.store.message_writer import ConversationWriter
from csqm_desktop.store.prepared import prepare
from csqm_desktop.store.raw_texts import Original
from csqm_desktop.store.workspace import Workspace

MessageKey = tuple[str, str]  # conversation, message: the source's own ids


@dataclass
class LiveCounts:
    """What one call stored. ``known`` says for each message in order whether its id was there before.

    Messages of customers who were erased are ``left_out``; to whoever sent them they are known.
    """

    added: int = 0
    unchanged: int = 0
    updated: int = 0
    rejected: int = 0
    left_out: int = 0
    known: list[bool] = field(default_factory=list)
    masked: Counter[str] = field(default_factory=Counter)


class LiveStore:
    """Stores what one origin brings, in one batch a day, so that a day can be taken back as a whole.

    Not for use by two threads at once.
    """

    def __init__(self, workspace: Workspace, origin: str, file_format: str) -> None:
        self._workspace = workspace
        self._origin = origin
        self._format = file_format
        self._writer: tuple[int, ConversationWriter] | None = None

    def store(self, items: Sequence[Item], also: Callable[[LiveCounts], None] | None = None) -> LiveCounts:
        """Store messages and keep rejections, in one transaction; ``also`` joins it at its end.

        A message that comes twice is an edit: the last word counts.
        """
        counts = LiveCounts()
        rejections = [masked(item) for item in items if isinstance(item, RejectedRow)]
        pseudonyms = pseudonyms_of(self._workspace)
        incoming = [item for item in items if isinstance(item, IncomingMessage)]
        messages = [_masked(item, counts.masked, pseudonyms) for item in incoming]
        originals = _originals(incoming, messages) if self._workspace.raw_texts.days else []
        leaving_out = LeavingOut(self._workspace)
        out = [bool(leaving_out) and leaving_out.out(message) for message in messages]
        counts.left_out = sum(out)
        with self._workspace.database.transaction():
            batch = self._workspace.batches.open_stream(self._origin, self._format)
            writer = self._writer_of(batch)
            known: list[bool] = []
            for part in _rounds([message for message, gone in zip(messages, out, strict=True) if not gone]):
                there = self._workspace.conversations.find(_keys(part))
                known += ((m.conversation_id, m.message_id) in there for m in part)
                written = writer.write(part)
                counts.added += written.added
                counts.unchanged += written.unchanged
                counts.updated += written.updated
            stored = iter(known)
            counts.known = [gone or next(stored) for gone in out]
            if counts.left_out:
                self._workspace.batches.leave_out(batch, counts.left_out)
            if originals:
                self._workspace.raw_texts.keep(batch, originals)
            if rejections:
                counts.rejected = len(rejections)
                self._workspace.batches.reject(batch, rejections)
            self._workspace.batches.grow(
                batch, counts.added, counts.unchanged, counts.updated, counts.rejected, counts.masked
            )
            if also is not None:
                also(counts)
        return counts

    def _writer_of(self, batch: int) -> ConversationWriter:
        if self._writer is None or self._writer[0] != batch:
            self._writer = batch, self._workspace.writer(batch)
        return self._writer[1]


def _originals(before: Sequence[IncomingMessage], after: Sequence[IncomingMessage]) -> list[Original]:
    pairs = [(raw, message) for raw, message in zip(before, after, strict=True) if raw.text != message.text]
    return [(message.conversation_id, prepare(message)[12], raw.text) for raw, message in pairs]


def _keys(messages: Sequence[IncomingMessage]) -> list[MessageKey]:
    return [(m.conversation_id, m.message_id) for m in messages if m.message_id]


def _rounds(messages: Sequence[IncomingMessage]) -> list[list[IncomingMessage]]:
    """The messages in order, cut where one comes again: a single write would take the first and drop the second."""
    rounds: list[list[IncomingMessage]] = []
    seen: set[MessageKey] = set()
    for message in messages:
        key = (message.conversation_id, message.message_id)
        if not rounds or (message.message_id and key in seen):
            rounds.append([])
            seen = set()
        seen.add(key)
        rounds[-1].append(message)
    return rounds


def _masked(message: IncomingMessage, found: Counter[str], signs: Pseudonyms | None) -> IncomingMessage:
    text, kinds = privacy.redact(message.text, signs)
    found.update(kinds)
    sender = privacy.redact_sender(message.sender, signs)
    found.update(privacy.masked_in_sender(message.sender, sender))
    return replace(message, text=text, sender=sender)
