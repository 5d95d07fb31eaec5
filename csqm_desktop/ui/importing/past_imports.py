"""What can be done with an import of before: take it back, see and export its rejected rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.jobs.import_chats import ImportResult
from csqm_desktop.jobs.undo_import import UndoImport
from csqm_desktop.store.batches import Batch
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.importing.summary_panel import write_rejected

translate = QCoreApplication.translate


def ask_undo(context: AppContext, batch: Batch) -> None:
    """Take an import back, if that is confirmed."""
    if not context.notices.ask(
        translate("ImportPage", "Take back the import of {file}?").format(file=Path(batch.path).name),
        translate(
            "ImportPage", "Its messages are removed, except those that somebody has reviewed. The file itself stays."
        ),
        translate("ImportPage", "Take back"),
        danger=True,
    ):
        return
    handle = context.runner.start(UndoImport(context.open_workspace, batch.id))
    handle.failed.connect(context.notices.error)


def read_result(context: AppContext, batch: Batch, show: Callable[[ImportResult], None], owner: QWidget) -> None:
    """Read what an import did, with its rejected rows, as it was told right after it."""
    workspace = context.open_workspace

    def told(rows: list[RejectedRow]) -> None:
        reasons = {r.code: sum(other.code == r.code for other in rows) for r in rows}
        masked = workspace.batches.redactions(batch.id)
        seconds = ((batch.finished_at or batch.started_at) - batch.started_at) / 1000
        show(
            ImportResult(
                Path(batch.path), batch.id, batch.format, batch.encoding, batch.added, batch.unchanged,
                batch.updated, batch.rejected, seconds, reasons, masked, tuple(rows),
            )
        )  # fmt: skip

    context.runner.query(lambda: workspace.batches.rejected(batch.id), told, owner=owner)


def choose_export(context: AppContext, result: ImportResult, parent: QWidget) -> Path | None:
    """Ask where the rejected rows of an import are to be written."""
    suggested = context.open_workspace.exports / f"{result.path.stem}-rejected.csv"
    title = translate("ImportPage", "Export rejected rows")
    file, _filter = QFileDialog.getSaveFileName(parent, title, str(suggested), "CSV (*.csv)")
    return Path(file) if file else None


def export_rejected(context: AppContext, batch_id: int, target: Path, owner: QWidget) -> None:
    """Write all rejected rows of an import to a file."""
    workspace = context.open_workspace
    context.runner.query(
        lambda: write_rejected(target, workspace.batches.rejected(batch_id)),
        lambda _none: context.notices.toast(
            translate("ImportPage", "Written: {file}").format(file=target.name), "good"
        ),
        context.notices.error,
        owner=owner,
    )
