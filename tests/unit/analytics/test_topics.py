"""Topics: groups that are there are found, named by words of their own, and new openings join the nearest."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.analytics.topics import LEAST, find_topics, nearest

KINDS = (
    "refund money back",
    "退换羽绒被尺码",
    "where parcel courier",
    "invoice 发票抬头",
    "battery broken charger",
    "coupon discount code",
)


def openings(each: int = 30, seed: int = 0):
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(len(KINDS), 32))
    vectors = np.repeat(centres, each, axis=0) + rng.normal(scale=0.2, size=(each * len(KINDS), 32)) + 5
    kinds = np.repeat(np.arange(len(KINDS)), each)
    return vectors.astype(np.float32), [f"{KINDS[k]} {i}" for i, k in enumerate(kinds)], kinds


def test_groups_are_found_and_named_by_their_own_words():
    vectors, texts, kinds = openings()
    found = find_topics(vectors, texts)
    assert found is not None
    assert len(found.names) == len(KINDS)
    for group in range(len(KINDS)):
        inside = kinds[found.group == group]
        assert len(set(inside.tolist())) == 1
        assert all(word in KINDS[inside[0]] for word in found.names[group].split(" · "))
    assert list(found.sizes) == sorted(found.sizes, reverse=True)
    assert any("羽绒被" in name or "退换羽绒" in name or "绒被尺码" in name for name in found.names)


def test_new_openings_join_the_nearest_group():
    vectors, texts, _ = openings()
    found = find_topics(vectors, texts)
    fresh, _, kinds = openings(each=5, seed=0)
    joined = nearest(fresh, found.centres)
    for kind in range(len(KINDS)):
        assert len(set(joined[kinds == kind].tolist())) == 1


def test_too_few_openings_make_no_groups():
    vectors, texts, _ = openings(each=2)
    assert len(vectors) < LEAST
    assert find_topics(vectors, texts) is None


@pytest.mark.parametrize("many", [LEAST, LEAST + 7, LEAST + 60])
@pytest.mark.parametrize("different", [1, 5, 30])
def test_a_small_shop_with_few_different_openings_has_groups_too(many: int, different: int) -> None:
    rng = np.random.default_rng(3)
    kinds = np.arange(many) % different
    vectors = rng.normal(size=(different, 32)).astype(np.float32)[kinds]
    found = find_topics(vectors, [f"opening {k}" for k in kinds])
    assert found is not None
    assert sum(found.sizes) == many
    assert 1 <= len(found.names) <= different
    assert all(len(set(found.group[kinds == k].tolist())) == 1 for k in range(different))  # equal ones stay together
