"""Commands around the workspace and its files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csqm_desktop.cli.outputs import OverwriteOption, spare
from csqm_desktop.cli.passphrases import new_secret, show_recovery_code
from csqm_desktop.cli.terminal import (
    JsonOption,
    TerminalContext,
    WorkspaceOption,
    model,
    opened,
    print_json,
    report_rejected,
    run,
    say,
    sign_in,
    unlock_folder,
    verdict_words,
    workspace_folder,
)
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import children
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault.unlock import new_keys

if TYPE_CHECKING:
    from csqm_desktop.jobs.backup import BackupResult

app = typer.Typer()


@app.command()
def init(
    workspace: WorkspaceOption = None,
    rubric: Annotated[
        str, typer.Option("--rubric", help="A rubric file, or the name of a built-in one.")
    ] = "ecommerce",
    labels_from: Annotated[
        Path | None,
        typer.Option(
            "--labels-from", help="A table of texts with a class in each row: makes the scorecard and reads it."
        ),
    ] = None,
    order: Annotated[
        str, typer.Option("--order", help="With --labels-from: its classes, worst first, e.g. bad,ok,good.")
    ] = "",
    lang: Annotated[str, typer.Option("--lang", help="zh or en: the workspace's language.")] = "en",
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Protect it with a passphrase.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a workspace with a scorecard."""
    from csqm_desktop import rubrics
    from csqm_desktop.jobs import labelled_texts, starter

    if lang not in ("zh", "en"):
        raise typer.BadParameter("use zh or en", param_hint="--lang")
    if order and labels_from is None:
        raise typer.BadParameter("goes with --labels-from; a rubric file has its own order", param_hint="--order")
    scorecard = labelled_texts.scorecard_for(labels_from, order) if labels_from else rubrics.load(rubric)
    folder = workspace_folder(workspace)
    keys, key, code = new_keys(new_secret(folder)) if encrypt else (None, None, "")
    made = Workspace.create(folder, scorecard, lang, (keys, key) if keys and key else None)
    made.close()
    if labels_from is not None:
        _read_labelled(made.folder, labels_from, as_json, code)
        return
    names = [criterion.key for criterion in scorecard.criteria]
    if as_json:
        shown = {"recovery_code": code} if code else {}
        print_json({"workspace": made.folder, "scorecard": scorecard.key, "criteria": names, **shown})
    else:
        show_recovery_code(code)
        say(f"Made {made.folder} with scorecard “{scorecard.name.get(lang)}” ({', '.join(names)}).")
        if not starter.matches(scorecard):
            say("This scorecard has no starter version: review or label some replies, then “csqm train”.")
        say(f'Next: csqm import FILE --workspace "{made.folder}"')


def _read_labelled(folder: Path, table: Path, as_json: bool, code: str) -> None:
    from csqm_desktop.jobs.labelled_texts import ImportLabelledTexts

    with opened(folder) as space:
        result = run(ImportLabelledTexts(space, table))
        criterion = space.scorecards.current().criteria[0]
    levels = [level.name.get("en") for level in criterion.levels]
    if as_json:
        order = {"levels": levels, "ordered": criterion.ordered}
        print_json({"workspace": folder, **({"recovery_code": code} if code else {}), "read": result, **order})
        return
    show_recovery_code(code)
    found = ", ".join(f"{name} {count}" for name, count in result.classes.items())
    say(f"Made {folder} from {table.name}: {result.messages.added} texts, {result.labels.added} labels ({found}).")
    if result.rejected:
        say(f"{result.rejected} rows without a text or a class were left out.")
    say(_order_line(levels, criterion.ordered))
    say(f'Next: csqm train --workspace "{folder}"')


def _order_line(levels: list[str], ordered: bool) -> str:
    again = "make the workspace again in a new folder with --order"
    if ordered:
        return (
            f"Worst to best: {', '.join(levels)}. If that is wrong, {again} {','.join(reversed(levels))} (worst first)."
        )
    return (
        f"The classes {', '.join(levels)} have no order that csqm knows, so none counts as better: no mean scores are"
        f" shown. If they have one, {again} {','.join(levels)} (worst first)."
    )


@app.command()
def label(
    file: Annotated[Path, typer.Argument(help="Labels: CSV, XLSX, JSONL, Parquet, Label Studio, doccano, Argilla.")],
    workspace: WorkspaceOption = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="For rows that name none.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Read labels from a file: a row for each level, or a column for each criterion.

    Columns: conversation_id, message_id, criterion, level; or conversation_id, message_id and a column named like
    each criterion. Optional: reviewer, reviewed_at, comment, root_cause, better_reply, verdict. Criteria and levels
    by key or by name, in either language; n/a where a criterion does not apply.
    """
    from csqm_desktop.jobs.import_labels import ImportLabels

    with opened(workspace) as space:
        result = run(ImportLabels(space, file, reviewer))
    if as_json:
        print_json(result)
        return
    say(f"{result.path}: {_counted(result.rows, 'row')}, {result.used} used, {result.rows - result.used} rejected.")
    reviews = result.added + result.unchanged + result.replaced
    say(
        f"They hold {_counted(reviews, 'review')} (what one reviewer said of one reply): {result.added} new,"
        f" {result.replaced} in place of earlier ones, {result.unchanged} known already."
    )
    if result.rejected:
        say("Not used:")
    report_rejected(result)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


@app.command()
def doctor(
    workspace: WorkspaceOption = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended first.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check the machine, the workspace and the model store; say how to mend what is found."""
    from csqm_desktop.jobs import doctor as checks
    from csqm_desktop.jobs import encryption, mend

    folder = workspace_folder(workspace)
    if encryption.is_encrypted(folder):
        unlock_folder(folder)
    mended = mend.mend(folder, TerminalContext(), sign_in) if fix and Workspace.exists(folder) else mend.Mended()
    findings = checks.examine(folder)
    problems = sum(finding.level == "problem" for finding in findings)
    if as_json:
        print_json({"findings": findings, "problems": problems, "mended": mended.done, "moved": mended.moved})
    else:
        for area, text in mended.done:
            say(f"~ {area}: {text}")
        if mended.moved:
            say(f"The damaged database lies in {mended.moved}.")
        marks = {"ok": "✓", "warning": "!", "problem": "✗"}
        for finding in findings:
            say(
                f"{marks[finding.level]} {finding.area}: {finding.text}"
                + (f". {finding.remedy}" if finding.remedy else "")
            )
    if problems:
        raise typer.Exit(1)


@app.command()
def backup(
    workspace: WorkspaceOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write (default: in the workspace).")] = None,
    overwrite: OverwriteOption = False,
    as_json: JsonOption = False,
) -> None:
    """A consistent copy of a workspace in one file, also while it is in use."""
    from csqm_desktop.jobs.backup import BackUp

    spare(out, overwrite)
    with opened(workspace) as space:
        result = run(BackUp(space, out))
    if as_json:
        print_json(result)
    else:
        say(f"{result.path}: {result.messages} messages, {result.bytes / 1e6:.1f} MB")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file written by “csqm backup”.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a workspace from a backup; one that is there already is moved aside, not overwritten."""
    from csqm_desktop.jobs import backup as backups

    context, folder = TerminalContext(), workspace_folder(workspace)

    def unlock(place: Path) -> None:
        unlock_folder(place, " of the workspace that is there" if place == folder else " of the backup")

    result = backups.restore(file, folder, context, unlock, sign_in)
    context.end_line()
    if as_json:
        print_json(result)
    else:
        say(f"{result.path}: {result.messages} messages")
        if result.moved:
            say(f"The workspace that was there lies in {result.moved} now.")
        _say_erased(result, file)


def _say_erased(result: BackupResult, file: Path) -> None:
    if result.erased is None:
        say(
            "The workspace that was there could not be read, so customers whom it had erased since the backup may be"
            " back. Erase them again with “csqm erase”."
        )
    elif result.erased:
        say(
            f"{result.erased} conversations of customers erased since the backup were erased again."
            f" {file} still holds them: delete it when you no longer need it."
        )


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Argument(help="Where to build it (default: ./demo-workspace).")] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="The same; CSQM_WORKSPACE does not count here.")
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="zh or en.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """A ready workspace from data that the project ships: scored, partly labelled, trained."""
    from csqm_desktop.jobs.demo import make_demo

    folder = (folder or workspace or Path("demo-workspace")).absolute()
    context = TerminalContext()
    with model() as process:
        result = make_demo(folder, lang, process, context)
    context.end_line()
    if as_json:
        print_json(result)
        return
    say(
        f"{'Made' if result.created else 'Found'} {result.folder}: {result.conversations} conversations,"
        f" {result.replies} replies, {result.labelled} labelled;"
        f" version {result.version} ({verdict_words(result.verdict)})."
    )
    say(f'Open it with:  csqm-desktop --workspace "{result.folder}"')
    say(f'Or look at:    csqm queue --workspace "{result.folder}"   and   csqm trend --workspace "{result.folder}"')


@app.command()
def screenshots(
    folder: Annotated[Path, typer.Argument(help="Where the pictures go.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Render every screen offscreen: light and dark, English and Chinese, 1440×900."""
    with opened(workspace) as space:
        source, empty = space.folder, not space.conversations.totals().conversations
    folder.mkdir(parents=True, exist_ok=True)
    command = children.command("screenshots-render", str(folder), str(source))
    environment = children.environment() | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run(command, env=environment, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise CsqmError("screenshots_failed", exit=done.returncode)
    pictures = sorted(str(path) for path in folder.glob("*.png"))
    if as_json:
        print_json({"pictures": pictures})
    else:
        say(f"{len(pictures)} pictures in {folder}")
        if empty:
            say("The workspace is empty: its pages say so, and the question before erasing is not among the pictures.")
