"""What a reviewer sees next and why: the store's candidates, ordered by a strategy of ``selection``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from csqm_desktop import selection
from csqm_desktop.domain.score_columns import ScoreColumns
from csqm_desktop.errors import CsqmError
from csqm_desktop.registry.versions import VersionStore
from csqm_desktop.store.reviews import Shown
from csqm_desktop.store.scores import StoredScore
from csqm_desktop.store.workspace import Workspace

DEFAULT_STRATEGY = "least_confidence"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A reply to review: why it was chosen, and what the model thinks of it (None: not scored yet)."""

    reply_id: int
    shown: Shown
    stored: StoredScore | None


def active_version(workspace: Workspace) -> str | None:
    """The key of the version whose scores count."""
    return VersionStore(workspace.model_store).active()


def next_items(
    workspace: Workspace,
    limit: int = 50,
    strategy: str = DEFAULT_STRATEGY,
    exclude: Collection[int] = (),
    seed: int = 0,
) -> list[QueueItem]:
    """The next replies to review, in order.

    Scored replies come by the strategy; replies without a score fill up what is missing, so that the queue
    never runs dry while there is something to review.
    """
    if strategy not in selection.STRATEGIES:
        raise CsqmError("strategy_unknown", strategy=strategy, known=", ".join(selection.STRATEGIES))
    items = _scored(workspace, limit, strategy, exclude, seed)
    if len(items) < limit:
        taken = {item.reply_id for item in items} | set(exclude)
        items += _unscored(workspace, limit - len(items), taken, seed)
    return items


def _scored(workspace: Workspace, limit: int, strategy: str, exclude: Collection[int], seed: int) -> list[QueueItem]:
    active = active_version(workspace)
    version_id = workspace.scores.version_id(active) if active else None
    if active is None or version_id is None:
        return []
    # the default order is the store's index: no need to read every score
    wanted = limit if strategy == DEFAULT_STRATEGY else None
    ids, probabilities = workspace.scores.unreviewed(version_id, wanted, exclude)
    columns = workspace.scores.columns(version_id)
    chosen = selection.select(strategy, ids, probabilities, _blocks(columns), limit, seed)
    stored = {choice.reply_id: workspace.scores.get(choice.reply_id, active) for choice in chosen}
    return [
        QueueItem(c.reply_id, Shown(strategy, c.reason, c.detail, c.probability), stored[c.reply_id]) for c in chosen
    ]


def _blocks(columns: ScoreColumns) -> dict[str, slice]:
    return dict(zip(columns.keys, columns.slices, strict=True))


def _unscored(workspace: Workspace, limit: int, exclude: Collection[int], seed: int) -> list[QueueItem]:
    active = active_version(workspace)
    pairs = workspace.conversations.unreviewed_without_score(
        workspace.scores.version_id(active) if active else None, exclude
    )
    chosen = selection.cold_start([p[0] for p in pairs], [p[1] for p in pairs], limit, seed)
    return [
        QueueItem(
            c.reply_id,
            Shown("cold_start", c.reason, c.detail, c.probability),
            workspace.scores.get(c.reply_id, active),
        )
        for c in chosen
    ]
