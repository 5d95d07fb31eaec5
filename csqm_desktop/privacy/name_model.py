"""Which pieces of a Chinese text are names: the clues of ``name_clues`` added up, one threshold for all.

The weights are a logistic regression's, rounded: learnt from made-up names in some two hundred made-up messages against
everything else in real conversations (``tests/benchmarks/name_weights.py``). A sum above zero is a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from csqm_desktop.privacy.english_clues import may_hold_english_name, runs
from csqm_desktop.privacy.kinds import Found
from csqm_desktop.privacy.name_clues import (
    PLACE,
    Candidate,
    full_names,
    given_names,
    is_thing,
    may_hold_chinese_name,
    nicknames,
)

_OTHER_DATA = 0.8  # what a telephone, order or card number in a text says for a name
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){6}|\[[a-z]")
_REACH = 9  # a name, and what tells of a person after it


__all__ = ["find_chinese_names", "find_english_names", "may_hold_chinese_name", "may_hold_english_name"]


class _Shape(NamedTuple):
    """A way in which names are made."""

    candidates: Callable[[str, int], Iterator[Candidate]]
    prior: float
    weights: dict[str, float]


def _weights(table: str) -> dict[str, float]:
    items = (" ".join(item.split()).rpartition("=") for item in table.split(";"))
    return {clue: float(value) for clue, _, value in items}


_SHAPES = (
    _Shape(
        full_names,
        1.3,
        _weights(
            """
        > alnum=-0.4; > colon=1; > edge=1.6; > fame=-4; > given=-2.7; > han=-1.5; > next=0.2; > own=0.7; >
        part=1.6; > person=1.9; > place=-1.6; > sign=-0.7; > stop=0.6; > verb=1.9; M=-0.4; MM=0.4; MO=-1.4;
        MS=1.2; MW=0.7; OM=-0.1; OS=-0.2; OW=-0.7; S=0.5; SM=0.9; SO=-1; SS=1.8; SW=1.4; W=-1.6; WM=0.7;
        WO=-2.9; WS=0.9; WW=-0.2; alnum <=-1.3; common=-0.4; compound=1.1; cue <=1.1; cut after=-1.9; cut
        before=-2.9; edge <=-0.2; given-word=-1.9; greet <=0.1; han <=-1.9; is <=1.3; noun <=1; of <=0.3;
        popular=1.2; rare=-1.8; seldom=0.6; sign <=-0.3; stop <=-0.1; sure=0.5; word=-1.7
        """
        ),
    ),
    _Shape(
        nicknames,
        1.3,
        _weights(
            """
        > edge=1.4; > fame=-0.4; > given=-0.8; > han=0.1; > own=-0.3; > part=0.3; > person=0.4; > sign=-1.3;
        > stop=-0.6; > verb=1.1; M=-0.4; S=-0.2; alnum <=-0.5; common=0.7; cue <=1; cut=-0.9; cut after=-3;
        cut before=-4; edge <=0.5; han <=-0.6; is <=0.4; noun <=0.4; of <=-1; rare=-0.8; sign <=-0.3; stop
        <=-0.5; sure=0.6; three=0.9; title=-0.2; when <=0.7; word=-1.9; 叔=0.6; 哥=0.6; 姐=0.6; 导=-0.1; 小=-0.7;
        工=0.2; 爷=-0.3; 老=-1.6; 董=-0.1; 阿=0.9
        """
        ),
    ),
    _Shape(
        given_names,
        -0.7,
        _weights(
            """
        > alnum=-0.5; > edge=0.9; > fame=-0.7; > given=-1.3; > han=-0.7; > next=0.5; > own=-0.1; >
        part=-1.1; > person=3.1; > place=-0.9; > sign=-0.1; > stop=-0.1; > verb=1.3; FF=-0.1; FM=0.1;
        FW=-0.1; MM=-0.9; MS=0.3; MW=0.2; SM=0.1; SS=1; SW=-0.1; WM=-0.1; WS=0.3; WW=-0.6; alnum <=-0.4; cue
        <=1.6; cut after=-0.5; cut before=-0.5; edge <=0.1; greet <=-0.2; han <=-1.5; is <=0.8; noun <=1.5;
        of <=-0.5; popular=1.2; sign <=-1; stop <=-0.3; twice=0.9; when <=-0.2; word=-2.2
        """
        ),
    ),
)

_ENGLISH = {
    "first": (
        2.5,
        _weights("""
        > aux=0.6; > colon=0.4; > comma=0.1; > dash=0.4; > edge=0.4; > han=0.1; > more=0.7; > number=-0.5; >
        own=0.5; > sign=-0.5; > stop=-0.1; > thing=-4; > title=-1.7; > to_me=0.7; > verb=2.2; > word=-1.2;
        ask <=1; be <=1.4; capitals=0.7; colon <=0.8; comma <=0.5; dash <=0.5; determiner <=-3.5; do <=1.1;
        edge <=-0.3; greet <=1.5; han <=0.3; join <=0.4; kin <=0.6; lead <=0.3; number <=-0.8; other <=-1;
        sign <=-3.3; small=-0.1; staff <=0.7; stop <=-0.9; this <=0.3; title=-0.6; title <=0.5; two=-0.5;
        two known=1.2
        """),
    ),
    "word": (
        0.5,
        _weights("""
        > aux=0.8; > colon=0.1; > comma=0.6; > edge=0.5; > lead=-0.2; > more=0.8; > number=-0.8; > own=0.5;
        > sign=-0.1; > stop=0.6; > thing=-4; > title=-0.7; > to_me=-0.4; > verb=1.1; > word=-1.1; ask
        <=-0.1; be <=0.7; capitals=0.4; colon <=0.3; comma <=0.3; dash <=0.2; determiner <=-3.5; do <=0.7;
        edge <=-0.5; greet <=0.9; join <=0.5; kin <=0.4; lead <=0.3; number <=-0.4; opens=-2.3; other
        <=-1.7; sign <=-0.8; small=-0.1; staff <=0.4; stop <=-0.8; this <=-3.5; title=-0.3; title <=0.2;
        two=-1.2; two known=-0.4
        """),
    ),
    "unknown": (
        -1.3,
        _weights("""
        > aux=0.2; > colon=-0.1; > comma=0.1; > dash=-0.4; > edge=1.8; > lead=-0.9; > more=0.3; >
        number=-0.6; > own=0.5; > sign=-0.4; > thing=-4; > title=-1.9; > to_me=1; > verb=2.5; > word=-0.4;
        ask <=0.8; be <=1; capitals=-0.2; colon <=-0.1; comma <=0.3; dash <=-1; determiner <=-3.5; do <=0.6;
        edge <=-0.2; greet <=1.5; join <=-0.7; kin <=1; lead <=-0.9; number <=-0.8; other <=-0.6; sign
        <=-1.1; small=-0.9; staff <=0.6; stop <=-0.1; this <=0.1; title=1; title <=0.6; two=-0.4; two
        known=1.9
        """),
    ),
}


def find_chinese_names(plain: str) -> Iterator[Found]:
    """Names in Chinese characters."""
    done = 0
    lead: float | None = None
    for place in PLACE.finditer(plain):
        start = place.start()
        if lead is None:
            lead = _OTHER_DATA if _LONG_NUMBER.search(plain) else 0.0
        if start >= done and (size := _size(plain[max(0, start - 1) : start + _REACH], min(start, 1), lead)):
            done = start + size
            yield Found("name", start, done)


@lru_cache(8192)  # the same words stand around what looks like a name again and again
def _size(window: str, start: int, lead: float) -> int:
    """How many characters from a place on are a name, none where it is something else."""
    best, size = 0.0, 0
    if is_thing(window, start):
        return 0
    for candidates, prior, weights in _SHAPES:
        for end, clues in candidates(window, start):
            score = lead + prior + sum([weights.get(clue, 0.0) for clue in clues])
            if score > best:
                best, size = score, end - start
    return size


def find_english_names(plain: str) -> Iterator[Found]:
    """Names in Latin letters that begin with one of the lists in ``first_names``, or end with one."""
    lead = _OTHER_DATA if _LONG_NUMBER.search(plain) else 0.0
    for run in runs(plain):
        prior, weights = _ENGLISH[run.shape]
        if lead + prior + sum([weights.get(clue, 0.0) for clue in run.clues]) > 0:
            yield Found("name", run.start, run.end)
