"""Commands for what comes in by itself: watched folders, the HTTP intake, connectors."""

from __future__ import annotations

import re
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from csqm_desktop.cli.terminal import (
    DeviceOption,
    JsonOption,
    WorkspaceOption,
    model,
    note,
    opened,
    print_json,
    run,
    say,
)
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.workspace import Workspace

app = typer.Typer()
_PLAIN_NAME = re.compile(r"[\w-]{1,60}")


@app.command()
def watch(
    folders: Annotated[
        list[Path] | None, typer.Argument(help="Folders to watch (default: those remembered, except paused ones).")
    ] = None,
    workspace: WorkspaceOption = None,
    file_format: Annotated[str, typer.Option("--format", help="auto, or the name of a format.")] = "auto",
    profile: Annotated[str, typer.Option("--profile", help="A mapping profile kept in the workspace.")] = "",
    timezone: Annotated[str, typer.Option("--timezone", help="For times without one, e.g. +08:00.")] = "",
    move: Annotated[
        bool, typer.Option("--move", help="Move files into “imported” or “failed” (default: remember them).")
    ] = False,
    no_score: Annotated[bool, typer.Option("--no-score", help="Import only.")] = False,
    settle: Annotated[float, typer.Option("--settle", min=0.1, help="Seconds without change until complete.")] = 2.0,
    once: Annotated[bool, typer.Option("--once", help="End when nothing waits any more.")] = False,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Import and score what is dropped into folders, until Ctrl+C. The folders are remembered."""
    with opened(workspace) as space:
        chosen = _chosen(space, folders or [], file_format, profile, timezone, move)
        watch_folders(space, chosen, not no_score, settle, once, device, as_json)


def _chosen(
    space: Workspace, folders: list[Path], file_format: str, profile: str, timezone: str, move: bool
) -> list[Path]:
    from csqm_desktop.importers import base
    from csqm_desktop.importers.times import parse_timezone
    from csqm_desktop.jobs import watch_folder

    if file_format not in (base.AUTO, *base.format_names()):
        raise CsqmError("import_format_name", name=file_format, known=", ".join((base.AUTO, *base.format_names())))
    parse_timezone(timezone)
    watch_folder.profile(space, profile)  # says now when there is none
    for folder in folders:
        if not folder.is_dir():
            raise CsqmError("folder_unreachable", path=folder, reason="no such folder")
        space.watched.add(folder.resolve(), file_format, profile, timezone, move)
    if folders:
        return [folder.resolve() for folder in folders]
    remembered = [folder.path for folder in space.watched.folders() if not folder.paused]
    if not remembered:
        raise typer.BadParameter("no folder is remembered; name one", param_hint="FOLDERS")
    return remembered


def watch_folders(
    space: Workspace, folders: list[Path], score: bool, settle: float, once: bool, device: str, as_json: bool
) -> None:
    """Watch until Ctrl+C, with a line for each file."""
    from csqm_desktop.jobs.watch_folder import Watch

    if not once:
        note(f"Watching {', '.join(map(str, folders))}. Ctrl+C ends.")
    with model() if score else nullcontext() as process:
        tell = (lambda _outcome: None) if as_json else _tell_file
        result = run(Watch(space, folders, process, device, settle, once, tell, lambda error: note(str(error))))
    if as_json:
        print_json(result)
    else:
        say(
            f"{result.imported} files imported, {result.failed} failed, {result.known} known already;"
            f" {result.added} messages added, {result.scored} replies scored."
        )


def _tell_file(outcome: Any) -> None:
    if outcome.error is not None:
        say(f"{outcome.path.name}: failed. {outcome.error}")
    elif outcome.outcome == "known":
        say(f"{outcome.path.name}: imported before, nothing to do")
    else:
        say(f"{outcome.path.name}: {outcome.added} added, {outcome.rejected} rejected")


@app.command()
def serve(
    workspace: WorkspaceOption = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen at; other than loopback: see docs.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8765,
    rate: Annotated[int, typer.Option("--rate", min=1, help="Messages a minute that one token may post.")] = 6000,
    max_kilobytes: Annotated[int, typer.Option("--max-kilobytes", min=1, help="Size of a post.")] = 1024,
    queue: Annotated[int, typer.Option("--queue", min=1, help="Messages that may wait to be stored.")] = 2000,
    certificate: Annotated[Path | None, typer.Option("--certificate", help="PEM file: speak HTTPS.")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="PEM file with the certificate's key.")] = None,
    no_score: Annotated[bool, typer.Option("--no-score", help="Store only.")] = False,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Take messages over HTTP, store and score them at once, until Ctrl+C."""
    try:
        from csqm_desktop.intake.application import Limits
        from csqm_desktop.intake.serve import Address, Serve
    except ImportError as error:
        raise CsqmError("serve_missing", package=error.name) from error

    address = Address(host, port, str(certificate) if certificate else None, str(key) if key else None)
    if not address.is_loopback:
        note(f"Warning: {host} can be reached from other machines.")
        if certificate is None:
            note("Without --certificate and --key everybody on the way can read messages and tokens.")
    with opened(workspace) as space, model() if not no_score else nullcontext() as process:
        if not space.tokens.list():
            _show_token("default", space.tokens.make("default"))

        def ready(where: str) -> None:
            note(f"Taking messages at {where} (its page describes how). Ctrl+C ends.")

        job = Serve(space, process, address, Limits(max_kilobytes, rate), queue, device, ready)
        result = run(job)
    if as_json:
        print_json(result)
    else:
        say(f"{result.messages} messages added.")


def _show_token(name: str, token: str) -> None:
    note(f"The token “{name}”, shown only this once:\n{token}")


tokens = typer.Typer(help="Who may post to “csqm serve”.", no_args_is_help=True)
app.add_typer(tokens, name="tokens")


@tokens.command("add")
def tokens_add(
    name: Annotated[str, typer.Argument(help="Who posts; the name of its batches in the list of imports.")],
    kind: Annotated[str, typer.Option("--kind", help="api, or chatwoot for a webhook of Chatwoot.")] = "api",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a token, shown only now; an earlier one of this name stops working."""
    if kind not in ("api", "chatwoot"):
        raise typer.BadParameter("use api or chatwoot", param_hint="--kind")
    if not _PLAIN_NAME.fullmatch(name):
        raise typer.BadParameter("use letters, digits, - and _ only", param_hint="NAME")
    with opened(workspace) as space:
        token = space.tokens.make(name, kind)
    if as_json:
        print_json({"name": name, "kind": kind, "token": token})
        return
    _show_token(name, token)
    if kind != "api":
        say(f"Address for its settings: http://HOST:PORT/v1/webhooks/{kind}/{name}?token={token}")


@tokens.command("list")
def tokens_list(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """The names of all tokens; the tokens themselves are not kept."""
    with opened(workspace) as space:
        found = space.tokens.list()
    if as_json:
        print_json({"tokens": found})
        return
    for token in found:
        say(f"{token.name}  ({token.kind})")
    if not found:
        say("No token yet: csqm tokens add NAME")


@tokens.command("revoke")
def tokens_revoke(
    name: Annotated[str, typer.Argument(help="Whose token.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a token useless at once, also in an intake that runs."""
    with opened(workspace) as space:
        if not space.tokens.revoke(name):
            raise CsqmError("token_unknown", name=name)
    if as_json:
        print_json({"revoked": name})
    else:
        say(f"“{name}” can post no more.")
