"""Errors about rubric files: code to (what happened, what to do)."""

from __future__ import annotations

from csqm_desktop.errors.marks import QT_TRANSLATE_NOOP

MESSAGES: dict[str, tuple[str, str]] = {
    "rubric_unknown": (
        QT_TRANSLATE_NOOP("errors", "There is no rubric {name}."),
        QT_TRANSLATE_NOOP("errors", "Name a YAML file, or one of the built-in rubrics: {known}."),
    ),
    "rubric_unreadable": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} could not be read ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Check the name and the permissions of the file."),
    ),
    "rubric_not_saved": (
        QT_TRANSLATE_NOOP("errors", "The rubric could not be written to {file} ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Choose another folder."),
    ),
    "rubric_too_big": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} is larger than {limit} KB."),
        QT_TRANSLATE_NOOP("errors", "Choose a rubric file; this does not look like one."),
    ),
    "rubric_syntax": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} is not valid YAML in line {line} ({reason})."),
        QT_TRANSLATE_NOOP("errors", "Correct this line; mind indentation, colons and quotation marks."),
    ),
    "rubric_unknown_key": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has the unknown entry “{key}” in {place}."),
        QT_TRANSLATE_NOOP("errors", "Remove or correct it; known entries are {known}."),
    ),
    "rubric_missing": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} lacks “{key}” in {place}."),
        QT_TRANSLATE_NOOP("errors", "Add it."),
    ),
    "rubric_type": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has a value of the wrong kind in {place}."),
        QT_TRANSLATE_NOOP("errors", "Write it like this: {expected}."),
    ),
    "rubric_key": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has a key that cannot be used in {place}: “{key}”."),
        QT_TRANSLATE_NOOP(
            "errors",
            "Use a word without spaces, commas and quotation marks; put numbers, yes and no in quotation marks.",
        ),
    ),
    "rubric_repeated": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} uses “{key}” twice in {place}."),
        QT_TRANSLATE_NOOP("errors", "Give each entry its own key."),
    ),
    "rubric_no_criteria": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has no criteria."),
        QT_TRANSLATE_NOOP("errors", "List at least one under “criteria”."),
    ),
    "rubric_unordered": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has classes without an order beside other criteria."),
        QT_TRANSLATE_NOOP(
            "errors", "A criterion with “ordered: false” stands alone: no reply score can be made of it and others."
        ),
    ),
    "rubric_no_weight": (
        QT_TRANSLATE_NOOP("errors", "All criteria of the rubric {file} have the weight 0."),
        QT_TRANSLATE_NOOP("errors", "Give at least one criterion a weight above 0."),
    ),
    "rubric_levels": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has too few or too many levels in {place} ({count})."),
        QT_TRANSLATE_NOOP("errors", "A criterion has {least} to {most} levels, worst first."),
    ),
    "rubric_weight": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has a negative weight in {place}: {value}."),
        QT_TRANSLATE_NOOP("errors", "Use 0 or more."),
    ),
    "rubric_pass_line": (
        QT_TRANSLATE_NOOP("errors", "The rubric {file} has the pass line {value}."),
        QT_TRANSLATE_NOOP("errors", "Use a number from 0 to 1, for example 0.6."),
    ),
}
