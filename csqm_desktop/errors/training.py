"""Errors about training, scoring and versions: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "too_few_labels": (
        QT_TRANSLATE_NOOP(
            "errors", "There are too few labels to train: “{criterion}” has {have} of the {need} replies needed."
        ),
        QT_TRANSLATE_NOOP("errors", "Review more replies, best of all with different levels. Nothing was changed."),
    ),
    "wrong_base": (
        QT_TRANSLATE_NOOP("errors", "Version {version} was trained on another base model than the one in {path}."),
        QT_TRANSLATE_NOOP("errors", "Choose the base model it was trained on, or train a new version on this one."),
    ),
    "version_other_scorecard": (
        QT_TRANSLATE_NOOP("errors", "Version {version} was trained for other criteria or levels."),
        QT_TRANSLATE_NOOP("errors", "Train a version for the current scorecard, or go back to the earlier scorecard."),
    ),
    "device_missing": (
        QT_TRANSLATE_NOOP("errors", "This computer has no usable {device} device."),
        QT_TRANSLATE_NOOP("errors", "Set the device to “auto” or “cpu” (in the settings, or with --device cpu)."),
    ),
    "out_of_memory": (
        QT_TRANSLATE_NOOP("errors", "The computer ran out of memory while the model was working."),
        QT_TRANSLATE_NOOP("errors", "Close other programs and start again; replies scored so far are kept."),
    ),
    "training_diverged": (
        QT_TRANSLATE_NOOP("errors", "Training with method {method} did not change the model as it should ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Train with method “head”, or with a smaller learning rate. Nothing was changed."),
    ),
    "method_did_not_act": (
        QT_TRANSLATE_NOOP("errors", "The check of method {method} after training failed: {reason}."),
        QT_TRANSLATE_NOOP(
            "errors", "Nothing was changed. Train with method “head” or “lora”, and report this with the log file."
        ),
    ),
    "method_unsupported": (
        QT_TRANSLATE_NOOP("errors", "Method {method} does not fit the base model ({model}): {reason}."),
        QT_TRANSLATE_NOOP("errors", "Choose method “head” or “full”, or another base model. Nothing was changed."),
    ),
    "worker_died": (
        QT_TRANSLATE_NOOP("errors", "The model process ended unexpectedly (exit code {exit})."),
        QT_TRANSLATE_NOOP(
            "errors", "Start the job again: it goes on where it stopped. If it happens again, see the log file {log}."
        ),
    ),
    "no_version": (
        QT_TRANSLATE_NOOP("errors", "There is no model version for the scorecard “{scorecard}” yet."),
        QT_TRANSLATE_NOOP(
            "errors", "Review some replies (or import labels with “csqm label”), then train with “csqm train”."
        ),
    ),
    "unknown_method": (
        QT_TRANSLATE_NOOP("errors", "There is no training method “{method}”."),
        QT_TRANSLATE_NOOP("errors", "Choose one of: {known}."),
    ),
    "version_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no model version “{version}”."),
        QT_TRANSLATE_NOOP("errors", "See the versions with “csqm models list”."),
    ),
    "evaluate_overlap": (
        QT_TRANSLATE_NOOP("errors", "All labelled replies of {file} are in the workspace's own labels."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Give a file of labels that were not imported for training. What the version reaches on labels held out"
            " from training: “csqm models show”.",
        ),
    ),
    "version_damaged": (
        QT_TRANSLATE_NOOP("errors", "The model version {version} is damaged ({problem})."),
        QT_TRANSLATE_NOOP("errors", "Activate another version with “csqm models activate”, or train again."),
    ),
    "version_outdated": (
        QT_TRANSLATE_NOOP("errors", "The model version {version} was trained by another edition of this program."),
        QT_TRANSLATE_NOOP("errors", "Train again: the new version will read replies as this edition does."),
    ),
    "version_exists": (
        QT_TRANSLATE_NOOP("errors", "There is already a model version “{version}”."),
        QT_TRANSLATE_NOOP("errors", "Start the training again: it takes the next free name. Nothing was changed."),
    ),
    "rollback_impossible": (
        QT_TRANSLATE_NOOP("errors", "There is no earlier version to go back to."),
        QT_TRANSLATE_NOOP("errors", "Choose one with “csqm models list” and “csqm models activate”."),
    ),
}
