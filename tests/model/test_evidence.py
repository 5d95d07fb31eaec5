"""Evidence finds the words that a toy criterion hangs on, and leaves nothing behind."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csqm_desktop.domain.conversation import ContextTurn, Role
from csqm_desktop.scoring.device import choose_device
from csqm_desktop.scoring.engine import Engine
from csqm_desktop.scoring.evidence import explain, units, without
from csqm_desktop.scoring.version import CriterionSpec
from csqm_desktop.training.trainer import Observer, Request, train
from tests.model.toy import BAD, CRITERIA, GOOD, toy

SPECS = tuple(CriterionSpec.from_record(c) for c in CRITERIA)


@pytest.fixture(scope="module")
def engine(base):
    made = Engine(base, None, choose_device("cpu"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def version(engine, tmp_path_factory):
    out = tmp_path_factory.mktemp("versions") / "v0001-head"
    train(
        engine,
        *toy(300),
        Request(out.name, "head", SPECS, out),
        Observer(lambda *_: None, lambda _: None, lambda: None),
    )
    return out


def test_good_words_raise_and_bad_words_lower(engine, version):
    items, _ = toy(40, seed=7)
    effects: dict[bool, list[float]] = {True: [], False: []}
    for item in items:
        for span in explain(engine, version, item).reply:
            word = item.text[span.start : span.end]
            if word in GOOD or word in BAD:
                effects[word in GOOD].append(span.effects["tone"])
    assert len(effects[True]) > 30
    assert len(effects[False]) > 30
    assert np.mean(effects[True]) > 0.03
    assert np.mean(effects[False]) < -0.03


def test_the_customers_last_message_is_looked_at_too(engine, version):
    item = replace(
        toy(1)[0][0],
        context=(
            ContextTurn(Role.CUSTOMER, "hello"),
            ContextTurn(Role.CUSTOMER, "where is it"),
            ContextTurn(Role.AGENT, "we"),
        ),
    )
    found = explain(engine, version, item)
    assert found.customer_text == "where is it"
    assert [found.customer_text[s.start : s.end] for s in found.customer] == ["where", "is", "it"]


def test_without_a_customer_there_is_only_the_reply(engine, version):
    found = explain(engine, version, replace(toy(1)[0][0], context=()))
    assert found.customer == ()
    assert found.reply


def test_an_empty_reply_has_no_words(engine, version):
    assert explain(engine, version, replace(toy(1)[0][0], text="  ")).reply == ()


def test_a_repeated_reply_is_told_by_its_fact_and_not_by_its_words(engine, version):
    item = toy(1)[0][0]
    again = replace(
        item, context=(*item.context, ContextTurn(Role.AGENT, item.text), ContextTurn(Role.CUSTOMER, "hello"))
    )
    assert "repeats" in explain(engine, version, again).facts
    assert "repeats" not in explain(engine, version, item).facts


def test_deleted_texts_do_not_stay_in_the_cache(engine, version):
    before = len(engine.cache)
    explain(engine, version, toy(5, seed=11)[0][4])
    assert len(engine.cache) == before


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.integers(1, 12))
def test_units_are_ordered_pieces_of_the_text(engine, text, most):
    found = units(engine.encoder.tokenizer, text, most)
    assert len(found) <= most
    assert all(0 <= a < b <= len(text) for a, b in found)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(found))
    for unit in found:
        assert len(without(text, unit)) == len(text) - (unit[1] - unit[0])


def test_what_was_masked_is_one_word(engine):
    text = "order [order-number] and [order-number] went to [address]"
    found = [text[a:b] for a, b in units(engine.encoder.tokenizer, text, 20)]
    assert [word for word in found if "[" in word or "]" in word] == ["[order-number]", "[order-number]", "[address]"]
    assert "number" not in found
