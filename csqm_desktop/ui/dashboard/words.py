"""Phrases that several parts of the dashboard use: roles, periods, figures, differences, where figures come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QLocale

from csqm_desktop.analytics.trends import Difference, Point, Sums
from csqm_desktop.domain import signals
from csqm_desktop.ui.dashboard.figures import Change, Figures, Origin
from csqm_desktop.ui.translations import sentences

CONTEXT = "dashboard_words"
ROLE_ICONS = {"agent": "agent", "bot": "bot"}
_ROLES = {
    "agent": QT_TRANSLATE_NOOP("dashboard_words", "Human agents"),
    "bot": QT_TRANSLATE_NOOP("dashboard_words", "Bot"),
}
_FIELDS = {
    "role": QT_TRANSLATE_NOOP("dashboard_words", "Answered by"),
    "channel": QT_TRANSLATE_NOOP("dashboard_words", "Channel"),
    "shop": QT_TRANSLATE_NOOP("dashboard_words", "Shop"),
    "product": QT_TRANSLATE_NOOP("dashboard_words", "Product"),
    "sender": QT_TRANSLATE_NOOP("dashboard_words", "Sender"),
    "bot_version": QT_TRANSLATE_NOOP("dashboard_words", "Bot version"),
    "intent": QT_TRANSLATE_NOOP("dashboard_words", "Topic"),
}
_PHRASES = {
    "axis day": QT_TRANSLATE_NOOP("dashboard_words", "d MMM"),
    "axis month": QT_TRANSLATE_NOOP("dashboard_words", "MMM yyyy"),
    "period": QT_TRANSLATE_NOOP("dashboard_words", "{start} – {end} {year}"),
    "quality agent": QT_TRANSLATE_NOOP("dashboard_words", "Quality of human agents"),
    "quality bot": QT_TRANSLATE_NOOP("dashboard_words", "Quality of the bot"),
    "one reply": QT_TRANSLATE_NOOP("dashboard_words", "1 reply"),
    "replies": QT_TRANSLATE_NOOP("dashboard_words", "{n} replies"),
    "quality": QT_TRANSLATE_NOOP("dashboard_words", "Quality {mean} of 100 (95%: {interval})"),
    "share": QT_TRANSLATE_NOOP("dashboard_words", "{replies}, {share} below the line"),
    "hollow": QT_TRANSLATE_NOOP("dashboard_words", "Few replies: read nothing into this point"),
    "mean": QT_TRANSLATE_NOOP("dashboard_words", "{mean} of 100 (95%: {interval}), {replies}"),
    "nothing before": QT_TRANSLATE_NOOP("dashboard_words", "Nothing earlier to compare the last {days} days with"),
    "nothing now": QT_TRANSLATE_NOOP("dashboard_words", "No figures for the last {days} days"),
    "unclear": QT_TRANSLATE_NOOP(
        "dashboard_words", "Last {days} days: no clear change on the {days} before ({size}; 95%: {low} to {high})"
    ),
    "down": QT_TRANSLATE_NOOP(
        "dashboard_words", "Last {days} days: {size} points lower than the {days} before (95%: {low} to {high})"
    ),
    "up": QT_TRANSLATE_NOOP(
        "dashboard_words", "Last {days} days: {size} points higher than the {days} before (95%: {low} to {high})"
    ),
    "people": QT_TRANSLATE_NOOP(
        "dashboard_words",
        "Verdicts of your reviewers on {replies}. Replies to review are mostly picked where the model is unsure, so "
        "their mean can lie below that of all replies.",
    ),
    "before": QT_TRANSLATE_NOOP(
        "dashboard_words",
        "Version {version} is active and has not scored yet; what you see is of the version before it.",
    ),
    "starter": QT_TRANSLATE_NOOP(
        "dashboard_words",
        "Scored by the starter version: it learned from dialogues that ship with the app and has seen no verdict of "
        "yours. Treat its figures as a hint until you have reviewed and trained.",
    ),
    "unchecked": QT_TRANSLATE_NOOP(
        "dashboard_words", "Scored by version {version}, not yet checked by people: treat its figures as a hint."
    ),
    "checked": QT_TRANSLATE_NOOP(
        "dashboard_words",
        "Scored by version {version}, which was checked against people's verdicts on {replies} it never learned from.",
    ),
}


def say(key: str, **values: Any) -> str:
    """A phrase of this module in the language in use."""
    return QCoreApplication.translate(CONTEXT, str(_PHRASES[key])).format(**values)


def role_name(role: str) -> str:
    """Who answers: people of the shop, or its bot."""
    return QCoreApplication.translate(CONTEXT, str(_ROLES[role])) if role in _ROLES else role


def quality_of(role: str) -> str:
    """What the figure of a role is called."""
    return say(f"quality {role}")


def field_name(name: str) -> str:
    """What a filter is about."""
    if name in signals.NAMES:
        return QCoreApplication.translate("signals", signals.NAMES[name])
    return QCoreApplication.translate(CONTEXT, str(_FIELDS[name]))


def value_name(field: str, value: str) -> str:
    """A filter's value as it is shown."""
    if field in signals.NAMES:
        return QCoreApplication.translate("signals", signals.VALUES.get(value, value))
    return role_name(value) if field == "role" else value


def number(value: int) -> str:
    """A count, with the language's thousands separator."""
    return QLocale().toString(value)


def points(value: float) -> str:
    """A quality in 0..1 on the scale of 0 to 100 that the charts have."""
    return QLocale().toString(100 * value, "f", 0)


def signed_points(value: float) -> str:
    """A difference of qualities with its sign."""
    return f"{100 * value:+.0f}".replace("-", "−")


def day(moment: date) -> str:
    """A date with its year."""
    return QLocale().toString(_qdate(moment), QLocale.FormatType.ShortFormat)


def short_day(moment: date) -> str:
    """A date without its year, for axes."""
    return QLocale().toString(_qdate(moment), say("axis day"))


def month(moment: date) -> str:
    """A month with its year, for axes."""
    return QLocale().toString(_qdate(moment), say("axis month"))


def _qdate(moment: date) -> QDate:
    return QDate(moment.year, moment.month, moment.day)


def period(start: date, end: date) -> str:
    """A period as one reads it."""
    if start == end:
        return day(start)
    if start.day == 1 and end == (start + timedelta(days=32)).replace(day=1) - timedelta(days=1):
        return month(start)
    if start.year != end.year:
        return f"{day(start)} – {day(end)}"
    return say("period", start=short_day(start), end=short_day(end), year=end.year)


def replies(count: int) -> str:
    """So many replies."""
    return say("one reply") if count == 1 else say("replies", n=number(count))


def interval(low: float, high: float) -> str:
    """An interval of quality."""
    return f"{points(low)} – {points(high)}"


def point_lines(point: Point) -> tuple[str, ...]:
    """What a point says when one points at it; the first line is a heading."""
    lines = [
        f"{role_name(point.group)} · {period(point.start, point.end)}",
        say("quality", mean=points(point.mean), interval=interval(point.low, point.high)),
        say("share", replies=replies(point.n), share=f"{point.below_share:.0%}"),
    ]
    if point.hollow:
        lines.append(say("hollow"))
    return tuple(lines)


def change_note(change: Change) -> tuple[str, str]:
    """The change of a figure in words, with the tone that goes with it."""
    difference = change.difference
    if difference is None:
        return say("nothing before" if change.now.n else "nothing now", days=change.days), ""
    if not difference.clear:
        return say(
            "unclear",
            days=change.days,
            size=signed_points(difference.difference),
            low=signed_points(difference.low),
            high=signed_points(difference.high),
        ), ""
    falls = difference.difference < 0
    return _clear(difference, change.days, "down" if falls else "up"), "bad" if falls else "good"


def _clear(difference: Difference, days: int, key: str) -> str:
    low, high = sorted((abs(difference.low), abs(difference.high)))
    return say(key, days=days, size=points(abs(difference.difference)), low=points(low), high=points(high))


def sums_note(sums: Sums) -> str:
    """A mean with its interval and n, in one line."""
    return say("mean", mean=points(sums.mean), interval=interval(*sums.interval()), replies=replies(sums.n))


def origin_note(figures: Figures) -> tuple[str, str]:
    """Where the figures come from, with the tone that goes with it."""
    if figures.question.source == "people":
        return say("people", replies=replies(figures.reviewed)), "accent"
    return model_note(figures.origin)


def model_note(origin: Origin) -> tuple[str, str]:
    """Where the model's figures come from."""
    if origin.unscored:
        note, _ = model_note(replace(origin, unscored=None))
        return sentences(say("before", version=origin.unscored), note), "doubt"
    if origin.is_starter:
        return say("starter"), "doubt"
    if not origin.checked_on:
        return say("unchecked", version=origin.version or "–"), "doubt"
    return say("checked", version=origin.version, replies=replies(origin.checked_on)), "accent"
