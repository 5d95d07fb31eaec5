"""What a version is measured on: replies with labels from a file, none of which it can have learned from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from csqm_desktop import privacy
from csqm_desktop.domain.conversation import RejectedRow, ReplyInput, Role
from csqm_desktop.domain.review import LabelledReply, Review, Verdict
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import labelled_table
from csqm_desktop.jobs.base import JobContext
from csqm_desktop.jobs.import_labels import LabelReader
from csqm_desktop.jobs.labelled_texts import CRITERION, as_messages, levels_of
from csqm_desktop.jobs.pseudonyms import pseudonyms_of
from csqm_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Labels and the replies that they belong to; ``overlap`` replies were left out as labelled in the workspace."""

    labels: list[LabelledReply]
    inputs: Iterable[ReplyInput]
    overlap: int
    rejected: list[RejectedRow]


def read(workspace: Workspace, path: Path, scorecard: Scorecard, context: JobContext) -> EvaluationSet:
    """Read a file of labels of stored replies, or a table of texts and classes, whose texts need not be stored.

    Raises ``labels_none_usable``, ``evaluate_overlap``, and whatever is wrong with the file as a whole.
    """
    if any(c.key == CRITERION for c in scorecard.criteria) and labelled_table.is_one(path):
        found = _of_texts(workspace, path, scorecard)
    else:
        found = _of_labels(workspace, path, scorecard, context)
    if not found.labels:
        raise CsqmError("evaluate_overlap", file=str(path))
    return found


def _of_labels(workspace: Workspace, path: Path, scorecard: Scorecard, context: JobContext) -> EvaluationSet:
    found = LabelReader(workspace).read(path, context)
    if not found.reviews:
        reason = CsqmError(found.rejected[0].code, **found.rejected[0].values).what if found.rejected else "-"
        raise CsqmError("labels_none_usable", file=str(path), count=found.rows, reason=reason)
    known = {label.reply_id for label in workspace.reviews.labels()}
    usable = [r for r, _ in found.reviews if r.verdict is Verdict.SCORED and r.reply_id not in known]
    labels = _spreads(workspace, usable, scorecard)
    inputs = workspace.conversations.reply_inputs([label.reply_id for label in labels])
    overlap = len({r.reply_id for r, _ in found.reviews} & known)
    return EvaluationSet(labels, inputs, overlap, found.rejected)


def _spreads(workspace: Workspace, reviews: list[Review], scorecard: Scorecard) -> list[LabelledReply]:
    """The spread of levels of each reply, as training would see it."""
    sizes = {criterion.key: len(criterion.levels) for criterion in scorecard.criteria}
    counts: dict[int, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for review in reviews:
        for key, position in review.positions.items():
            if position >= 0 and key in sizes:
                counts[review.reply_id][key][position] += 1
    names = workspace.conversations.source_ids(list(counts))
    return [
        LabelledReply(
            reply_id,
            names[reply_id][0],
            {key: tuple(c[i] for i in range(sizes[key])) for key, c in by_key.items()},
        )
        for reply_id, by_key in counts.items()
    ]


def _of_texts(workspace: Workspace, path: Path, scorecard: Scorecard) -> EvaluationSet:
    """Texts as they would be stored, masked and alone in their conversation; those with a label here are left out."""
    table = labelled_table.read(path)
    keys = levels_of(workspace, table)
    messages, rows = as_messages(table, keys)
    known = {label.conversation for label in workspace.reviews.labels()}
    criterion = scorecard.criterion(CRITERION)
    signs = pseudonyms_of(workspace)
    labels: list[LabelledReply] = []
    texts: dict[int, tuple[str, str]] = {}
    for number, (message, row) in enumerate(zip(messages, rows, strict=True), 1):
        if message.conversation_id in known:
            continue
        position = criterion.position(row.level)
        counts = tuple(int(place == position) for place in range(len(criterion.levels)))
        labels.append(LabelledReply(number, message.conversation_id, {CRITERION: counts}))
        texts[number] = message.conversation_id, privacy.redact(message.text, signs)[0]
    overlap = len(messages) - len(labels)
    return EvaluationSet(labels, list(_inputs(texts)), overlap, list(table.rejected))


def _inputs(texts: Mapping[int, tuple[str, str]]) -> Iterator[ReplyInput]:
    for number, (conversation, text) in texts.items():
        yield ReplyInput(number, conversation, Role.AGENT, text, ())
