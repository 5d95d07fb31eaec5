"""What the data card of an export says: facts of the workspace, the view and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from csqm_desktop import __version__
from csqm_desktop.analytics.agreement import agreement
from csqm_desktop.exporters.base import CONVERSATIONS, LABELS, SCORES, Plan
from csqm_desktop.exporters.card import CARD, Tally, level_order
from csqm_desktop.exporters.guard import Guard
from csqm_desktop.store.clock import day_date
from csqm_desktop.store.export_rows import View
from csqm_desktop.store.workspace import Workspace

_SENDER_COLUMNS = {"openai": None, "sharegpt": "name"}  # where a format of conversations says who wrote


@dataclass(frozen=True, slots=True)
class Facts:
    """What the card is about."""

    workspace: Workspace
    view: View
    plan: Plan
    format: str
    rows: int
    guard: Guard
    limit: int


def content(facts: Facts, tally: Tally, files: Sequence[dict[str, Any]], reason: str) -> dict[str, Any]:
    """The card as JSON values; ``reason`` is why personal data above the limit was let out, else empty."""
    plan = facts.plan
    card = plan.scorecard
    return {
        "card": CARD,
        "program": __version__,
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "kind": plan.kind,
        "format": facts.format,
        "in": {
            "records": facts.rows,
            "conversations": tally.conversations,
            "messages": tally.messages,
            "replies": tally.replies,
            "first_message": tally.first.isoformat() if tally.first else None,
            "last_message": tally.last.isoformat() if tally.last else None,
        },
        "out": _left_out(facts),
        "view": view_words(facts.view),
        "labels": _labels(plan, tally) if plan.kind == LABELS else {},
        "agreement": _agreement(tally) if plan.kind == LABELS else {},
        "scorecard": {"key": card.key, "version": card.version, "criteria": [c.key for c in card.criteria]},
        "scores": dict(tally.versions),
        "privacy": {
            "masked_at_import": facts.workspace.export_rows.masked_at_import(),
            "left_in_this_export": dict(sorted(facts.guard.counts.items())),
            **_customer_names(facts, tally),
            "limit_for_each_kind": facts.limit,
            "let_out_because": reason or None,
            "order_numbers": "in the column order_id as they were imported" if plan.kind == CONVERSATIONS else None,
        },
        "files": list(files),
    }


def _customer_names(facts: Facts, tally: Tally) -> dict[str, Any]:
    """Names are no finding of the guard: who wrote goes out as it was imported, which the card must say."""
    column = _SENDER_COLUMNS.get(facts.format, "sender")
    if facts.plan.kind != CONVERSATIONS or column is None:
        return {"names_of_customers_in_this_export": 0}
    note = f"the field {column} holds them as they were imported: who wrote is kept on purpose"
    names = len(tally.customers)
    return {"names_of_customers_in_this_export": names, "where_these_names_stand": note if names else None}


def view_words(view: View) -> dict[str, Any]:
    """The view in words; everything when nothing narrows it."""
    words: dict[str, Any] = dict(view.filters.equal)
    if view.filters.first_day is not None:
        words["from"] = day_date(view.filters.first_day).isoformat()
    if view.filters.last_day is not None:
        words["to"] = day_date(view.filters.last_day).isoformat()
    if view.criterion is not None:
        words["criterion"] = view.criterion
    if view.reviewed is not None:
        words["reviewed"] = "only reviewed replies" if view.reviewed else "only replies that nobody has scored"
    if view.search:
        words["reply_contains"] = view.search
    return words or {"all": "the whole workspace"}


def _left_out(facts: Facts) -> dict[str, Any]:
    rows = facts.workspace.export_rows
    chosen = rows.counts(facts.view, None)
    everything = rows.counts(View(), None)
    left: dict[str, Any] = {"replies_outside_the_view": everything.replies - chosen.replies}
    if facts.plan.kind == LABELS:
        left["reviews"] = rows.not_exported()
        left["model_scores"] = "never among the labels"
    elif facts.plan.kind == SCORES:
        left["scores_of_other_versions"] = "only the active version's scores are in it"
    elif facts.format in ("openai", "sharegpt"):
        left["private_messages"] = "never part of training data"
    return left


def _labels(plan: Plan, tally: Tally) -> dict[str, Any]:
    return {
        "as": plan.opinions,
        "reviewers": len(tally.reviewers),
        "verdicts": dict(tally.verdicts),
        "how_they_came_about": dict(tally.sources),
        "scorecard_versions": {str(k): n for k, n in sorted(tally.editions.items())},
        "levels": {
            criterion: {level: counts[level] for level in level_order(plan.scorecard, criterion, counts)}
            for criterion, counts in tally.levels.items()
            if plan.wants(criterion)
        },
    }


def _agreement(tally: Tally) -> dict[str, Any]:
    found = {}
    for criterion, counts in tally.counts_by_level().items():
        measured = agreement(counts)
        if measured is not None:
            alpha = None if measured.alpha is None else round(measured.alpha, 4)
            found[criterion] = {
                "replies_with_several_opinions": measured.replies,
                "equal_pairs": round(measured.pairs, 4),
                "krippendorff_alpha_ordinal": alpha,
            }
    return found
