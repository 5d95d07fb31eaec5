"""Rubric files: read, checked down to the level, written back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from csqm_desktop import rubrics
from csqm_desktop.domain.scorecard import Criterion, Level, LocalizedText, RootCause, Scorecard
from csqm_desktop.errors import CsqmError

LEVELS = [{"key": "bad", "name": "Bad"}, {"key": "good", "name": {"en": "Good", "zh": "好"}, "example": {"zh": "例"}}]
CRITERION: dict[str, Any] = {"key": "tone", "name": {"en": "Tone", "zh": "语气"}, "levels": LEVELS, "weight": 30}
RUBRIC: dict[str, Any] = {"name": {"en": "Small", "zh": "小"}, "pass_line": 0.5, "criteria": [CRITERION]}


def _yaml(**changes: Any) -> str:
    return yaml.safe_dump(RUBRIC | changes, allow_unicode=True)


def _criterion(**changes: Any) -> str:
    return _yaml(criteria=[CRITERION | changes])


def test_the_built_in_rubrics_are_valid_and_come_back() -> None:
    assert {"ecommerce", "usefulness"} <= set(rubrics.builtin_names())
    for name in rubrics.builtin_names():
        scorecard = rubrics.load(name)
        assert scorecard.key == name
        assert rubrics.loads(rubrics.to_yaml(scorecard)) == scorecard
        for criterion in scorecard.criteria:
            assert {"en", "zh"} <= set(criterion.name.texts)


def test_a_small_file(tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text("\ufeff" + _yaml(), encoding="utf-8")
    card = rubrics.load(path)
    assert (card.key, card.pass_line, card.version) == ("shop", 0.5, 1)
    (tone,) = card.criteria
    assert tone.name.get("zh_CN") == "语气"
    assert tone.levels[0].name.texts == {"en": "Bad"}
    assert tone.levels[1].example.texts == {"zh": "例"}
    assert (tone.weight, tone.critical, tone.not_applicable) == (30.0, False, False)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (_criterion(levels=LEVELS[:1]), "rubric_levels", "criteria/tone"),
        (_criterion(levels=[{"key": str(n) + "x", "name": "n"} for n in range(6)]), "rubric_levels", "criteria/tone"),
        (_criterion(levels=[LEVELS[0], LEVELS[0]]), "rubric_repeated", "criteria/tone/levels"),
        (_criterion(levels=["bad", "good"]), "rubric_type", "criteria/tone/levels/1"),
        (_criterion(levels="bad"), "rubric_type", "criteria/tone/levels"),
        (_criterion(levels=[{"key": "a"}, LEVELS[0]]), "rubric_missing", "criteria/tone/levels/a"),
        (_criterion(levels=[{"key": True, "name": "n"}, LEVELS[0]]), "rubric_key", "criteria/tone/levels/1"),
        (_criterion(weight=-1), "rubric_weight", "criteria/tone"),
        (_criterion(weight=float("nan")), "rubric_type", "criteria/tone/weight"),
        (_criterion(weight="30"), "rubric_type", "criteria/tone/weight"),
        (_criterion(weight=None), "rubric_missing", "criteria/tone"),
        (_criterion(weight=0), "rubric_no_weight", ""),
        (_criterion(name=""), "rubric_missing", "criteria/tone"),
        (_criterion(name={"en": 5}), "rubric_type", "criteria/tone/name"),
        (_criterion(name={False: "Nei"}), "rubric_type", "criteria/tone/name"),
        (_criterion(critical="yes"), "rubric_type", "criteria/tone/critical"),
        (_criterion(colour="red"), "rubric_unknown_key", "criteria/tone"),
        (_criterion(key="two words"), "rubric_key", "two words"),
        (_criterion(key=""), "rubric_key", "criteria/1"),
        (_yaml(criteria=[CRITERION, CRITERION]), "rubric_repeated", "criteria"),
        (_yaml(criteria=[]), "rubric_no_criteria", ""),
        (_yaml(criteria={"tone": CRITERION}), "rubric_type", "/criteria"),
        (_yaml(name=None), "rubric_missing", "/"),
        (_yaml(pass_line=1.5), "rubric_pass_line", "1.5"),
        (_yaml(pass_line="high"), "rubric_type", "/pass_line"),
        (_yaml(version=0), "rubric_type", "/version"),
        (_yaml(extra=1), "rubric_unknown_key", "extra"),
        (_yaml(root_causes=[{"key": "a", "name": "A"}] * 2), "rubric_repeated", "root_causes"),
        (_yaml(root_causes=[{"name": "A"}]), "rubric_missing", "root_causes/1"),
        ("name: x\nname: y\n", "rubric_repeated", "line 2"),
        ("", "rubric_type", "/"),
        ("- a\n- b\n", "rubric_type", "/"),
        ("name: [a\ncriteria: x\n", "rubric_syntax", "line 2"),
        ("name: {en: a}\n  pass_line: 1\n", "rubric_syntax", "line 2"),
        ("name: !!python/object/apply:os.system [ls]\n", "rubric_syntax", "line 1"),
        ("name: \x07\n", "rubric_syntax", "line 1"),
        ("name: 2026-13-45\n", "rubric_syntax", "line 1"),
        ("[" * 50_000, "rubric_syntax", "line 1"),
        ("# " + "x" * 300_000, "rubric_too_big", "256"),
        ("name: &a [x]\ncriteria: " + "[" + "*a," * 300 + "]", "rubric_type", "/criteria"),
    ],
)
def test_mistakes_are_named_where_they_are(text: str, code: str, place: str) -> None:
    with pytest.raises(CsqmError) as caught:
        rubrics.loads(text, "shop.yaml")
    assert caught.value.code == code
    assert "shop.yaml" in caught.value.what
    assert place in caught.value.what
    assert caught.value.remedy


def test_anchors_used_again_and_again_do_not_explode() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    with pytest.raises(CsqmError) as caught:
        rubrics.loads(bomb)
    assert caught.value.code == "rubric_unknown_key"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_bytes("name: 语气\n".encode("gb18030"))
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (rubrics.MAX_BYTES + 1))
    for source, code in [
        (tmp_path / "none.yaml", "rubric_unreadable"),
        (tmp_path, "rubric_unreadable"),
        ("nosuchname", "rubric_unknown"),
        (wrong, "rubric_syntax"),
        (large, "rubric_too_big"),
        ("a\x00.yaml", "rubric_unreadable"),
    ]:
        with pytest.raises(CsqmError) as caught:
            rubrics.load(source)
        assert caught.value.code == code


def test_dump(tmp_path: Path) -> None:
    card = rubrics.loads(_yaml(), key="shop")
    rubrics.dump(card, tmp_path / "out.yaml")
    assert rubrics.load(tmp_path / "out.yaml") == card
    with pytest.raises(CsqmError) as caught:
        rubrics.dump(card, tmp_path / "none" / "out.yaml")
    assert caught.value.code == "rubric_not_saved"


_WORD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda t: bool(t.strip())
)
_TEXT = st.dictionaries(st.sampled_from(["en", "zh"]), _WORD, min_size=1).map(LocalizedText)
_KEYS = st.from_regex(r"\A[A-Za-z语气_0-9*.\-]{1,12}\Z")
_WEIGHT = st.floats(0, 100, allow_nan=False)


def _levels() -> st.SearchStrategy[tuple[Level, ...]]:
    level = st.builds(Level, _KEYS, _TEXT, _TEXT | st.just(LocalizedText({})), _TEXT | st.just(LocalizedText({})))
    return st.lists(level, min_size=2, max_size=5, unique_by=lambda level: level.key).map(tuple)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.builds(Criterion, _KEYS, _TEXT, _TEXT, _levels(), _WEIGHT, st.booleans(), st.booleans()),
        min_size=1,
        max_size=4,
        unique_by=lambda criterion: criterion.key,
    ),
    st.lists(st.builds(RootCause, _KEYS, _TEXT), max_size=3, unique_by=lambda cause: cause.key),
    st.integers(1, 9),
    _TEXT,
)
def test_any_scorecard_comes_back(
    criteria: list[Criterion], causes: list[RootCause], version: int, name: LocalizedText
) -> None:
    card = Scorecard("any", name, 0.5, tuple(criteria), tuple(causes), version)
    if any(criterion.weight for criterion in criteria):
        assert rubrics.loads(rubrics.to_yaml(card)) == card


def test_classes_without_an_order_come_back_and_stand_alone() -> None:
    scorecard = rubrics.loads(_criterion(ordered=False), "r.yaml")
    assert not scorecard.criteria[0].ordered
    assert not scorecard.ordered
    assert rubrics.loads(rubrics.to_yaml(scorecard)) == scorecard
    assert rubrics.loads(_yaml()).ordered
    assert "ordered" not in rubrics.to_yaml(rubrics.loads(_yaml()))
    with pytest.raises(CsqmError) as caught:
        rubrics.loads(_yaml(criteria=[CRITERION, CRITERION | {"key": "other", "ordered": False}]), "r.yaml")
    assert caught.value.code == "rubric_unordered"
