"""Table models of the import page: the first messages, the raw first rows, and rejected rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow
from csqm_desktop.ui.importing import words
from csqm_desktop.ui.tokens import tokens
from csqm_desktop.ui.translations import row_error_text

Index = QModelIndex | QPersistentModelIndex
_Roles = Qt.ItemDataRole


class RowsTableModel(QAbstractTableModel):
    """Rows of plain texts under headers; subclasses say what the columns are."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, ...]] = []
        self._headers: tuple[str, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns."""
        return 0 if parent is not None and parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = _Roles.DisplayRole) -> Any:
        """The text of a cell; the whole of it as tool tip."""
        if not index.isValid():
            return None
        if role in (_Roles.DisplayRole, _Roles.ToolTipRole, _Roles.AccessibleTextRole):
            text = self._rows[index.row()][index.column()]
            return text if role == _Roles.ToolTipRole else " ".join(text.split())
        return self.decoration(index, role)

    def decoration(self, _index: Index, _role: int) -> Any:
        """Colours of a cell."""
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Roles.DisplayRole) -> Any:
        """The headers."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._headers):
            return None
        if role == _Roles.DisplayRole:
            return self._headers[section]
        return (
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            if role == _Roles.TextAlignmentRole
            else None
        )

    def _reset(self, headers: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self._headers, self._rows = tuple(headers), list(rows)
        self.endResetModel()


class PreviewTableModel(RowsTableModel):
    """The first messages as they would be stored; ``RoleDelegate`` draws the roles."""

    COLUMN_ROLE = 3
    ROLE = _Roles.UserRole  # who wrote the message, as a value of domain.Role

    def __init__(self) -> None:
        super().__init__()
        self._messages: tuple[IncomingMessage, ...] = ()

    def set_messages(self, messages: Sequence[IncomingMessage]) -> None:
        """Show other messages."""
        self._messages = tuple(messages)
        self.retranslate()

    def retranslate(self) -> None:
        """Headers and roles in the language in use."""
        names = ("conversation_id", "sent_at", "role", "sender", "text")
        self._reset(
            (self.tr("Row"), *(words.word(words.FIELDS, name) for name in names)),
            [
                (
                    str(m.row),
                    m.conversation_id,
                    m.sent_at.strftime("%Y-%m-%d %H:%M:%S %z"),
                    words.word(words.ROLES, m.role.value),
                    m.sender,
                    m.text,
                )
                for m in self._messages
            ],
        )

    def decoration(self, index: Index, role: int) -> Any:
        """Identifiers step back; the role itself for the delegate that draws it."""
        if role == self.ROLE and index.column() == self.COLUMN_ROLE:
            return self._messages[index.row()].role.value
        if role == _Roles.ForegroundRole and index.column() in (0, 1, 2):
            return QBrush(QColor(tokens().color.text_muted))
        return None


class SampleTableModel(RowsTableModel):
    """The raw first rows under the file's own headers, for choosing columns."""

    def set_sample(self, headers: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        """Show another file."""
        width = len(headers)
        self._reset(headers, [(*row[:width], *("",) * (width - len(row))) for row in rows])


class RejectedTableModel(RowsTableModel):
    """Rejected rows with their reason in words."""

    def __init__(self) -> None:
        super().__init__()
        self._rejected: tuple[RejectedRow, ...] = ()

    @property
    def rejected(self) -> tuple[RejectedRow, ...]:
        """The rows that are shown."""
        return self._rejected

    def set_rejected(self, rows: Sequence[RejectedRow]) -> None:
        """Show other rows."""
        self._rejected = tuple(rows)
        self.retranslate()

    def retranslate(self) -> None:
        """Headers and reasons in the language in use."""
        self._reset(
            (self.tr("Row"), self.tr("Why it was rejected"), self.tr("What it begins with")),
            [(str(r.row), row_error_text(r.code, r.values), r.excerpt) for r in self._rejected],
        )
