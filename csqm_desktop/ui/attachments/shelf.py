"""Reads attached files off the window's thread, one at a time, and remembers their small pictures."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import kept_files
from csqm_desktop.store.attachments import Attached
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.ui.attachments.pictures import decode
from csqm_desktop.ui.context import AppContext

THUMBNAIL = QSize(360, 280)  # pixels: twice what is shown, for sharp screens
_KEPT = 80  # looks that are remembered, at most 32 MB


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of an attached file once it has been read."""

    kind: str = "other"
    size: int = 0  # bytes
    picture: QPixmap | None = None
    measures: QSize | None = None  # of the original picture
    problem: CsqmError | None = None  # why nothing is there
    refused: bool = False  # a picture that is broken or too large to decode


@dataclass(frozen=True, slots=True)
class Found:
    """The same as it comes from another thread, where no pixmap may be made."""

    kind: str = "other"
    size: int = 0
    image: QImage | None = None
    measures: QSize | None = None
    problem: CsqmError | None = None
    refused: bool = False


def look_at(workspace: Workspace, file: Attached, room: QSize) -> Found:
    """Read one file; a picture is decoded to fit ``room``."""
    try:
        content = kept_files.read(workspace, file)
    except CsqmError as error:
        return Found(problem=error)
    decoded = decode(content.data, content.kind, room)
    refused = decoded is None and content.kind in kept_files.PICTURES
    image, measures = decoded or (None, None)
    return Found(content.kind, len(content.data), image, measures, None, refused)


class Shelf(QObject):
    """One for each place that shows conversations. ``changed`` when something more is known."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._looks: OrderedDict[int, Look] = OrderedDict()
        self._waiting: list[Attached] = []
        self._reading: Attached | None = None
        context.workspace_changed.connect(self._forget)
        context.changed.connect(self._news)

    def look(self, file: Attached) -> Look | None:
        """What is known of a file; None while it is being read, or was not asked for."""
        return self._looks.get(file.number)

    def ask(self, files: Iterable[Attached]) -> None:
        """Read these next; what was asked for before and is not in view any more is dropped."""
        reading = self._reading.number if self._reading else None
        self._waiting = [f for f in files if f.number not in self._looks and f.number != reading]
        self._next()

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._reading is not None

    def _next(self) -> None:
        workspace = self.context.workspace
        if self._reading is not None or not self._waiting or workspace is None:
            return
        self._reading = file = self._waiting.pop(0)
        self.context.runner.query(
            partial(look_at, workspace, file, THUMBNAIL), partial(self._found, file), partial(self._failed, file), self
        )

    def _failed(self, file: Attached, error: CsqmError) -> None:
        self._found(file, Found(problem=error))

    def _found(self, file: Attached, found: Found) -> None:
        if self._reading is not file:  # another workspace was opened meanwhile
            return
        self._reading = None
        picture = QPixmap.fromImage(found.image) if found.image is not None else None
        self._looks[file.number] = Look(found.kind, found.size, picture, found.measures, found.problem, found.refused)
        while len(self._looks) > _KEPT:
            self._looks.popitem(last=False)
        self.changed.emit()
        self._next()

    def _news(self, topics: frozenset[str]) -> None:
        """A file that was missing may have come with another import."""
        if "conversations" in topics:
            for number in [n for n, look in self._looks.items() if look.problem is not None]:
                del self._looks[number]

    def _forget(self) -> None:
        self._looks.clear()
        self._waiting.clear()
        self._reading = None
