"""Who is who among the speakers of one conversation of dialogue data.

Words for roles come first. ``system`` is who answers the user unless somebody else does, or it only begins. Ids and
names say nothing: then who spoke first asked for something, as in plain chats (``roles.cast``), and everybody else
answered. Turns without a speaker take turns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.dialogue_turns import Turn
from csqm_desktop.importers.dialogue_words import ANSWER, QUESTION, ROLES
from csqm_desktop.importers.roles import cast
from csqm_desktop.importers.undated import ANSWERERS
from csqm_desktop.importers.words import normal

ASKED_FIRST = (Role.CUSTOMER, Role.BOT)
_ASKED = ("问", QUESTION)
_ANSWERED = ("答", ANSWER)


def roles_of(
    turns: Sequence[Turn],
    given: Mapping[str, Role],
    customer: str = "",
    sides: tuple[Role, Role] = ASKED_FIRST,
    others: Role | None = None,
) -> list[Role]:
    """The role of each turn. ``given`` are a person's words; ``customer`` is the speaker known to have asked.

    ``sides`` take turns where there are no speakers.
    """
    speakers = [turn.speaker for turn in turns]
    if not any(speakers):
        return [sides[place % 2] for place in range(len(turns))]
    names = list(dict.fromkeys(name for name in speakers if name))
    told = {name: role for name in names if (role := _told(name, names, given)) is not None}
    if _answers(speakers, told):
        told |= {name: Role.BOT for name in names if normal(name) in ANSWERERS and normal(name) not in given}
    known = {normal(name): role for name, role in told.items()}
    roles = cast(names, customer, known, others)
    return [roles[name] if name else Role.SYSTEM for name in speakers]


def _told(name: str, names: Sequence[str], given: Mapping[str, Role]) -> Role | None:
    key = normal(name)
    if key in given:
        return given[key]
    if any(normal(each) in _ASKED for each in names) and key in (*_ASKED, *_ANSWERED):
        return Role.CUSTOMER if key in _ASKED else Role.AGENT
    return ROLES.get(key)


def _answers(speakers: Sequence[str | None], told: Mapping[str, Role]) -> bool:
    """Whether the system is who answers: nobody else does, and it speaks after the user."""
    if any(role in (Role.AGENT, Role.BOT) for role in told.values()) or len(set(speakers)) > 2:
        return False
    asked = next((place for place, name in enumerate(speakers) if name and told.get(name) is Role.CUSTOMER), None)
    return asked is not None and any(name and normal(name) in ANSWERERS for name in speakers[asked:])
