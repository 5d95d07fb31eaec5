"""A Hugging Face dataset folder that ``datasets.load_from_disk`` opens, written without that package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from csqm_desktop.domain.exported import ExportUnit
from csqm_desktop.exporters import arrow_tables, tables
from csqm_desktop.exporters.base import Plain, Plan, Record, Write

DATA_FILE = "data-00000-of-00001.arrow"


class HfFolder(Plain):
    """The format: an Arrow stream with the two files that describe it."""

    name = "hf"
    ending = ""
    package = "pyarrow"

    def records(self, unit: ExportUnit, plan: Plan) -> Iterator[Record]:
        """Rows of the neutral table."""
        return tables.rows(unit, plan)

    @contextmanager
    def open(self, path: Path, plan: Plan) -> Iterator[Write]:
        """Write the folder."""
        import pyarrow

        path.mkdir(parents=True)
        with (
            pyarrow.OSFile(str(path / DATA_FILE), "wb") as file,
            pyarrow.ipc.new_stream(file, arrow_tables.schema(plan)) as out,
            arrow_tables.batches(plan, out.write_table) as write,
        ):
            yield write
        fingerprint = sha256((path / DATA_FILE).read_bytes()).hexdigest()[:16]
        _write_json(path / "state.json", _state(fingerprint))
        _write_json(path / "dataset_info.json", _info(plan))


def _state(fingerprint: str) -> dict[str, Any]:
    return {
        "_data_files": [{"filename": DATA_FILE}],
        "_fingerprint": fingerprint,
        "_format_columns": None,
        "_format_kwargs": {},
        "_format_type": None,
        "_output_all_columns": False,
        "_split": None,
    }


def _info(plan: Plan) -> dict[str, Any]:
    features = {
        name: {"dtype": "float64" if tables.is_number(name) else "string", "_type": "Value"}
        for name in tables.columns(plan)
    }
    return {
        "citation": "",
        "description": f"csqm-desktop: {plan.kind}",
        "features": features,
        "homepage": "",
        "license": "",
    }


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True), encoding="utf-8")


EXPORTER = HfFolder()
