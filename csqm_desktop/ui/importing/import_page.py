"""The import page: drop a file, check what was recognised, import it, go on with scoring or reviewing."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.jobs import pasted
from csqm_desktop.jobs.import_chats import ImportChats, ImportResult
from csqm_desktop.jobs.labelled_texts import ImportLabelledTexts
from csqm_desktop.store.batches import Batch
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.importing import past_imports, role_changes
from csqm_desktop.ui.importing.connector_panel import ConnectorPanel
from csqm_desktop.ui.importing.file_card import FileCard
from csqm_desktop.ui.importing.history_panel import HistoryPanel
from csqm_desktop.ui.importing.mapping_panel import MappingPanel
from csqm_desktop.ui.importing.paste_dialog import PasteDialog
from csqm_desktop.ui.importing.preview_panel import PreviewPanel
from csqm_desktop.ui.importing.profiles import read_profiles
from csqm_desktop.ui.importing.reading import Choices, SafePreview, read_preview
from csqm_desktop.ui.importing.recognition_panel import RecognitionPanel
from csqm_desktop.ui.importing.summary_panel import SummaryPanel
from csqm_desktop.ui.importing.watch_panel import WatchPanel
from csqm_desktop.ui.job_runner import JobHandle
from csqm_desktop.ui.page import Page
from csqm_desktop.ui.tokens import SPACE
from csqm_desktop.ui.widgets.buttons import Button
from csqm_desktop.ui.widgets.drop_zone import DropZone
from csqm_desktop.ui.widgets.layouts import box, column, scrolled
from csqm_desktop.ui.widgets.page_header import PageHeader


class ImportPage(Page):
    """States: ``start`` (nothing chosen), ``preview``, ``running``, ``done``."""

    topics = frozenset({"conversations", "jobs"})

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.state = "start"
        self.preview: SafePreview | None = None
        self._path: Path | None = None
        self._handle: JobHandle | None = None
        self._reading = 0  # number of the newest preview; older answers are dropped
        self._reading_now = False
        self.roles_button = Button("", "ghost", "user", self.change_roles)
        self.paste_button = Button("", "plain", "comment", self.paste)
        self.header = PageHeader(self.roles_button, self.paste_button)
        self._pasted: ExitStack | None = None  # holds the pasted text's file
        self.drop_zone = DropZone()
        self.drop_zone.dropped.connect(lambda files: self.choose(files[0]))
        self.drop_zone.pressed.connect(self.choose_file)
        self.recognition = RecognitionPanel()
        self.recognition.chosen.connect(self._read)
        self.mapping = MappingPanel()
        self.mapping.chosen.connect(self._use_mapping)
        self.mapping.profile_saved.connect(self._save_profile)
        self.preview_panel = PreviewPanel()
        self.summary = SummaryPanel()
        self.summary.score_requested.connect(self.score)
        self.summary.review_requested.connect(lambda: context.navigate("review"))
        self.summary.again_requested.connect(self.start_over)
        self.summary.export_requested.connect(self._export_rejected)
        self.history = HistoryPanel()
        self.history.undo_requested.connect(partial(past_imports.ask_undo, context))
        self.history.rejected_requested.connect(self._show_rejected)
        self.watch_panel = WatchPanel(context, context.folder_watch)
        self.connectors = ConnectorPanel(context)
        self.file_card = FileCard(context.shortcuts)
        self.file_card.import_asked.connect(self.start_import)
        self.file_card.cancel_asked.connect(self.cancel)
        self.file_card.other_asked.connect(self.start_over)
        self._area = self._lay_out()
        self.setAcceptDrops(True)
        context.shortcuts.bind(self, "import.choose", self.choose_file)
        context.shortcuts.bind(self, "import.start", self.start_import)
        self.retranslate()
        self._show_state("start")

    def _lay_out(self) -> QScrollArea:
        content = column(
            self.header,
            self.drop_zone,
            self.file_card,
            self.summary,
            self.recognition,
            self.mapping,
            self.preview_panel,
            self.watch_panel,
            self.connectors,
            self.history,
            None,
            spacing=SPACE.lg,
            margins=SPACE.xl,
        )
        area = scrolled(box(content))
        self.setLayout(column(area))
        return area

    # -- the shell

    def retranslate(self) -> None:
        """All texts; the panels do their own."""
        self.header.set_texts(
            self.tr("Import chats"),
            self.tr(
                "Exports of shops, help desks and messengers: tables, JSON, web pages, text. Personal data is masked"
                " before anything is stored."
            ),
        )
        self.drop_zone.set_texts(
            self.tr("Drop a chat export here, or press to choose one"),
            self.tr("Nothing is stored before you have seen a preview. Importing a file twice adds nothing twice."),
        )
        self.paste_button.setText(self.tr("Paste a chat…"))
        self.roles_button.setText(self.tr("Who is who…"))

    def refresh(self, _topics: frozenset[str]) -> None:
        """Read the history and the profiles again."""
        workspace = self.context.open_workspace
        self.context.runner.query(workspace.batches.history, self.history.set_batches, owner=self)
        self.context.runner.query(lambda: read_profiles(workspace), self.mapping.set_profiles, owner=self)
        self.watch_panel.refresh()
        self.connectors.refresh()

    def reset(self) -> None:
        """Another workspace: nothing is chosen."""
        self._handle = None
        self.history.set_batches(())
        self.watch_panel.set_files(())
        self.connectors.set_records(())
        self.start_over()

    def open(self, request: object) -> None:
        """Show the preview of a file, e.g. one whose import was interrupted."""
        if isinstance(request, Path):
            self.choose(request)

    def is_busy(self) -> bool:
        """Whether a preview is being read."""
        return self._reading_now

    # -- choosing

    def choose_file(self) -> None:
        """Ask for a file."""
        endings = " ".join(sorted({f"*{ending}" for importer in base.registry() for ending in importer.endings}))
        names = (self.tr("Chat exports ({endings})").format(endings=endings), self.tr("All files (*)"))
        file, _filter = QFileDialog.getOpenFileName(self, self.tr("Choose a chat export"), "", ";;".join(names))
        if file:
            self.choose(Path(file))

    def choose(self, path: Path) -> None:
        """Read a file's preview."""
        if self.state == "running":
            return
        self._forget_pasted()
        self._path = path
        self.preview = None
        self._read(Choices())

    def paste(self) -> None:
        """Ask for a copied chat and show its preview."""
        dialog = PasteDialog(self)
        dialog.accepted.connect(lambda: self.choose_text(dialog.text))
        dialog.open()

    def choose_text(self, text: str) -> None:
        """Read the preview of a copied chat; its file lasts until it is imported or given up."""
        if self.state == "running":
            return
        with ExitStack() as stack:
            path = stack.enter_context(pasted.as_file(text.encode("utf-8", "replace")))
            self.choose(path)
            self._pasted = stack.pop_all()

    def _forget_pasted(self) -> None:
        if self._pasted is not None:
            self._pasted.close()
            self._pasted = None

    def change_roles(self) -> None:
        """Edit the rules for what is stored; say what they would change, then change it."""
        role_changes.ask(self.context, self)

    def start_over(self) -> None:
        """Forget the file."""
        self._path = self.preview = None
        self._forget_pasted()
        self._reading += 1
        self._reading_now = False
        self._show_state("start")

    def _read(self, choices: Choices) -> None:
        if self._path is None:
            return
        self._reading += 1
        self._reading_now = True
        number = self._reading
        self.context.runner.query(
            partial(read_preview, self._path, choices),
            lambda preview: self._show_preview(number, preview),
            lambda error: self._show_unreadable(number, choices, error),
            owner=self,
        )

    def _use_mapping(self, mapping: ColumnMapping) -> None:
        if self.preview is not None:
            choices = self.preview.choices
            self._read(replace(choices, mapping=mapping))

    def _show_preview(self, number: int, preview: SafePreview) -> None:
        if number != self._reading:
            return
        self._reading_now = False
        self.preview = preview
        self.file_card.show_error(None)
        for panel in (self.recognition, self.mapping, self.preview_panel):
            panel.show_preview(preview)
        self._show_state("preview")

    def _show_unreadable(self, number: int, _choices: Choices, error: CsqmError) -> None:
        if number != self._reading:
            return
        self._reading_now = False
        self.file_card.show_error(error)
        self._show_state("preview")

    # -- importing

    def start_import(self) -> None:
        """Import the file as the preview shows it."""
        preview = self.preview
        if self.state != "preview" or preview is None or not preview.ready or self.context.workspace is None:
            return
        choices = preview.choices
        if preview.labelled:
            self._handle = handle = self.context.runner.start(ImportLabelledTexts(self.context.workspace, preview.path))
            handle.succeeded.connect(lambda result: self._succeeded(result.messages))
        else:
            job = ImportChats(
                self.context.workspace,
                preview.path,
                preview.recognition.format,
                preview.recognition.mapping if choices.mapping is None else choices.mapping,
                choices.encoding,
                choices.timezone,
                sheet=choices.sheet,
                shown_as=f"pasted {datetime.now():%Y-%m-%d %H.%M}" if self._pasted is not None else "",
            )
            self._handle = handle = self.context.runner.start(job)
            handle.succeeded.connect(self._succeeded)
        handle.failed.connect(self._failed)
        handle.cancelled.connect(self._was_cancelled)
        self._show_state("running")

    def cancel(self) -> None:
        """Stop the import; what it had stored is taken back."""
        if self._handle is not None:
            self._handle.cancel()
            self.file_card.cancel_button.setEnabled(False)

    def _succeeded(self, result: ImportResult) -> None:
        self._handle = None
        scoring = self.context.settings.score_after_import and bool(result.added or result.updated)
        self.summary.show_result(result, scoring)
        self._forget_pasted()
        self._show_state("done")
        if scoring:
            self.score()

    def _failed(self, error: CsqmError) -> None:
        self._handle = None
        self.file_card.show_error(error)
        self._show_state("preview")

    def _was_cancelled(self) -> None:
        self._handle = None
        self.context.notices.toast(self.tr("The import was cancelled. The workspace is as it was before."))
        self._show_state("preview")

    def score(self) -> None:
        """Score what has no score yet."""
        from csqm_desktop.jobs.score_replies import ScoreReplies

        context = self.context
        if context.workspace is None:
            return
        handle = context.runner.start(
            ScoreReplies(context.workspace, context.model_process, device=context.settings.device)
        )
        handle.failed.connect(context.notices.error)
        self.summary.scoring = True
        self.summary.retranslate()

    # -- profiles, history, rejected rows

    def _save_profile(self, name: str, mapping: ColumnMapping) -> None:
        workspace = self.context.open_workspace
        workspace.batches.save_profile(name, mapping.to_json())
        self.mapping.set_profiles(read_profiles(workspace))
        self.context.notices.toast(self.tr("The profile “{name}” is kept.").format(name=name), "good")

    def _show_rejected(self, batch: Batch) -> None:
        def show(result: ImportResult) -> None:
            self.summary.show_result(result, scoring=False)
            self._show_state("done")

        past_imports.read_result(self.context, batch, show, self)

    def _export_rejected(self) -> None:
        result = self.summary.result
        if result is None or result.batch_id is None:
            return
        target = past_imports.choose_export(self.context, result, self)
        if target is not None:
            self.export_rejected(target)

    def export_rejected(self, target: Path) -> None:
        """Write all rejected rows of the shown import to a file."""
        result = self.summary.result
        assert result is not None
        assert result.batch_id is not None
        past_imports.export_rejected(self.context, result.batch_id, target, self)

    # -- what is shown

    def _show_state(self, state: str) -> None:
        if state != self.state:
            self._area.verticalScrollBar().setValue(0)
        self.state = state
        known = self.preview is not None
        self.drop_zone.setVisible(state == "start")
        self.paste_button.setEnabled(state != "running")
        self.roles_button.setEnabled(state != "running")
        self.file_card.show_file(self._path, self.preview, state)
        for panel in (self.recognition, self.mapping, self.preview_panel):
            panel.setVisible(state in ("preview", "running") and known and panel in self._panels())
            panel.setEnabled(state == "preview")
        self.summary.setVisible(state == "done")
        self.watch_panel.setVisible(state == "start")
        self.connectors.setVisible(state == "start")
        self.history.setVisible(state in ("start", "done") and bool(self.history.model.batches))

    def _panels(self) -> tuple[QWidget, ...]:
        """What there is to see of a file; a table of texts with classes has no columns left to choose."""
        if self.preview is not None and self.preview.labelled:
            return (self.preview_panel,)
        return self.recognition, self.mapping, self.preview_panel
