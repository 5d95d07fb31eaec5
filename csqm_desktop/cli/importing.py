"""Reading chat exports, past imports, and taking one back."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csqm_desktop.cli.terminal import (
    JsonOption,
    WorkspaceOption,
    note,
    opened,
    plain,
    print_json,
    report_rejected,
    run,
    same_workspace,
    say,
)
from csqm_desktop.domain import permissions
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import pasted

if TYPE_CHECKING:
    from csqm_desktop.jobs.import_chats import ImportResult

app = typer.Typer()

_SHOWN = 100  # characters of a message
_NAMED = 5  # people of one role
_SURELY_ALL = 50  # senders, so few that all of them have been told
_OUTCOMES = {"succeeded": "done", "interrupted": "interrupted, part kept", "undone": "taken back"}
_NOTHING_TO_UNDO = {None: "import_running", "undone": "import_undone"}  # by outcome; others left nothing


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="Chat exports or copied chats; - reads standard input."),
    ],
    workspace: WorkspaceOption = None,
    file_format: Annotated[str, typer.Option("--format", help="auto, or the name of a format.")] = "auto",
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Column mapping, see docs/formats.md.")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="E.g. gb18030; default: recognised.")] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", help="For times without one, e.g. +08:00.")] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="The worksheet of an XLSX file (default: the first).")
    ] = None,
    agent: Annotated[
        list[str] | None,
        typer.Option(
            "--agent", help="A sender who works for the shop, again for each; whom nothing tells of is then a customer."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read, show the first messages and report; store nothing.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="FILES are folders: go on with what is dropped there, see “csqm watch”.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read chat exports; reports added, unchanged, updated and rejected rows. A file that fails stops no other."""
    if watch:
        from csqm_desktop.cli import incoming

        if mapping or encoding or sheet or dry_run or agent:
            raise typer.BadParameter("goes with --format and --timezone only", param_hint="--watch")
        incoming.watch(files, workspace, file_format, timezone=timezone or "", as_json=as_json)
        return
    from csqm_desktop.importers import mapping as mappings
    from csqm_desktop.jobs.import_chats import ImportChats

    columns = mappings.with_agents(mappings.load(mapping) if mapping else None, agent or [])
    results: list[ImportResult] = []
    failed: list[tuple[Path, CsqmError]] = []
    with opened(workspace) as space:
        space.require(permissions.IMPORT)  # once, not as the failure of every file
        for path in files:
            try:
                with _readable(path) as (source, name):
                    job = ImportChats(space, source, file_format, columns, encoding, timezone, sheet, dry_run, name)
                    results.append(replace(run(job), path=Path(name) if name else path))
            except CsqmError as error:
                if len(files) == 1:
                    raise
                failed.append((path, error))
                note(f"{path}: failed. {error}")
                continue
            _note_unmet(results[-1], agent or [])
            if not as_json:
                _report_import(results[-1], dry_run)
    _sum_up(files, results, failed, dry_run, as_json, workspace)


def _sum_up(
    files: list[Path],
    results: list[ImportResult],
    failed: list[tuple[Path, CsqmError]],
    dry_run: bool,
    as_json: bool,
    workspace: Path | None,
) -> None:
    """The last lines or the JSON object; exit code 1 when a file failed or had no row that could be read."""
    if as_json:
        errors = [{"path": p, "code": e.code, "what": e.what, "remedy": e.remedy} for p, e in failed]
        print_json({"files": results, "dry_run": dry_run, **({"errors": errors} if len(files) > 1 else {})})
    refused = [result for result in results if _all_refused(result)]
    for result in refused:
        note(f"{result.path}: every row was refused, so nothing of it was read. Mend the rows and import it again.")
    if failed:
        note(f"{len(failed)} of {len(files)} files failed: {', '.join(str(path) for path, _ in failed)}")
    if not as_json and not dry_run and any(result.added + result.unchanged + result.updated for result in results):
        say(f"Next: csqm score{same_workspace(workspace)}")
    if failed or refused:
        raise typer.Exit(1)


def _all_refused(result: ImportResult) -> bool:
    read = result.added + result.unchanged + result.updated + result.left_out
    return result.rejected > 0 and read == 0


@contextmanager
def _readable(path: Path) -> Iterator[tuple[Path, str]]:
    """The file to read and, for standard input, what it is called."""
    if str(path) != "-":
        yield path, ""
        return
    with pasted.as_file(sys.stdin.buffer.read()) as file:
        yield file, "standard input"


def _report_import(result: Any, dry_run: bool) -> None:
    would = "would be added" if dry_run else "added"
    encoding = f", {result.encoding}" if result.encoding else ""
    number = f"Import {result.batch_id}: " if result.batch_id is not None else ""
    say(
        f"{number}{result.path} ({result.format}{encoding}): {result.added} {would}, {result.unchanged} unchanged,"
        f" {result.updated} updated, {result.rejected} rejected, {result.seconds:.1f} s"
    )
    if result.conversations:
        say(f"  conversations: {result.conversations}")
    _report_people(result.people, result.batch_id)
    for example in result.preview:
        text = " ".join(example.text.split())
        who = f"{example.role} {example.sender}".rstrip()
        shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        say(f"  {example.conversation}  {example.sent_at.isoformat(' ', 'seconds')}  {who}: {shown}")
    if result.undated:
        say("  times: the file has none; they are made up and only keep the order")
    if result.masked:
        say("  masked: " + ", ".join(f"{count} {kind}" for kind, count in sorted(result.masked.items())))
    if result.left_out:
        say(f"  left out: {result.left_out} messages of erased customers (“csqm erasures” can let them in again)")
    if result.attachments:
        found = sorted(result.attachments.items())
        say("  attachments: " + ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in found))
    report_rejected(result)


def _note_unmet(result: ImportResult, agents: Sequence[str]) -> None:
    """Say when a name of --agent is no sender's: it may be misspelt, and then everybody is a customer."""
    from csqm_desktop.importers.words import normal

    met = {normal(name): name for names in result.people.values() for name in names}
    unmet = [name for name in agents if normal(name) not in met and not any(character.isdigit() for character in name)]
    if unmet and len(met) < _SURELY_ALL:
        note(f"{result.path}: no sender is called {', '.join(unmet)}. Senders are: {', '.join(sorted(met.values()))}")


def _report_people(people: Mapping[str, Sequence[str]], batch: int | None) -> None:
    """Who was taken for whom, where only the names tell. Stored chats that are named after a customer would double."""
    if not people:
        return
    shown = (
        f"{role}: {', '.join(names[:_NAMED])}" + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
        for role, names in people.items()
    )
    back = f"csqm undo-import {batch}, then import again with " if batch is not None else ""
    say(f"  {'; '.join(shown)} (if it is otherwise: {back}--agent NAME)")


@app.command()
def imports(
    workspace: WorkspaceOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many, the newest first.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Past imports with their numbers, which undo-import and rejected ask for."""
    with opened(workspace) as space:
        found = space.batches.history(limit + 1)
    shown = found[:limit]
    if as_json:
        print_json({"imports": shown})
        return
    for batch in shown:
        day = time.strftime("%Y-%m-%d %H:%M", time.localtime(batch.started_at / 1000))
        say(
            f"{batch.id:4d}  {day}  {_OUTCOMES.get(batch.outcome or '', batch.outcome or 'running')}  {batch.path}"
            f" ({batch.format}): {batch.added} added, {batch.unchanged} unchanged, {batch.updated} updated,"
            f" {batch.rejected} rejected"
            + (f", {batch.left_out} of erased customers left out" if batch.left_out else "")
        )
    if len(found) > limit:
        say(f"  … and earlier ones: csqm imports --limit {limit * 5}{same_workspace(workspace)}")
    if not found:
        say(f"Nothing was imported yet: csqm import FILE{same_workspace(workspace)}")


@app.command("undo-import")
def undo_import(
    batch: Annotated[int, typer.Argument(help="Number of the import, see “csqm imports”.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take an import back: its messages go, except reviewed ones, and what it changed is as before."""
    from csqm_desktop.jobs.undo_import import UndoImport

    with opened(workspace) as space:
        history = space.batches.history(1_000_000)
        found = next((known for known in history if known.id == batch), None)
        if found is None:
            known = ", ".join(str(b.id) for b in history[:10])
            raise CsqmError("import_batch_missing", number=batch, known=known)
        if found.outcome not in ("succeeded", "interrupted"):
            raise CsqmError(_NOTHING_TO_UNDO.get(found.outcome, "import_left_nothing"), number=batch)
        result = run(UndoImport(space, batch))
    if as_json:
        print_json({**plain(result), "path": found.path, "restored": found.updated})
        return
    say(f"Import {batch} ({found.path}) is taken back: {result.removed} messages removed.")
    if found.updated:
        say(f"  {found.updated} messages that it had changed are as before")
    if result.kept:
        say(f"  {result.kept} messages stay: people have reviewed them")
