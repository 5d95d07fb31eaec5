"""Verbs around privacy: mask again, erase a customer, share figures with noise, what that has cost."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csqm_desktop.cli.terminal import (
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

if TYPE_CHECKING:
    from csqm_desktop.jobs.mask_again import MaskAgainResult

app = typer.Typer()

_COPIES = (
    "Copies kept elsewhere (backups, exports, files that were passed on) still hold the customer: delete them. A backup"
    " that is restored over this workspace has the customer erased again (csqm restore)."
)


@app.command()
def erase(
    workspace: WorkspaceOption = None,
    customer: Annotated[str, typer.Option("--customer", help="The customer's name as it stands in messages.")] = "",
    order: Annotated[str, typer.Option("--order", help="An order number: the conversations about it.")] = "",
    conversation: Annotated[
        list[str] | None, typer.Option("--conversation", help="A conversation's id; may be given several times.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, for the audit log.")] = "",
    by: Annotated[str, typer.Option("--by", help="Who erases, for the audit log.")] = "csqm",
    remove_exports: Annotated[
        bool, typer.Option("--remove-exports", help="Also delete earlier exports in the workspace's exports folder.")
    ] = False,
    keep_backups: Annotated[
        bool, typer.Option("--keep-backups", help="Keep backups, which hold the customer, too.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be erased.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Erase everything about one customer, derived data included; a stub stays in the audit log."""
    from csqm_desktop.jobs.erase_customer import EraseCustomer, Subject, preview

    if not (customer or order or conversation):
        raise typer.BadParameter("say who: --customer, --order or --conversation")
    with opened(workspace) as space:
        found = preview(space, Subject(customer, order, tuple(conversation or ())))
        if dry_run:
            _show(found, as_json)
            return
        if not yes:
            _show(found, False)
            _confirm("Erase this for good?")
        result = run(EraseCustomer(space, found, reason, by, remove_exports, keep_backups))
    if as_json:
        print_json(result)
        return
    parts = {
        "conversations": result.conversations,
        "messages": result.messages,
        "vectors": result.vectors,
        "backups": result.backups,
        "exported files": result.exports,
    }
    say(f"Erased ({result.stub}): " + ", ".join(f"{count} {name}" for name, count in parts.items() if count))
    say("  Rows and index were rewritten.")
    for path in result.left:
        say(f"  may still hold a copy: {path}")
    say(f"  {_COPIES}")
    if result.backups:
        say(f"  The backups in the workspace are gone with the customer; make a new one: {_backup(workspace)}")
    if result.reviews:
        say(f"  {result.reviews} reviews are gone; versions trained with them keep what they learned: csqm train")


def _counted(name: str, count: int) -> str:
    """``rejected_rows`` as a reader's word, in the singular for one."""
    words = name.replace("_", " ")
    if count != 1:
        return words
    return words.removesuffix("ies") + "y" if words.endswith("ies") else words.removesuffix("s")


def _confirm(question: str) -> None:
    """Go on only after a yes; without anybody who could say it, the question gets a line of its own all the same."""
    try:
        typer.confirm(question, abort=True, err=True)
    except typer.Abort:
        if not sys.stdin.isatty():  # nobody pressed Enter behind the question
            note("")
        raise


def _backup(workspace: Path | None) -> str:
    return f"csqm backup{same_workspace(workspace)}"


def _show(found: object, as_json: bool) -> None:
    from csqm_desktop.jobs.erase_customer import ErasurePreview

    assert isinstance(found, ErasurePreview)
    if as_json:
        values = plain(found)
        print_json(
            {"counts": values["counts"], "exports": values["exports"], "backups": values["backups"]}
            | {"elsewhere": values["elsewhere"]}
        )
        return
    note("Would be erased:")
    for name, count in plain(found.counts).items():
        if count:
            note(f"  {count:7d} {_counted(name, count)}")
    if found.backups:
        note(f"  {len(found.backups):7d} backups (they hold the customer as well)")
    for path in found.exports:
        note(f"  an earlier export may hold a copy: {path}")
    for path in found.elsewhere:
        note(f"  a backup elsewhere, which is not deleted, may hold a copy: {path}")
    note(f"  {_COPIES}")


@app.command("mask-again")
def mask_again(
    workspace: WorkspaceOption = None,
    by: Annotated[str, typer.Option("--by", help="Who does it, for the audit log.")] = "csqm",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be masked.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Mask stored texts by the rules of this release; labels stay, changed replies are to be scored again."""
    from csqm_desktop.jobs.mask_again import MaskAgain

    with opened(workspace) as space:
        result: MaskAgainResult = run(MaskAgain(space, by, dry_run))
    if as_json:
        print_json(result)
        return
    would = "would change" if dry_run else "changed"
    say(f"{result.messages} of {result.read} messages {would}.")
    if result.masked:
        say("  masked: " + ", ".join(f"{count} {kind}" for kind, count in sorted(result.masked.items())))
    for name, count in sorted(result.beside.items()):
        say(f"  {count} {name.replace('_', ' ')} {would}")
    if result.left:
        say("  Copies made before may still hold what is masked now; delete those that you do not need:")
    for path in result.left:
        say(f"    {path}")
    if dry_run:
        return
    if result.changed:
        say("  Rows and index were rewritten. Labels stay with their replies.")
    if result.left:
        say(f"  Then make a new backup: {_backup(workspace)}")
    if result.scores:
        say(f"{result.scores} replies read otherwise now. Next: csqm score{same_workspace(workspace)}")


@app.command()
def erasures(
    verb: Annotated[str, typer.Argument(metavar="list", show_default=False, help="“list”; without it, too.")] = "list",
    workspace: WorkspaceOption = None,
    lift: Annotated[
        str, typer.Option("--lift", help="Let imports bring back what this erasure took, e.g. “erasure 1a2b3c4d”.")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="Who lifts it, for the audit log.")] = "csqm",
    as_json: JsonOption = False,
) -> None:
    """Erasures that imports look for, so that no file brings back an erased customer."""
    from csqm_desktop.jobs import erased

    if verb != "list":
        raise typer.BadParameter(f"“{verb}” is not known here; say “list” or nothing", param_hint="list")
    with opened(workspace) as space:
        lifted = erased.lift(space, lift, by) if lift else 0
        left = space.erased.list()
    if as_json:
        print_json({"lifted": lifted, "erasures": left})
        return
    if lift:
        say(f"{lift} is lifted: importing the customer's files brings them back.")
    for erasure in left:
        day = time.strftime("%Y-%m-%d", time.localtime(erasure.at / 1000))
        say(f"  {erasure.stub} of {day}: {erasure.marks} conversations and names are left out of imports")
    if not left:
        say("Imports leave nobody out.")


@app.command()
def ledger(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Releases with noise (“csqm trend --private”) and the privacy that they have cost together."""
    with opened(workspace) as space:
        entries, spent = space.privacy_ledger.entries(), space.privacy_ledger.spent()
    if as_json:
        print_json({"spent": spent, "releases": entries})
        return
    for entry in entries:
        say(f"  ε = {entry.epsilon:g}  {entry.actor}: {entry.what}")
    say(f"ε spent so far: {spent:g} in {len(entries)} releases")


def share_trend(
    workspace: Path | None,
    asked: tuple[str, str | None, str, str],
    terms: tuple[float, int, int],
    out: Path | None,
    as_json: bool,
) -> None:
    """Make one release and print it; ``asked`` is by, criterion, group by, source; ``terms`` ε, cap, smallest."""
    from csqm_desktop.analytics.private import Terms
    from csqm_desktop.cli.figures import STARTER_WORDS, group_words, is_starter, trend_title
    from csqm_desktop.jobs.private_trend import Asked, PrivateTrend

    with opened(workspace) as space:
        by, criterion, group_by, source = asked
        job = PrivateTrend(space, Asked(by, criterion, group_by, source), Terms(*terms), out)
        result = run(job)
        starter = is_starter(space, result.version)
    if as_json:
        print_json({**plain(result), "starter": starter})
        return
    say(f"{trend_title(criterion, by, group_by)}; n: replies. Noise: how far off it makes a figure, 19 times in 20.")
    if starter:
        say(f"Scores given by {STARTER_WORDS}.")
    for p in result.points:
        say(
            f"{p.start} to {p.end}  {group_words(p.group, group_by):12s} {100 * p.mean:.1f}"
            f" (noise ± {100 * p.mean_noise:.1f})"
            f"  n={p.n} (noise ± {p.n_noise:.0f})"
        )
    say(f"ε = {result.epsilon:g} for customers with at most {result.cap} replies each; {result.spent:g} spent so far.")
    say(f"{result.hidden} groups and periods with fewer than {result.smallest} replies are hidden.")
    if result.path is not None:
        say(f"Written to {result.path}")
