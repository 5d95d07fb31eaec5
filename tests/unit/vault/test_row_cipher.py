"""Rows of the embedding cache: any of them opens by itself, and no key stream is used twice."""

import numpy as np
import pytest

from csqm_desktop.vault.keys import DataKey
from csqm_desktop.vault.row_cipher import RowCipher


@pytest.mark.parametrize("width", [16, 40, 768])
def test_scattered_rows_open(tmp_path, width):
    key = DataKey.random()
    cipher = RowCipher(tmp_path / "s", key, "rows", width)
    cipher.begin_segment(0)
    plain = np.random.default_rng(0).integers(0, 256, (3000, width), dtype=np.uint8)
    stored = cipher.apply(np.arange(3000), plain)
    assert not (stored == plain).all(axis=1).any()
    rows = np.array([2999, 0, 5, 5, 1234])
    again = RowCipher(tmp_path / "s", key, "rows", width)
    np.testing.assert_array_equal(again.apply(rows, stored[rows]), plain[rows])
    other = RowCipher(tmp_path / "s", DataKey.random(), "rows", width)
    assert (other.apply(rows, stored[rows]) != plain[rows]).any()


def test_a_row_that_is_written_again_gets_another_key_stream(tmp_path):
    key = DataKey.random()
    zeros = np.zeros((10, 48), dtype=np.uint8)
    first = RowCipher(tmp_path / "s", key, "rows", 48)
    first.begin_segment(0)
    before = first.apply(np.arange(10), zeros)
    second = RowCipher(tmp_path / "s", key, "rows", 48)
    second.begin_segment(4)  # rows 4 to 9 were cut off by a crash and come again
    after = second.apply(np.arange(10), zeros)
    np.testing.assert_array_equal(after[:4], before[:4])
    assert (after[4:] != before[4:]).any(axis=1).all()
    assert len({row.tobytes() for row in (*before, *after[4:])}) == 16
    with pytest.raises(ValueError, match="outside"):
        RowCipher(tmp_path / "none", key, "rows", 48).apply(np.arange(2), zeros[:2])
