"""The export verb: what, of which part of the workspace, in which format, and what the guard thinks of it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csqm_desktop import settings
from csqm_desktop.cli.outputs import OverwriteOption, spare
from csqm_desktop.cli.terminal import JsonOption, WorkspaceOption, note, opened, plain, print_json, run, say
from csqm_desktop.errors import CsqmError

if TYPE_CHECKING:
    from csqm_desktop.jobs.export_data import ExportBlockedError
    from csqm_desktop.store.export_rows import View

app = typer.Typer()
_DAYS = ["%Y-%m-%d"]


@app.command()
def export(
    what: Annotated[str, typer.Argument(help="labels, scores or conversations.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write; hf and argilla write a folder.")],
    workspace: WorkspaceOption = None,
    file_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="csv, xlsx, jsonl, parquet, hf, label-studio, doccano, argilla, openai, sharegpt"
            " (default: by the file's ending).",
        ),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", help="Only replies with FIELD=VALUE: channel, shop, product, sender, role, …"),
    ] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=_DAYS, help="First day, e.g. 2026-09-01.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=_DAYS, help="Last day, included.")] = None,
    criterion: Annotated[str | None, typer.Option("--criterion", help="Only this criterion.")] = None,
    reviewed: Annotated[
        bool | None, typer.Option("--reviewed/--not-reviewed", help="Only replies that people have scored, or not.")
    ] = None,
    search: Annotated[
        str, typer.Option("--search", help="Only replies that “csqm search” finds with these words.")
    ] = "",
    opinions: Annotated[
        str, typer.Option("--opinions", help="Labels of single reviewers, or their consensus (ties are stated).")
    ] = "reviewers",
    allow: Annotated[
        int | None, typer.Option("--allow", min=0, help="How much personal data of a kind may be left (default: 0).")
    ] = None,
    override: Annotated[
        str, typer.Option("--override", help="Why it may leave with more all the same; kept in the audit log.")
    ] = "",
    fresh_signs: Annotated[
        bool, typer.Option("--fresh-signs", help="Signs of pseudonyms that no other export shares.")
    ] = False,
    by: Annotated[str, typer.Option("--by", help="Who exports, for the audit log.")] = "",
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write labels, scores or conversations to a file, with a data card beside it."""
    from csqm_desktop.jobs.export_data import ExportBlockedError, ExportData

    spare(out, overwrite)
    chosen = settings.load()
    limit = chosen.export_limit if allow is None else allow
    with opened(workspace) as space:
        view = _view(where or [], first, last, criterion, reviewed, search)
        actor = by or chosen.reviewer or "csqm"
        job = ExportData(space, what, out, file_format, view, opinions, limit, override, actor, fresh_signs, overwrite)
        try:
            result = run(job)
        except ExportBlockedError as blocked:
            _tell_blocked(blocked, as_json)
            raise typer.Exit(1) from blocked
    if as_json:
        print_json(result)
        return
    say(f"{result.rows} records of {result.conversations} conversations written to {result.path}")
    for path in result.beside:
        say(f"  with {path}")
    say(f"  data card: {result.card}")
    if result.residual:
        say("  personal data left in it: " + ", ".join(f"{n} {kind}" for kind, n in sorted(result.residual.items())))


def _view(
    where: list[str],
    first: datetime | None,
    last: datetime | None,
    criterion: str | None,
    reviewed: bool | None,
    search: str,
) -> View:
    from csqm_desktop.store.aggregates import Filters, group_fields
    from csqm_desktop.store.clock import date_number
    from csqm_desktop.store.export_rows import View

    equal: dict[str, str] = {}
    for entry in where:
        name, sign, value = entry.partition("=")
        if not sign:
            raise typer.BadParameter(f"“{entry}” is not FIELD=VALUE", param_hint="--where")
        if name not in group_fields():
            raise CsqmError("field_unknown", field=name, known=", ".join(group_fields()))
        equal[name] = value
    days: list[date | None] = [moment.date() if moment else None for moment in (first, last)]
    bounds = [date_number(day) if day else None for day in days]
    return View(Filters(equal, bounds[0], bounds[1]), criterion, reviewed, search)


def _tell_blocked(blocked: ExportBlockedError, as_json: bool) -> None:
    if as_json:
        error: dict[str, Any] = {"code": blocked.code, "what": blocked.what, "remedy": blocked.remedy}
        print_json({"error": error, "left": blocked.counts, "findings": plain(blocked.findings)})
    note(f"{blocked.what}\n{blocked.remedy}")
    for found in blocked.findings[:20]:
        place = f" ({found.conversation_id} / {found.message_id})" if found.conversation_id else ""
        note(f"  row {found.row}, {found.column}: {found.kind}{place}: {found.excerpt}")
    if sum(blocked.counts.values()) > 20:
        note(f"  … {sum(blocked.counts.values())} in all")
