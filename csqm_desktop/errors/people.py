"""Errors about who may do what: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "sign_in_needed": (
        QT_TRANSLATE_NOOP("errors", "People sign in to this workspace; nobody is signed in (needed for: {action})."),
        QT_TRANSLATE_NOOP("errors", "Sign in first (for scripts: CSQM_PERSON and CSQM_PERSON_PASSPHRASE)."),
    ),
    "sign_in_wrong": (
        QT_TRANSLATE_NOOP("errors", "The name {name} and this passphrase do not belong together."),
        QT_TRANSLATE_NOOP("errors", "Check the name, capital letters and the keyboard's language, or ask your lead."),
    ),
    "not_allowed": (
        QT_TRANSLATE_NOOP("errors", "{name} is signed in as {role}, which does not allow this: {action}."),
        QT_TRANSLATE_NOOP("errors", "It needs the role {needed}; ask a lead."),
    ),
    "person_name": (
        QT_TRANSLATE_NOOP("errors", "The name is empty."),
        QT_TRANSLATE_NOOP("errors", "Give the person a name."),
    ),
    "person_there": (
        QT_TRANSLATE_NOOP("errors", "{name} signs in here already."),
        QT_TRANSLATE_NOOP("errors", "Choose another name, or change this person's role or passphrase."),
    ),
    "person_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is nobody called {name} in this workspace."),
        QT_TRANSLATE_NOOP("errors", "“csqm people list” shows everybody."),
    ),
    "person_without_passphrase": (
        QT_TRANSLATE_NOOP("errors", "{name} has only a name here and does not sign in."),
        QT_TRANSLATE_NOOP("errors", "Add {name} with a passphrase and a role first; earlier reviews are kept."),
    ),
    "people_first_lead": (
        QT_TRANSLATE_NOOP("errors", "{name} would be the first person with a passphrase and must be a lead."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Add a lead first (csqm people add --role lead): somebody must be able to add and remove the others.",
        ),
    ),
    "people_last_lead": (
        QT_TRANSLATE_NOOP("errors", "{name} is the last lead, and others still sign in."),
        QT_TRANSLATE_NOOP("errors", "Make somebody else a lead first, or remove the others."),
    ),
    "override_needs_reason": (
        QT_TRANSLATE_NOOP("errors", "The gate did not pass version {version}."),
        QT_TRANSLATE_NOOP("errors", "Activate it only with a reason (“--reason …”); the reason is kept in the log."),
    ),
}
