"""Parquet files and dataset folders as a way in."""

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, labels

pyarrow = pytest.importorskip("pyarrow")
COLUMNS = {
    "conversation_id": ["c1", "c1"],
    "sent_at": ["2026-09-01T08:00:00+08:00", "2026-09-01T08:01:00+08:00"],
    "role": ["customer", "agent"],
    "text": ["在吗", "=在的"],
}


@pytest.fixture
def path(tmp_path):
    from pyarrow import parquet

    parquet.write_table(pyarrow.table(COLUMNS), tmp_path / "a.parquet")
    return tmp_path / "a.parquet"


def test_parquet_is_recognised_by_its_first_bytes(path):
    renamed = path.rename(path.with_name("export.bin"))
    with base.read(renamed) as reader:
        assert reader.recognition.format == "parquet"
        assert [message.text for message in reader] == ["在吗", "=在的"]


def test_a_dataset_folder_is_read_as_a_whole(tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "dataset_info.json").write_text("{}")
    table = pyarrow.table(COLUMNS)
    with (
        pyarrow.OSFile(str(folder / "data-00000-of-00001.arrow"), "wb") as out,
        pyarrow.ipc.new_stream(out, table.schema) as stream,
    ):
        stream.write_table(table)
    with base.read(folder) as reader:
        assert len(list(reader)) == 2


@pytest.mark.parametrize("keep", [100, 300])
def test_a_cut_file_is_an_error_that_names_it(path, keep):
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(CsqmError) as caught:
        list(base.read(path))
    assert caught.value.code == "import_unreadable"


def test_labels_without_the_columns_are_refused(path):
    with pytest.raises(CsqmError) as caught:
        list(labels.read(path))
    assert caught.value.code == "labels_columns_missing"
