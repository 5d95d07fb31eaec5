"""The points of a trend as a table for spreadsheet programs, the same from the window and from the command line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from csqm_desktop.analytics.trends import Point
from csqm_desktop.domain.spreadsheet import escaped
from csqm_desktop.errors import CsqmError

COLUMNS = ("start", "end", "source", "criterion", "role", "n", "mean", "low_95", "high_95", "below_share", "few")
_GROUP = COLUMNS.index("role")


def write_csv(path: Path, points: Sequence[Point], source: str, criterion: str | None, group: str = "role") -> None:
    """Figures in 0..1, UTF-8 with a mark at the start, which spreadsheet programs need for Chinese.

    ``group`` is what the fifth column is called: by what the points are grouped. ``few`` is 1 where too few replies
    stand behind a point to read much into it. The file appears whole or not at all.
    """
    draft = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow((*COLUMNS[:_GROUP], group, *COLUMNS[_GROUP + 1 :]))
            writer.writerows(_row(point, source, criterion) for point in points)
        draft.replace(path)
    except OSError as error:
        raise CsqmError("export_failed", file=str(path), reason=error.strerror or error) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _row(point: Point, source: str, criterion: str | None) -> tuple[object, ...]:
    figures = (f"{value:.6f}" for value in (point.mean, point.low, point.high, point.below_share))
    return (
        point.start.isoformat(),
        point.end.isoformat(),
        source,
        escaped(criterion or "overall"),
        escaped(point.group),
        point.n,
        *figures,
        int(point.hollow),
    )
