"""Connected services on the import page: add, test, fetch, remove. Nothing is asked by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from csqm_desktop.errors import CsqmError
from csqm_desktop.store.connectors import ConnectorRecord
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.importing import words
from csqm_desktop.ui.importing.connector_dialog import ConnectorDialog
from csqm_desktop.ui.importing.preview_table_model import Index, RowsTableModel
from csqm_desktop.ui.importing.tables import fit_columns, set_visible_rows, table
from csqm_desktop.ui.importing.watch_models import when_text
from csqm_desktop.ui.job_runner import JobHandle
from csqm_desktop.ui.tokens import tokens
from csqm_desktop.ui.translations import Translatable, row_error_text
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.card import Section
from csqm_desktop.ui.widgets.layouts import row

if TYPE_CHECKING:
    from csqm_desktop.jobs.pull_messages import PullResult


class ConnectorsTableModel(RowsTableModel):
    """Connectors with what their last fetch gave."""

    COLUMN_STATE = 4

    def __init__(self) -> None:
        super().__init__()
        self.records: tuple[ConnectorRecord, ...] = ()

    def set_records(self, records: Sequence[ConnectorRecord]) -> None:
        """Show other connectors."""
        self.records = tuple(records)
        self.retranslate()

    def retranslate(self) -> None:
        """Headers and states in the language in use."""
        headers = (self.tr("Name"), self.tr("Service"), self.tr("Address"), self.tr("Messages"), self.tr("Last fetch"))
        self._reset(headers, [self._row(record) for record in self.records])

    def _row(self, record: ConnectorRecord) -> tuple[str, ...]:
        service = words.word(words.FORMATS, record.kind)
        return (record.name, service, str(record.settings.get("url", "")), f"{record.messages:,}", self._state(record))

    def _state(self, record: ConnectorRecord) -> str:
        if record.outcome == "failed":
            return row_error_text(record.code, record.values)
        if record.pulled_at is None:
            return self.tr("Never")
        return when_text(record.pulled_at)

    def decoration(self, index: Index, role: int) -> Any:
        """Failures in their colour."""
        if role != Qt.ItemDataRole.ForegroundRole or index.column() != self.COLUMN_STATE:
            return None
        failed = self.records[index.row()].outcome == "failed"
        return QBrush(QColor(tokens().color.bad if failed else tokens().color.text_muted))


class ConnectorPanel(Translatable, Section):
    """The table, and what can be done with the chosen connector."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.model = ConnectorsTableModel()
        self.view = table(self.model, rows=2)
        self.add_button = Button("", "plain", "plus", self.add)
        self.pull_button = Button("", "ghost", "refresh", self.pull)
        self.test_button = Button("", "ghost", "check", self.test)
        self.remove_button = Button("", "ghost", "trash", self.remove)
        self.tools.addLayout(row(self.pull_button, self.test_button, self.remove_button, self.add_button))
        self.body.addWidget(self.view)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.retranslate()
        self.set_records(())

    def refresh(self) -> None:
        """Read the connectors again."""
        self._context.runner.query(self._context.open_workspace.connectors.list, self.set_records, owner=self)

    def set_records(self, records: Sequence[ConnectorRecord]) -> None:
        """Show other connectors, the chosen one still chosen."""
        kept = self.chosen()
        self.model.set_records(records)
        set_visible_rows(self.view, min(5, max(1, len(records))))
        fit_columns(self.view, 320)
        self.view.setVisible(bool(records))
        names = [record.name for record in records]
        if kept is not None and kept.name in names:
            self.view.selectRow(names.index(kept.name))
        self._enable()

    def chosen(self) -> ConnectorRecord | None:
        """The chosen connector; the only one when there is one."""
        if len(self.model.records) == 1:
            return self.model.records[0]
        rows = self.view.selectionModel().selectedRows()
        return self.model.records[rows[0].row()] if rows else None

    # -- what can be done

    def add(self) -> None:
        """Ask for a service and keep it."""
        dialog = ConnectorDialog(self)
        if dialog.exec():
            self.keep(dialog.name, dialog.kind, dialog.given(), dialog.since, dialog.file, dialog.token)

    def keep(self, name: str, kind: str, given: dict[str, Any], since: str, file: str, token: str) -> None:
        """Check and keep a connector; a mistake is told and nothing kept."""
        workspace = self._context.open_workspace

        def work() -> str:
            from pathlib import Path

            settings = _connector_settings()
            values = settings.complete(name, kind, given, since, Path(file) if file else None)
            return str(settings.save(workspace, name, kind, values, token))

        self._context.runner.query(work, self._kept, self._context.notices.error, owner=self)

    def _kept(self, where: str) -> None:
        texts = {
            "key store": self.tr("Kept. The token lies in the system's key store."),
            "file": self.tr("Kept. This system has no key store: the token lies in a file that only you can read."),
            "environment": self.tr("Kept. The token comes from the environment."),
        }
        text = texts.get(where, self.tr("Kept, without a token."))
        self._context.notices.toast(text, "ok" if where == "file" else "good")
        self.refresh()

    def pull(self) -> None:
        """Fetch what is new."""
        record = self.chosen()
        if record is None or self._context.runner.running("pull"):
            return
        try:
            from csqm_desktop.jobs.pull_messages import PullMessages
        except ImportError as error:
            self._context.notices.error(CsqmError("connectors_missing", package=error.name))
            return
        handle = self._context.runner.start(PullMessages(self._context.open_workspace, record.name))
        handle.succeeded.connect(self._pulled)
        handle.failed.connect(self._context.notices.error)
        handle.finished.connect(self.refresh)
        self._enable()

    def _pulled(self, result: PullResult) -> None:
        text = self.tr("{name}: {count} new messages").format(name=result.name, count=f"{result.added:,}")
        self._context.notices.toast(text, "good")
        context = self._context
        if context.settings.score_after_import and (result.added or result.updated):
            from csqm_desktop.jobs.score_replies import ScoreReplies

            job = ScoreReplies(context.open_workspace, context.model_process, device=context.settings.device)
            context.runner.start(job).failed.connect(context.notices.error)

    def test(self) -> None:
        """Ask for as little as possible."""
        record, workspace = self.chosen(), self._context.open_workspace
        if record is None:
            return

        def work() -> str:
            from csqm_desktop.jobs.base import SilentContext

            connector = _pulling().connect(workspace, record, SilentContext())
            try:
                return str(connector.check())
            finally:
                connector.client.close()

        text = self.tr("{name} answers.").format(name=record.name)
        self._context.runner.query(
            work, lambda _reached: self._context.notices.toast(text, "good"), self._context.notices.error, owner=self
        )

    def remove(self) -> None:
        """Forget the chosen connector and its token."""
        record, workspace = self.chosen(), self._context.open_workspace
        if record is None or not self._context.notices.ask(
            self.tr("Forget {name}?").format(name=record.name),
            self.tr("Its token is deleted, too. What it brought stays."),
            self.tr("Forget"),
            danger=True,
        ):
            return

        def work() -> None:
            workspace.connectors.remove(record.name)  # first: this is what may be refused
            _pulling().tokens.forget(workspace.folder, record.name)

        self._context.runner.query(work, lambda _none: self.refresh(), self._context.notices.error, owner=self)

    # -- what is shown

    def _enable(self) -> None:
        record = self.chosen()
        handles: list[JobHandle] = self._context.runner.running("pull")
        for button in (self.pull_button, self.test_button, self.remove_button):
            button.setVisible(bool(self.model.records))
            button.setEnabled(record is not None and not handles)

    def retranslate(self) -> None:
        """All texts."""
        self.set_texts(
            self.tr("Connected services"),
            self.tr("Fetches conversations from Zendesk, Intercom, Chatwoot or another service, only when you say so."),
        )
        self.add_button.setText(self.tr("Connect a service…"))
        self.pull_button.setText(self.tr("Fetch now"))
        self.test_button.setText(self.tr("Test"))
        self.remove_button.setText(self.tr("Remove"))
        self.view.setAccessibleName(self.tr("Connected services"))
        self.model.retranslate()


def _pulling() -> Any:
    try:
        from csqm_desktop.jobs import pull_messages
    except ImportError as error:
        raise CsqmError("connectors_missing", package=error.name) from error
    return pull_messages


def _connector_settings() -> Any:
    _pulling()
    from csqm_desktop.jobs import connector_settings

    return connector_settings
