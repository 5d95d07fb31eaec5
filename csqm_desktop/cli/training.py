"""Commands that make and measure versions: train, evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csqm_desktop.cli.reports import gate_lines, report_metrics, report_trained, weak_line
from csqm_desktop.cli.scoring import advice
from csqm_desktop.cli.terminal import (
    DeviceOption,
    JsonOption,
    WorkspaceOption,
    model,
    note,
    opened,
    plain,
    print_json,
    report_rejected,
    run,
    same_workspace,
    say,
    verdict_words,
)
from csqm_desktop.domain import gate_reasons

if TYPE_CHECKING:
    from csqm_desktop.domain.scorecard import Scorecard
    from csqm_desktop.jobs.train_model import TrainResult

app = typer.Typer()


@app.command()
def train(
    workspace: WorkspaceOption = None,
    method: Annotated[
        str,
        typer.Option(
            "--method",
            help="head: scoring heads only, seconds. lora: small add-on weights, the usual fine-tune. "
            "adalora: LoRA that gives its room to the layers that need it. ia3: only scales what the model "
            "knows, smallest. prompt: learns a hint before each reply. full: changes the whole model, slowest.",
        ),
    ] = "head",
    seed: Annotated[int, typer.Option("--seed", help="Same data, seed and device: same version.")] = 0,
    device: DeviceOption = "auto",
    from_scratch: Annotated[
        bool, typer.Option("--from-scratch", help="Fine-tune on all labels anew; do not go on from the active version.")
    ] = False,
    epochs: Annotated[int | None, typer.Option("--epochs", min=1, help="Most passes of a fine-tune.")] = None,
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="Also learn, with little weight, what the rules of this file say. Remembered."),
    ] = None,
    no_rules: Annotated[bool, typer.Option("--no-rules", help="No longer learn from rules.")] = False,
    pseudo_labels: Annotated[
        bool | None,
        typer.Option(
            "--pseudo-labels/--no-pseudo-labels",
            help="Also learn, with little weight, from scores that the active version is sure of. Remembered; off at"
            " first.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Train a candidate on all labels, run the gate, activate it if it passed."""
    from csqm_desktop.jobs import weak_labels
    from csqm_desktop.jobs.shown_version import shown_version
    from csqm_desktop.jobs.train_model import TrainModel, learned_from_these

    wanted: dict[str, Any] = {"from_scratch": True} if from_scratch else {}
    if epochs is not None:
        wanted["epochs"] = epochs
    with opened(workspace) as space, model(background=True) as process:
        if rules is not None:
            weak_labels.use_rules(space, rules)
        weak_labels.switch(space, False if no_rules else None, pseudo_labels)
        if same := learned_from_these(space):
            note(f"No verdict has changed since {same} was trained: this training learns from the same ones.")
        result = run(TrainModel(space, process, method, seed, device, wanted))
        found = advice(space)
        scorecard = space.scorecards.current()
        stands_in = shown_version(space).is_before and scorecard.ordered
    if as_json:
        print_json({**plain(result), "advice": found})
        return
    say(f"{result.version}: {'active now' if result.activated else 'not activated'} ({verdict_words(result.verdict)})")
    _tell_training(result, scorecard)
    if found and found["code"] != "too_few":
        say(found["sentence"])
    if result.activated:
        until = " (until then csqm trend, csqm queue and the window show the version before)" if stands_in else ""
        say(f"Next: csqm score{same_workspace(workspace)}{until}")


def _tell_training(result: TrainResult, scorecard: Scorecard) -> None:
    for reason in result.reasons:
        say(f"  {gate_reasons.sentence(reason)}")
    if result.card is not None:
        for line in gate_lines(result.card):
            say(f"  {line}")
        report_trained(result.card, scorecard)
        if result.card.weak:
            say(f"  {weak_line(result.card.weak)}")


@app.command()
def evaluate(
    file: Annotated[
        Path, typer.Argument(help="Labels not used for training, as csqm label takes them; or a table text,label.")
    ],
    workspace: WorkspaceOption = None,
    device: DeviceOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """The active version against labels given in a file: metrics with intervals."""
    from csqm_desktop.jobs.evaluate_version import EvaluateVersion
    from csqm_desktop.jobs.version_folders import Versions

    with opened(workspace) as space, model() as process:
        result = run(EvaluateVersion(space, process, file, device))
        scorecard = space.scorecards.get(Versions(space).scorecard_id(result.version))
    if as_json:
        print_json(result)
        return
    say(f"{result.version} on {result.replies} replies ({result.overlap} known from training left out):")
    report_metrics(result.metrics, scorecard)
    report_rejected(result)
