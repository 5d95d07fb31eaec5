"""What the page reads off the window's thread: the preview of a file as it would be stored, and the history."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from csqm_desktop import privacy
from csqm_desktop.domain.conversation import IncomingMessage
from csqm_desktop.importers import base, labelled_table
from csqm_desktop.importers.mapping import ColumnMapping


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person changed about how a file is read; None leaves it to the importer."""

    format: str = base.AUTO
    encoding: str | None = None
    timezone: str | None = None
    mapping: ColumnMapping | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class SafePreview:
    """The first rows with personal data masked, as the store would hold them."""

    path: Path
    size: int
    choices: Choices
    preview: base.Preview
    messages: tuple[IncomingMessage, ...]
    masked: dict[str, int] = field(default_factory=dict)

    @property
    def recognition(self) -> base.Recognition:
        """What the file is."""
        return self.preview.recognition

    @property
    def labelled(self) -> bool:
        """Whether it is no chat but a table of texts with a class in each row."""
        found = self.recognition
        return "conversation_id" in found.missing and labelled_table.looks_like(found.headers)

    @property
    def ready(self) -> bool:
        """Whether the file can be imported as it is read now."""
        return self.labelled or (not self.recognition.missing and self.recognition.encoding_sure)


def read_preview(path: Path, choices: Choices) -> SafePreview:
    """Recognise a file and read its first rows; raises ``CsqmError`` when it cannot be read at all."""
    preview = base.preview(path, choices.format, choices.mapping, choices.encoding, choices.timezone, choices.sheet)
    masked: Counter[str] = Counter()
    messages = []
    for message in preview.messages:
        text, found = privacy.redact(message.text)
        masked.update(found)
        sender = privacy.redact_sender(message.sender)
        masked.update(privacy.masked_in_sender(message.sender, sender))
        messages.append(replace(message, text=text, sender=sender))
    samples = tuple(tuple(privacy.redact(cell)[0] for cell in row) for row in preview.recognition.sample_rows[:50])
    recognition = replace(preview.recognition, sample_rows=samples)
    rejected = {item.row: replace(item, excerpt=privacy.redact(item.excerpt)[0]) for item in preview.rejected}
    items = tuple(rejected[item.row] if not isinstance(item, IncomingMessage) else item for item in preview.items)
    safe = replace(preview, recognition=recognition, items=items)
    return SafePreview(path, path.stat().st_size, choices, safe, tuple(messages), dict(masked))


def unknown_roles(preview: SafePreview) -> tuple[str, ...]:
    """Values of the role column that nobody knows, in the order they occur."""
    values = (r.values.get("value", "") for r in preview.preview.rejected if r.code == "row_role_unknown")
    return tuple(dict.fromkeys(filter(None, values)))
