"""Masking the stored texts again from the window: the question, the job, what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from csqm_desktop.domain.permissions import MASK_AGAIN
from csqm_desktop.jobs.mask_again import MaskAgain, MaskAgainResult
from csqm_desktop.ui.context import AppContext
from csqm_desktop.ui.job_runner import JobHandle


def may_mask(context: AppContext) -> bool:
    """Whether whoever is there may mask the stored texts again."""
    return context.workspace is not None and context.workspace.people.may(MASK_AGAIN)


def ask_and_mask(context: AppContext, then: Callable[[MaskAgainResult], object]) -> JobHandle | None:
    """Ask, then mask; ``then`` gets the result. None when the person said no."""
    title = QCoreApplication.translate("Masking", "Mask the stored texts again?")
    text = QCoreApplication.translate(
        "Masking",
        "Personal data that this release recognises is replaced in messages, comments, drafts and refused rows, for"
        " good. Labels stay; replies that read otherwise now are scored again. You can stop it and go on later.",
    )
    if not context.notices.ask(title, text, QCoreApplication.translate("Masking", "Mask again")):
        return None
    context.close_model_process()  # it keeps what it read
    handle = context.runner.start(MaskAgain(context.open_workspace, context.reviewer))
    handle.failed.connect(context.notices.error)

    def succeeded(result: MaskAgainResult) -> None:
        context.notices.toast(said(result), "good")
        then(result)
        if result.scores and context.settings.score_after_import:
            _score(context)

    handle.succeeded.connect(succeeded)
    return handle


def said(result: MaskAgainResult) -> str:
    """What it did, in a sentence or two."""
    if not result.changed:
        return QCoreApplication.translate("Masking", "Nothing was left to mask in {read} messages.").format(
            read=f"{result.read:,}"
        )
    text = QCoreApplication.translate("Masking", "{messages} of {read} messages were masked further.")
    return text.format(messages=f"{result.messages:,}", read=f"{result.read:,}")


def _score(context: AppContext) -> None:
    from csqm_desktop.jobs.score_replies import ScoreReplies

    job = ScoreReplies(context.open_workspace, context.model_process, device=context.settings.device)
    context.runner.start(job).failed.connect(context.notices.error)
