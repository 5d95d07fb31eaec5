"""The way out for every format: values in, files out. A format is one module with an ``Exporter``.

Adding one means writing the module and naming it in ``registry``. Exporters know neither the store nor jobs; what they
write passes ``guard.Guard`` on its way.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from csqm_desktop.domain.exported import ExportUnit
from csqm_desktop.domain.scorecard import Scorecard
from csqm_desktop.errors import CsqmError

LABELS, SCORES, CONVERSATIONS = "labels", "scores", "conversations"
KINDS = (LABELS, SCORES, CONVERSATIONS)
REVIEWERS, CONSENSUS = "reviewers", "consensus"
OPINIONS = (REVIEWERS, CONSENSUS)

Record = dict[str, Any]
Write = Callable[[Record], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is exported. ``scorecard`` is the current one, ``version_card`` that of the version whose scores go out."""

    kind: str
    scorecard: Scorecard
    opinions: str = REVIEWERS  # or CONSENSUS: one row for all reviewers
    criterion: str | None = None  # only this one
    version_card: Scorecard | None = None

    def wants(self, criterion: str) -> bool:
        """Whether a criterion is among those exported."""
        return self.criterion is None or criterion == self.criterion


class Exporter(Protocol):
    """One format. Exporters hold no state between files."""

    @property
    def name(self) -> str:
        """What ``--format`` calls it."""

    @property
    def ending(self) -> str:
        """The ending of its files with the dot; empty for a format that is a folder."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it can hold."""

    @property
    def package(self) -> str:
        """The optional package that writes it, empty when none is needed."""

    @property
    def first_row(self) -> int:
        """The number of the first record as its file counts: 2 under a header, else 1."""

    def records(self, unit: ExportUnit, plan: Plan) -> Iterator[Record]:
        """The records of one conversation."""

    def open(self, path: Path, plan: Plan) -> AbstractContextManager[Write]:
        """Begin the file or folder at ``path``; it is complete when the context ends without an error."""

    def beside(self, plan: Plan) -> Mapping[str, str]:
        """More files, by what is added to the export's name: e.g. a labelling configuration."""


class Plain:
    """What most formats share."""

    package = ""
    first_row = 1
    kinds: tuple[str, ...] = KINDS

    def beside(self, _plan: Plan) -> Mapping[str, str]:
        """Nothing more."""
        return {}


def registry() -> tuple[Exporter, ...]:
    """All formats."""
    from csqm_desktop.exporters import (  # they import this module
        argilla,
        csv_table,
        doccano,
        hf_folder,
        jsonl,
        label_studio,
        openai_chat,
        parquet,
        sharegpt,
        xlsx,
    )

    return (
        csv_table.EXPORTER,
        xlsx.EXPORTER,
        jsonl.EXPORTER,
        parquet.EXPORTER,
        hf_folder.EXPORTER,
        label_studio.EXPORTER,
        doccano.EXPORTER,
        argilla.EXPORTER,
        openai_chat.EXPORTER,
        sharegpt.EXPORTER,
    )


def format_names() -> tuple[str, ...]:
    """The names that ``--format`` takes."""
    return tuple(exporter.name for exporter in registry())


def choose(kind: str, path: Path, name: str | None) -> Exporter:
    """The exporter that was named, else the one for the file's ending; ``CsqmError`` when there is none."""
    if kind not in KINDS:
        raise CsqmError("export_kind", kind=kind, known=", ".join(KINDS))
    wanted = name or _by_ending(path)
    found = next((e for e in registry() if e.name == wanted), None)
    if found is None:
        raise CsqmError("export_format", format=wanted, known=", ".join(format_names()))
    if kind not in found.kinds:
        fitting = ", ".join(e.name for e in registry() if kind in e.kinds)
        raise CsqmError("export_format_kind", format=wanted, kind=kind, known=fitting)
    if found.package and importlib.util.find_spec(found.package) is None:
        raise CsqmError("package_missing", package=found.package)
    return found


def _by_ending(path: Path) -> str:
    """The format whose ending fits longest, else what the file's own ending says."""
    fitting = [e for e in registry() if e.ending and path.name.lower().endswith(e.ending)]
    if fitting:
        return max(fitting, key=lambda e: len(e.ending)).name
    return path.suffix.lower().lstrip(".") or "csv"
