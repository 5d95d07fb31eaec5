"""Numbers in runs of digits: which of their groups belong together, and what they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from csqm_desktop.privacy.candidate import Candidate
from csqm_desktop.privacy.cards import is_card
from csqm_desktop.privacy.dates import dates_within
from csqm_desktop.privacy.identity import ID_TAIL, is_id
from csqm_desktop.privacy.kinds import Found
from csqm_desktop.privacy.phones import EXTENSION, is_phone, is_toll_free

FEWEST_DIGITS = 7
_MOST_GROUPS = 7  # numbers in more groups are written digit by digit, which is looked for at these lengths only
_CROWD = 60  # groups in one run; in such runs digits that stand alone are no numbers
_DATE_DIGITS = 8  # at most, of a date in one group
_SPELLED_OUT = frozenset({11, 16, 17, 18, 19})

_RUN = re.compile(r"\+?\(?\d+(?:[ .\-()/_~*、·,一]{1,3}\d+)*")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?: \d{1,2})?")
LOOK = r"\d(?:[ .\-()（）/_~～*、·,，一]{0,3}\d){6}"


def find_numbers(plain: str, glued: bool = False) -> Iterator[Found]:
    """What runs of digits are; ``glued`` also finds phone numbers right after letters, as in user names."""
    for run in _RUN.finditer(plain):
        if run.end() - run.start() < FEWEST_DIGITS or _DATE.fullmatch(plain, run.start(), run.end()):
            continue  # most runs are prices, amounts and dates
        if is_toll_free(run[0]):
            continue
        groups = [match.span() for match in _GROUP.finditer(plain, run.start(), run.end())]
        if sum(end - start for start, end in groups) >= FEWEST_DIGITS:
            yield from _in_run(plain, groups, glued)


def _in_run(plain: str, groups: list[tuple[int, int]], glued: bool) -> Iterator[Found]:
    """The numbers among groups of digits, each as long as possible."""
    first = 0
    crowded = len(groups) > _CROWD
    dates: list[tuple[int, int]] | None = None  # looked for only when something else was found
    while first < len(groups):
        if crowded and sum(end - start for start, end in groups[first : first + 4]) < FEWEST_DIGITS:
            first += 1  # a table or a joke: nobody writes a number like that
            continue
        for last in range(_last_within(groups, first, 19), first - 1, -1):
            count = sum(end - start for start, end in groups[first : last + 1])
            if count < FEWEST_DIGITS:
                break
            if last - first >= _MOST_GROUPS and count not in _SPELLED_OUT:
                continue
            candidate = Candidate(plain, groups, first, last, glued)
            kind = _kind(candidate)
            if kind == "phone" and dates is None and (candidate.separated or count <= _DATE_DIGITS):
                dates = list(dates_within(plain, groups[0][0], groups[-1][1]))
            if kind and not (kind == "phone" and dates and _cuts(candidate, dates)):
                yield Found(kind, _with_prefix(candidate, kind), _with_tail(candidate, kind))
                first = last
                break
        first += 1


def _cuts(candidate: Candidate, dates: list[tuple[int, int]]) -> bool:
    """Whether some of a candidate's digits are those of a date."""
    place = bisect_left(dates, (candidate.end, 0))  # the last that starts before the candidate ends
    return place > 0 and candidate.start < dates[place - 1][1]


def _last_within(groups: list[tuple[int, int]], first: int, most: int) -> int:
    """The last group with which the groups from ``first`` on have at most ``most`` digits."""
    total = 0
    for last in range(first, len(groups)):
        total += groups[last][1] - groups[last][0]
        if total > most:
            return max(first, last - 1)
    return len(groups) - 1


def _with_prefix(candidate: Candidate, kind: str) -> int:
    """The start including a plus sign or bracket in front."""
    start = candidate.start
    opening = "+(" if ")" in candidate.plain[start : candidate.end] else "+"
    while kind == "phone" and start > 0 and candidate.plain[start - 1] in opening:
        start -= 1
    return start


def _with_tail(candidate: Candidate, kind: str) -> int:
    """The end including the X of an ID number or the extension of a phone number."""
    pattern = {"id-number": ID_TAIL, "phone": EXTENSION}.get(kind)
    if pattern is None or (kind == "id-number" and len(candidate.digits) != 17):
        return candidate.end
    match = pattern.match(candidate.plain, candidate.end)
    return match.end() if match else candidate.end


def _kind(candidate: Candidate) -> str | None:
    """What the number is, None when it is nothing personal."""
    if is_id(candidate):
        return "id-number"
    if candidate.is_part:
        return None
    if is_card(candidate):
        return "bank-card"
    return "phone" if is_phone(candidate) else None
