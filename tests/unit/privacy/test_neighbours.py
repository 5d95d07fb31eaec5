"""What a number or a name stands beside decides what it is, and whether it is whole."""

import pytest

from csqm_desktop import privacy


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我的手机号是13812345678，订单号 2026100512345678", "我的手机号是[phone]，订单号 [order-number]"),
        ("手机号13812345678 订单编号：2026100512345678", "手机号[phone] 订单编号：[order-number]"),
        ("my phone is 13812345678, my order is 20261005123", "my phone is [phone], my order is [order-number]"),
        ("20261005123, my order, is late", "[order-number], my order, is late"),
        ("电话13812345678的订单还没发", "电话[phone]的订单还没发"),
        ("2026100512345678这个订单3天没发", "[order-number]这个订单3天没发"),
        ("20261005123这个订单的快递", "[order-number]这个订单的快递"),
    ],
)
def test_a_number_told_as_a_phone_is_one_before_an_order(text, masked):
    assert privacy.redact(text)[0] == masked


@pytest.mark.parametrize("text", ["西西弗你好", "西西弗书店几点开门", "我在西西弗买的书", "豆豆瓜书店你好"])
def test_no_half_of_a_name_is_masked(text):
    assert privacy.redact(text)[0] == text


@pytest.mark.parametrize("text", ["朵朵你好", "丽丽姐你好"])
def test_given_names_are_still_masked(text):
    assert "[name]" in privacy.redact(text)[0]
