"""Errors about what is asked for: strategies, topics, criteria, replies: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "too_few_openings": (
        QT_TRANSLATE_NOOP(
            "errors",
            "Topics need at least {need} conversations whose first question has been scored; there are {have}.",
        ),
        QT_TRANSLATE_NOOP("errors", "Import more chats and score them, then try again."),
    ),
    "no_such_topic": (
        QT_TRANSLATE_NOOP("errors", "There is no topic number {number}."),
        QT_TRANSLATE_NOOP("errors", "“csqm topics” lists them with their numbers."),
    ),
    "no_such_reply": (
        QT_TRANSLATE_NOOP("errors", "There is no reply {reply} in this workspace."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Take both ids from “csqm queue” or an export; messages of customers have no scores.",
        ),
    ),
    "message_no_reply": (
        QT_TRANSLATE_NOOP("errors", "{conversation} / {message} is no reply of the shop, so it has no score."),
        QT_TRANSLATE_NOOP("errors", "Take both ids from “csqm queue” or “csqm search WORDS --replies”."),
    ),
    "strategy_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no queue strategy “{strategy}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "rules_unreadable": (
        QT_TRANSLATE_NOOP("errors", "Rule {rule} in “{file}” cannot be used: {reason}."),
        QT_TRANSLATE_NOOP(
            "errors", "Correct that rule (docs/formats.md has an example) and run the check again; nothing was changed."
        ),
    ),
    "criterion_unknown": (
        QT_TRANSLATE_NOOP("errors", "The scorecard has no criterion “{criterion}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "figures_unordered": (
        QT_TRANSLATE_NOOP("errors", "The classes of this workspace have no order, so there is no mean score to show."),
        QT_TRANSLATE_NOOP(
            "errors",
            "How well a version tells them apart: “csqm models show”. Which reply has which class: “csqm export"
            " scores”. If they have an order, make a workspace with “csqm init --labels-from FILE --order …”.",
        ),
    ),
    "field_unknown": (
        QT_TRANSLATE_NOOP("errors", "Replies have no field “{field}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
}
