"""Languages at run time: installs the Qt Linguist catalogs and translates the core's codes.

A widget mixes in ``Translatable`` and sets all its texts in ``retranslate()``, which runs once when the widget
is shown for the first time or asks for it, and again on every language change. Data that is shown in several
languages (``LocalizedText``) is read with ``Translations.text``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from csqm_desktop import paths
from csqm_desktop.domain.scorecard import LocalizedText
from csqm_desktop.errors import MESSAGES, CsqmError, Word

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    _Base = QWidget
else:
    _Base = object

SOURCE_LANGUAGE = "en"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}  # shown in their own language, never translated
_WIDE_ENDS = "。！？；"
_log = logging.getLogger(__name__)


class Translatable(_Base):
    """Mixin for widgets, before the Qt class: ``class Card(Translatable, QFrame)``.

    Call ``self.retranslate()`` at the end of ``__init__``; it is called again on a language change.
    """

    def retranslate(self) -> None:
        """Set every text of this widget. Override."""

    def changeEvent(self, event: QEvent) -> None:
        """Hear of a language change."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Translations(QObject):
    """Installs the catalog of a language; ``changed`` follows every switch, after the widgets were told."""

    changed = Signal()

    def __init__(self, app: QCoreApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._language = SOURCE_LANGUAGE
        self._installed: list[QTranslator] = []

    @property
    def language(self) -> str:
        """The language in use: ``en`` or ``zh_CN``."""
        return self._language

    def apply(self, choice: str) -> None:
        """Use a language, or what the ``system`` prefers. Widgets get ``QEvent.LanguageChange``."""
        self._language = resolve(choice)
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = [
            translator
            for translator in (
                self._load(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase"),
                self._load(str(paths.resource("i18n")), "csqm"),
            )
            if translator is not None and self._app.installTranslator(translator)
        ]
        QLocale.setDefault(self.locale())
        # Qt only posts the events; a page that hears ``changed`` shall find all texts in the new language
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
        self.changed.emit()

    def _load(self, folder: str, name: str) -> QTranslator | None:
        translator = QTranslator(self)
        if translator.load(f"{name}_{self._language}", folder):
            return translator
        if self._language != SOURCE_LANGUAGE:
            _log.info("no catalog %s_%s", name, self._language)
        return None

    def locale(self) -> QLocale:
        """The locale that dates and numbers are written in."""
        return QLocale(QLocale.Language.Chinese, QLocale.Country.China) if self.chinese else QLocale("en_GB")

    @property
    def chinese(self) -> bool:
        """Whether the app speaks Chinese now."""
        return self._language.startswith("zh")

    def text(self, text: LocalizedText) -> str:
        """A scorecard's text in the language in use."""
        return text.get(self._language)


def resolve(choice: str) -> str:
    """``system`` as one of ``LANGUAGES``; anything else as it is, if it is known."""
    if choice == "system":
        return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else SOURCE_LANGUAGE
    return choice if choice in LANGUAGES else SOURCE_LANGUAGE


def error_texts(error: CsqmError) -> tuple[str, str]:
    """What happened and what to do, in the language in use."""
    what, remedy = MESSAGES[error.code]
    return _fill("errors", what, error.values), _fill("errors", remedy, error.values)


def row_error_text(code: str, values: Mapping[str, Any]) -> str:
    """Why a row was rejected and what to do, in the language in use."""
    if code not in MESSAGES:
        return code
    return sentences(*(_fill("errors", sentence, values) for sentence in MESSAGES[code]))


def sentences(*texts: str) -> str:
    """Sentences one after the other; Chinese ones have no space between them."""
    joined = ""
    for text in filter(None, texts):
        joined += text if not joined or joined[-1] in _WIDE_ENDS else f" {text}"
    return joined


def listed(words: Iterable[str]) -> str:
    """Words with the comma that the language in use puts into lists."""
    return QCoreApplication.translate("lists", ", ").join(words)


def core_text(context: str, source: str, **values: Any) -> str:
    """A sentence that the core marked with ``QT_TRANSLATE_NOOP`` in ``gate``, ``selection`` or ``stages``.

    ``source`` is the English sentence, with ``{names}`` for ``values``.
    """
    return _fill(context, source, values)


def stage_text(stage: str) -> str:
    """What a job is doing, in the language in use; ``stage`` is a key of ``jobs.base.STAGES``."""
    from csqm_desktop.jobs.base import STAGES  # pulls in the store: not before the window is there

    return QCoreApplication.translate("stages", STAGES[stage]) if stage in STAGES else ""


def _fill(context: str, source: str, values: Mapping[str, Any]) -> str:
    translated = QCoreApplication.translate(context, source)
    words = {
        key: QCoreApplication.translate(value.context, value) if isinstance(value, Word) else value
        for key, value in values.items()
    }
    try:
        return translated.format_map(words)
    except (KeyError, IndexError, ValueError):  # a sentence with a gap is better than no sentence
        _log.warning("values missing for a text of %s", context)
        return translated
