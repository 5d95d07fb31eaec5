"""The embedding cache: what was stored is found again, also after the process was killed while writing."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from csqm_desktop.scoring.encoding import text_digest
from csqm_desktop.scoring.vector_cache import VectorCache

WIDTH = 8


def vectors(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, WIDTH)).astype(np.float32)


def digests(count: int, start: int = 0) -> list[bytes]:
    return [text_digest(f"text {i}") for i in range(start, start + count)]


def filled(folder: Path, count: int = 10) -> None:
    with VectorCache(folder, WIDTH) as cache:
        cache.add(digests(count), vectors(count))


def test_finds_what_it_stored_in_this_run_and_in_the_next(tmp_path):
    with VectorCache(tmp_path, WIDTH) as cache:
        cache.add(digests(10), vectors(10))
        cache.add(digests(5, 10), vectors(5, 1))
        rows = cache.find([*digests(15), text_digest("unknown")])
        assert rows[-1] == -1
        np.testing.assert_allclose(cache.read(rows[:10]), vectors(10), atol=2e-3)
    with VectorCache(tmp_path, WIDTH) as cache:
        assert len(cache) == 15
        rows = cache.find(digests(15))
        np.testing.assert_allclose(cache.read(rows[10:]), vectors(5, 1), atol=2e-3)


@pytest.mark.parametrize(("keys", "values"), [(3, 0), (0, 5), (-3, 0), (0, -5), (-160, 7), (16, 0)])
def test_half_written_rows_are_cut_off(tmp_path, keys, values):
    filled(tmp_path)
    for name, change in (("keys.bin", keys), ("vectors.bin", values)):
        path = tmp_path / name
        if change > 0:
            with path.open("ab") as out:
                out.write(b"\xff" * change)
        else:
            os.truncate(path, path.stat().st_size + change)
    with VectorCache(tmp_path, WIDTH) as cache:
        whole = len(cache)
        assert whole <= 10
        np.testing.assert_allclose(cache.read(cache.find(digests(whole))), vectors(10)[:whole], atol=2e-3)
        cache.add(digests(3, 50), vectors(3, 2))
    with VectorCache(tmp_path, WIDTH) as cache:
        np.testing.assert_allclose(cache.read(cache.find(digests(3, 50))), vectors(3, 2), atol=2e-3)
    assert (tmp_path / "keys.bin").stat().st_size == 16 * (whole + 3)
    assert (tmp_path / "vectors.bin").stat().st_size == 2 * WIDTH * (whole + 3)


def test_a_killed_writer_leaves_a_readable_cache(tmp_path):
    code = """
        import os, sys
        from pathlib import Path
        import numpy as np
        from csqm_desktop.scoring.encoding import text_digest
        from csqm_desktop.scoring.vector_cache import VectorCache
        cache = VectorCache(Path(sys.argv[1]), 8)
        for start in range(10**6):
            rows = np.full((1, 8), start % 100, dtype=np.float32)
            cache.add([text_digest(f"text {start}")], rows)
            if start == 20:
                print("going", flush=True)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)], stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    assert process.stdout is not None
    with process, process.stdout:
        assert process.stdout.readline() == b"going\n"
        process.kill()
    with VectorCache(tmp_path, WIDTH) as cache:
        assert len(cache) > 20
        rows = cache.find(digests(len(cache)))
        assert (rows >= 0).all()
        np.testing.assert_array_equal(cache.read(rows)[:, 0], np.arange(len(cache)) % 100)


def test_a_second_process_reads_and_keeps_its_own_in_memory(tmp_path):
    filled(tmp_path)
    with VectorCache(tmp_path, WIDTH) as writer, VectorCache(tmp_path, WIDTH) as reader:
        reader.add(digests(1500, 100), vectors(1500, 3))
        reader.add(digests(1500, 1600), vectors(1500, 4))
        writer.add(digests(2, 9000), vectors(2, 5))
        np.testing.assert_allclose(reader.read(reader.find(digests(1500, 1600))), vectors(1500, 4), atol=4e-3)
        np.testing.assert_allclose(reader.read(reader.find(digests(10))), vectors(10), atol=2e-3)
    with VectorCache(tmp_path, WIDTH) as cache:
        assert len(cache) == 12


def test_a_full_disk_costs_the_saving_not_the_run(tmp_path, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    filled(tmp_path)
    with VectorCache(tmp_path, WIDTH) as cache:
        monkeypatch.setattr("csqm_desktop.scoring.vector_cache._append", full)
        cache.add(digests(4, 20), vectors(4, 6))
        np.testing.assert_allclose(cache.read(cache.find(digests(4, 20))), vectors(4, 6), atol=2e-3)
        np.testing.assert_allclose(cache.read(cache.find(digests(10))), vectors(10), atol=2e-3)


def test_without_a_folder_it_lives_in_memory():
    cache = VectorCache(None, WIDTH)
    cache.add(digests(3), vectors(3))
    assert len(cache) == 3
    assert cache.find([]).shape == (0,)
    cache.close()


def test_a_reader_sees_what_is_there_and_leaves_writing_to_others(tmp_path):
    reader = VectorCache(tmp_path / "none", WIDTH, reader=True)
    assert reader.find(digests(1)).tolist() == [-1]
    assert not (tmp_path / "none").exists()
    filled(tmp_path)
    with VectorCache(tmp_path, WIDTH, reader=True) as reader, VectorCache(tmp_path, WIDTH) as writer:
        assert reader.find(digests(1, 9)).tolist() == [9]
        writer.add(digests(1, 10), vectors(1))
    with VectorCache(tmp_path, WIDTH) as cache:
        assert len(cache) == 11  # the writer wrote to disk although a reader was there before it
