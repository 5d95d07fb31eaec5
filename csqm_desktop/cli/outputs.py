"""Files that ``--out`` names: one that is there already is not lost unasked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csqm_desktop.errors import CsqmError

OverwriteOption = Annotated[
    bool, typer.Option("--overwrite", help="Replace the file, or a folder of an earlier export, when it is there.")
]


def spare(out: Path | None, overwrite: bool) -> None:
    """Raise ``output_there`` when a file would be lost, an earlier one of our own as well: whose it is, nobody knows.

    A folder is left to whoever writes it: nothing here writes over one.
    """
    if out is not None and not overwrite and out.is_file():
        raise CsqmError("output_there", path=out)


def of_kind(out: Path | None, *endings: str) -> None:
    """Raise ``output_kind`` when a file's name promises another format than the one that would be written."""
    if out is not None and out.suffix.lower() not in endings:
        raise CsqmError("output_kind", path=out, known=", ".join(endings))
