"""A plain table of texts and classes as a workspace: each text a reply, each class a level, each row a label.

Nothing is special afterwards: training, the gate, evaluation and TensorBoard treat the rows like reviewed replies.
Rows with the same text share a conversation, so that copies never stand on both sides of a split.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop import rubrics
from csqm_desktop.domain import permissions
from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.scorecard import Criterion, Level, LocalizedText, Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import labelled_table
from csqm_desktop.importers.label_rows import LabelRow
from csqm_desktop.importers.labelled_table import LabelledTable
from csqm_desktop.jobs import message_reading
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.import_chats import ImportChats, ImportResult
from csqm_desktop.jobs.import_labels import ImportLabels, LabelResult
from csqm_desktop.jobs.message_reading import CHUNK, Opening, Portion
from csqm_desktop.store.columns import columns_of
from csqm_desktop.store.prepared import unsealed
from csqm_desktop.store.workspace import Workspace

CRITERION = "label"
_FORBIDDEN = re.compile(r"[\s/\\,;|\"']+")
_KEY_CHARS = 64


def is_table(source: str | Path) -> bool:
    """Whether a scorecard is to be made from a table of texts rather than read from a rubric file."""
    return Path(source).suffix.lower() in labelled_table.ENDINGS


def scorecard_for(source: str | Path) -> Scorecard:
    """The scorecard of a rubric by name or file, or of a table of texts and classes."""
    return scorecard_of(labelled_table.read(source)) if is_table(source) else rubrics.load(source)


def scorecard_of(table: LabelledTable) -> Scorecard:
    """One criterion whose levels are the table's classes."""
    keys = level_keys(table.classes)
    levels = tuple(Level(keys[name], LocalizedText({"en": name, "zh": name})) for name in table.classes)
    title = LocalizedText({"en": table.label_column, "zh": table.label_column})
    name = LocalizedText({"en": table.path.stem, "zh": table.path.stem})
    criterion = Criterion(CRITERION, title, LocalizedText({}), levels, 1.0)
    card = Scorecard(_key(table.path.stem) or "labels", name, rubrics.DEFAULT_PASS_LINE, (criterion,), ())
    return rubrics.loads(rubrics.to_yaml(card), str(table.path), card.key)  # the same checks as for any other


def level_keys(classes: tuple[str, ...]) -> dict[str, str]:
    """A level's key for each class: as written, without what keys may not hold, each once."""
    keys: dict[str, str] = {}
    for number, name in enumerate(classes, 1):
        key = _key(name)
        keys[name] = key if key and key not in keys.values() else f"{key[: _KEY_CHARS - 3]}_{number}"
    return keys


def _key(name: str) -> str:
    return _FORBIDDEN.sub("_", name.strip())[:_KEY_CHARS].strip("_")


@dataclass(frozen=True, slots=True)
class LabelledResult:
    """What reading a table did: texts as messages, classes as labels, how many rows of each class."""

    path: Path
    messages: ImportResult
    labels: LabelResult
    classes: dict[str, int]
    rejected: int


class ImportLabelledTexts(Job[LabelledResult]):
    """Read a table of texts and classes into a workspace whose scorecard has these classes."""

    kind: ClassVar[str] = "import"
    lane: ClassVar[str] = "data"
    needs: ClassVar[str] = permissions.IMPORT

    def __init__(self, workspace: Workspace, path: Path) -> None:
        super().__init__(workspace)
        self.path = path

    def parameters(self) -> dict[str, Any]:
        """The file."""
        return {"path": str(self.path.absolute()), "labelled": True}

    def run(self, context: JobContext) -> LabelledResult:
        """Store texts, then labels. Reading the same file again adds nothing.

        Raises ``CsqmError("labelled_other_scorecard")`` when the workspace has another scorecard.
        """
        context.progress(0, 0, "reading")
        table = labelled_table.read(self.path)
        keys = level_keys(table.classes)
        self._check(keys)
        messages, labels = _as_messages(table, keys)
        texts = _ImportTexts(self.workspace, self.path, messages).run(context)
        verdicts = ImportLabels(self.workspace, self.path, self.path.stem, labels).run(context)
        counts = Counter(row.label for row in table.rows)
        return LabelledResult(self.path, texts, verdicts, dict(counts), len(table.rejected) + texts.rejected)

    def _check(self, keys: dict[str, str]) -> None:
        card = self.workspace.scorecards.current()
        criterion = next((c for c in card.criteria if c.key == CRITERION), None)
        known = [level.key for level in criterion.levels] if criterion is not None else []
        if not set(keys.values()) <= set(known):
            raise CsqmError("labelled_other_scorecard", file=str(self.path), classes=", ".join(keys)[:200])


class _ImportTexts(ImportChats):
    """An import whose messages were read already. They stay in memory: a file beside would hold them unsealed."""

    def __init__(self, workspace: Workspace, path: Path, messages: Sequence[IncomingMessage]) -> None:
        super().__init__(workspace, path, "labelled")
        self._messages = messages

    def _items(self, _context: JobContext) -> Generator[Opening | Portion]:
        return message_reading.redacted(self._read())

    def _read(self) -> Generator[Opening | Portion]:
        request = self._request
        yield Opening("csv", "", {}, len(self._messages), request.pseudonym_key, request.keep_originals)
        for start in range(0, len(self._messages), CHUNK):
            rows = [unsealed(message) for message in self._messages[start : start + CHUNK]]
            yield Portion(columns_of(rows), [], {}, start + len(rows), 0)


def _as_messages(table: LabelledTable, keys: dict[str, str]) -> tuple[list[IncomingMessage], list[LabelRow]]:
    """The table as replies and labels. Times only give the rows an order, from the day the file was changed."""
    changed = datetime.fromtimestamp(table.path.stat().st_mtime, UTC)
    start = changed.replace(hour=0, minute=0, second=0, microsecond=0)
    seen: Counter[str] = Counter()
    messages, labels = [], []
    for position, row in enumerate(table.rows):
        name = hashlib.blake2b(row.text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        seen[name] += 1
        ids = (name, str(seen[name]))
        at = start + timedelta(seconds=position)
        messages.append(IncomingMessage(row.row, *ids, sent_at=at, role=Role.AGENT, sender="", text=row.text))
        labels.append(LabelRow(row.row, *ids, CRITERION, keys[row.label], "", None))
    return messages, labels
