"""Looks at everything that is about to leave, once more, for personal data; says where it stands.

Every text of every record is looked at as it goes into the file, whatever the format. Columns that exist to hold an
identifier (ids, order numbers) may look like anything, so only what is certain by its shape counts there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from csqm_desktop import privacy
from csqm_desktop.privacy import PLACEHOLDERS

SHOWN = 100  # findings that are kept to be shown; all are counted
KINDS = tuple(PLACEHOLDERS)
_IDENTIFIERS = frozenset(
    {"conversation_id", "message_id", "order_id", "id", "sender", "name", "reviewer", "reviewer_name"}
)
"""Ids, and names that imports keep on purpose: who wrote and who reviewed."""
_CERTAIN = frozenset({"phone", "email", "id-number"})
_OURS = frozenset({
    "sent_at", "reviewed_at", "created_at", "scored_at", "role", "criterion", "level", "verdict", "version", "source",
    "from_name", "to_name", "type", "user_id", "model_version", "status", "agent", "from", "speaker", "author",
    "opinions",
})  # fmt: skip
_OF_THE_SHOP = frozenset({"shop", "product", "channel", "intent", "bot_version", "root_cause", "label", "choices"})
"""Words of the shop: what looks like a person's name there is a brand or a branch."""
_EXCERPT = 60
_FEWEST = 3  # characters that any personal data has
_REPEATS, _REMEMBERED = 200, 20_000  # texts that were found clean: how long, how many


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data in an outgoing record. ``row`` counts as the file does; ``excerpt`` is masked."""

    row: int
    column: str
    kind: str
    conversation_id: str
    message_id: str
    excerpt: str


class Guard:
    """Counts what it finds, by kind."""

    def __init__(self, first_row: int = 1) -> None:
        self.counts: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self._row = first_row - 1
        self._clean: dict[str, None] = {}  # texts that repeat from row to row, such as a shop's name

    def look(self, record: Mapping[str, Any]) -> None:
        """Look at the next record of the file."""
        self._row += 1
        for column, value in record.items():
            if type(value) is str:  # nearly all there is in a table
                self._look_at(record, column, value)
            elif isinstance(value, Mapping | list | tuple):
                for inner, text in _texts(value, column):
                    self._look_at(record, inner, text)

    def _look_at(self, record: Mapping[str, Any], column: str, text: str) -> None:
        if len(text) < _FEWEST or column in _OURS or text in self._clean:
            return
        found = privacy.find(text)
        if not found and len(text) < _REPEATS and len(self._clean) < _REMEMBERED:
            self._clean[text] = None
        if kinds := [item.kind for item in found if _counts(item.kind, column)]:
            self._note(record, column, text, kinds)

    def _note(self, record: Mapping[str, Any], column: str, text: str, kinds: list[str]) -> None:
        self.counts.update(kinds)
        for kind in kinds:
            if len(self.findings) < SHOWN:
                conversation, message = _where(record)
                self.findings.append(
                    Finding(self._row, column, kind, conversation, message, _masked_around(text, PLACEHOLDERS[kind]))
                )

    def over(self, limit: int) -> dict[str, int]:
        """The kinds of which more than ``limit`` is left, with how much."""
        return {kind: n for kind, n in sorted(self.counts.items()) if n > limit}


def _counts(kind: str, column: str) -> bool:
    """Whether what looks like that kind is personal in such a column."""
    if column in _IDENTIFIERS:
        return kind in _CERTAIN
    return kind != "name" or column not in _OF_THE_SHOP


def _masked_around(text: str, placeholder: str) -> str:
    masked = " ".join(privacy.redact(text)[0].split())
    at = max(0, masked.find(placeholder) - _EXCERPT // 2)
    return ("…" if at else "") + masked[at : at + _EXCERPT] + ("…" if at + _EXCERPT < len(masked) else "")


def _texts(value: Any, column: str) -> Iterator[tuple[str, str]]:
    """All texts of a record with the name of the innermost field that holds them."""
    if isinstance(value, str):
        yield column, value
    elif isinstance(value, Mapping):
        told = value.get("from_name")  # Label Studio's results say themselves what they hold
        for key, item in value.items():
            for inner, text in _texts(item, str(key)):
                yield told if isinstance(told, str) and inner == "text" else inner, text
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item, column)


def _where(record: Mapping[str, Any]) -> tuple[str, str]:
    """The ids of the reply that a record is about, as far as the format has them."""
    for holder in (record, record.get("data"), record.get("metadata")):
        if isinstance(holder, Mapping) and "conversation_id" in holder:
            ids = str(holder["conversation_id"]), str(holder.get("message_id", ""))
            return privacy.redact(ids[0])[0], privacy.redact(ids[1])[0]
    return "", ""
