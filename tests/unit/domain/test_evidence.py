"""Which words are shown for a criterion."""

from __future__ import annotations

import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from csqm_desktop.domain.evidence import LEAST, STRONGEST, Evidence, Span

effects = st.floats(-1, 1).map(lambda v: round(v, 4))


@st.composite
def spans(draw, most=12):
    out, at = [], 0
    for _ in range(draw(st.integers(0, most))):
        start = at + draw(st.integers(0, 3))
        at = start + draw(st.integers(1, 4))
        out.append(Span(start, at, {"tone": draw(effects)}))
    return tuple(out)


@given(spans(), spans())
def test_marks_are_few_in_order_and_worth_showing(reply, customer):
    evidence = Evidence(reply, customer, "x" * 200, {"tone": 0.5})
    of_reply, of_customer = evidence.marks("tone")
    assert len(of_reply) + len(of_customer) <= STRONGEST
    for marks, source in ((of_reply, reply), (of_customer, customer)):
        assert [m.start for m in marks] == sorted(m.start for m in marks)
        assert all(a.end <= b.start for a, b in itertools.pairwise(marks))
        assert all(any(s.start == m.start for s in source) for m in marks)
    strongest = max((abs(s.effects["tone"]) for s in (*reply, *customer)), default=0.0)
    assert bool(of_reply or of_customer) == (strongest >= LEAST)


def test_neighbours_that_pull_the_same_way_are_one_mark():
    words = (Span(0, 2, {"tone": 0.2}), Span(3, 5, {"tone": 0.1}), Span(5, 7, {"tone": -0.1}))
    marks, _ = Evidence(words, (), "", {"tone": 0.5}).marks("tone")
    assert [(m.start, m.end, m.effect > 0) for m in marks] == [(0, 5, True), (5, 7, False)]


def test_an_unknown_criterion_marks_nothing():
    assert Evidence((Span(0, 2, {"tone": 0.2}),), (), "", {}).marks("other") == ([], [])


def test_facts_come_strongest_first_and_weak_ones_not_at_all():
    facts = {"link": {"tone": 0.05}, "repeats": {"tone": -0.3}, "asks": {"tone": 0.001}}
    assert Evidence((), (), "", {"tone": 0.5}, facts).facts_of("tone") == [("repeats", -0.3), ("link", 0.05)]


@given(spans(), spans())
def test_a_record_comes_back_as_it_was(reply, customer):
    evidence = Evidence(reply, customer, "问题", {"tone": 0.25}, {"repeats": {"tone": -0.3}})
    assert Evidence.from_record(json.loads(json.dumps(evidence.to_record()))) == evidence
