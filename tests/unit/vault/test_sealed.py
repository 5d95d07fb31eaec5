"""Sealed files: the same bytes come back, nothing readable lies on the disk, any change is noticed."""

import json

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.protocol import count_lines, read_jsonl, write_jsonl
from csqm_desktop.vault import ring, sealed
from csqm_desktop.vault.keys import DataKey


@pytest.mark.parametrize("size", [0, 1, sealed.CHUNK - 1, sealed.CHUNK, sealed.CHUNK + 1, 3 * sealed.CHUNK + 7])
def test_bytes_come_back(tmp_path, size):
    key, data = DataKey.random(), bytes(i * 7 % 251 for i in range(size))
    with sealed.open_writer(tmp_path / "f", key) as out:
        for start in range(0, size, 10_007):
            out.write(data[start : start + 10_007])
    with sealed.open_reader(tmp_path / "f", key) as source:
        assert source.read() == data


@pytest.fixture
def broken(tmp_path):
    key = DataKey.random()
    path = tmp_path / "f"
    with sealed.open_writer(path, key) as out:
        out.write(b"secret text\n" * 60_000)

    def read():
        with sealed.open_reader(path, key) as source:
            return source.read()

    assert len(read()) == 720_000
    return path, read


@pytest.mark.parametrize("change", ["cut", "cut at a chunk", "bit", "swap", "append", "key"])
def test_every_change_is_noticed(broken, change):
    path, read = broken
    raw = bytearray(path.read_bytes())
    head, chunk = len(sealed.MAGIC) + 16, sealed.CHUNK + 16 + 4
    if change == "cut":
        raw = raw[:-1]
    elif change == "cut at a chunk":
        raw = raw[: head + chunk]
    elif change == "bit":
        raw[head + 100] ^= 1
    elif change == "swap":
        first, second = raw[head : head + chunk], raw[head + chunk : head + 2 * chunk]
        raw[head : head + 2 * chunk] = second + first
    elif change == "append":
        raw += b"x"
    path.write_bytes(raw)
    if change == "key":
        with pytest.raises(CsqmError) as caught, sealed.open_reader(path, DataKey.random()) as source:
            source.read()
    else:
        with pytest.raises(CsqmError) as caught:
            read()
    assert caught.value.code == "sealed_file_broken"


def test_item_files_below_an_encrypted_workspace_are_sealed(tmp_path):
    key = DataKey.random()
    ring.register(tmp_path / "w", key)
    (tmp_path / "w").mkdir()
    records = [{"text": "请问我的快递到哪里了"}, {"text": "where is it"}]
    inside, outside = tmp_path / "w" / "items.jsonl", tmp_path / "items.jsonl"
    write_jsonl(inside, records)
    write_jsonl(outside, records)
    assert list(read_jsonl(inside)) == list(read_jsonl(outside)) == records
    assert count_lines(inside) == 2
    assert b"where is it" in outside.read_bytes()
    assert b"where is it" not in inside.read_bytes()
    assert "快递".encode() not in inside.read_bytes()
    ring.forget(tmp_path / "w")
    with pytest.raises(CsqmError) as caught:
        list(read_jsonl(inside))
    assert caught.value.code == "workspace_locked"


def test_the_worker_gets_only_the_keys_of_the_paths_it_is_asked_about(tmp_path):
    one, two = DataKey.random(), DataKey.random()
    ring.register(tmp_path / "one", one)
    ring.register(tmp_path / "two", two)
    records = ring.to_records([str(tmp_path / "one" / "items.jsonl"), "cpu", 3, None])
    ring.clear()
    ring.register_records(json.loads(json.dumps(records)))
    assert ring.key_for(tmp_path / "one") == one
    assert ring.key_for(tmp_path / "two") is None


def test_small_values(tmp_path):
    key = DataKey.random()
    stored = sealed.seal(b"raw", key, "text")
    assert sealed.unseal(stored, key, "text") == b"raw"
    for data, other, purpose in (
        (stored[:-1], key, "text"),
        (stored, key, "other"),
        (stored, DataKey.random(), "text"),
    ):
        with pytest.raises(CsqmError):
            sealed.unseal(data, other, purpose)
