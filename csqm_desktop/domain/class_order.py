"""Which of some class names is worst and which best, where the words themselves say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# Each scale: its steps worst first, each step with the words that stand for it. Classes are ordered when one scale
# has a step of its own for each of them.
_SCALES: tuple[tuple[str, ...], ...] = (
    (
        "terrible|awful|horrible|very bad|very poor|worst|极差|很差|非常差|特别差|最差",
        "bad|poor|weak|差|坏|不好|较差|比较差|差评|不行",
        "ok|okay|average|fair|medium|mediocre|acceptable|so so|neutral|normal|ordinary|"
        "一般|中|中等|普通|尚可|还行|中评|中性",
        "good|well|strong|好|良|良好|较好|比较好|好评|不错|棒",
        "very good|great|很好|非常好|特别好",
        "excellent|perfect|best|outstanding|优|优秀|极好|最好|完美",
    ),
    (
        "very negative|strongly negative|非常负面|非常消极",
        "negative|neg|负面|消极|负|负向|贬义",
        "neutral|neu|mixed|中性|中立|中|一般|中间",
        "positive|pos|正面|积极|正|正向|褒义",
        "very positive|strongly positive|非常正面|非常积极",
    ),
    (
        "very dissatisfied|very unsatisfied|非常不满意|很不满意|非常不满",
        "dissatisfied|unsatisfied|not satisfied|不满意|不满|不太满意",
        "neutral|neither|ok|average|一般|中立|中性|普通|还行",
        "satisfied|满意|比较满意|基本满意",
        "very satisfied|非常满意|很满意|十分满意",
    ),
    ("no|n|false|否|不是|不|没有|无|没", "partly|partially|maybe|unsure|部分|可能|不确定", "yes|y|true|是|是的|有|对"),
    (
        "fail|failed|failing|unqualified|不合格|不通过|未通过|不及格|不达标",
        "borderline|partial|基本合格|基本通过",
        "pass|passed|passing|qualified|合格|通过|及格|达标",
        "excellent|distinction|优秀|优",
    ),
    (
        "very low|极低|很低|非常低",
        "low|低|较低",
        "medium|mid|middle|moderate|中|中等",
        "high|高|较高",
        "very high|很高|极高|非常高",
    ),
    (
        "wrong|incorrect|错|错误|不正确|不对",
        "partly right|partly correct|partially correct|部分正确|半对",
        "right|correct|对|正确",
    ),
    (
        "strongly disagree|非常不同意|完全不同意",
        "disagree|不同意|反对",
        "neutral|undecided|中立|不确定|一般",
        "agree|同意|赞成",
        "strongly agree|非常同意|完全同意",
    ),
    (
        "unhelpful|not helpful|useless|无用|没用|没有用|没帮助|没有帮助|无帮助",
        "somewhat helpful|partly helpful|一般|有点用|部分有用|有点帮助",
        "helpful|useful|有用|有帮助",
        "very helpful|very useful|非常有用|很有用|很有帮助|非常有帮助",
    ),
    (
        "rude|impolite|不礼貌|粗鲁|没礼貌",
        "cold|冷淡|冷漠",
        "neutral|ok|一般|中性|普通",
        "polite|friendly|礼貌|有礼貌|友好",
        "warm|very polite|very friendly|热情|热心|很有礼貌",
    ),
    (
        "unresolved|unsolved|not resolved|not solved|未解决|没解决|没有解决",
        "partly resolved|partially resolved|partly solved|partially solved|部分解决",
        "resolved|solved|已解决|解决|解决了",
    ),
    (
        "irrelevant|not relevant|不相关|无关",
        "partly relevant|partially relevant|somewhat relevant|部分相关",
        "relevant|相关",
        "very relevant|highly relevant|非常相关|高度相关",
    ),
    (
        "unacceptable|不可接受|不能接受",
        "acceptable|可接受|可以接受",
        "good|好",
        "excellent|优秀",
    ),
)  # fmt: skip
_STEPS = tuple({word: step for step, words in enumerate(scale) for word in words.split("|")} for scale in _SCALES)
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?|[零一二三四五六七八九十])(?:stars?|points?|/5|/10|星级?|分|级|★+)?$")
_STARS = re.compile(r"[★⭐]+$")
_DIGITS = {sign: float(value) for value, sign in enumerate("零一二三四五六七八九十")}
_BETWEEN = re.compile(r"[\s_\-]+")


def known_order(classes: Sequence[str]) -> tuple[str, ...] | None:
    """The classes worst first, where they are numbers or words of one known scale; None where nothing says so."""
    for places in (_numbers(classes), *(_on_scale(classes, steps) for steps in _STEPS)):
        if places is not None:
            return tuple(name for _, name in sorted(zip(places, classes, strict=True)))
    return None


def chosen_order(classes: Iterable[str], said: str) -> tuple[str, ...] | None:
    """The classes as somebody lists them, worst first, commas between; None unless each is named exactly once."""
    names = tuple(classes)
    parts = [part.strip() for part in re.split("[,，]", said)]
    if sorted(parts) == sorted(names):
        return tuple(parts)
    by_name = {_plain(name): name for name in names}
    named = [_plain(part) for part in parts]
    if len(by_name) != len(names) or sorted(named) != sorted(by_name):
        return None
    return tuple(by_name[name] for name in named)


def _plain(name: str) -> str:
    return _BETWEEN.sub(" ", name.strip().casefold())


def _numbers(classes: Sequence[str]) -> list[float] | None:
    found = [_number(name) for name in classes]
    places = [value for value in found if value is not None]
    return places if len(set(places)) == len(classes) else None


def _number(name: str) -> float | None:
    plain = name.strip().casefold().replace(" ", "")
    if _STARS.match(plain):
        return float(len(plain))
    match = _NUMBER.match(plain)
    if match is None:
        return None
    return _DIGITS[match[1]] if match[1] in _DIGITS else float(match[1])


def _on_scale(classes: Sequence[str], steps: dict[str, int]) -> list[float] | None:
    places = [float(steps[_plain(name)]) for name in classes if _plain(name) in steps]
    return places if len(places) == len(classes) == len(set(places)) else None
