"""Who may do what: one table of roles and actions. It binds only workspaces in which people sign in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from csqm_desktop.errors import QT_TRANSLATE_NOOP, Word


class PersonRole(StrEnum):
    """What somebody is in a team; each later one may do all that the earlier ones may."""

    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    LEAD = "lead"


REVIEW = "review"
SEE_FIGURES = "see_figures"
IMPORT = "import"
EXPORT = "export"
OVERRIDE_EXPORT_GUARD = "override_export_guard"
TRAIN = "train"
ACTIVATE = "activate"
ERASE = "erase"
UNDO_IMPORT = "undo_import"
CHANGE_SETTINGS = "change_settings"
MANAGE_PEOPLE = "manage_people"
ENCRYPT = "encrypt"
REVEAL = "reveal"
RESTORE = "restore"
MEND = "mend"
MASK_AGAIN = "mask_again"
OPEN = "open"  # for everybody who signs in

LEAST_ROLE: dict[str, PersonRole] = {
    REVIEW: PersonRole.REVIEWER,
    SEE_FIGURES: PersonRole.SUPERVISOR,
    IMPORT: PersonRole.SUPERVISOR,
    EXPORT: PersonRole.SUPERVISOR,
    TRAIN: PersonRole.SUPERVISOR,
    ACTIVATE: PersonRole.SUPERVISOR,
    UNDO_IMPORT: PersonRole.SUPERVISOR,
    OVERRIDE_EXPORT_GUARD: PersonRole.LEAD,
    ERASE: PersonRole.LEAD,
    CHANGE_SETTINGS: PersonRole.LEAD,
    MANAGE_PEOPLE: PersonRole.LEAD,
    ENCRYPT: PersonRole.LEAD,
    REVEAL: PersonRole.LEAD,
    RESTORE: PersonRole.LEAD,
    MEND: PersonRole.LEAD,
    MASK_AGAIN: PersonRole.LEAD,
}
"""The least role for each action."""

ROLE_NAMES: dict[PersonRole, str] = {
    PersonRole.REVIEWER: QT_TRANSLATE_NOOP("permissions", "reviewer"),
    PersonRole.SUPERVISOR: QT_TRANSLATE_NOOP("permissions", "supervisor"),
    PersonRole.LEAD: QT_TRANSLATE_NOOP("permissions", "lead"),
}
"""Roles inside a sentence."""

ACTION_NAMES: dict[str, str] = {
    REVIEW: QT_TRANSLATE_NOOP("permissions", "reviewing"),
    SEE_FIGURES: QT_TRANSLATE_NOOP("permissions", "seeing figures"),
    IMPORT: QT_TRANSLATE_NOOP("permissions", "importing"),
    EXPORT: QT_TRANSLATE_NOOP("permissions", "exporting"),
    TRAIN: QT_TRANSLATE_NOOP("permissions", "training"),
    ACTIVATE: QT_TRANSLATE_NOOP("permissions", "making a version active"),
    UNDO_IMPORT: QT_TRANSLATE_NOOP("permissions", "undoing an import"),
    OVERRIDE_EXPORT_GUARD: QT_TRANSLATE_NOOP("permissions", "exporting personal data"),
    ERASE: QT_TRANSLATE_NOOP("permissions", "erasing a customer"),
    CHANGE_SETTINGS: QT_TRANSLATE_NOOP("permissions", "changing how the workspace works"),
    MANAGE_PEOPLE: QT_TRANSLATE_NOOP("permissions", "changing people and roles"),
    ENCRYPT: QT_TRANSLATE_NOOP("permissions", "encryption and its passphrase"),
    REVEAL: QT_TRANSLATE_NOOP("permissions", "seeing originals"),
    RESTORE: QT_TRANSLATE_NOOP("permissions", "restoring a backup"),
    MEND: QT_TRANSLATE_NOOP("permissions", "mending the workspace"),
    MASK_AGAIN: QT_TRANSLATE_NOOP("permissions", "masking the stored texts again"),
    OPEN: QT_TRANSLATE_NOOP("permissions", "opening the workspace"),
}
"""What is done, inside a sentence."""

_RANK = {role: rank for rank, role in enumerate(PersonRole)}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who has signed in. The role is what it was then: what counts is the store's, see ``require``."""

    name: str
    role: PersonRole


def role_word(role: PersonRole) -> Word:
    """A role for a sentence."""
    return Word("permissions", ROLE_NAMES[role])


def action_word(action: str) -> Word:
    """An action for a sentence."""
    return Word("permissions", ACTION_NAMES[action])


def allowed(role: PersonRole, action: str) -> bool:
    """Whether a role may do something; an unknown action raises ``KeyError``, it is never allowed by mistake."""
    return _RANK[role] >= _RANK[LEAST_ROLE[action]]
