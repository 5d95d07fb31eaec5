"""The same question with the same answer on both sides is found; stock phrases are told apart."""

from __future__ import annotations

import numpy as np

from csqm_desktop.domain.conversation import ContextTurn, ReplyInput, Role
from csqm_desktop.domain.review import LabelledReply
from csqm_desktop.scoring.version import CriterionSpec, Prediction
from csqm_desktop.training.dataset import Dataset, join
from csqm_desktop.training.near_duplicates import find, report

SPECS = (CriterionSpec("useful", ("no", "yes")),)
QUESTION = "我的订单三天了还没有发货，请问什么时候可以发出？"
ANSWER = "非常抱歉让您久等了，您的订单今天下午四点前一定发出，请放心。"


def dataset(start: int, *rows: tuple[str, str, int]) -> Dataset:
    items, labels = [], []
    for number, (question, answer, level) in enumerate(rows, start):
        context = (ContextTurn(Role.CUSTOMER, question),) if question else ()
        items.append(ReplyInput(number, f"c{number}", Role.AGENT, answer, context, "web", 5.0))
        labels.append(LabelledReply(number, f"c{number}", {"useful": (1 - level, level)}))
    return Dataset.of(join(items, labels), SPECS)


TRAIN = dataset(
    1,
    (QUESTION, ANSWER, 1),
    ("", "您好，欢迎光临，请问有什么可以帮您？", 0),
    ("衣服的颜色和图片不一样，我想退货可以吗？", ANSWER, 0),
    ("你好", "在的亲", 0),
)


def test_question_and_answer_both_nearly_the_same_is_a_leak():
    changed = ANSWER.replace("四", "五").replace("。", "！")
    found = find(
        TRAIN, dataset(100, (QUESTION + "?", changed, 1), ("别的问题，尺码偏大还是偏小呢？", "偏大一码哦亲", 1))
    )
    assert set(found.near) == {0}
    other, alike = found.near[0]
    assert other == 0
    assert 0.75 <= alike < 1
    assert found.templates == []


def test_order_numbers_do_not_hide_a_leak():
    train = dataset(1, (QUESTION, "您的订单号是 20260101，已经发出，请注意查收。", 1))
    found = find(train, dataset(9, (QUESTION, "您的订单号是 20269999，已经发出，请注意查收。", 1)))
    assert found.near == {0: (0, 1.0)}


def test_stock_phrases_and_greetings_are_counted_apart():
    found = find(
        TRAIN, dataset(100, ("我要开发票，抬头怎么填写？", ANSWER, 1), ("你好", "在的亲", 1), ("您好", "在的亲", 1))
    )
    assert not found.near
    assert found.templates == [0, 1, 2]


def test_an_opening_line_that_is_long_counts_and_an_empty_reply_does_not():
    opening = "您好，欢迎光临，请问有什么可以帮您？"
    found = find(TRAIN, dataset(100, ("", opening, 0), (QUESTION, "", 0), ("", "", 0)))
    assert set(found.near) == {0}
    assert found.templates == []


def test_figures_with_and_without():
    holdout = dataset(
        100, (QUESTION, ANSWER, 1), ("尺码偏大吗，我平时穿一百七的码", "偏大", 1), ("能便宜一点吗，我买三件", "不能", 0)
    )
    chances = np.array([[0.1, 0.9], [0.8, 0.2], [0.9, 0.1]])
    found = report(TRAIN, holdout, Prediction(chances, chances), SPECS)
    assert (found["near"], found["holdout"], found["templates"]) == (1, 3, 0)
    assert found["pairs"] == [{"holdout": 100, "train": 1, "similarity": 1.0}]
    table = found["criteria"]["useful"]
    assert table["with"] == {"n": 3, "accuracy": 2 / 3, "macro_f1": (2 / 3 + 2 / 3) / 2}
    assert table["without"]["n"] == 2
    assert table["without"]["accuracy"] == 0.5


def test_each_wording_is_an_example_once():
    holdout = dataset(100, *[(QUESTION, ANSWER, 1)] * 20)
    chances = np.full((20, 2), 0.5)
    found = report(TRAIN, holdout, Prediction(chances, chances), SPECS)
    assert found["near"] == 20
    assert len(found["pairs"]) == 1


def test_nothing_alike_is_an_empty_report():
    holdout = dataset(100, ("完全不同的问题内容在这里", "完全不同的回答内容在这里", 1))
    found = report(TRAIN, holdout, Prediction(np.ones((1, 2)), np.ones((1, 2))), SPECS)
    assert (found["near"], found["templates"], found["pairs"], found["criteria"]) == (0, 0, [], {})
    assert find(dataset(1), holdout).near == {}
