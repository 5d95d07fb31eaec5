"""Files that ``--out`` names: one that is there already is not lost unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from csqm_desktop.errors import CsqmError

OverwriteOption = Annotated[
    bool, typer.Option("--overwrite", help="Replace the file, or a folder of an earlier export, when it is there.")
]


def spare(out: Path | None, overwrite: bool, ours: Callable[[Path], bool] | None = None) -> None:
    """Raise ``output_there`` when a file would be lost; one of which ``ours`` says that csqm wrote it may be.

    A folder is left to whoever writes it: nothing here writes over one.
    """
    if out is None or overwrite or not out.is_file():
        return
    if ours is None or not ours(out):
        raise CsqmError("output_there", path=out)
