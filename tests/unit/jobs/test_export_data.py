"""Exports: complete or absent, readable by Excel and by ourselves."""

import csv
import json

import pytest

from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.importers import base as importers
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.export_data import ExportData
from csqm_desktop.jobs.import_chats import ImportChats
from tests import builders
from tests.builders import dialogues, message


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w", *dialogues(), message(8, "c1", text="=1+1", attachments=("a.png",)))
    yield made
    made.close()


def export(workspace, what, path, **options):
    return execute(ExportData(workspace, what, path, **options), SilentContext())


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "xlsx"])
def test_conversations_read_back_into_the_same_workspace(workspace, tmp_path, file_format):
    path = tmp_path / f"out.{file_format}"
    assert export(workspace, "conversations", path).rows == 13
    with importers.read(path) as reader:
        assert not [item for item in reader if not hasattr(item, "text")]
    other = builders.workspace(tmp_path / "other")
    result = execute(ImportChats(other, path), SilentContext())
    assert (result.added, result.rejected) == (13, 0)
    assert other.conversations.get(2).messages[1].sent_at == workspace.conversations.get(2).messages[1].sent_at
    other.close()


def test_csv_opens_clean_in_excel_and_runs_nothing(workspace, tmp_path):
    path = tmp_path / "out.csv"
    export(workspace, "conversations", path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in row]
    assert "'=1+1" in cells
    assert not any(cell.startswith("=") for cell in cells)


def test_scores_have_a_row_for_each_reply_and_criterion(workspace, tmp_path):
    builders.random_scores(workspace)
    builders.fake_version(workspace, "v1")
    path = tmp_path / "out.jsonl"
    assert export(workspace, "scores", path).rows == 14
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    first = next(r for r in rows if r["criterion"] == "tone")
    assert first["p_tone0"] + first["p_tone1"] + first["p_tone2"] == pytest.approx(1, abs=1e-3)
    assert first["confidence"] == max(first["p_tone0"], first["p_tone1"], first["p_tone2"])
    assert first["version"] == "v1"


def test_parquet(workspace, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "out.parquet"
    export(workspace, "conversations", path)
    assert parquet.read_table(path).num_rows == 13


@pytest.mark.parametrize(
    ("what", "name", "code"), [("x", "a.csv", "export_kind"), ("labels", "a.doc", "export_format")]
)
def test_wrong_words(workspace, tmp_path, what, name, code):
    with pytest.raises(CsqmError) as caught:
        ExportData(workspace, what, tmp_path / name)
    assert caught.value.code == code


def test_a_folder_in_the_way_leaves_no_half_file(workspace, tmp_path):
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(CsqmError) as caught:
        export(workspace, "conversations", tmp_path / "out.csv")
    assert caught.value.code == "export_failed"
    assert [p.name for p in tmp_path.iterdir() if "partial" in p.name] == []


def test_cancelled_leaves_no_file(workspace, tmp_path):
    class Stop(SilentContext):
        def check_cancelled(self):
            raise Cancelled

    builders.add(workspace, [message(i, f"x{i}") for i in range(1, 2500)])
    with pytest.raises(Cancelled):
        execute(ExportData(workspace, "conversations", tmp_path / "out.csv"), Stop())
    assert list(tmp_path.glob("*out*")) == []
    assert workspace.jobs.recent()[0].outcome == "cancelled"


def test_a_file_that_is_there_is_replaced_only_when_asked(workspace, tmp_path):
    path = tmp_path / "out.csv"
    export(workspace, "conversations", path)
    before = path.read_bytes()
    with pytest.raises(CsqmError) as caught:
        export(workspace, "labels", path)
    assert caught.value.code == "output_there"
    assert path.read_bytes() == before
    assert export(workspace, "labels", path, overwrite=True).rows == 0
    assert path.read_bytes() != before
