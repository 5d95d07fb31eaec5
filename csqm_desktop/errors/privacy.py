"""Errors about originals, revealing, erasing, and released figures: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "raw_text_plain": (
        QT_TRANSLATE_NOOP("errors", "Originals of masked messages are kept in encrypted workspaces only."),
        QT_TRANSLATE_NOOP("errors", "Encrypt the workspace first (“csqm encrypt”, or in the settings)."),
    ),
    "raw_text_days": (
        QT_TRANSLATE_NOOP("errors", "Originals can be kept for at most {most} days."),
        QT_TRANSLATE_NOOP("errors", "Choose fewer days; 0 keeps none."),
    ),
    "raw_texts_not_kept": (
        QT_TRANSLATE_NOOP("errors", "This workspace keeps no originals: what was masked at import is gone."),
        QT_TRANSLATE_NOOP(
            "errors",
            "A lead can keep those of later imports in an encrypted workspace (csqm originals keep DAYS, or Settings)."
            " Import the export into another workspace if you still have it.",
        ),
    ),
    "raw_text_gone": (
        QT_TRANSLATE_NOOP("errors", "There is no original of this message (any more)."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Only masked messages that came in while originals are kept have one, for {days} days. Import the export"
            " into another workspace if you still have it.",
        ),
    ),
    "reveal_reason": (
        QT_TRANSLATE_NOOP("errors", "An original is shown only to somebody who says why."),
        QT_TRANSLATE_NOOP(
            "errors", "Give a reason of at least {least} characters; it is kept in the log of changes, with your name."
        ),
    ),
    "message_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no message {message} in a conversation {conversation}."),
        QT_TRANSLATE_NOOP("errors", "“csqm queue” and exports show the ids."),
    ),
    "erase_unknown": (
        QT_TRANSLATE_NOOP("errors", "Nothing in this workspace belongs to that customer."),
        QT_TRANSLATE_NOOP("errors", "Write the name as it stands beside their messages, or name the conversations."),
    ),
    "erase_ambiguous": (
        QT_TRANSLATE_NOOP("errors", "“{name}” stands for many customers, because numbers are masked at import."),
        QT_TRANSLATE_NOOP("errors", "Name the conversations or the order instead. Nothing was erased."),
    ),
    "erasure_unknown": (
        QT_TRANSLATE_NOOP("errors", "No erasure called {stub} is looked for in imports."),
        QT_TRANSLATE_NOOP("errors", "“csqm erasures” lists those that are."),
    ),
    "erase_model_busy": (
        QT_TRANSLATE_NOOP("errors", "The model is at work with what it read from messages. Nothing was erased."),
        QT_TRANSLATE_NOOP("errors", "Wait until scoring or training has ended and the other window is closed."),
    ),
    "mask_model_busy": (
        QT_TRANSLATE_NOOP(
            "errors", "The model is at work with what it read from messages, so masking them again has to wait."
        ),
        QT_TRANSLATE_NOOP(
            "errors",
            "Wait until scoring or training has ended and the other window is closed, then start it once more: what is"
            " masked already stays so.",
        ),
    ),
    "rewrite_waits": (
        QT_TRANSLATE_NOOP(
            "errors",
            "Everything was taken out of {path}, but another program is reading it, so old bytes are left in its log.",
        ),
        QT_TRANSLATE_NOOP(
            "errors",
            "Wait until its export or report has ended or close it, then start “csqm mask-again” (or Settings, Masked"
            " texts): it does the rest.",
        ),
    ),
    "private_epsilon": (
        QT_TRANSLATE_NOOP("errors", "A privacy cost of {epsilon} is no useful ε."),
        QT_TRANSLATE_NOOP("errors", "Choose between 0.01 (much noise) and 20 (hardly any); 1 is usual."),
    ),
    "private_nothing": (
        QT_TRANSLATE_NOOP("errors", "There are no replies to make a report from."),
        QT_TRANSLATE_NOOP("errors", "Import conversations first. Nothing was noted in the ledger."),
    ),
}
