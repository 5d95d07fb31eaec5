"""States of tokens survive the process, killed writers, full disks and their own limit."""

from __future__ import annotations

import os

import numpy as np
import pytest

from csqm_desktop.scoring.token_states import TokenStates
from csqm_desktop.scoring.vector_cache_erasure import forget

WIDTH = 4
TEXTS = [[1, 2, 3], [4], [5, 6], [1, 2]]


def states_of(ids) -> np.ndarray:
    return np.repeat(np.array(ids, dtype=np.float16)[:, None], WIDTH, axis=1)


def read(kept: TokenStates, texts=TEXTS) -> list[list[int]]:
    """Reads texts, checks what comes back; returns those that had to be computed."""
    computed: list[list[int]] = []

    def compute(ids):
        computed.extend(map(list, ids))
        return [states_of(one) for one in ids]

    found = kept.read(texts, compute, 4, lambda: None)
    np.testing.assert_array_equal(found, np.concatenate([states_of(one) for one in texts]))
    return computed


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "states-8-float32"


def test_a_text_is_computed_once(folder):
    kept = TokenStates(folder, WIDTH)
    assert sorted(read(kept)) == sorted(TEXTS)
    assert not read(kept)
    assert not read(TokenStates(folder, WIDTH), TEXTS[::-1])
    assert read(TokenStates(folder, WIDTH), [[7, 7], *TEXTS]) == [[7, 7]]


def test_nothing_to_read(folder):
    assert TokenStates(folder, WIDTH).read([], lambda _: [], 4, lambda: None).shape == (0, WIDTH)


def test_without_a_folder_they_stay_in_memory(folder):
    kept = TokenStates(None, WIDTH)
    assert len(read(kept)) == 4
    assert not read(kept)
    kept.clear()
    assert len(read(kept)) == 4


@pytest.mark.parametrize(("file", "lost"), [("states.bin", 1), ("index.bin", 1), ("states.bin", 20)])
def test_what_a_killed_process_left_half_is_written_again(folder, file, lost):
    read(TokenStates(folder, WIDTH))
    whole = {name: (folder / name).stat().st_size for name in ("states.bin", "index.bin")}
    os.truncate(folder / file, whole[file] - lost)
    again = TokenStates(folder, WIDTH)
    assert 1 <= len(read(again)) < 4
    assert not read(TokenStates(folder, WIDTH))
    assert {name: (folder / name).stat().st_size for name in whole} == whole


def test_too_many_begin_anew(folder):
    kept = TokenStates(folder, WIDTH, most=6 * 2 * WIDTH)  # six tokens
    read(kept)
    read(kept, [[8, 8, 8]])
    assert not read(kept, [[8, 8, 8]])
    assert (folder / "states.bin").stat().st_size <= 6 * 2 * WIDTH
    in_memory = TokenStates(None, WIDTH, most=6 * 2 * WIDTH)
    read(in_memory)
    assert 0 < len(in_memory) < 4


def test_a_disk_that_takes_nothing_costs_the_saving_only(folder):
    folder.parent.mkdir()
    folder.write_text("not a folder")
    kept = TokenStates(folder, WIDTH)
    assert len(read(kept)) == 4
    assert not read(kept)


def test_erasing_a_person_drops_all_of_them(folder):
    read(TokenStates(folder, WIDTH))
    forget(folder.parent, {b"x" * 16})
    assert not folder.exists()
