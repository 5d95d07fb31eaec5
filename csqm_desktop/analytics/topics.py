"""What customers write about, without labels: groups of opening questions, named by their own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

CHOICES = (6, 9, 12, 16, 20)  # numbers of groups that are tried
LEAST = 40  # openings below which groups would be chance
_SAMPLE = 2_000
_PER_GROUP = 8  # openings a group should have at least, on average
_WORDS = 3  # in a name
_LONGEST = 4  # characters of a Chinese word
_ALWAYS = 0.75
_FAR_MORE = 1.5  # times as often as elsewhere
_LATIN = re.compile(r"[A-Za-z][A-Za-z'-]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_COMMON = frozenset(
    re.findall(
        r"\S+",
        """the and for you your that this have has had with was are can not but its it's i'm i've please hello hey would
        like need want get got when what where how who why which does did there here from about will just any they them
        our out now still been one two all could should also more than then says said too best order possible
        请问 你好 您好 我的 可以 一下 怎么 什么 这个 那个 你们 我们 没有 是不 不是 还是 还有 有没 问下 能不 不能 我想
        想问 了一 不了 开吗
        买的 的我 我买""",
    )
)


@dataclass(frozen=True)
class Topics:
    """Groups: ``centres`` (k, width) of unit length, a name and a size for each, and the group of each text (n,)."""

    centres: Floats
    names: tuple[str, ...]
    sizes: tuple[int, ...]
    group: NDArray[np.intp]


def find_topics(vectors: Floats, texts: Sequence[str], seed: int = 0) -> Topics | None:
    """Group openings: ``vectors`` (n, width), ``texts`` (n,). None when there are fewer than ``LEAST``.

    The number of groups is the one of ``CHOICES`` whose groups are most apart (silhouette on a sample).
    """
    if len(vectors) < LEAST:
        return None
    from sklearn.cluster import KMeans  # a second to import
    from sklearn.metrics import silhouette_score

    unit = centred(vectors)
    sample = np.random.default_rng(seed).permutation(len(unit))[:_SAMPLE]
    best: tuple[float, NDArray[np.intp]] | None = None
    for count in _counts(unit):
        group = KMeans(count, n_init=4, random_state=seed).fit_predict(unit)
        apart = float(silhouette_score(unit[sample], group[sample])) if len(set(group[sample].tolist())) > 1 else -1.0
        if best is None or apart > best[0]:
            best = apart, group
    assert best is not None
    group = best[1]
    order = [int(g) for g, _ in Counter(group.tolist()).most_common()]
    group = np.array([order.index(g) for g in group.tolist()], dtype=np.intp)
    sizes = tuple(int((group == g).sum()) for g in range(len(order)))
    means = np.stack([vectors[group == g].mean(axis=0) for g in range(len(order))])
    return Topics(means.astype(np.float32), tuple(_names(texts, group, len(order))), sizes, group)


def _counts(unit: Floats) -> list[int]:
    """The numbers of groups to try: as many as there are openings and different ones for, at least one."""
    different = len(np.unique(unit.round(3), axis=0))
    most = max(1, min(len(unit) // _PER_GROUP, different))
    return [count for count in CHOICES if count <= most] or [most]


def nearest(vectors: Floats, centres: Floats) -> NDArray[np.intp]:
    """The group of other openings: (n,)."""
    middle = centres.mean(axis=0)
    return np.asarray((_unit(vectors - middle) @ _unit(centres - middle).T).argmax(axis=1))


def centred(vectors: Floats) -> Floats:
    """Unit vectors around their mean: sentence vectors share a large part that says nothing."""
    return _unit(vectors - vectors.mean(axis=0))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _names(texts: Sequence[str], group: NDArray[np.intp], count: int) -> list[str]:
    """The terms that a group's openings hold far more often than the others', and that no earlier name has."""
    documents = [_terms(text) for text in texts]
    overall = Counter(term for terms in documents for term in terms)
    names: list[str] = []
    used: set[str] = set()
    for g in range(count):
        inside = Counter(term for terms, at in zip(documents, group.tolist(), strict=True) if at == g for term in terms)
        size = max(1, int((group == g).sum()))
        worth = {term: _telling(n, overall[term], size, len(texts)) for term, n in inside.items() if n > 1}
        chosen: list[str] = []
        for term in sorted(worth, key=lambda t: (-worth[t], t)):
            overlaps = any(set(term) & set(other) for other in chosen if _HAN.match(other))
            if worth[term] > 0 and term not in used and not overlaps and len(chosen) < _WORDS:
                chosen.append(term)
        used.update(chosen)
        own = [text for text, at in zip(texts, group.tolist(), strict=True) if at == g]
        names.append(" · ".join(_whole_word(term, own) for term in chosen) or f"#{g + 1}")
    return names


def _whole_word(term: str, texts: Sequence[str]) -> str:
    """A pair of Chinese characters with what nearly always stands beside it: 绒被 is 羽绒被."""
    while _HAN.fullmatch(term) and len(term) < _LONGEST:
        before, after = Counter[str](), Counter[str]()
        for text in texts:
            for match in re.finditer(term, text):
                before[text[max(0, match.start() - 1) : match.start()]] += 1
                after[text[match.end() : match.end() + 1]] += 1
        (left, n), (right, m) = before.most_common(1)[0], after.most_common(1)[0]
        most = _ALWAYS * before.total()
        if n >= most and before.total() > 1 and _HAN.fullmatch(left):
            term = left + term
        elif m >= most and before.total() > 1 and _HAN.fullmatch(right):
            term += right
        else:
            break
    return term


def _telling(inside: int, overall: int, size: int, total: int) -> float:
    share, elsewhere = inside / size, (overall - inside + 1) / max(1, total - size + 1)
    return float(share * np.log(share / elsewhere)) if share > _FAR_MORE * elsewhere else 0.0


def _terms(text: str) -> set[str]:
    latin = {word.casefold() for word in _LATIN.findall(text)}
    han = {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
    return (latin | han) - _COMMON
