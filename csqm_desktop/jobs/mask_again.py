"""Mask the stored texts again, by the rules of this release: what older rules left in them goes.

Texts are masked when they come in, so a workspace stays as the rules of that day left it. Here every text is read
again and only those that change are written, a few thousand in a transaction. Whatever cuts this off, starting it
again does the rest: what was masked stays masked, the vectors of a text are forgotten before the text changes, and the
database is rewritten as long as it is noted that old bytes are in it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop import privacy
from csqm_desktop.domain import permissions
from csqm_desktop.domain.masking_rules import MASKING_RULES
from csqm_desktop.jobs import copies
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.message_reading import Masking
from csqm_desktop.scoring.encoding import clean_text, text_digest, texts_holding
from csqm_desktop.store.masked_texts import Kept, Masks, Replaced, remember
from csqm_desktop.store.workspace import PSEUDONYM_KEY, Workspace

_ROUND = 100_000  # changed messages whose vectors are forgotten together: that rewrites the cache
_WRITTEN = 2000  # messages in a transaction


@dataclass(frozen=True, slots=True)
class MaskAgainResult:
    """What changed, or would. ``left`` are copies outside the database that may hold what is masked now."""

    applied: bool
    rules_before: int
    rules: int
    read: int
    messages: int
    masked: dict[str, int]  # in messages, by kind
    beside: dict[str, int]  # reviews, drafts, rejected rows and so on that changed
    scores: int  # replies to be scored again
    vectors: int
    left: tuple[Path, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was, or would be, masked further."""
        return bool(self.messages or self.beside)


class MaskAgain(Job[MaskAgainResult]):
    """Mask what present rules find; ``dry_run`` only counts. It can be cancelled: what was masked stays so."""

    kind: ClassVar[str] = "mask_again"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.MASK_AGAIN

    def __init__(self, workspace: Workspace, actor: str = "csqm", dry_run: bool = False) -> None:
        super().__init__(workspace)
        self._actor = actor
        self._dry_run = dry_run
        self._masking = Masking()
        self._replaced = Replaced()
        self._masked: Counter[str] = Counter()
        self._vectors = 0

    def parameters(self) -> dict[str, Any]:
        """By which rules."""
        return {"rules": MASKING_RULES, "dry_run": self._dry_run}

    def run(self, context: JobContext) -> MaskAgainResult:
        """Read everything, change what changes, rewrite the file, note it in the audit log."""
        before = self.workspace.masked_texts.masked_by
        cut_off = self.workspace.erasure.pending()  # an earlier run may have changed texts
        masks = self._masks()
        read = self._messages(masks, context)
        beside: Counter[str] = Counter()
        for name, count in self.workspace.texts_beside.mask(masks, self._dry_run):
            context.check_cancelled()
            beside[name] += count
        result = MaskAgainResult(
            applied=not self._dry_run,
            rules_before=before,
            rules=MASKING_RULES,
            read=read,
            messages=self._replaced.messages,
            masked=dict(self._masked.most_common()),
            beside={name: count for name, count in beside.items() if count},
            scores=self._replaced.scores,
            vectors=self._vectors,
            left=self._copies() if cut_off or self._replaced.messages or any(beside.values()) else (),
        )
        if not self._dry_run:
            self._finish(result, context)
        return result

    def _masks(self) -> Masks:
        key = self.workspace.fact(PSEUDONYM_KEY)  # none in a workspace of an early release: bare placeholders
        self._masking.use(bytes.fromhex(key) if key else b"")
        return Masks(
            self._masking.text, self._masking.sender, lambda text: privacy.redact(text)[0], privacy.masked_in_sender
        )

    def _messages(self, masks: Masks, context: JobContext) -> int:
        total = self.workspace.conversations.totals().messages
        read = 0
        changing = _Changing()
        for page in self.workspace.masked_texts.messages():
            context.check_cancelled()
            texts, senders = self._texts_of(page, masks)
            for row, text, sender in zip(page, texts, senders, strict=True):
                if text != row.text:
                    changing.texts.append(row.id)
                elif sender != row.sender:
                    changing.senders.append(row.id)
            read += len(page)
            context.progress(read, total, "masking")
            if len(changing) >= _ROUND:
                self._change(changing, masks, context)
                changing = _Changing()
        self._change(changing, masks, context)
        return read

    def _texts_of(self, page: list[Kept], masks: Masks) -> tuple[list[str], list[str]]:
        texts = [masks.text(row.text) for row in page]
        senders = [masks.sender(row.sender) for row in page]
        self._masked.update(self._masking.take_counts())
        for row, sender in zip(page, senders, strict=True):
            if sender != row.sender:
                self._masked.update(privacy.masked_in_sender(row.sender, sender))
        return texts, senders

    def _change(self, changing: _Changing, masks: Masks, context: JobContext) -> None:
        """Forget the vectors of texts, then change them: cut off in between, they are found again."""
        if self._dry_run:
            self._replaced.messages += len(changing)
            return
        self._forget_vectors(_chunks(changing.texts), context.check_cancelled)
        for chunk in (*_chunks(changing.texts), *_chunks(changing.senders)):
            context.check_cancelled()
            self._replaced.add(self.workspace.masked_texts.replace(chunk, masks))
        self._masking.take_counts()  # counted when they were found

    def _forget_vectors(self, chunks: list[list[int]], check: Callable[[], None]) -> None:
        """Those of the texts that a network read these messages in: their own, and turns joined of several."""
        if not copies.cache_folders(self.workspace):
            return
        digests: set[bytes] = set()
        for chunk in chunks:
            check()
            replies, texts = self.workspace.masked_texts.around(chunk)
            gone = set(map(clean_text, texts))
            for item in self.workspace.conversations.reply_inputs(replies):
                gone.update(texts_holding(item, texts))
            digests.update(map(text_digest, gone))
        if digests:
            self._vectors += copies.forget_vectors(self.workspace, digests, "mask_model_busy")

    def _copies(self) -> tuple[Path, ...]:
        space = self.workspace
        return (*copies.exports(space), *copies.backups(space), *copies.elsewhere(space))

    def _finish(self, result: MaskAgainResult, context: JobContext) -> None:
        self.workspace.masked_texts.tidy()
        if self.workspace.erasure.pending():
            context.progress(0, 0, "rewriting")
            self.workspace.erasure.finish()
        detail: dict[str, Any] = {
            "rules": MASKING_RULES,
            "rules_before": result.rules_before,
            "messages": result.messages,
        }
        detail |= {"masked": result.masked, "beside": result.beside, "scores": result.scores}
        with self.workspace.database.transaction() as connection:
            remember(connection)
            self.workspace.audit.append(self._actor, "mask_again", "texts", detail)


class _Changing:
    """The numbers of messages that change, as small as they can be: all of a million may."""

    def __init__(self) -> None:
        self.texts = array("q")
        self.senders = array("q")  # only their senders do

    def __len__(self) -> int:
        return len(self.texts) + len(self.senders)


def _chunks(ids: array[int]) -> list[list[int]]:
    return [ids[start : start + _WRITTEN].tolist() for start in range(0, len(ids), _WRITTEN)]
