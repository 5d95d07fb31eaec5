"""Commands for what comes in by itself: watched folders, the HTTP intake, connectors."""

from __future__ import annotations

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
