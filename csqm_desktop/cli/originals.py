"""Originals of masked messages: for how long they are kept, their end, and showing one."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from csqm_desktop.cli.terminal import JsonOption, WorkspaceOption, note, opened, print_json, run, say
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.raw_texts import LEAST_REASON

app = typer.Typer(help="The texts as they came in, before masking: kept or not, and ended.", no_args_is_help=True)
reveal_app = typer.Typer()


@app.command("show")
def show(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """For how many days originals are kept, and how many there are."""
    with opened(workspace) as space:
        state = space.raw_texts.state()
    if as_json:
        print_json(state)
        return
    if not state.days:
        say("Originals are not kept: what was masked at import is gone.")
        return
    since = time.strftime(", the oldest of %Y-%m-%d", time.localtime(state.oldest / 1000)) if state.oldest else ""
    say(f"Originals of masked messages are kept for {state.days} days: {state.kept} now{since}.")


@app.command("keep")
def keep(
    days: Annotated[int, typer.Argument(help="Days from the import on; 0 keeps none and ends all at once.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep originals of what is imported from now on (a lead, in an encrypted workspace)."""
    from csqm_desktop.jobs.raw_texts import keep_for

    with opened(workspace) as space:
        ended = keep_for(space, days)
    if as_json:
        print_json({"days": days, "ended": ended})
        return
    say(f"Originals are kept for {days} days from now on." if days else "Originals are not kept any more.")
    if ended:
        say(f"{ended} originals are gone.")


@app.command("purge")
def purge(
    workspace: WorkspaceOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those whose days are not over (a lead).")] = False,
    as_json: JsonOption = False,
) -> None:
    """End originals whose days are over. It also happens at every start, and every hour where a program stays open."""
    from csqm_desktop.jobs.raw_texts import PurgeRawTexts

    with opened(workspace) as space:
        result = run(PurgeRawTexts(space, everything))
    if as_json:
        print_json(result)
    else:
        say(f"{result.ended} originals are gone, {result.kept} are within their days.")


@reveal_app.command("reveal")
def reveal(
    conversation: Annotated[str, typer.Argument(help="The conversation's id.")],
    message: Annotated[str, typer.Argument(help="The message's id.")],
    reason: Annotated[
        str,
        typer.Option(
            "--reason", help=f"Why, in {LEAST_REASON} characters or more; kept in the audit log, with your name."
        ),
    ],
    workspace: WorkspaceOption = None,
    by: Annotated[str, typer.Option("--by", help="Who asks, where nobody signs in.")] = "csqm",
    as_json: JsonOption = False,
) -> None:
    """Show a masked message as it came in. For leads, with a reason, while originals are kept."""
    from csqm_desktop.domain.permissions import REVEAL
    from csqm_desktop.jobs import raw_texts

    with opened(workspace) as space:
        space.require(REVEAL)  # before anything is said about which messages there are
        number = space.conversations.find([(conversation, message)]).get((conversation, message))
        if number is None:
            raise CsqmError("message_unknown", conversation=conversation, message=message)
        text = raw_texts.reveal(space, number, reason, by)
    if as_json:
        print_json({"conversation_id": conversation, "message_id": message, "text": text})
        return
    note("This is noted in the audit log.")
    say(text)
