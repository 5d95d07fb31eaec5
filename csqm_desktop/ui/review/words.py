"""Phrases of the review page that several of its widgets use: roles, verdicts, times, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from csqm_desktop import selection
from csqm_desktop.domain.conversation import Role
from csqm_desktop.domain.review import Verdict
from csqm_desktop.errors import QT_TRANSLATE_NOOP
from csqm_desktop.store.reviews import Shown
from csqm_desktop.ui.translations import core_text

CONTEXT = "review_words"
_ROLES = {
    Role.CUSTOMER: QT_TRANSLATE_NOOP("review_words", "Customer"),
    Role.AGENT: QT_TRANSLATE_NOOP("review_words", "Agent"),
    Role.BOT: QT_TRANSLATE_NOOP("review_words", "Bot"),
    Role.SYSTEM: QT_TRANSLATE_NOOP("review_words", "System"),
}
_VERDICTS = {
    Verdict.SCORED: QT_TRANSLATE_NOOP("review_words", "Done"),
    Verdict.SKIPPED: QT_TRANSLATE_NOOP("review_words", "Skipped"),
    Verdict.FLAGGED: QT_TRANSLATE_NOOP("review_words", "Flagged"),
    Verdict.LATER: QT_TRANSLATE_NOOP("review_words", "Later"),
}
ROLE_ICONS = {Role.CUSTOMER: "customer", Role.AGENT: "agent", Role.BOT: "bot", Role.SYSTEM: "info"}
VERDICT_ICONS = {
    Verdict.SCORED: "check-circle",
    Verdict.SKIPPED: "skip",
    Verdict.FLAGGED: "flag",
    Verdict.LATER: "clock",
}
RESUMED = "resumed"  # a reason of this page's own: the reviewer stopped in the middle of this one
ASKED_FOR = "asked_for"  # another page sent the reviewer here
_OWN_REASONS = {
    RESUMED: QT_TRANSLATE_NOOP("review_words", "You stopped here last time"),
    ASKED_FOR: QT_TRANSLATE_NOOP("review_words", "You opened it from another page"),
}
_SHORT_REASONS = {
    "least_sure": QT_TRANSLATE_NOOP("review_words", "unsure: {criterion}"),
    "close_call": QT_TRANSLATE_NOOP("review_words", "close: {criterion}"),
    "spread_out": QT_TRANSLATE_NOOP("review_words", "torn: {criterion}"),
    "drawn_at_random": QT_TRANSLATE_NOOP("review_words", "by chance"),
    "opinions_differ": QT_TRANSLATE_NOOP("review_words", "differ: {criterion}"),
    "people_differ": QT_TRANSLATE_NOOP("review_words", "people: {criterion}"),
    "neighbours_differ": QT_TRANSLATE_NOOP("review_words", "unlike: {criterion}"),
    "unlike_labelled": QT_TRANSLATE_NOOP("review_words", "a new kind of reply"),
    "teaches_most": QT_TRANSLATE_NOOP("review_words", "teaches: {criterion}"),
    "typical_of_group": QT_TRANSLATE_NOOP("review_words", "one of its kind"),
    "scope_empty": QT_TRANSLATE_NOOP("review_words", "no words"),
    "scope_odd": QT_TRANSLATE_NOOP("review_words", "odd characters"),
    "scope_long": QT_TRANSLATE_NOOP("review_words", "too long"),
    "scope_language": QT_TRANSLATE_NOOP("review_words", "other language"),
    "scope_unlike": QT_TRANSLATE_NOOP("review_words", "unlike others"),
    RESUMED: QT_TRANSLATE_NOOP("review_words", "you stopped here"),
    ASKED_FOR: QT_TRANSLATE_NOOP("review_words", "opened by you"),
    "first_of_conversation": QT_TRANSLATE_NOOP("review_words", "by chance"),
    "more_of_conversation": QT_TRANSLATE_NOOP("review_words", "by chance"),
}


def _phrase(text: str) -> str:
    """A phrase of this module in the language in use."""
    return QCoreApplication.translate(CONTEXT, text)


def role_name(role: Role) -> str:
    """What a role is called."""
    return _phrase(_ROLES[role])


def verdict_name(verdict: Verdict) -> str:
    """What a verdict's list is called."""
    return _phrase(_VERDICTS[verdict])


def reason(shown: Shown, criterion_names: Mapping[str, str]) -> str:
    """Why the queue chose a reply, as a sentence."""
    if shown.reason in _OWN_REASONS:
        return _phrase(_OWN_REASONS[shown.reason])
    source = selection.REASONS.get(shown.reason)
    if source is None:
        return shown.reason.replace("_", " ")
    detail = dict(shown.detail)
    key = str(detail.get("criterion", ""))
    if key:
        detail["criterion"] = criterion_names.get(key, key)
    return core_text("selection", source, **detail)


def short_reason(shown: Shown, criterion_names: Mapping[str, str]) -> str:
    """The same in a few words, for the narrow list."""
    if shown.reason not in _SHORT_REASONS:
        return reason(shown, criterion_names)
    key = str(shown.detail.get("criterion", ""))
    return _phrase(_SHORT_REASONS[shown.reason]).format(criterion=criterion_names.get(key, key))


def clock_time(moment: datetime) -> str:
    """Hour and minute."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def day(moment: datetime) -> str:
    """The calendar day, with the weekday."""
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), QLocale.FormatType.LongFormat)


def day_and_time(moment: datetime) -> str:
    """Day and time, short."""
    date = QDate(moment.year, moment.month, moment.day)
    return f"{QLocale().toString(date, QLocale.FormatType.ShortFormat)} {clock_time(moment)}"


def short_day(moment: datetime) -> str:
    """The calendar day without its weekday, for lines with little room."""
    pattern = "yyyy年M月d日" if QLocale().language() == QLocale.Language.Chinese else "d MMM yyyy"
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), pattern)


def duration(length: timedelta) -> str:
    """A length of time in its largest unit that says enough."""
    seconds = max(0, round(length.total_seconds()))
    if seconds < 90:
        return _phrase("{n} s").format(n=seconds)
    if seconds < 90 * 60:
        return _phrase("{n} min").format(n=round(seconds / 60))
    if seconds < 36 * 3600:
        return _phrase("{n} h").format(n=round(seconds / 3600))
    return _phrase("{n} days").format(n=round(seconds / 86400))


QT_TRANSLATE_NOOP("review_words", "{n} s")
QT_TRANSLATE_NOOP("review_words", "{n} min")
QT_TRANSLATE_NOOP("review_words", "{n} h")
QT_TRANSLATE_NOOP("review_words", "{n} days")
