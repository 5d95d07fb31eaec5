"""What a turn says beside its text: the name of who said it, and whether a customer could read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csqm_desktop.importers.dialogue_words import SPEAKERS
from csqm_desktop.importers.neutral import key_of
from csqm_desktop.importers.words import normal

_NAMES = tuple(map(normal, ("name", "display_name", "full_name", "nickname", "username", "real_name", "email")))
_FLAT_NAMES = tuple(map(normal, ("author_name", "sender_name", "from_name", "speaker_name", "user_name")))
_INTERNAL = frozenset(map(normal, ("private", "is_private", "internal", "is_internal", "internal_note")))
_PUBLIC = frozenset(map(normal, ("public", "is_public")))


def name_in(facts: Mapping[str, Any]) -> str:
    """``author.name`` and its like, empty where there is none."""
    known = {normal(key): value for key, value in facts.items()}
    for field in SPEAKERS:
        if isinstance(person := known.get(field), dict):
            said = {normal(key): key_of(value) for key, value in person.items()}
            if name := next((said[key] for key in _NAMES if said.get(key)), ""):
                return name
    return next((name for key in _FLAT_NAMES if (name := key_of(known.get(key)))), "")


def is_internal(facts: Mapping[str, Any]) -> bool:
    """Whether a turn is a note that no customer saw."""
    return any(
        (value is True and normal(key) in _INTERNAL) or (value is False and normal(key) in _PUBLIC)
        for key, value in facts.items()
    )
