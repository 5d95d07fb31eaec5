"""Agreement against published and hand-made figures."""

import pytest

from csqm_desktop.analytics.agreement import agreement


def test_krippendorffs_own_example_with_ordinal_distances():
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: alpha for ordinal data is 0.815."""
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    counts = [[sum(o[u] == level for o in observers) for level in range(1, 6)] for u in range(12)]
    found = agreement(counts)
    assert found is not None
    assert found.alpha == pytest.approx(0.815, abs=0.0005)
    assert found.replies == 11


def test_without_overlap_there_is_none():
    assert agreement([[1, 0], [0, 1]]) is None


def test_one_level_only_has_no_alpha():
    found = agreement([[2, 0], [3, 0]])
    assert found is not None
    assert (found.pairs, found.alpha) == (1.0, None)
