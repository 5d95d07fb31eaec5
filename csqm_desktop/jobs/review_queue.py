"""What a reviewer sees next and why: the store's candidates, ordered by a strategy of ``selection``.

Of a large store only some replies are looked at closely: those the model is least sure of, and some drawn by
chance, so that the answer comes in a second or two whatever the size.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from csqm_desktop import selection
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.reply_vectors import Placed, ReplyVectors
from csqm_desktop.jobs.shown_version import ShownVersion, shown_version
from csqm_desktop.registry.versions import VersionStore
from csqm_desktop.selection.doubt import Floats
from csqm_desktop.selection.scope import Finding, Scope
from csqm_desktop.store.reviews import Shown
from csqm_desktop.store.scores import StoredScore
from csqm_desktop.store.workspace import Workspace

DEFAULT_STRATEGY = selection.DEFAULT
DOUBTFUL = 4_000  # candidates that the model is least sure of
DRAWN = 1_500  # candidates by chance
KNOWN = 1_500  # reviewed replies that candidates are compared with
ON_LIST = 200  # replies of the reviewer's list that choices should differ from
COLD = 2_000  # unscored candidates at a start
SCOPE_SHARE = 0.2  # of a batch at most goes to what is out of scope: the rest of the work goes on
SCOPE_LIST = "out_of_scope"  # what stands as strategy beside such a reply


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

    Scored replies come by the strategy, those out of scope before them; replies without a score fill up what is
    missing, so that the queue never runs dry while there is something to review. Until a new version has scored, the
    scores of the one before it say what is worth a look; they are marked as old.
    """
    if strategy not in selection.STRATEGIES:
        raise CsqmError("strategy_unknown", strategy=strategy, known=", ".join(selection.STRATEGIES))
    if limit <= 0:
        return []
    # several BLAS threads on matrices this small wait for each other, badly so on a busy computer
    shown = shown_version(workspace)
    with ReplyVectors(workspace) as vectors, threadpool_limits(1, "blas"):
        items = _scored(workspace, shown, vectors, limit, strategy, exclude, seed)
        if len(items) < limit:
            taken = {item.reply_id for item in items} | set(exclude)
            items += _unscored(workspace, shown, vectors, limit - len(items), taken, seed)
    return items


# -- scored replies


def _scored(
    workspace: Workspace,
    shown: ShownVersion,
    vectors: ReplyVectors,
    limit: int,
    strategy: str,
    exclude: Collection[int],
    seed: int,
) -> list[QueueItem]:
    active, version_id = shown.active, shown.number
    if active is None or version_id is None:
        return []
    if strategy == "random":  # needs nothing but the draw
        return _shown(workspace, active, strategy, _random(workspace, version_id, limit, exclude, seed))
    pool, placed, labelled = _pool(workspace, vectors, version_id, limit, exclude, seed)
    strange = _out_of_scope(placed, labelled, int(max(1, limit * SCOPE_SHARE))) if len(pool) else []
    taken = {choice.reply_id for choice in strange}
    chosen = [c for c in selection.select(strategy, pool, limit, seed) if c.reply_id not in taken]
    return _shown(workspace, active, SCOPE_LIST, strange) + _shown(
        workspace, active, strategy, chosen[: limit - len(strange)]
    )


def _random(
    workspace: Workspace, version_id: int, limit: int, exclude: Collection[int], seed: int
) -> list[selection.Choice]:
    ids = workspace.queue_pool.drawn(version_id, limit, seed, exclude)
    total = workspace.queue_pool.population(version_id) - len(exclude)
    none = np.zeros((len(ids), 0))
    return selection.select("random", selection.Pool.of(ids, none, {}, population=total), limit, seed)


def _pool(
    workspace: Workspace, vectors: ReplyVectors, version_id: int, limit: int, exclude: Collection[int], seed: int
) -> tuple[selection.Pool, Placed, Placed]:
    """The pool, where its replies lie, and where reviewed ones do."""
    store = workspace.queue_pool
    drawn = set(store.drawn(version_id, max(DRAWN, limit), seed, exclude))
    doubtful = store.doubtful(version_id, max(DOUBTFUL, limit), exclude)
    ids = list(dict.fromkeys([*doubtful, *sorted(drawn)]))
    labels = workspace.reviews.labels()
    if len(labels) > KNOWN:
        labels = [labels[i] for i in sorted(np.random.default_rng(seed).permutation(len(labels))[:KNOWN])]
    counts = {label.reply_id: label.counts for label in labels}
    on_list = list(exclude)[-ON_LIST:]
    asked = list(dict.fromkeys([*ids, *counts, *on_list]))
    every = vectors.read(asked)  # in one go, so that all lie in one space
    at = {reply_id: row for row, reply_id in enumerate(every.ids)}
    ids = [i for i in ids if i in at]
    columns = workspace.scores.columns(version_id)
    own = _rows(every, ids, at)
    judged = [i for i in counts if i in at]
    listed = [i for i in on_list if i in at]
    before = store.previous_version(version_id)
    pool = selection.Pool.of(
        ids,
        store.probabilities(version_id, ids),
        dict(zip(columns.keys, columns.slices, strict=True)),
        own.vectors,
        own.reply,
        known=_known(every, judged, at, [counts[i] for i in judged], columns.slices, columns.keys),
        on_list=_known(every, listed, at),
        other=store.probabilities(before, ids) if before is not None else None,
        split=_split(workspace, version_id, ids, columns.keys),
        population=store.population(version_id) - len(exclude),
        drawn=np.isin(ids, list(drawn)),
        like_limit=own.like_limit,
    )
    return pool, own, _rows(every, judged, at)


def _split(workspace: Workspace, version_id: int, ids: Sequence[int], keys: Sequence[str]) -> Floats:
    """The chance that people disagree (n, criteria), NaN where a score does not say."""
    known = workspace.scores.disagreements(version_id, ids)
    return np.array([[known.get(i, {}).get(key, np.nan) for key in keys] for i in ids]).reshape(len(ids), len(keys))


def _rows(placed: Placed, ids: Sequence[int], at: dict[int, int]) -> Placed:
    rows = [at[i] for i in ids]
    return Placed(
        list(ids),
        [placed.conversations[i] for i in rows],
        [placed.looks[i] for i in rows],
        placed.reply[rows],
        placed.context[rows],
        placed.vectors[rows],
        placed.space,
    )


def _known(
    placed: Placed,
    ids: Sequence[int],
    at: dict[int, int],
    counts: Sequence[object] = (),
    slices: Sequence[slice] = (),
    keys: Sequence[str] = (),
) -> selection.Known:
    rows = [at[i] for i in ids]
    votes: Floats = np.zeros((len(ids), slices[-1].stop if slices else 0))
    for row, said in enumerate(counts):
        assert isinstance(said, dict)
        for key, columns in zip(keys, slices, strict=True):
            given = np.asarray(said.get(key, ()), dtype=np.float64)
            if given.sum() > 0 and len(given) == columns.stop - columns.start:
                votes[row, columns] = given / given.sum()
    return selection.Known(placed.vectors[rows], placed.reply[rows], votes)


def _out_of_scope(pool: Placed, labelled: Placed, limit: int) -> list[selection.Choice]:
    """What people have to look at because nothing reviewed is like it, strangest first, no two that read alike."""
    scope = Scope.of(labelled.both, labelled.looks, labelled.conversations)
    found = [(finding, row) for row, finding in enumerate(scope.findings(pool.both, pool.looks)) if finding is not None]
    found.sort(key=lambda pair: (-pair[0].strength, pool.ids[pair[1]]))
    chosen: list[selection.Choice] = []
    taken: list[int] = []
    for finding, row in found:
        if len(chosen) == limit:
            break
        if taken and float((pool.reply[taken] @ pool.reply[row]).max()) >= pool.like_limit:
            continue
        taken.append(row)
        chosen.append(_choice(pool.ids[row], finding))
    return chosen


def _choice(reply_id: int, finding: Finding) -> selection.Choice:
    return selection.Choice(reply_id, finding.reason, finding.detail)


def _shown(workspace: Workspace, active: str, strategy: str, choices: Sequence[selection.Choice]) -> list[QueueItem]:
    return [
        QueueItem(
            c.reply_id, Shown(strategy, c.reason, c.detail, c.probability), workspace.scores.get(c.reply_id, active)
        )
        for c in choices
    ]


# -- replies without a score


def _unscored(
    workspace: Workspace,
    shown: ShownVersion,
    vectors: ReplyVectors,
    limit: int,
    exclude: Collection[int],
    seed: int,
) -> list[QueueItem]:
    active = shown.active
    pairs = workspace.conversations.unreviewed_without_score(shown.number, exclude)
    total = len(pairs)
    if total > COLD:
        rng = np.random.default_rng(seed)
        pairs = [pairs[i] for i in rng.permutation(total)[: max(COLD, limit)]]
    share = len(pairs) / max(1, total)  # the chance of being looked at closely at all
    placed = vectors.read([p[0] for p in pairs]) if len(pairs) > limit else None
    at = {reply_id: row for row, reply_id in enumerate(placed.ids)} if placed else {}
    pairs = [p for p in pairs if placed is None or p[0] in at]
    places = placed.vectors[[at[p[0]] for p in pairs]] if placed else None
    chosen = selection.cold_start([p[0] for p in pairs], [p[1] for p in pairs], limit, seed, places)
    return [
        QueueItem(
            c.reply_id,
            Shown("cold_start", c.reason, c.detail, None if c.probability is None else c.probability * share),
            workspace.scores.get(c.reply_id, active),
        )
        for c in chosen
    ]
