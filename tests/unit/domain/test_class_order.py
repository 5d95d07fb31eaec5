"""Words and numbers that have an order are put in it; others are not guessed at."""

import pytest

from csqm_desktop.domain.class_order import chosen_order, known_order


@pytest.mark.parametrize(
    "worst_first",
    [
        ("bad", "ok", "good"),
        ("Bad", "Average", "Very_Good", "excellent"),
        ("差", "好"),
        ("差", "中", "良", "优"),
        ("negative", "neutral", "positive"),
        ("负面", "中性", "正面"),
        ("不满意", "一般", "满意"),
        ("非常不满意", "不满意", "一般", "满意", "非常满意"),
        ("No", "Yes"),
        ("否", "是"),
        ("fail", "pass"),
        ("不合格", "合格"),
        ("未解决", "部分解决", "已解决"),
        ("1", "2", "10"),
        ("-1", "0", "1"),
        ("0.5", "1.5"),
        ("1 star", "5 stars"),
        ("一星", "三星"),
        ("★", "★★★"),
        ("1分", "2分"),
    ],
)
def test_known_orders_whatever_the_order_of_the_file(worst_first):
    assert known_order(worst_first) == worst_first
    assert known_order(worst_first[::-1]) == worst_first


@pytest.mark.parametrize(
    "classes",
    [
        ("Household", "Books"),
        ("服装", "食品"),
        ("good", "food"),
        ("good", "好"),  # the same step twice
        ("1", "one"),
        ("1", "1.0"),
        ("A", "B"),
    ],
)
def test_nothing_is_guessed(classes):
    assert known_order(classes) is None


def test_an_order_names_every_class_once():
    assert chosen_order(("Food", "Books", "Toys"), "toys, food，Books") == ("Toys", "Food", "Books")
    assert chosen_order(("a", "A"), "A,a") == ("A", "a")
    for said in ("toys,food", "toys,food,books,cars", "toys,toys,food", "toys food books", ""):
        assert chosen_order(("Food", "Books", "Toys"), said) is None
