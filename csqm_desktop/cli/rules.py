"""``csqm rules FILE``: what hand-written rules are worth, before anybody relies on them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csqm_desktop.cli.terminal import JsonOption, WorkspaceOption, opened, plain, print_json, run, say

app = typer.Typer()


@app.command()
def rules(
    file: Annotated[Path, typer.Argument(help="A YAML file with a list “rules”; see docs/formats.md.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check rules against people's labels: coverage, conflicts and accuracy of each."""
    from csqm_desktop.jobs.check_rules import CheckRules

    with opened(workspace) as space:
        result = run(CheckRules(space, file))
    if as_json:
        records = [{**plain(row), "accuracy": row.accuracy} for row in result.rows]
        print_json({"rules": records, "replies": result.replies, "covered": result.covered})
        return
    say(f"{'rule':24s} {'criterion = level':32s} {'covers':>8s} {'conflict':>8s} {'checked':>8s}  accuracy")
    for row in result.rows:
        accuracy = "not checked" if row.accuracy is None else f"{row.accuracy:.0%}"
        what = f"{row.criterion} = {row.level}"
        say(f"{row.name[:24]:24s} {what[:32]:32s} {row.covered:8d} {row.conflicts:8d} {row.checked:8d}  {accuracy}")
    say(f"{result.covered} of {result.replies} replies are covered by a rule.")
