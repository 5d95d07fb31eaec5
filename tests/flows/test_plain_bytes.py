"""No byte of personal data is on the disk after it came in by any way, was labelled, exported and backed up.

What is documented to stay as it came is not planted: ids, order numbers, names of shops, products and files
(docs/privacy.md).
"""

from __future__ import annotations

import csv
import io
import json
import logging
import tempfile
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from csqm_desktop import logs
from csqm_desktop.jobs import pasted
from csqm_desktop.jobs.backup import BackUp
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.export_data import ExportData
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.jobs.import_labels import ImportLabels
from csqm_desktop.jobs.mask_again import MaskAgain
from csqm_desktop.jobs.review_texts import masked_draft, masked_review
from csqm_desktop.jobs.watch_folder import Watch
from csqm_desktop.store.search import Search
from tests import builders

HEAD = ("conversation_id", "message_id", "sent_at", "role", "sender", "text")
WHEN = "2026-09-01T08:00:00Z"


class Planted:
    """Values that must not be found again, and where they were put."""

    def __init__(self) -> None:
        self.where: dict[str, str] = {}

    def phone(self, where: str) -> str:
        return self._new(where, f"138{10_000_019 + 7919 * len(self.where)}")

    def mail(self, where: str) -> str:
        return self._new(where, f"wang.{len(self.where)}x@mail.example.com")

    def name(self, where: str) -> str:
        given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
        return self._new(where, "欧阳" + given[len(self.where) // 20 % 20] + given[len(self.where) % 20])

    def _new(self, where: str, value: str) -> str:
        self.where[value] = where
        return value

    def found_in(self, *roots: Path) -> list[str]:
        """Where any of them is in a file or an archive below folders, in UTF-8 or UTF-16."""
        pieces = [
            piece for root in roots for path in sorted(root.rglob("*")) if path.is_file() for piece in _pieces(path)
        ]
        values = [(value, where, code) for value, where in self.where.items() for code in ("utf-8", "utf-16-le")]
        return [
            f"{where} in {name}" for value, where, code in values for name, data in pieces if value.encode(code) in data
        ]


def _pieces(path: Path) -> list[tuple[str, bytes]]:
    pieces = [(path.name, path.read_bytes())]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            pieces += [(f"{path.name}: {name}", archive.read(name)) for name in archive.namelist()]
    return pieces


def rows(planted: Planted, way: str) -> list[list[str]]:
    """Good rows and some that are rejected."""
    return [
        [f"{way}1", "1", WHEN, "customer", "Ann", f"my number is {planted.phone(way)}, {planted.mail(way)}"],
        [f"{way}1", "2", WHEN, "agent", "Li", f"好的，您的电话{planted.phone(way)}，收件人{planted.name(way)}"],
        [f"{way}2", "1", WHEN, "customer", planted.phone(f"{way} sender"), "hello"],
        [f"{way}3", "1", f"at {planted.phone(f'{way} time')}", "customer", "Ann", planted.mail(f"{way} rejected")],
        [f"{way}4", "1", WHEN, f"role {planted.phone(f'{way} role')}", "Ann", f"收件人{planted.name(f'{way} role')}"],
    ]


def table(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *lines])
    return out.getvalue()


def export_files(folder: Path, planted: Planted) -> list[Path]:
    """The same in three formats, with broken ends."""
    table_file, records, book = folder / "a.csv", folder / "a.jsonl", folder / "a.xlsx"
    table_file.write_text(table(rows(planted, "csv")) + f'"open {planted.phone("broken csv")}\n', encoding="utf-8")
    items = [json.dumps(dict(zip(HEAD, row, strict=True)), ensure_ascii=False) for row in rows(planted, "jsonl")]
    records.write_text("\n".join([*items, f'{{"text": "{planted.phone("broken json")}']), encoding="utf-8")
    with xlsxwriter.Workbook(str(book)) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([HEAD, *rows(planted, "xlsx")]):
            sheet.write_row(number, 0, row)
    return [table_file, records, book]


@pytest.fixture
def space(tmp_path, csqm_home, monkeypatch):
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    logs.set_up()
    made = builders.workspace(tmp_path / "w")
    yield made
    made.close()
    logger = logging.getLogger("csqm_desktop")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def test_no_way_in_leaves_personal_data_on_the_disk(space, tmp_path, csqm_home):
    planted, outside = Planted(), tmp_path / "outside"
    outside.mkdir()
    came_in(space, outside, planted)
    labelled(space, outside, planted)
    execute(ExportData(space, "labels", space.exports / "a.jsonl"), SilentContext())
    execute(BackUp(space), SilentContext())
    assert len(planted.where) > 50
    assert planted.found_in(outside)  # the search finds what is there
    assert planted.found_in(space.folder, csqm_home, tmp_path / "temp") == []
    assert list((tmp_path / "temp").iterdir()) == []


def test_masking_again_leaves_nothing_of_what_older_rules_let_through(space, tmp_path, csqm_home, monkeypatch):
    planted, outside = Planted(), tmp_path / "outside"
    outside.mkdir()
    with builders.older_rules(monkeypatch):  # a release without a single rule
        came_in(space, outside, planted)
        labelled(space, outside, planted)
    assert len(planted.found_in(space.folder)) > 50
    result = execute(MaskAgain(space), SilentContext())
    assert result.messages > 10
    assert result.beside.keys() >= {"reviews", "drafts", "rejected_rows", "records"}
    assert planted.found_in(space.folder, csqm_home, tmp_path / "temp") == []
    execute(ExportData(space, "labels", space.exports / "a.jsonl"), SilentContext())
    execute(BackUp(space), SilentContext())
    assert planted.found_in(space.folder, csqm_home) == []


def came_in(space, outside, planted):
    for file in export_files(outside, planted):
        result = execute(ImportChats(space, file), SilentContext())
        assert (result.added, result.rejected >= 2) == (3, True)
    with pasted.as_file(table(rows(planted, "pasted")).encode()) as file:
        execute(ImportChats(space, file, shown_as="standard input"), SilentContext())
    inbox = outside / "inbox"
    inbox.mkdir()
    (inbox / "a.csv").write_text(table(rows(planted, "watched")), encoding="utf-8")
    (inbox / "b.csv").write_text(f"only a line: {planted.phone('no table')}\n", encoding="utf-8")
    (inbox / "c.xlsx").write_text(f"PK no book {planted.phone('no book')}", encoding="utf-8")
    space.watched.add(inbox)
    assert execute(Watch(space, [inbox], settle=0.1, once=True), SilentContext()).failed == 2
    posted(space, planted)


def posted(space, planted):
    pytest.importorskip("fastapi")
    from tests.unit.intake.conftest import post, serving

    good = post(1, "http", text=f"call {planted.phone('http')}", sender=planted.phone("http sender"))
    bad = [
        post(2, "http", role=planted.phone("http role")),
        post(3, "http", sent_at=planted.phone("http time")),
        post(4, "http", more=planted.mail("http field")),
    ]
    with serving(space) as client:
        assert client.post("/v1/messages", json=good).status_code == 201
        assert [client.post("/v1/messages", json=body).status_code for body in bad] == [422] * 3
        broken = client.post("/v1/messages", content=f"{{ {planted.phone('http broken')}")
        assert broken.status_code in (415, 422)
        client.get("/v1/health", params={"q": planted.phone("http address")})


def labelled(space, outside, planted):
    builders.random_scores(space)
    replies = [row[0] for row in space.database.connection().execute("SELECT id FROM messages WHERE is_reply = 1")]
    review = builders.review(
        replies[0], comment=f"told {planted.phone('comment')}", better_reply=planted.mail("better")
    )
    space.reviews.submit(masked_review(space, review))
    draft = {"comment": planted.phone("draft"), "better_reply": "", "other": f"收件人{planted.name('draft')}"}
    space.reviews.save_draft(replies[1], "Ann", masked_draft(space, draft))
    labels = outside / "labels.csv"
    labels.write_text(
        "conversation_id,message_id,criterion,level,comment,root_causes\n"
        f"jsonl1,2,tone,tone2,call {planted.phone('label')},other: {planted.mail('cause')}\n"
        f"csv9,9,tone,tone2,call {planted.phone('label without a reply')},\n"
        f"jsonl1,2,{planted.phone('no criterion')},2,,\n",
        encoding="utf-8",
    )
    result = execute(ImportLabels(space, labels, "Ann"), SilentContext())
    assert (result.added, result.rejected) == (1, 2)
    Search(space.database).find(planted.phone("search"))
