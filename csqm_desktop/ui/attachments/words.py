"""What kinds of files are called, and their icons."""

from __future__ import annotations

from pathlib import PurePosixPath

from PySide6.QtCore import QCoreApplication, QSize

from csqm_desktop.errors import QT_TRANSLATE_NOOP

_KINDS = {
    "png": QT_TRANSLATE_NOOP("attachments", "Picture"),
    "jpeg": QT_TRANSLATE_NOOP("attachments", "Picture"),
    "gif": QT_TRANSLATE_NOOP("attachments", "Picture"),
    "webp": QT_TRANSLATE_NOOP("attachments", "Picture"),
    "pdf": QT_TRANSLATE_NOOP("attachments", "PDF"),
    "audio": QT_TRANSLATE_NOOP("attachments", "Sound"),
    "video": QT_TRANSLATE_NOOP("attachments", "Film"),
    "zip": QT_TRANSLATE_NOOP("attachments", "Archive"),
    "document": QT_TRANSLATE_NOOP("attachments", "Document"),
    "table": QT_TRANSLATE_NOOP("attachments", "Table"),
    "slides": QT_TRANSLATE_NOOP("attachments", "Slides"),
    "program": QT_TRANSLATE_NOOP("attachments", "Program: do not run"),
}
_OTHER = QT_TRANSLATE_NOOP("attachments", "File")
_OTHER_NAMED = QT_TRANSLATE_NOOP("attachments", "{ending} file")


def kind_name(kind: str, name: str) -> str:
    """What a file is, in words."""
    if kind in _KINDS:
        return QCoreApplication.translate("attachments", _KINDS[kind])
    ending = PurePosixPath(name).suffix.lstrip(".").upper()
    if ending.isascii() and ending.isalnum() and len(ending) <= 5:
        return QCoreApplication.translate("attachments", _OTHER_NAMED).format(ending=ending)
    return QCoreApplication.translate("attachments", _OTHER)


def measures(size: QSize) -> str:
    """Width and height of a picture."""
    return f"{size.width()} × {size.height()}"
