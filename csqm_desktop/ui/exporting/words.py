"""What formats and kinds of personal data are called on screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from csqm_desktop.errors import QT_TRANSLATE_NOOP
from csqm_desktop.ui.importing import words

_FORMATS = {
    "csv": QT_TRANSLATE_NOOP("Exports", "CSV (opens in Excel)"),
    "xlsx": QT_TRANSLATE_NOOP("Exports", "Excel workbook"),
    "jsonl": QT_TRANSLATE_NOOP("Exports", "JSON lines"),
    "parquet": QT_TRANSLATE_NOOP("Exports", "Parquet"),
    "hf": QT_TRANSLATE_NOOP("Exports", "Hugging Face dataset (folder)"),
    "label-studio": QT_TRANSLATE_NOOP("Exports", "Label Studio tasks"),
    "doccano": QT_TRANSLATE_NOOP("Exports", "doccano lines"),
    "argilla": QT_TRANSLATE_NOOP("Exports", "Argilla dataset (folder)"),
    "openai": QT_TRANSLATE_NOOP("Exports", "OpenAI chat lines (for training)"),
    "sharegpt": QT_TRANSLATE_NOOP("Exports", "ShareGPT lines (for training)"),
}


def format_name(name: str) -> str:
    """A format."""
    return QCoreApplication.translate("Exports", _FORMATS.get(name, name))


def kind_name(kind: str) -> str:
    """A kind of personal data, as the import page calls it."""
    return words.word(words.PERSONAL, kind)
