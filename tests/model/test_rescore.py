"""Rescoring from kept features: the same scores as from the texts, only for replies that still read the same."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.jobs.protocol import read_block, write_block
from csqm_desktop.scoring import feature_rows
from csqm_desktop.scoring.device import choose_device
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.feature_rows import FeatureRows
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training.trainer import Observer, Request, train
from tests.model.toy import CRITERIA, toy

NONE = np.empty((0, 2), dtype=np.int64)


@pytest.fixture(scope="module")
def versions(base, tmp_path_factory):
    """Two versions that say different things."""
    out = tmp_path_factory.mktemp("versions")
    criteria = tuple(CriterionSpec.from_record(c) for c in CRITERIA)
    quiet = Observer(lambda *_: None, lambda _values: None, lambda: None)
    engine = Engine(base, device=choose_device("cpu"))
    for seed in (1, 2):
        items, labels = toy(160, seed=seed)
        train(engine, items, labels, Request(f"v{seed}", "head", criteria, out / f"v{seed}"), quiet)
    return out


@pytest.fixture
def engine(base, tmp_path):
    made = Engine(base, tmp_path / "cache", choose_device("cpu"))
    yield made
    made.close()


def scores(chunks) -> dict[int, np.ndarray]:
    return {i: row for chunk in chunks for i, row in zip(chunk.reply_ids, chunk.prediction.probabilities, strict=True)}


def rescored(engine, folder, wanted, count=0, changed=NONE):
    left, blocks = engine.rescore(folder, np.array(wanted, dtype=np.int64), count, changed)
    found = {int(i): row for ids, rows, _differ in blocks for i, row in zip(ids, rows, strict=True)}
    return left.tolist(), found


def test_a_new_version_says_from_features_what_it_says_from_texts(engine, versions):
    items, _ = toy(300, seed=9)
    ids = [item.reply_id for item in items]
    first = scores(engine.score(versions / "v1", items, stamp=0))
    left, second = rescored(engine, versions / "v2", [*ids, 9_999])
    assert left == [9_999]
    from_texts = scores(engine.score(versions / "v2", items, stamp=0))
    assert second.keys() == from_texts.keys() == first.keys()
    for i in ids:
        np.testing.assert_allclose(second[i], from_texts[i], atol=1e-6)
    assert max(np.abs(first[i] - second[i]).max() for i in ids) > 0.01  # the two versions do differ


def test_changed_and_future_inputs_are_read_again(engine, versions):
    items, _ = toy(20, seed=3)
    list(engine.score(versions / "v1", items[:10], stamp=4))
    list(engine.score(versions / "v1", items[10:], stamp=8))
    ids = [item.reply_id for item in items]
    changed = np.array([[ids[2], 5], [ids[3], 4], [ids[12], 8]])
    assert rescored(engine, versions / "v2", ids, 8, changed)[0] == [ids[2]]
    # a workspace taken back to before the second scoring
    assert rescored(engine, versions / "v2", ids, 6, changed)[0] == [ids[2], *ids[10:]]
    list(engine.score(versions / "v1", [items[2]], stamp=8))
    left, found = rescored(engine, versions / "v2", ids, 8, changed)
    assert left == []
    assert sorted(found) == sorted(ids)


def test_nothing_is_kept_without_being_asked_or_without_a_place(engine, base, versions):
    items, _ = toy(8)
    list(engine.score(versions / "v1", items))
    assert rescored(engine, versions / "v1", [0, 1])[0] == [0, 1]
    homeless = Engine(base, None, choose_device("cpu"))
    list(homeless.score(versions / "v1", items, stamp=0))
    assert rescored(homeless, versions / "v1", [0, 1])[0] == [0, 1]


@pytest.mark.parametrize("cut", ["index.bin", "rows.bin"])
def test_what_a_killed_process_left_half_is_cut_off(tmp_path, cut):
    rows = FeatureRows(tmp_path, 6)
    rows.add(np.arange(5), 0, np.arange(30, dtype=np.float32).reshape(5, 6))
    (place,) = tmp_path.rglob(cut)
    place.write_bytes(place.read_bytes()[:-3])
    assert rows.find(np.arange(5), 0, NONE).left.tolist() == [4]
    rows.add(np.array([4, 7]), 0, np.full((2, 6), 9, dtype=np.float32))
    known = rows.find(np.array([7, 4, 0, 6]), 0, NONE)
    assert known.left.tolist() == [6]
    assert known.replies.tolist() == [0, 4, 7]
    assert known.rows.tolist() == [0, 4, 5]


def test_a_full_disk_costs_the_saving_only(tmp_path):
    (tmp_path / "file").write_text("")
    rows = FeatureRows(tmp_path / "file", 6)
    rows.add(np.arange(2), 0, np.zeros((2, 6), dtype=np.float32))
    assert rows.find(np.arange(2), 0, NONE).left.tolist() == [0, 1]


@pytest.mark.parametrize("step", [1, 3, 40])
def test_rows_come_back_in_blocks_whether_close_or_scattered(tmp_path, step, monkeypatch):
    monkeypatch.setattr(feature_rows, "AT_ONCE", 8)
    rows, kept = FeatureRows(tmp_path, 3), np.random.default_rng(0).standard_normal((999, 3)).astype(np.float32)
    rows.add(np.arange(999), 0, kept)
    wanted = np.concatenate([np.arange(0, 800, step), [998]])
    blocks = [block.copy() for block in rows.blocks(wanted)]
    assert max(map(len, blocks)) == 8
    np.testing.assert_array_equal(np.concatenate(blocks), kept[wanted].astype(np.float16))


def test_blocks_travel_as_files(tmp_path):
    ids = np.array([3, 2**40, 5])
    differ = np.array([[95], [0], [46]], dtype=np.uint8)
    write_block(tmp_path / "b", ids, np.array([[0.25, 0.75], [1, 0], [0.1, 0.9]]), differ)
    back, packed, apart = read_block(tmp_path / "b", 2)
    np.testing.assert_array_equal(apart, differ)
    assert back.tolist() == ids.tolist()
    np.testing.assert_allclose(packed / 65535, [[0.25, 0.75], [1, 0], [0.1, 0.9]], atol=1e-5)


def test_joined_heads_that_say_something_else_are_not_used(versions, monkeypatch):
    from csqm_desktop.scoring.fused_heads import Fused
    from csqm_desktop.scoring.version import Version, disagreement

    version = Version.load(versions / "v1")
    halves = np.random.default_rng(0).standard_normal((9, len(version.scaling.mean))).astype(np.float16)
    said = version.predict(halves.astype(np.float32))
    own, differ = said.probabilities, disagreement(said.spread, version.slices)
    fused, apart = Fused(version).answer([halves])
    np.testing.assert_allclose(fused, own, atol=1e-5)
    assert np.abs(apart.astype(int) - differ).max() <= 1
    assert differ.max() > 0
    none = np.zeros(differ.shape, dtype=np.uint8)
    monkeypatch.setattr(
        Fused, "_fused", lambda self, blocks: (np.zeros_like(own[: len(*blocks)]), none[: len(*blocks)])
    )
    found, told = Fused(version).answer([halves])
    np.testing.assert_array_equal(found, own.astype(np.float32))
    np.testing.assert_array_equal(told, differ)
    monkeypatch.undo()
    monkeypatch.setattr(Fused, "_disagreement", lambda self, logits: none[: logits.shape[1]])  # only spread wrong
    np.testing.assert_array_equal(Fused(version).answer([halves])[1], differ)
