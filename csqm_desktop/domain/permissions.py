"""Who may do what: one table of roles and actions. It binds only workspaces in which people sign in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
}
"""The least role for each action."""

_RANK = {role: rank for rank, role in enumerate(PersonRole)}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who has signed in. The role is what it was then: what counts is the store's, see ``require``."""

    name: str
    role: PersonRole


def allowed(role: PersonRole, action: str) -> bool:
    """Whether a role may do something; an unknown action raises ``KeyError``, it is never allowed by mistake."""
    return _RANK[role] >= _RANK[LEAST_ROLE[action]]
