"""Commands for what comes in by itself: watched folders, the HTTP intake, connectors."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from csqm_desktop.cli.terminal import (
    DeviceOption,
    JsonOption,
    TerminalContext,
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
    from csqm_desktop.importers.format_names import listed
    from csqm_desktop.importers.times import parse_timezone
    from csqm_desktop.jobs import watch_folder

    if file_format != base.AUTO and file_format not in base.format_names():
        raise CsqmError("import_format_name", name=file_format, known=listed(base.format_names(), file_format))
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
    if once and result.failed:  # whoever started it from a script must learn of it
        raise typer.Exit(1)


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


@app.command()
def pull(
    name: Annotated[str, typer.Argument(help="The connector.")],
    workspace: WorkspaceOption = None,
    no_score: Annotated[bool, typer.Option("--no-score", help="Fetch only.")] = False,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Fetch what is new at a service, and score it."""
    jobs = _pulling()
    with opened(workspace) as space:
        result = run(jobs.PullMessages(space, name))
        scored = None
        if (result.added or result.updated) and not no_score:
            scored = _score_quietly(space, device)
    if as_json:
        print_json({"pull": result, "scored": scored})
        return
    say(
        f"{name}: {result.added} added, {result.unchanged} unchanged, {result.updated} updated,"
        f" {result.rejected} rejected, {result.left_out} left out (erased customers), {result.seconds:.1f} s"
    )
    if scored is not None:
        say(f"{scored} replies scored.")


def _score_quietly(space: Workspace, device: str) -> int | None:
    from csqm_desktop.jobs.score_replies import ScoreReplies

    try:
        with model() as process:
            return int(run(ScoreReplies(space, process, device=device)).scored)
    except CsqmError as error:  # the messages are there all the same
        note(str(error))
        return None


def _pulling() -> Any:
    try:
        from csqm_desktop.jobs import pull_messages
    except ImportError as error:
        raise CsqmError("connectors_missing", package=error.name) from error
    return pull_messages


connectors = typer.Typer(help="Services that “csqm pull” fetches from. None is asked unless you add it.",
                         no_args_is_help=True)  # fmt: skip
app.add_typer(connectors, name="connectors")


@connectors.command("add")
def connectors_add(
    name: Annotated[str, typer.Argument(help="How you call it.")],
    kind: Annotated[str, typer.Option("--kind", help="zendesk, intercom, chatwoot or json.")],
    url: Annotated[str, typer.Option("--url", help="E.g. https://shop.zendesk.com.")] = "",
    email: Annotated[str, typer.Option("--email", help="Zendesk: whose API token it is.")] = "",
    account: Annotated[int, typer.Option("--account", help="Chatwoot: the account's number.")] = 0,
    since: Annotated[str, typer.Option("--since", help="Nothing older than this day, e.g. 2026-09-01.")] = "",
    settings: Annotated[Path | None, typer.Option("--settings", help="JSON file, see docs/intake.md.")] = None,
    allow_host: Annotated[list[str] | None, typer.Option("--allow-host", help="One more host it may ask.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep a connector. Its token is asked for, or read from a pipe; it never stands in the workspace."""
    from csqm_desktop.jobs import connector_settings

    _pulling()
    if not _PLAIN_NAME.fullmatch(name):
        raise typer.BadParameter("use letters, digits, - and _ only", param_hint="NAME")
    given: dict[str, Any] = {"url": url, "email": email, "account": account, "hosts": allow_host or []}
    values = connector_settings.complete(name, kind, given, since, settings)
    with opened(workspace) as space:
        where = connector_settings.save(space, name, kind, values, _asked_token())
    _report_kept(name, where, as_json)


def _asked_token() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Token", hide_input=True, default="", show_default=False)).strip()
    return sys.stdin.readline().strip()


def _report_kept(name: str, where: str, as_json: bool) -> None:
    if where == "file":
        note("This machine has no key store: the token lies in a file that only you can read, not encrypted.")
    if as_json:
        print_json({"name": name, "token": where})
        return
    say(f"“{name}” is kept" + (f"; its token is in the {where}." if where else ", without a token."))
    say(f"Next: csqm connectors test {name}, then csqm pull {name}")


@connectors.command("list")
def connectors_list(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """All connectors with what their last pull gave."""
    with opened(workspace) as space:
        found = space.connectors.list()
    if as_json:
        print_json({"connectors": found})
        return
    for record in found:
        last = record.outcome or "never pulled"
        say(f"{record.name}  ({record.kind}, {record.settings.get('url', '')}): {record.messages} messages, {last}")
        if record.code:
            say(f"  {CsqmError(record.code, **record.values)}")
    if not found:
        say("No connector: csqm connectors add NAME --kind KIND --url URL")


@connectors.command("remove")
def connectors_remove(
    name: Annotated[str, typer.Argument(help="The connector.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Forget a connector and its token; what it brought stays."""
    jobs = _pulling()
    from csqm_desktop.connectors import tokens as kept

    with opened(workspace) as space:
        jobs.known(space, name)
        space.connectors.remove(name)
        kept.forget(space.folder, name)
    if as_json:
        print_json({"removed": name})
    else:
        say(f"“{name}” is forgotten. What it brought stays.")


@connectors.command("test")
def connectors_test(
    name: Annotated[str, typer.Argument(help="The connector.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the service for as little as possible, to see that address and token are right."""
    jobs = _pulling()
    with opened(workspace) as space:
        connector = jobs.connect(space, jobs.known(space, name), TerminalContext())
        try:
            reached = connector.check()
        finally:
            connector.client.close()
    if as_json:
        print_json({"name": name, "reached": reached})
    else:
        say(f"“{name}” answers ({reached or 'ok'}).")
