"""Erase one customer: their conversations and everything derived from them, leaving a stub in the audit log.

The stub says when, by whom, why and how much; it does not say whom. Versions that learned from the customer's labels
keep their weights; the result names how many labels that were, so that a new version can be trained.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop import privacy
from csqm_desktop.domain import permissions
from csqm_desktop.errors import CsqmError
from csqm_desktop.exporters.card import JSON, MARKDOWN
from csqm_desktop.jobs import copies
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.pseudonyms import pseudonyms_of
from csqm_desktop.privacy.pseudonyms import plain
from csqm_desktop.scoring.encoding import clean_text, encode_reply, read_texts, text_digest
from csqm_desktop.store.erased import CONVERSATION, CUSTOMER, ORDER, Mark
from csqm_desktop.store.erasure import ErasureCounts
from csqm_desktop.store.workspace import Workspace

_SHORTEST = 2  # characters of a name that is looked for inside other texts


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is meant: a customer's name as it stands in their messages, an order, or certain conversations."""

    customer: str = ""
    order: str = ""
    conversations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What would go. ``exports`` and ``backups`` are copies outside the database that may hold the customer.

    ``elsewhere`` are backups outside the workspace and workspaces that restoring moved aside; they are never deleted.
    """

    numbers: tuple[int, ...]
    names: tuple[str, ...]  # what quarantined rows are searched for: ids as well
    called: tuple[str, ...]  # what the customer is called
    counts: ErasureCounts
    exports: tuple[Path, ...]
    backups: tuple[Path, ...]
    marks: tuple[Mark, ...] = ()  # what later imports know the customer by
    elsewhere: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class ErasureResult:
    """What went. ``left`` are exports and backups that may hold copies: outside the workspace, or kept on purpose."""

    stub: str
    conversations: int
    messages: int
    replies: int
    scores: int
    reviews: int
    rejected_rows: int
    vectors: int
    files: int
    backups: int
    exports: int
    left: tuple[Path, ...] = ()


def preview(workspace: Workspace, subject: Subject) -> ErasurePreview:
    """What belongs to a customer; ``erase_unknown`` when nothing does, ``erase_ambiguous`` when it could be many."""
    try:
        workspace.erasure.finish()
    except CsqmError as error:
        if error.code != "rewrite_waits":  # erasing rewrites once more
            raise
    name = privacy.redact_sender(subject.customer.strip(), pseudonyms_of(workspace))
    if name and not _tells(name):
        raise CsqmError("erase_ambiguous", name=name)
    spelled = workspace.erasure.spellings(name)
    found = workspace.erasure.find(spelled, subject.order.strip(), subject.conversations)
    if not found:
        raise CsqmError("erase_unknown")
    ids = workspace.erasure.source_ids(found)
    known = (subject.customer.strip(), name, *spelled)
    names = [n for n in dict.fromkeys((*known, subject.order.strip(), *ids)) if findable(n)]
    exports, backups = copies.exports(workspace), copies.backups(workspace)
    called = tuple(n for n in names if n in known)
    marks = [*((CONVERSATION, source_id) for source_id in ids), (CUSTOMER, name), (ORDER, subject.order.strip())]
    counts = workspace.erasure.counts(found, names)
    elsewhere = tuple(copies.elsewhere(workspace))
    return ErasurePreview(tuple(found), tuple(names), called, counts, exports, backups, tuple(marks), elsewhere)


def _tells(name: str) -> bool:
    """Whether anything but placeholders is left of a name: a masked number stands for every customer."""
    if plain(name) != name:  # a sign belongs to one number
        return True
    for placeholder in privacy.PLACEHOLDERS.values():
        name = name.replace(placeholder, "")
    return any(char.isalnum() for char in name)


def findable(name: str) -> bool:
    """Whether a name is special enough to be looked for inside other texts; ``c1`` or ``17`` would hit anything."""
    return len(name) >= _SHORTEST and not (name.isascii() and len(name) < 4)


class EraseCustomer(Job[ErasureResult]):
    """Erase what ``preview`` found. It cannot be cancelled: half an erasure would help nobody."""

    kind: ClassVar[str] = "erase"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.ERASE

    def __init__(
        self,
        workspace: Workspace,
        found: ErasurePreview,
        reason: str = "",
        actor: str = "csqm",
        remove_exports: bool = False,
        keep_backups: bool = False,
    ) -> None:
        super().__init__(workspace)
        self._found = found
        self._reason = reason
        self._actor = actor
        self._remove_exports = remove_exports
        self._keep_backups = keep_backups

    def parameters(self) -> dict[str, Any]:
        """Only how much: not whom."""
        return {"conversations": len(self._found.numbers)}

    def run(self, context: JobContext) -> ErasureResult:
        """Delete, rewrite the database, note it in the audit log."""
        context.progress(0, 0, "erasing")
        store, numbers = self.workspace.erasure, self._found.numbers
        digests = self._digests(numbers)
        attached = store.attached_files(numbers)
        vectors = copies.forget_vectors(
            self.workspace, digests, "erase_model_busy"
        )  # first: it is what may be refused because a model is at work
        # copies next, then the rows together with the stub: whatever cuts this off, erasing again does the rest
        files = sum(_unlink(self.workspace.folder / path) for path in attached)
        inside = [p for p in self._found.exports if self._remove_exports and self._is_ours(p)]
        exports = sum(_unlink(path) for export in inside for path in _with_cards(export))
        backups = 0 if self._keep_backups else sum(map(_unlink, self._found.backups))
        result = self._result(vectors, files, backups, exports)
        detail = {**asdict(self._found.counts), "vectors": vectors, "backups": backups, "reason": self._reason}
        with self.workspace.database.transaction():
            store.delete(numbers, self._found.names, self._found.called)
            self.workspace.erased.remember(result.stub, self._found.marks)
            self.workspace.audit.append(self._actor, "erase", result.stub, detail)
        store.purge()
        return result

    def _result(self, vectors: int, files: int, backups: int, exports: int) -> ErasureResult:
        counts = self._found.counts
        left = [*self._found.exports, *(self._found.backups if self._keep_backups else ())]
        left = [path for path in left if path.exists()]
        return ErasureResult(
            stub=f"erasure {secrets.token_hex(4)}",
            conversations=counts.conversations,
            messages=counts.messages,
            replies=counts.replies,
            scores=counts.scores,
            reviews=counts.reviews,
            rejected_rows=counts.rejected_rows,
            vectors=vectors,
            files=files,
            backups=backups,
            exports=exports,
            left=(*left, *self._found.elsewhere),
        )

    def _digests(self, numbers: Sequence[int]) -> set[bytes]:
        """The cache's keys of texts that only these conversations have."""
        store = self.workspace.erasure
        elsewhere = {clean_text(text) for text in store.texts_elsewhere(store.texts(numbers), numbers)}
        texts: set[str] = set()
        for item in self.workspace.conversations.reply_inputs(store.reply_ids(numbers)):
            encoded = encode_reply(item)
            texts.update(read_texts(encoded))
        texts.update(map(clean_text, store.texts(numbers)))
        return {text_digest(text) for text in texts - elsewhere}

    def _is_ours(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self.workspace.exports.resolve())


def _with_cards(export: Path) -> list[Path]:
    parts = [p for p in export.rglob("*") if p.is_file()] if export.is_dir() else [export]
    return [*parts, *(export.with_name(export.name + ending) for ending in (MARKDOWN, JSON))]


def _unlink(path: Path) -> int:
    if not path.is_file():
        return 0
    path.unlink()
    return 1
