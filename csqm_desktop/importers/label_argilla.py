"""Labels from an Argilla folder (``Dataset.to_disk``): the responses, with what our export said about their authors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.label_rows import Row, Values
from csqm_desktop.importers.label_studio import CHOICES, TEXTS
from csqm_desktop.importers.neutral import mapping_of, objects_of

RECORDS, SETTINGS = "records.json", ".argilla/settings.json"


def is_folder(path: Path) -> bool:
    """Whether a path is such a folder."""
    return (path / SETTINGS).is_file() and (path / RECORDS).is_file()


def rows(path: Path) -> Iterator[Row]:
    """A row for each level of each response, numbered by record."""
    try:
        records = json.loads((path / RECORDS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CsqmError("labels_broken", file=str(path / RECORDS), reason=str(error)[:80]) from error
    for number, record in enumerate(objects_of(records), start=1):
        yield from ((number, row) for row in _record(record))


def _record(record: dict[str, Any]) -> Iterator[Values]:
    metadata = mapping_of(record.get("metadata"))
    ids = {key: metadata.get(key, "") for key in ("conversation_id", "message_id")}
    known = {about["user_id"]: about for about in objects_of(_opinions(metadata)) if "user_id" in about}
    people: dict[str, dict[str, Any]] = {user: {} for user in known}
    for question, responses in mapping_of(record.get("responses")).items():
        for response in objects_of(responses):
            people.setdefault(str(response.get("user_id", "")), {})[question] = response.get("value")
    for user, answers in people.items():
        if answers:
            about = {key: "" if value is None else value for key, value in known.get(user, {}).items()}
            yield from _answers({"reviewer": f"argilla {user}", **ids, **about}, answers)


def _opinions(metadata: dict[str, Any]) -> object:
    try:
        return json.loads(metadata.get("opinions") or "[]")
    except (TypeError, ValueError):
        return []


def _answers(said: dict[str, Any], answers: dict[str, Any]) -> Iterator[Values]:
    levels: list[tuple[str, Any]] = []
    for question, value in answers.items():
        name = TEXTS.get(question) or CHOICES.get(question)
        if name is None:
            levels.append((question, value))
        else:
            said[name] = ";".join(map(str, value)) if isinstance(value, list) else value
    if levels:
        yield from ({**said, "criterion": criterion, "level": level} for criterion, level in levels)
    else:
        yield {**said, "criterion": "", "level": ""}
