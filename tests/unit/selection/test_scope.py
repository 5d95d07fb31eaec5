"""What is out of scope: by the text alone, by language, by distance to everything reviewed."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.selection import REASONS
from csqm_desktop.selection.scope import Look, Scope, odd_share, oddity


def around(direction: int, count: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(count, 12)) * 0.6
    rows[:, direction] += 3
    return rows.astype(np.float32)


def usual(count: int = 200) -> Scope:
    vectors = np.concatenate([around(0, count), around(1, count, 1)])
    return Scope.of(vectors, [Look("您好，已经发货", "zh")] * len(vectors), range(len(vectors)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "scope_empty"),
        ("。。。！", "scope_empty"),
        ("\u200b\u200b\u200b", "scope_empty"),
        ("o\u200bk\u200bo\u200bk", "scope_odd"),
        ("\ufffd\ufffdabc\ufffd", "scope_odd"),
        ("Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307 hi", "scope_odd"),
        ("好" * 2000, "scope_long"),
        ("您好，请问有什么可以帮您？", None),
        ("Thanks! See https://example.com/a?b=1 👍", None),
        ("Việt Nam, café, naïve, Ångström", None),
        ("👨\u200d👩\u200d👧 好的亲", None),
    ],
)
def test_texts_that_are_strange_by_themselves(text, reason):
    finding = oddity(text)
    assert (finding.reason if finding else None) == reason
    if finding:
        assert REASONS[reason].format_map(finding.detail)


def test_odd_characters_are_counted():
    assert odd_share("ab\u202ecd") == pytest.approx(0.2)
    assert odd_share("") == 0


def test_what_lies_far_from_everything_reviewed_is_found_and_what_lies_near_is_not():
    scope = usual()
    near = scope.findings(around(0, 300, 7), [Look("您好", "zh")] * 300)
    far = scope.findings(around(5, 300, 8), [Look("您好", "zh")] * 300)
    assert sum(f is not None for f in near) <= 12
    assert sum(f is not None and f.reason == "scope_unlike" for f in far) >= 285


def test_a_language_nobody_has_reviewed_is_found():
    finding = usual().findings(around(0, 1), [Look("Where is my parcel?", "en")])[0]
    assert finding is not None
    assert finding.reason == "scope_language"


def test_what_people_have_reviewed_often_is_usual():
    looks = [Look("", "other")] * 20 + [Look("您好", "zh")] * 80
    scope = Scope.of(around(0, 100), looks, range(100))
    assert scope.findings(around(0, 1, 3), [Look("", "other")])[0] is None
    assert usual().findings(around(0, 1), [Look("", "zh")])[0] is not None


def test_with_few_reviews_only_the_text_speaks():
    scope = Scope.of(around(0, 10), [Look("您好", "zh")] * 10, range(10))
    assert scope.findings(around(7, 1), [Look("Hello there", "en")]) == [None]
    assert scope.findings(around(7, 1), [Look("", "en")])[0] is not None


def test_replies_of_one_conversation_do_not_make_each_other_usual():
    rng = np.random.default_rng(0)
    twins = np.repeat(rng.normal(size=(40, 12)), 4, axis=0).astype(np.float32)
    looks = [Look("您好", "zh")] * 160
    assert Scope.of(twins, looks, np.repeat(np.arange(40), 4)).usual < 0.9
    assert Scope.of(twins, looks, range(160)).usual > 0.99
