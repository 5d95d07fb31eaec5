"""Exports: labels, scores and conversations of a view as files that other tools, Excel and this program read.

An export appears complete or not at all: it is written beside its place, looked at by the guard on its way, and moved
there only when the guard lets it out. A data card lies beside it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from csqm_desktop.domain import permissions
from csqm_desktop.errors import CsqmError
from csqm_desktop.exporters import base, card
from csqm_desktop.exporters.base import OPINIONS, REVIEWERS, SCORES, Exporter, Plan
from csqm_desktop.exporters.card import Tally
from csqm_desktop.exporters.guard import Finding, Guard
from csqm_desktop.jobs.base import Job, JobContext
from csqm_desktop.jobs.export_card import Facts, content
from csqm_desktop.jobs.version_folders import Versions
from csqm_desktop.privacy.pseudonyms import Pseudonyms, new_key
from csqm_desktop.store.export_rows import View
from csqm_desktop.store.workspace import Workspace

_PROGRESS_EVERY = 50  # conversations


class ExportBlockedError(CsqmError):
    """The guard kept an export back: ``counts`` of personal data by kind, ``findings`` with their places.

    ``older_rules``: texts in the workspace were masked by fewer rules than the guard knows; masking them again helps.
    """

    def __init__(self, path: Path, limit: int, guard: Guard, older_rules: bool = False) -> None:
        over = guard.over(limit)
        first = next((f for f in guard.findings if f.kind in over), guard.findings[0])
        super().__init__(
            "export_blocked_older_rules" if older_rules else "export_blocked",
            file=path.name,
            found=", ".join(f"{n} × {kind}" for kind, n in over.items()),
            row=first.row,
            column=first.column,
            excerpt=first.excerpt,
            limit=limit,
        )
        self.older_rules = older_rules
        self.counts = dict(guard.counts)
        self.findings: tuple[Finding, ...] = tuple(guard.findings)


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A written export. ``rows`` are the records in the file, ``residual`` what the guard saw in them by kind."""

    path: Path
    kind: str
    format: str
    rows: int
    conversations: int
    replies: int
    card: Path
    beside: tuple[Path, ...] = ()
    residual: dict[str, int] = field(default_factory=dict)
    overridden: bool = False


class ExportData(Job[ExportResult]):
    """Write one kind of records to one file or folder.

    ``fresh_signs`` gives pseudonyms signs of this export's own: it cannot be joined with another.
    """

    kind: ClassVar[str] = "export"
    lane: ClassVar[str] = "quick"
    needs: ClassVar[str] = permissions.EXPORT

    def __init__(
        self,
        workspace: Workspace,
        what: str,
        path: Path,
        file_format: str | None = None,
        view: View | None = None,
        opinions: str = REVIEWERS,
        limit: int = 0,
        override: str = "",
        actor: str = "csqm",
        fresh_signs: bool = False,
        overwrite: bool = False,
    ) -> None:
        """``limit``: how much personal data of a kind may be left; ``override``: why more may leave all the same.

        ``overwrite``: a file, or an earlier export that is a folder, may be replaced.
        """
        self._signs = Pseudonyms(new_key()) if fresh_signs else None
        super().__init__(workspace)
        self._exporter: Exporter = base.choose(what, path, file_format)
        if opinions not in OPINIONS:
            raise CsqmError("export_opinions", opinions=opinions, known=", ".join(OPINIONS))
        self.what = what
        self.path = path
        self.view = view or View()
        self.format = self._exporter.name
        self._opinions = opinions
        self._limit = limit
        self._override = override.strip()
        self._actor = actor
        self._overwrite = overwrite
        keys = [criterion.key for criterion in workspace.scorecards.current().criteria]
        if self.view.criterion is not None and self.view.criterion not in keys:
            raise CsqmError("criterion_unknown", criterion=self.view.criterion, known=", ".join(keys))

    def parameters(self) -> dict[str, Any]:
        """What goes where."""
        return {"what": self.what, "path": str(self.path.absolute()), "format": self.format}

    def run(self, context: JobContext) -> ExportResult:
        """Write it; ``ExportBlockedError`` when more personal data than the limit would leave."""
        version_id, plan = self._plan()
        draft = self.path.with_name(f".{self.path.name}.partial")
        guard, tally = Guard(self._exporter.first_row), Tally(plan)
        try:
            self._spare()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _remove(draft)
            rows = self._write(draft, plan, version_id, context, guard, tally)
            self._let_out(guard)
            result = self._finish(draft, plan, rows, guard, tally)
        except OSError as error:
            raise CsqmError("export_failed", file=str(self.path), reason=error.strerror or error) from error
        finally:
            _remove(draft)
        detail = {"what": self.what, "format": self.format, "rows": rows, "left": dict(guard.counts)}
        if result.overridden:
            detail["reason"] = self._override
        action = "export_override" if result.overridden else "export"
        self.workspace.audit.append(self._actor, action, str(self.path), detail)
        return result

    def _spare(self) -> None:
        """What is there is not lost unasked, and what somebody keeps in a folder never is."""
        if self._exporter.ending:
            if self.path.is_file() and not self._overwrite:
                raise CsqmError("output_there", path=str(self.path))
            return
        if not self.path.exists() or (self.path.is_dir() and not any(self.path.iterdir())):
            return
        if not self._overwrite:
            raise CsqmError("export_folder_there", path=str(self.path))
        strange = card.foreign(self.path) if self.path.is_dir() else []
        if strange:
            raise CsqmError("export_folder_foreign", path=str(self.path), first=strange[0], count=len(strange))

    def _plan(self) -> tuple[int | None, Plan]:
        wants_scores = self.what == SCORES or self.format in ("label-studio", "argilla")
        active = Versions(self.workspace).active() if wants_scores else None
        version_id = self.workspace.scores.version_id(active) if active else None
        version_card = self.workspace.scores.columns(version_id).scorecard if version_id is not None else None
        current = self.workspace.scorecards.current()
        return version_id, Plan(self.what, current, self._opinions, self.view.criterion, version_card)

    def _write(
        self, draft: Path, plan: Plan, version_id: int | None, context: JobContext, guard: Guard, tally: Tally
    ) -> int:
        rows = done = 0
        with self._exporter.open(draft, plan) as write:
            for unit in self.workspace.export_rows.units(self.view, self.what, version_id):
                before = rows
                for record in self._exporter.records(unit, plan):
                    if self._signs is not None:
                        record = self._signs.fresh(record)
                    guard.look(record)
                    write(record)
                    rows += 1
                if rows > before:
                    tally.add(unit)
                done += 1
                if done % _PROGRESS_EVERY == 0:
                    context.check_cancelled()
                    context.progress(rows, 0, "writing")
        context.check_cancelled()
        return rows

    def _let_out(self, guard: Guard) -> None:
        # whoever raises the limit lets personal data out as well, only without a reason
        if guard.over(0) and (self._override or not guard.over(self._limit)):
            self.workspace.require(permissions.OVERRIDE_EXPORT_GUARD)
        if guard.over(self._limit) and not self._override:
            older = self.workspace.masked_texts.outdated()
            blocked = ExportBlockedError(self.path, self._limit, guard, older)
            detail = {"what": self.what, "format": self.format, "left": dict(guard.counts)}
            self.workspace.audit.append(self._actor, "export_blocked", str(self.path), detail)
            raise blocked

    def _finish(self, draft: Path, plan: Plan, rows: int, guard: Guard, tally: Tally) -> ExportResult:
        _put(draft, self.path)
        beside = []
        for ending, text in self._exporter.beside(plan).items():
            beside.append(self.path.with_name(self.path.name + ending))
            beside[-1].write_text(text, encoding="utf-8")
        overridden = bool(guard.over(self._limit))
        facts = Facts(self.workspace, self.view, plan, self.format, rows, guard, self._limit)
        written = [p for p in self.path.rglob("*") if p.is_file()] if self.path.is_dir() else [self.path]
        listed = card.files([*written, *beside], self.path.parent)
        as_json, _ = card.write(self.path, content(facts, tally, listed, self._override if overridden else ""))
        return ExportResult(
            path=self.path,
            kind=self.what,
            format=self.format,
            rows=rows,
            conversations=tally.conversations,
            replies=tally.replies,
            card=as_json,
            beside=tuple(beside),
            residual=dict(guard.counts),
            overridden=overridden,
        )


def _put(draft: Path, path: Path) -> None:
    """Give what was written its name; a folder cannot take the place of another one in a single step."""
    if not draft.is_dir() or not path.exists():
        draft.replace(path)
        return
    old = path.with_name(f".{path.name}.old")
    _remove(old)
    path.rename(old)
    try:
        draft.rename(path)
    except OSError:
        old.rename(path)
        raise
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
