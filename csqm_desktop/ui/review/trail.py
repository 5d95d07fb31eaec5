"""The order in which replies are worked through: what was done stays behind, what is open lies ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from csqm_desktop.domain.conversation import Role
from csqm_desktop.domain.review import Verdict
from csqm_desktop.store.reviews import Shown
from csqm_desktop.store.scores import StoredScore


@dataclass(slots=True)
class Entry:
    """A reply on the list. ``verdict`` is what this session decided; None while it is open."""

    reply_id: int
    text: str
    role: Role
    sender: str
    shown: Shown | None  # why the queue chose it; None on the other lists
    stored: StoredScore | None
    verdict: Verdict | None = None
    filed: Verdict | None = None  # the list it was read from
    filed_at: datetime | None = None
    shown_id: int | None = None  # the store's record of having shown it
    recorded: bool = False

    @property
    def confidence(self) -> float | None:
        """How sure the model is."""
        return self.stored.score.confidence if self.stored else None


class Trail:
    """Entries and the place of the one in work."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = []
        self.at = 0
        self.add(entries)

    def add(self, entries: Iterable[Entry]) -> int:
        """Append entries that are not there yet; returns how many were new."""
        known = {entry.reply_id for entry in self.entries}
        new = [entry for entry in entries if entry.reply_id not in known]
        self.entries += new
        return len(new)

    def insert_here(self, entry: Entry) -> Entry:
        """Put an entry at the current place, or move to it when it is on the trail already."""
        known = self.find(entry.reply_id)
        if known is not None:
            self.at = known
        else:
            self.at = min(self.at, len(self.entries))
            self.entries.insert(self.at, entry)
        return self.entries[self.at]

    @property
    def current(self) -> Entry | None:
        """The entry in work."""
        return self.entries[self.at] if 0 <= self.at < len(self.entries) else None

    @property
    def open_count(self) -> int:
        """Entries without a verdict of this session."""
        return sum(entry.verdict is None for entry in self.entries)

    @property
    def open_ahead(self) -> int:
        """Open entries after the current one."""
        return sum(entry.verdict is None for entry in self.entries[self.at + 1 :])

    def find(self, reply_id: int) -> int | None:
        """The place of a reply."""
        return next((i for i, entry in enumerate(self.entries) if entry.reply_id == reply_id), None)

    def next_open(self) -> int | None:
        """The place of the next open entry: ahead first, then one that was left behind."""
        places = [*range(self.at + 1, len(self.entries)), *range(min(self.at + 1, len(self.entries)))]
        return next((i for i in places if self.entries[i].verdict is None), None)

    def ids(self) -> set[int]:
        """All replies on the trail."""
        return {entry.reply_id for entry in self.entries}

    def forget_ahead(self) -> None:
        """Drop open entries that were not looked at yet, because their order may have changed."""
        keep = self.entries[: self.at + 1]
        keep += [e for e in self.entries[self.at + 1 :] if e.verdict is not None or e.recorded]
        self.entries = keep
