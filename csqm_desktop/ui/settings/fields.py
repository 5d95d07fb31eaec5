"""Which settings the page shows, in which group, with which words. Every field of ``Settings`` is here or hidden."""

from __future__ import annotations

from dataclasses import dataclass

from csqm_desktop import selection
from csqm_desktop.errors import QT_TRANSLATE_NOOP
from csqm_desktop.settings import DEVICES, PRECISIONS, THEMES
from csqm_desktop.ui.translations import LANGUAGES

#: kept by the app itself, or edited elsewhere on the page (shortcuts)
HIDDEN = frozenset({"last_workspace", "window_geometry", "shortcuts"})


@dataclass(frozen=True, slots=True)
class Field:
    """One setting: ``kind`` is choice (side by side), menu, number, switch or text."""

    name: str
    kind: str
    title: str
    note: str
    choices: tuple[tuple[str, str], ...] = ()  # value, English text
    bounds: tuple[int, int, int] = (0, 0, 1)  # lowest, highest, step
    suffix: str = ""
    texts: str = "Settings"  # where the choices are translated


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together."""

    title: str
    icon: str
    fields: tuple[Field, ...]


_SYSTEM = QT_TRANSLATE_NOOP("Settings", "Like the system")
_THEME_TEXTS = {
    "system": _SYSTEM,
    "light": QT_TRANSLATE_NOOP("Settings", "Light"),
    "dark": QT_TRANSLATE_NOOP("Settings", "Dark"),
}
_DEVICE_TEXTS = {
    "auto": QT_TRANSLATE_NOOP("Settings", "Automatic"),
    "cpu": QT_TRANSLATE_NOOP("Settings", "CPU"),
    "cuda": QT_TRANSLATE_NOOP("Settings", "NVIDIA GPU"),
    "mps": QT_TRANSLATE_NOOP("Settings", "Apple GPU"),
}
_PRECISION_TEXTS = {
    "exact": QT_TRANSLATE_NOOP("Settings", "Exact"),
    "fastest": QT_TRANSLATE_NOOP("Settings", "Fastest"),
}

GROUPS: tuple[Group, ...] = (
    Group(
        QT_TRANSLATE_NOOP("Settings", "Appearance"),
        "sun",
        (
            Field(
                "language",
                "choice",
                QT_TRANSLATE_NOOP("Settings", "Language"),
                QT_TRANSLATE_NOOP("Settings", "Takes effect at once."),
                (("system", _SYSTEM), *LANGUAGES.items()),
            ),
            Field(
                "theme",
                "choice",
                QT_TRANSLATE_NOOP("Settings", "Theme"),
                QT_TRANSLATE_NOOP("Settings", "Light, dark, or what the system prefers."),
                tuple((value, _THEME_TEXTS[value]) for value in THEMES),
            ),
            Field(
                "font_scale",
                "number",
                QT_TRANSLATE_NOOP("Settings", "Font size"),
                QT_TRANSLATE_NOOP("Settings", "Everything grows with it: 80 to 200 %."),
                bounds=(80, 200, 10),
                suffix=" %",
            ),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Settings", "Reviewing"),
        "review",
        (
            Field(
                "reviewer",
                "text",
                QT_TRANSLATE_NOOP("Settings", "Your name"),
                QT_TRANSLATE_NOOP("Settings", "Stands beside your reviews; empty means the name of your account."),
            ),
            Field(
                "strategy",
                "menu",
                QT_TRANSLATE_NOOP("Settings", "Order of the queue"),
                QT_TRANSLATE_NOOP("Settings", "Which replies come first when you review."),
                tuple(selection.NAMES.items()),
                texts="selection",
            ),
            Field(
                "root_cause_required",
                "switch",
                QT_TRANSLATE_NOOP("Settings", "Ask for a root cause"),
                QT_TRANSLATE_NOOP("Settings", "A low score can only be submitted with one."),
            ),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Settings", "Backups"),
        "database",
        (
            Field(
                "daily_backup",
                "switch",
                QT_TRANSLATE_NOOP("Settings", "Back up every day"),
                QT_TRANSLATE_NOOP("Settings", "In the background, when a workspace is opened the first time on a day."),
            ),
            Field(
                "backups_kept",
                "number",
                QT_TRANSLATE_NOOP("Settings", "Daily backups kept"),
                QT_TRANSLATE_NOOP("Settings", "Older ones are deleted; those made by hand stay."),
                bounds=(1, 60, 1),
            ),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Settings", "Privacy and safety"),
        "shield",
        (
            Field(
                "lock_after_minutes",
                "number",
                QT_TRANSLATE_NOOP("Settings", "Lock when nobody is there"),
                QT_TRANSLATE_NOOP("Settings", "After so many minutes, where people sign in; 0 means never."),
                bounds=(0, 480, 1),
                suffix=QT_TRANSLATE_NOOP("Settings", " min"),
            ),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Settings", "Model and speed"),
        "chip",
        (
            Field(
                "device",
                "choice",
                QT_TRANSLATE_NOOP("Settings", "Runs on"),
                QT_TRANSLATE_NOOP("Settings", "Automatic takes the fastest that is there."),
                tuple((value, _DEVICE_TEXTS[value]) for value in DEVICES),
            ),
            Field(
                "precision",
                "choice",
                QT_TRANSLATE_NOOP("Settings", "Reading texts"),
                QT_TRANSLATE_NOOP(
                    "Settings",
                    "Fastest rounds inside the model: new replies are read sooner, scores differ a little. Train again"
                    " after changing it.",
                ),
                tuple((value, _PRECISION_TEXTS[value]) for value in PRECISIONS),
            ),
            Field(
                "low_priority",
                "switch",
                QT_TRANSLATE_NOOP("Settings", "Leave room for other programs"),
                QT_TRANSLATE_NOOP("Settings", "Scoring and training step back when the computer is busy."),
            ),
            Field(
                "score_after_import",
                "switch",
                QT_TRANSLATE_NOOP("Settings", "Score after every import"),
                QT_TRANSLATE_NOOP("Settings", "Otherwise scoring waits until you start it."),
            ),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Settings", "Charts"),
        "bars",
        (
            Field(
                "small_sample",
                "number",
                QT_TRANSLATE_NOOP("Settings", "Small samples"),
                QT_TRANSLATE_NOOP("Settings", "Points with fewer replies than this are drawn hollow."),
                bounds=(2, 1000, 1),
            ),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Settings", "Exports"),
        "export",
        (
            Field(
                "export_limit",
                "number",
                QT_TRANSLATE_NOOP("Settings", "Personal data allowed in an export"),
                QT_TRANSLATE_NOOP("Settings", "An export with more of any kind stops and shows where it is."),
                bounds=(0, 1000, 1),
            ),
        ),
    ),
)
