"""Who is who in a file with many conversations of people who are only named.

Whoever takes part in several conversations works for the shop, as long as somebody else takes part in only one; of
those who are left the one who wrote first is the customer. What a mapping knows, and names that tell, come first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.roles import cast, told
from csqm_desktop.importers.words import normal

MOST_CONVERSATIONS = 200_000
MOST_PEOPLE = 200  # of one conversation


class Casts:
    """The people of each conversation and what they are."""

    def __init__(self, given: Mapping[str, Role], others: Role | None = None) -> None:
        self._others = others
        self._given = {normal(word): role for word, role in given.items()}
        self._met: dict[str, dict[str, str]] = {}  # conversation to names to when they first wrote
        self._seen: Counter[str] = Counter()  # in how many conversations
        self._roles: dict[str, dict[str, Role]] = {}

    def met(self, conversation: str, name: str, when: str = "") -> None:
        """Somebody wrote; ``when`` sorts as times do, for files with the newest first."""
        if conversation not in self._met and len(self._met) >= MOST_CONVERSATIONS:
            return
        people = self._met.setdefault(conversation, {})
        if name not in people and len(people) < MOST_PEOPLE:
            people[name] = when
            self._seen[name] += 1
        elif name in people and when < people[name]:
            people[name] = when

    def role(self, conversation: str, name: str) -> Role:
        """Whose words these are."""
        if conversation not in self._roles:
            self._roles[conversation] = self._cast(self._met.get(conversation, {}))
        return self._roles[conversation].get(name, Role.AGENT)

    def _cast(self, people: Mapping[str, str]) -> dict[str, Role]:
        names = sorted(people, key=lambda name: people[name])  # stable: the file's order where there are no times
        known = {normal(name): role for name in names if (role := told(name, self._given)) is not None}
        once = [] if self._others else [name for name in names if self._seen[name] == 1 and normal(name) not in known]
        if once:
            known |= {normal(name): Role.AGENT for name in names if self._seen[name] > 1 and normal(name) not in known}
        return cast(names, "", known, self._others)
