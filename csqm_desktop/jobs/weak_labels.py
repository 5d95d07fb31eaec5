"""What training may learn from beside people's labels: a workspace's rules, and the active version's surest scores.

The rules' text is kept in the workspace, so that a file that moves or a restored backup changes nothing. Both are off
until somebody turns them on. Which guesses are let in, and how little they weigh, is decided in ``training/weak.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from csqm_desktop.analytics.weak_rules import Rule, parse_rules, read_text
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.domain.weak_label import SURE, WeakLabel, WeakSource, unanimous
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.store.workspace import Workspace

FACT = "learn_from"
_SPARE = 4  # candidates for each label: many fall away because their conversation is labelled or may be held out
_LEAST = 200
_CHUNK = 2_000

# of a criterion: reply id and what is said of it
_Candidates = dict[str, list[tuple[int, tuple[float, ...]]]]


@dataclass(frozen=True, slots=True)
class LearnFrom:
    """What a workspace is set to: the rules it keeps (name and text of the file) and two switches."""

    rules_name: str = ""
    rules_text: str = ""
    rules: bool = False
    scores: bool = False

    @property
    def anything(self) -> bool:
        """Whether training learns from more than labels."""
        return self.scores or bool(self.rules and self.rules_text)


def learn_from(workspace: Workspace) -> LearnFrom:
    """What the workspace is set to."""
    try:
        return LearnFrom(**json.loads(workspace.fact(FACT, "{}")))
    except (ValueError, TypeError):
        return LearnFrom()  # written by a later release


def use_rules(workspace: Workspace, file: Path) -> LearnFrom:
    """Check a rule file, keep its text and turn rules on. Raises ``rules_unreadable``."""
    text = read_text(file)
    parse_rules(text, str(file), _levels(workspace.scorecards.current()))
    return _keep(workspace, replace(learn_from(workspace), rules_name=file.name, rules_text=text, rules=True))


def switch(workspace: Workspace, rules: bool | None = None, scores: bool | None = None) -> LearnFrom:
    """Turn rules or confident scores on or off; None leaves one as it is."""
    now = learn_from(workspace)
    return _keep(
        workspace,
        replace(now, rules=now.rules if rules is None else rules, scores=now.scores if scores is None else scores),
    )


def _keep(workspace: Workspace, wanted: LearnFrom) -> LearnFrom:
    workspace.set_fact(FACT, json.dumps(asdict(wanted), ensure_ascii=False))
    return wanted


def _levels(card: Scorecard) -> dict[str, list[str]]:
    return {c.key: [level.key for level in c.levels] for c in card.criteria}


# -- gathering


def gather(
    workspace: Workspace, versions: Versions, wanted: LearnFrom, seed: int, check: Callable[[], None]
) -> Iterator[WeakLabel]:
    """Guesses about replies that nobody reviewed, drawn at random, more than will be let in.

    Raises ``rules_unreadable`` when the scorecard no longer has what the rules speak of.
    """
    reviewed = workspace.reviews.reviewed_reply_ids()
    most = _LEAST + _SPARE * len(reviewed)
    if wanted.rules and wanted.rules_text:
        levels = _levels(workspace.scorecards.current())
        rules = parse_rules(wanted.rules_text, wanted.rules_name, levels)
        sizes = {key: len(names) for key, names in levels.items()}
        ruled = _ruled(workspace, rules, sizes, reviewed, check)
        yield from _drawn(workspace, ruled, most, seed, WeakSource.RULES, wanted.rules_name)
    active = versions.active()
    if wanted.scores and active is not None and not versions.card(active).is_starter:  # it knows no verdict of theirs
        for sure in _sure(workspace, active, reviewed, check):
            yield from _drawn(workspace, sure, most, seed, WeakSource.SCORES, active)


def _ruled(
    workspace: Workspace, rules: list[Rule], sizes: dict[str, int], reviewed: set[int], check: Callable[[], None]
) -> _Candidates:
    """What the rules agree on; replies about which they contradict each other teach nothing."""
    found: _Candidates = {}
    ids = [i for i in workspace.conversations.all_reply_ids() if i not in reviewed]
    for start in range(0, len(ids), _CHUNK):
        check()
        for reply in workspace.conversations.reply_inputs(ids[start : start + _CHUNK]):
            said: dict[str, set[int]] = {}
            for rule in rules:
                if rule.fits(reply):
                    said.setdefault(rule.criterion, set()).add(rule.position)
            for key, positions in said.items():
                spread = unanimous(positions, sizes[key])
                if spread is not None:
                    found.setdefault(key, []).append((reply.reply_id, spread))
    return found


def _sure(workspace: Workspace, version: str, reviewed: set[int], check: Callable[[], None]) -> Iterable[_Candidates]:
    """The scores of which the version is sure, apart for each level, so that a rare one is not drowned."""
    number = workspace.scores.version_id(version)
    if number is None:
        return []
    columns = workspace.scores.columns(number)
    current = _levels(workspace.scorecards.current())
    known = _levels(columns.scorecard)
    by_level: dict[int, _Candidates] = {}
    for ids, probabilities in workspace.scores.read_all(number):
        check()
        free = np.array([i not in reviewed for i in ids])
        for key, part in zip(columns.keys, columns.slices, strict=True):
            if known[key] != current.get(key):
                continue
            said = probabilities[:, part]
            for row in np.flatnonzero((said.max(axis=1) >= SURE) & free):
                spread = tuple(float(p) for p in said[row] / said[row].sum())
                at_level = by_level.setdefault(int(said[row].argmax()), {})
                at_level.setdefault(key, []).append((ids[row], spread))
    return by_level.values()


def _drawn(
    workspace: Workspace, candidates: _Candidates, most: int, seed: int, source: WeakSource, origin: str
) -> Iterator[WeakLabel]:
    for key, found in candidates.items():
        order = np.random.default_rng(seed).permutation(len(found))[:most]
        spreads = dict(found[i] for i in sorted(order))
        for reply in workspace.conversations.reply_inputs(list(spreads)):
            yield WeakLabel(reply, key, spreads[reply.reply_id], source, origin)
