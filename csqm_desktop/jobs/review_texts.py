"""A reviewer's own words without personal data, before they are stored: a comment may quote what a customer said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from csqm_desktop import privacy
from csqm_desktop.domain.review import Review
from csqm_desktop.jobs.pseudonyms import pseudonyms_of
from csqm_desktop.privacy.pseudonyms import Pseudonyms
from csqm_desktop.store.workspace import Workspace

_OWN_WORDS = ("comment", "better_reply", "other")  # of a draft


def masked_review(workspace: Workspace, review: Review) -> Review:
    """The review as it is stored."""
    signs = pseudonyms_of(workspace)
    return replace(
        review,
        comment=_masked(review.comment, signs),
        better_reply=_masked(review.better_reply, signs),
        root_causes=tuple(_masked(cause, signs) for cause in review.root_causes),
    )


def masked_draft(workspace: Workspace, payload: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's fields as they are stored."""
    signs = pseudonyms_of(workspace)
    words = {name: _masked(payload[name], signs) for name in _OWN_WORDS if isinstance(payload.get(name), str)}
    return {**payload, **words}


def _masked(text: str, signs: Pseudonyms | None) -> str:
    return privacy.redact(text, signs)[0] if text else text
