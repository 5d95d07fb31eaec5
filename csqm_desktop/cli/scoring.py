"""Commands around scores: score, queue, worth, explain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from csqm_desktop.cli.figures import STARTER_WORDS, is_starter, unscored_line
from csqm_desktop.cli.reports import report_moved
from csqm_desktop.cli.terminal import (
    DeviceOption,
    JsonOption,
    WorkspaceOption,
    model,
    opened,
    plain,
    print_json,
    run,
    same_workspace,
    say,
)
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from csqm_desktop.jobs.label_worth import Worth

app = typer.Typer()
STRATEGY_HELP = (
    "How they are chosen: hybrid (teaches most), least_confidence, margin, entropy, disagreement, people, core_set,"
    " design or random."
)


@app.command()
def score(
    workspace: WorkspaceOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what has a score already.")] = False,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Score what has no score by the active version (or everything)."""
    from csqm_desktop.jobs.score_replies import ScoreReplies
    from csqm_desktop.jobs.what_moved import what_moved

    with opened(workspace) as space, model() as process:
        result = run(ScoreReplies(space, process, everything, device))
        moved = what_moved(space, result.version) if result.scored and not result.skipped else None
        ordered = space.scorecards.current().ordered
        starter = is_starter(space, result.version)
    if as_json:
        print_json({**plain(result), "moved": plain(moved) if moved else None})
    else:
        pace = f" ({result.scored / result.seconds:.1f}/s)" if result.scored and result.seconds else ""
        who = STARTER_WORDS if starter else result.version
        same = same_workspace(workspace)
        following = f"Next: csqm queue{same}, or csqm {'trend' if ordered else 'export scores --out FILE'}{same}"
        if not result.scored:
            say(_nothing_scored(result.skipped, who, same, following))
            return
        say(f"{result.scored} replies scored by {who} in {result.seconds:.1f} s{pace}.")
        if moved is not None:
            report_moved(moved)
        say(following)


def _nothing_scored(scored_before: int, who: str, same: str, following: str) -> str:
    if not scored_before:
        return f"Nothing to score: there are no replies here yet. Next: csqm import FILE{same}"
    return f"Nothing to score: all {scored_before} replies have a score by {who} (again: csqm score --all). {following}"


@app.command()
def queue(
    workspace: WorkspaceOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    strategy: Annotated[str, typer.Option("--strategy", help=STRATEGY_HELP)] = "hybrid",
    seed: Annotated[int, typer.Option("--seed", help="For strategies with chance.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """The next replies to review, with scores, confidence, and why each was chosen."""
    from csqm_desktop.jobs import review_queue
    from csqm_desktop.jobs.shown_version import shown_version

    with opened(workspace) as space:
        items = review_queue.next_items(space, limit, strategy, seed=seed)
        records = [_queue_record(space, place, item) for place, item in enumerate(items, start=1)]
        shown = shown_version(space)
        starter = is_starter(space, shown.version)
        found = advice(space)
        replies = space.conversations.totals().replies
    unscored = shown.active if shown.is_before else None
    if as_json:
        print_json({"strategy": strategy, "items": records, "advice": found, "starter": starter, "unscored": unscored})
        return
    if unscored and records:
        say(unscored_line(unscored, shown.version))
    if starter and any(record["scores"] for record in records):
        say(f"Levels are guesses of {STARTER_WORDS}.")
    for record in records:
        sure = "not scored" if record["confidence"] is None else f"{record['confidence']:.0%} sure"
        say(f"{record['place']:3d}. {record['conversation_id']} / {record['message_id']}  {sure}  {record['why']}")
        say(f"     {' '.join(record['text'].split())[:100]}")
        if record["scores"]:
            say("     " + ", ".join(f"{key} {score['level']}" for key, score in record["scores"].items()))
    if found and found["code"] not in ("too_few", "all_labelled"):
        say(found["sentence"])
    if not records:
        say(
            "Nothing to review: every reply has a verdict. Import more chats, or look at “csqm trend”."
            if replies
            else f"Nothing to review: there are no replies here yet. Next: csqm import FILE{same_workspace(workspace)}"
        )


def advice(space: Workspace) -> dict[str, Any] | None:
    """What more labels would bring, as it was measured last (``csqm worth``); None when it never was."""
    from csqm_desktop.jobs.label_worth import remembered

    found = remembered(space)  # measuring takes a minute and more: neither a queue nor a training waits for it
    return None if found is None else _told(found)


def _told(found: Worth) -> dict[str, Any]:
    said = found.advice
    return {"criterion": found.widest[0] if found.left else "", **plain(said), "sentence": said.sentence()}


@app.command()
def worth(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Measure what more verdicts would bring. Takes a minute or two; queue and train repeat the answer."""
    from csqm_desktop.jobs.label_worth import current

    with opened(workspace) as space:
        told = _told(current(space))
    if as_json:
        print_json(told)
    else:
        say(told["sentence"])


def _queue_record(workspace: Workspace, place: int, item: Any) -> dict[str, Any]:
    from csqm_desktop import selection

    conversation = workspace.conversations.of_reply(item.reply_id)
    assert conversation is not None
    message = next(m for m in conversation.messages if m.id == item.reply_id)
    stored = item.stored
    return {
        "place": place,
        "conversation_id": conversation.source_id,
        "message_id": message.source_id,
        "role": message.role.value,
        "sender": message.sender,
        "sent_at": message.sent_at,
        "text": message.text,
        "strategy": item.shown.strategy,
        "reason": item.shown.reason,
        "why": selection.sentence(item.shown.reason, item.shown.detail),
        "probability": item.shown.probability,
        "quality": stored.score.quality if stored else None,
        "confidence": stored.score.confidence if stored else None,
        "doubtful": stored.score.doubtful if stored else None,
        "version": stored.score.version if stored else None,
        "stale": stored.stale if stored else None,
        "scores": _distributions(workspace, stored) if stored else {},
    }


def _distributions(workspace: Workspace, stored: Any) -> dict[str, Any]:
    version_id = workspace.scores.version_id(stored.score.version)
    assert version_id is not None
    card = workspace.scores.columns(version_id).scorecard
    return {
        c.key: {
            "level": c.levels[stored.score.level(c.key)].key,
            "confidence": round(stored.score.confidence_of(c.key), 4),
            "probabilities": {
                level.key: round(p, 4) for level, p in zip(c.levels, stored.score.distributions[c.key], strict=True)
            },
        }
        for c in card.criteria
    }


@app.command()
def explain(
    conversation: Annotated[str, typer.Argument(help="Conversation id, as csqm queue prints it.")],
    message: Annotated[str, typer.Argument(help="Message id.")],
    workspace: WorkspaceOption = None,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """The words of a reply, and of the question before it, that moved its scores."""
    from csqm_desktop.cli.terminal import TerminalContext
    from csqm_desktop.domain.evidence import FACTS
    from csqm_desktop.jobs.explain_reply import explain_reply
    from csqm_desktop.jobs.review_queue import active_version

    with opened(workspace) as space, model() as process:
        reply = space.conversations.find([(conversation, message)]).get((conversation, message))
        if reply is None:
            raise CsqmError("no_such_reply", reply=f"{conversation} / {message}")
        if not space.conversations.replies_among(f"{reply:d}"):
            raise CsqmError("message_no_reply", conversation=conversation, message=message)
        evidence = explain_reply(space, process, reply, TerminalContext(), device)
        stored = space.conversations.of_reply(reply)
        active = active_version(space)
        who = STARTER_WORDS if is_starter(space, active) else f"version {active}"
    assert stored is not None
    text = next(m.text for m in stored.messages if m.id == reply)
    if as_json:
        print_json(evidence.to_record() | {"text": text})
        return
    say(f"Scores from 0 (worst) to 100 and what moved them, by {who}:")
    for key, value in evidence.expected.items():
        say(f"{key}: {100 * value:.0f}")
        of_reply, of_customer = evidence.marks(key)
        for source, marks in ((text, of_reply), (evidence.customer_text, of_customer)):
            whose = "reply" if marks is of_reply else "customer"
            for mark in marks:
                say(f"  {100 * mark.effect:+4.0f}  {whose}: “{' '.join(source[mark.start : mark.end].split())}”")
        for name, effect in evidence.facts_of(key):
            say(f"  {100 * effect:+4.0f}  {FACTS[name]}")
        if not of_reply and not of_customer:
            say("  no single word matters much")
