"""Labels from Label Studio: the annotations of tasks that were exported here, edited there or not.

Choices are levels of the criterion that the control is named after. Predictions are a model's and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.json_text import JsonText
from csqm_desktop.importers.label_rows import Row, Values
from csqm_desktop.importers.lines import TextStream
from csqm_desktop.importers.neutral import mapping_of, objects_of
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile

TEXTS = {"review_comment": "comment", "review_better_reply": "better_reply", "reviewer_name": "reviewer"}
CHOICES = {"review_root_cause": "root_cause", "review_verdict": "verdict"}


def rows(source: SourceFile) -> Iterator[Row]:
    """A row for each level of each annotation, numbered by task."""
    stream = TextStream(source)
    try:
        text = JsonText(stream)
        text.expect("[")
        number = 0
        while not text.skip("]"):
            if number:
                text.expect(",")
            number += 1
            text.row = number
            task = text.value()
            if not isinstance(task, dict) or "data" not in task:
                if number == 1:
                    raise CsqmError("labels_broken", file=str(source.path), reason="not a list of Label Studio tasks")
                yield number, rejected(source.name, number, "label_row_json", text.raw(), reason="not a task")
                continue
            yield from ((number, row) for row in _task(task))
    finally:
        stream.close()


def _task(task: dict[str, Any]) -> Iterator[Values]:
    data = mapping_of(task["data"])
    ids = {"conversation_id": data.get("conversation_id", ""), "message_id": data.get("message_id", "")}
    for annotation in objects_of(task.get("annotations")):
        yield from ({**ids, **row} for row in _annotation(annotation))


def _annotation(annotation: dict[str, Any]) -> Iterator[Values]:
    said: dict[str, Any] = {
        "reviewer": _annotator(annotation.get("completed_by")),
        "reviewed_at": annotation.get("created_at") or annotation.get("updated_at") or "",
        "scorecard_version": annotation.get("scorecard_version", ""),
        "source": annotation.get("source", ""),
        "seconds": annotation.get("lead_time", ""),
        "verdict": "skipped" if annotation.get("was_cancelled") else "",
    }
    levels: list[tuple[str, str]] = []
    for item in objects_of(annotation.get("result")):
        name, value = str(item.get("from_name", "")), mapping_of(item.get("value"))
        if name in TEXTS:
            said[TEXTS[name]] = "\n".join(map(str, value.get("text") or []))
        elif name in CHOICES:
            said[CHOICES[name]] = ";".join(map(str, value.get("choices") or []))
        else:
            levels += [(name, str(level)) for level in value.get("choices") or []]
    if not said["verdict"]:
        said["verdict"] = "scored"
    if levels:
        yield from ({**said, "criterion": criterion, "level": level} for criterion, level in levels)
    elif said["verdict"] != "scored":
        yield said


def _annotator(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("email") or value.get("username") or value.get("id") or "")
    return "" if value is None else f"annotator {value}"
