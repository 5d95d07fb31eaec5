"""Rows that an import refused, as a file to mend them by."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError


def reason_of(row: RejectedRow) -> str:
    """Why a row was refused, and what to do, in English."""
    return str(CsqmError(row.code, **row.values))


def write_rejected(target: Path, rows: Sequence[RejectedRow], reason: Callable[[RejectedRow], str] = reason_of) -> None:
    """Write rejected rows as CSV that a spreadsheet opens clean, with formulas made harmless."""
    try:
        with target.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("row", "code", "reason", "excerpt"))
            for item in rows:
                excerpt = f"'{item.excerpt}" if item.excerpt[:1] in ("=", "+", "-", "@") else item.excerpt
                writer.writerow((item.row, item.code, reason(item), excerpt))
    except OSError as error:
        raise CsqmError("disk_full", path=target, reason=error.strerror or error) from error
