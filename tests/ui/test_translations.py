"""Languages: a live switch changes every visible text; codes of the core have sentences in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from csqm_desktop.errors import MESSAGES, CsqmError
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.importing.import_page import ImportPage
from csqm_desktop.ui.main_window import MainWindow
from csqm_desktop.ui.new_workspace_dialog import NewWorkspaceDialog
from csqm_desktop.ui.page import Page
from csqm_desktop.ui.settings.settings_page import SettingsPage
from csqm_desktop.ui.shortcut_sheet import ShortcutSheet
from csqm_desktop.ui.translations import error_texts, listed, row_error_text, sentences, stage_text
from csqm_desktop.ui.widgets.status_chip import StatusChip

# names of keys, languages, devices and the demo's own values read the same in both languages
_SAME = re.compile(
    r"(EN|English|简体中文|中文|CPU|[A-Z]|Ctrl.*|F\d+|Esc|Space|Enter|[^A-Za-z]*|.*workspace-?\d*( +▾)?)$"
)


def _texts(root: QWidget) -> Iterator[tuple[tuple[QWidget, str], str]]:
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, QLabel | QAbstractButton):
            yield (widget, "text"), widget.text()
        elif isinstance(widget, StatusChip):
            yield (widget, "text"), widget.text
        if isinstance(widget, QLineEdit):
            continue
        if widget.toolTip():
            yield (widget, "tip"), widget.toolTip().split("  (")[0]


def _make(name: str, context: AppContext) -> QWidget:
    if name == "window":
        return MainWindow(context)
    if name == "sheet":
        return ShortcutSheet(context)
    if name == "dialog":
        return NewWorkspaceDialog(context)
    page: Page = ImportPage(context) if name == "import" else SettingsPage(context)
    return page


@pytest.mark.parametrize("name", ["window", "sheet", "dialog", "import", "settings"])
def test_a_live_switch_changes_every_text_and_back(qtbot, context: AppContext, name: str) -> None:
    root = _make(name, context)
    qtbot.addWidget(root)
    root.show()
    english = dict(_texts(root))
    context.change_settings(language="zh_CN")
    left = [text for key, text in _texts(root) if english.get(key) == text and not _SAME.match(text)]
    assert left == []
    context.change_settings(language="en")
    again = dict(_texts(root))
    if name == "sheet":  # built anew with every language
        assert sorted(again.values()) == sorted(english.values())
    else:
        assert {key: again[key] for key in english} == english


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_error_has_a_chinese_sentence_with_the_same_values(context: AppContext, code: str) -> None:
    names = set(re.findall(r"{(\w+)}", "".join(MESSAGES[code])))
    error = CsqmError(code, **{name: f"<{name}>" for name in names})
    english = error_texts(error)
    context.change_settings(language="zh_CN")
    chinese = error_texts(error)
    for one, other in zip(english, chinese, strict=True):
        assert one != other
        assert set(re.findall(r"<\w+>", one)) == set(re.findall(r"<\w+>", other))


def test_stages_are_translated_and_an_unknown_one_says_nothing(context: AppContext) -> None:
    assert stage_text("scoring") == "Scoring replies"
    assert stage_text("nonsense") == ""
    context.change_settings(language="zh_CN")
    assert stage_text("scoring") == "正在为回复评分"


def test_sentences_and_lists_are_joined_as_the_language_writes_them(context: AppContext) -> None:
    assert sentences("One.", "", "Two.") == "One. Two."
    assert listed(["tea", "milk"]) == "tea, milk"
    context.change_settings(language="zh_CN")
    assert sentences("一。", "二。") == "一。二。"
    assert sentences("Host (x)", "二。") == "Host (x) 二。"
    assert listed(["茶", "奶"]) == "茶、奶"
    assert row_error_text("row_value_missing", {"row": 2, "file": "a.csv", "field": "text"}) == (
        "a.csv 第 2 行缺少 text 的值。请在来源中补上，或不导入此行。"
    )


def test_english_plurals_come_from_a_catalog(context: AppContext) -> None:
    strip_texts = [context.translations.language]
    assert strip_texts == ["en"]
    widget = QWidget()
    assert widget.tr("x") == "x"
    from PySide6.QtCore import QCoreApplication

    def left(n: int) -> str:
        return QCoreApplication.translate("JobStrip", "about %n minute(s) left", "", n)

    assert left(1) == "about 1 minute left"
    assert left(3) == "about 3 minutes left"
