"""A plain table of texts and classes as a workspace: each text a reply, each class a level, each row a label.

Nothing is special afterwards: training, the gate, evaluation and TensorBoard treat the rows like reviewed replies.
Rows with the same text share a conversation, so that copies never stand on both sides of a split.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop import rubrics
from csqm_desktop.domain import class_order, permissions
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


def scorecard_for(source: str | Path, order: str = "") -> Scorecard:
    """The scorecard of a rubric by name or file, or of a table of texts and classes, these in an ``order`` if given.

    Raises ``CsqmError("labelled_order")`` when the order does not name each class once.
    """
    if not is_table(source):
        return rubrics.load(source)
    table = labelled_table.read(source)
    if order:
        classes = class_order.chosen_order(table.classes, order)
        if classes is None:
            values = {"file": str(source), "order": order[:200], "classes": ",".join(table.classes)[:200]}
            raise CsqmError("labelled_order", **values)
        table = replace(table, classes=classes, ordered=True)
    return scorecard_of(table)


def scorecard_of(table: LabelledTable) -> Scorecard:
    """One criterion whose levels are the table's classes."""
    keys = level_keys(table.classes)
    levels = tuple(Level(keys[name], LocalizedText({"en": name, "zh": name})) for name in table.classes)
    title = LocalizedText({"en": table.label_column, "zh": table.label_column})
    name = LocalizedText({"en": table.path.stem, "zh": table.path.stem})
    criterion = Criterion(CRITERION, title, LocalizedText({}), levels, 1.0, ordered=table.ordered)
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
        messages, labels = as_messages(table, levels_of(self.workspace, table))
        texts = _ImportTexts(self.workspace, self.path, messages).run(context)
        verdicts = ImportLabels(self.workspace, self.path, self.path.stem, labels).run(context)
        counts = Counter(row.label for row in table.rows)
        return LabelledResult(self.path, texts, verdicts, dict(counts), len(table.rejected) + texts.rejected)


def levels_of(workspace: Workspace, table: LabelledTable) -> dict[str, str]:
    """The level of the workspace's scorecard for each class of a table, by the level's name, else by its key.

    Names come first: the keys of classes that differ only in signs that keys may not hold depend on their order.
    Raises ``CsqmError("labelled_other_scorecard")`` when a class is no level.
    """
    card = workspace.scorecards.current()
    levels = next((c.levels for c in card.criteria if c.key == CRITERION), ())
    known = {level.key: level.key for level in levels}
    known |= {name: level.key for level in levels for name in level.name.texts.values()}
    found = {name: known.get(name) or known.get(_key(name)) for name in table.classes}
    if not all(found.values()):
        raise CsqmError("labelled_other_scorecard", file=str(table.path), classes=", ".join(table.classes)[:200])
    return {name: key for name, key in found.items() if key}


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


def as_messages(table: LabelledTable, keys: Mapping[str, str]) -> tuple[list[IncomingMessage], list[LabelRow]]:
    """The table as replies and labels; ``keys`` are the levels of the classes.

    Times only give the rows an order, from the day the file was changed.
    """
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
