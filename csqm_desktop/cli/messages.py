"""Commands around stored messages: find them, give them other roles, list what was refused."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csqm_desktop.cli.outputs import OverwriteOption, spare
from csqm_desktop.cli.terminal import (
    CANCEL,
    JsonOption,
    WorkspaceOption,
    note,
    opened,
    plain,
    print_json,
    run,
    same_workspace,
    say,
)
from csqm_desktop.errors import CsqmError
from csqm_desktop.store.clock import from_ms

app = typer.Typer()

_SHOWN_CHARS = 160


@app.command()
def search(
    text: Annotated[str, typer.Argument(help='Words that must all be there; "quoted" parts word for word.')],
    workspace: WorkspaceOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many at most.")] = 20,
    replies: Annotated[bool, typer.Option("--replies", help="Only replies of the shop.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Find messages by their words; Chinese is found from one character on."""
    with opened(workspace) as space:
        if space.search.waiting():
            note("Indexing messages of an older workspace…")
            space.search.catch_up(lambda: not CANCEL.is_set())
        hits = space.search.find(text, limit, replies)
        ids = space.conversations.source_ids([hit.message_id for hit in hits])
    if as_json:
        found = [{**plain(hit), "source_message_id": ids[hit.message_id][1]} for hit in hits]
        print_json({"query": text, "hits": found})
        return
    for hit in hits:
        words = " ".join(hit.text.split())
        shown = words if len(words) <= _SHOWN_CHARS else words[:_SHOWN_CHARS] + "…"
        who = f"{hit.role.value}  {hit.sender or 'unnamed'}"
        message = ids[hit.message_id][1]
        say(f"{from_ms(hit.sent_at):%Y-%m-%d %H:%M}  {hit.conversation} / {message}  {who}: {shown}")
    if not hits:
        say("Nothing found.")
    elif len(hits) == limit:
        say(f"The newest {limit}; more with --limit.")


@app.command()
def roles(
    mapping: Annotated[Path, typer.Option("--mapping", help="Mapping file with rules, roles or notices (JSON).")],
    workspace: WorkspaceOption = None,
    apply: Annotated[bool, typer.Option("--apply", help="Change the roles; without it only say what would.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Decide again who wrote the stored messages: customer, agent, bot or system."""
    from csqm_desktop.importers import mapping as mappings
    from csqm_desktop.jobs.apply_roles import ApplyRoles

    rules = mappings.load(mapping)
    with opened(workspace) as space:
        result = run(ApplyRoles(space, rules, apply, actor="csqm"))
    if as_json:
        print_json(result)
        return
    verb = "changed" if apply else "would change"
    say(f"{result.changed} of {result.messages} messages {verb} their role.")
    for change, count in result.changes.items():
        say(f"  {change}: {count}")
    if result.changed:
        say(
            f"  {result.replies_lost} replies fewer (scores dropped), {result.replies_gained} more;"
            f" {result.reviews_kept} reviews stay with messages that are no replies now"
        )
        say(f"Next: csqm score{same_workspace(workspace)}" if apply else "Change them with --apply.")


@app.command()
def rejected(
    batch: Annotated[int | None, typer.Argument(help="Number of the import (default: the newest).")] = None,
    workspace: WorkspaceOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write them to this CSV file.")] = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
) -> None:
    """Rows that an import refused, with reasons."""
    from csqm_desktop.jobs.quarantine import write_rejected

    spare(out, overwrite)
    with opened(workspace) as space:
        history = space.batches.history(1000)
        chosen = batch if batch is not None else (history[0].id if history else 0)
        if all(known.id != chosen for known in history):
            raise CsqmError("import_batch_missing", number=chosen, known=", ".join(str(b.id) for b in history[:10]))
        rows = space.batches.rejected(chosen)
    if out:
        write_rejected(out, rows)
    if as_json:
        print_json({"batch": chosen, "rejected": rows, "path": out})
        return
    for row in rows if out is None else ():
        say(f"{CsqmError(row.code, **row.values)}  [{row.excerpt}]")
    say(f"Import {chosen}: {len(rows)} rows refused" + (f", written to {out}" if out else ""))
