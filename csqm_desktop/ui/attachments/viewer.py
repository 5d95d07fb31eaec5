"""One attached file in large, with the way to the others and to a copy. Nothing is opened with another program."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QScrollArea, QStackedWidget, QWidget

from csqm_desktop.jobs import kept_files
from csqm_desktop.store.attachments import Attached
from csqm_desktop.ui.attachments.shelf import Found, Look, look_at
from csqm_desktop.ui.attachments.tiles import note
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.review.plain_text import one_line
from csqm_desktop.ui.tokens import SPACE, tokens
from csqm_desktop.ui.translations import error_texts
from csqm_desktop.ui.widgets.buttons import Button, IconButton
from csqm_desktop.ui.widgets.layouts import box, column, row
from csqm_desktop.ui.widgets.text import ElidedLabel, IconLabel, Label

LARGE = QSize(3000, 3000)  # pixels; a larger original is shown scaled down, its copy is whole


class FileViewer(QDialog):
    """Left and Right go from file to file, Escape closes."""

    def __init__(self, context: AppContext, files: Sequence[Attached], at: int, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.files = tuple(files)
        self.at = at
        self.look: Look | None = None
        self._whole = False  # at its real size
        self.setWindowTitle(self.tr("Attached file"))
        self.name = ElidedLabel(role="subtitle", middle=True)
        self.facts = Label(role="muted", wrap=True)
        self.place = Label(role="caption")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setWidget(self.picture)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(self.tr("Picture"))
        self.icon = IconLabel("file", "text_muted", 40)
        self.instead = Label(role="body", wrap=True)
        self.instead.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.area)
        self._middle.addWidget(box(column(None, row(None, self.icon, None), self.instead, None, spacing=SPACE.md)))
        self._build_buttons()
        head = row(spacing=SPACE.md)
        head.addLayout(column(self.name, self.facts, spacing=SPACE.hair), 1)
        head.addWidget(self.place)
        head.addWidget(self.previous)
        head.addWidget(self.next)
        layout = column(
            head,
            self._middle,
            row(self.size_button, None, self.save_button, self.close_button),
            spacing=SPACE.md,
            margins=SPACE.lg,
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        room, least = parent.window().size(), QSize(tokens().px(480), tokens().px(400))
        self.resize((room * 0.85).expandedTo(least))
        self.close_button.setFocus()
        self.show_file(at)

    def _build_buttons(self) -> None:
        self.previous = IconButton("arrow-left", self.tr("Previous file"), lambda: self.step(-1))
        self.next = IconButton("arrow-right", self.tr("Next file"), lambda: self.step(1))
        self.previous.set_name(self.tr("Previous file"), "←")
        self.next.set_name(self.tr("Next file"), "→")
        self.size_button = Button("", "ghost", "search", self.switch_size)
        self.save_button = Button(self.tr("Save a copy…"), "plain", "export", self._choose)
        self.close_button = Button(self.tr("Close"), "primary", "", self.reject)
        self.close_button.setDefault(True)
        # shortcuts, for a button would take the arrows to move the focus
        QShortcut(QKeySequence(Qt.Key.Key_Left), self, lambda: self.step(-1))
        QShortcut(QKeySequence(Qt.Key.Key_Right), self, lambda: self.step(1))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self._choose)

    # -- which file

    @property
    def file(self) -> Attached:
        """The file in view."""
        return self.files[self.at]

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) file, if there is one."""
        if 0 <= self.at + by < len(self.files):
            self.show_file(self.at + by)

    def show_file(self, at: int) -> None:
        """Read a file and show it."""
        self.at = at
        self.look, self._whole = None, False
        several = len(self.files) > 1
        self.place.setText(self.tr("{n} of {count}").format(n=at + 1, count=len(self.files)))
        for widget in (self.place, self.previous, self.next):
            widget.setVisible(several)
        self.previous.setEnabled(at > 0)
        self.next.setEnabled(at < len(self.files) - 1)
        self._show()
        workspace = self._context.open_workspace
        file = self.file
        self._context.runner.query(
            partial(look_at, workspace, file, LARGE),
            lambda found: self._found(file, found),
            lambda error: self._found(file, Found(problem=error)),
            owner=self,
        )

    def _found(self, file: Attached, found: Found) -> None:
        if file is not self.file:
            return
        picture = QPixmap.fromImage(found.image) if found.image is not None else None
        self.look = Look(found.kind, found.size, picture, found.measures, found.problem, found.refused)
        self._show()

    # -- showing

    def _show(self) -> None:
        look = self.look
        self.name.setText(one_line(self.file.name, 200))
        self.facts.setText(note(self.file, look))
        picture = look.picture if look else None
        self._middle.setCurrentIndex(0 if picture is not None else 1)
        self.size_button.setVisible(picture is not None)
        self.save_button.setEnabled(look is not None and look.problem is None)
        self.icon.set_icon("file" if look is None or look.problem is None else "warning")
        self.instead.setText(self._instead(look))
        self._fit()

    def _instead(self, look: Look | None) -> str:
        if look is None:
            return self.tr("The file is being read…")
        if look.problem is not None:
            return "\n".join(error_texts(look.problem))
        if look.refused:
            return self.tr("This picture is damaged or too large to show. You can save a copy.")
        return self.tr("Files of this kind are not shown here. You can save a copy; mind who sent it.")

    def switch_size(self) -> None:
        """Show the picture whole in the window, or pixel for pixel."""
        self._whole = not self._whole
        self._fit()

    def _fit(self) -> None:
        picture = self.look.picture if self.look else None
        self.size_button.setText(self.tr("Fit to the window") if self._whole else self.tr("Real size"))
        if picture is None:
            self.picture.clear()
            return
        ratio = self.devicePixelRatioF()
        room = self.area.viewport().size() * ratio
        large = picture.width() > room.width() or picture.height() > room.height()
        self.size_button.setEnabled(large or self._whole)
        shown = picture
        if large and not self._whole:
            mode = Qt.TransformationMode.SmoothTransformation
            shown = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, mode)
        shown = QPixmap(shown)
        shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture again."""
        super().resizeEvent(event)
        self._fit()

    # -- a copy

    def _choose(self) -> None:
        if not self.save_button.isEnabled():
            return
        assert self.look is not None
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        folder = Path(places) if places else Path.home()
        suggested = folder / kept_files.safe_name(self.file.name, self.look.kind)
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save a copy"), str(suggested))
        if path:
            self.save(Path(path))

    def save(self, target: Path) -> None:
        """Write a copy of the file in view."""
        context = self._context
        context.runner.query(
            partial(kept_files.save, context.open_workspace, self.file, target, context.reviewer),
            lambda path: context.notices.toast(self.tr("Saved: {file}").format(file=path.name), "good"),
            context.notices.error,
            owner=self,
        )
