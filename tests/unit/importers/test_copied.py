"""Chats copied from WeChat and web pages: names, times of the day, days that turn."""

import contextlib
import os
from datetime import UTC, datetime

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base

DAY = datetime(2026, 9, 2, 12, tzinfo=UTC)


@pytest.fixture
def read(tmp_path):
    def given(text):
        path = tmp_path / "pasted.txt"
        path.write_text(text, encoding="utf-8")
        os.utime(path, (DAY.timestamp(), DAY.timestamp()))
        return base.preview(path, timezone="UTC")

    return given


def said(preview):
    assert preview.recognition.format == "copied"
    return [(f"{m.sent_at:%m-%d %H:%M:%S}", m.role.value, m.sender, m.text) for m in preview.messages]


def test_wechat_with_names_only(read):
    found = said(read("张三:\n你好\n在吗\n\n客服小李:\n您好，请问有什么可以帮您\n\n张三:\n退款：什么时候到？\n"))
    assert found == [
        ("09-02 00:00:00", "customer", "张三", "你好\n在吗"),
        ("09-02 00:00:01", "agent", "客服小李", "您好，请问有什么可以帮您"),
        ("09-02 00:00:02", "customer", "张三", "退款：什么时候到？"),
    ]


def test_a_web_page_with_times_below_names_and_a_day_above(read):
    page = "昨天 22:10\n王小姐\n22:11\n还有货吗？\n客服\n22:12\n有的\n已读\n00:05\n王小姐\n00:06\n好的，拍了\n"
    assert said(read(page)) == [
        ("09-01 22:11:00", "customer", "王小姐", "还有货吗？"),
        ("09-01 22:12:00", "agent", "客服", "有的"),
        ("09-02 00:06:00", "customer", "王小姐", "好的，拍了"),
    ]


def test_names_and_times_on_one_line_in_english(read):
    page = "Ann 11:59 AM\nWhere is my order?\nSupport 12:01 PM\nLet me check.\nDelivered\nAnn 12:01 PM\nthanks\n"
    assert said(read(page)) == [
        ("09-02 11:59:00", "customer", "Ann", "Where is my order?"),
        ("09-02 12:01:00", "agent", "Support", "Let me check."),
        ("09-02 12:01:00", "customer", "Ann", "thanks"),
    ]


def test_december_copied_in_january_is_of_the_year_before(read):
    found = read("张三 12月30日 10:20\n你好\n客服 12月30日 10:21\n在的\n").messages
    assert [m.sent_at.year for m in found] == [2025, 2025]


def test_the_same_chat_pasted_again_is_the_same(read):
    text = "Ann 11:59 AM\nWhere is my order?\nSupport 12:01 PM\nLet me check.\n"
    assert read(text).messages == read(text).messages


@pytest.mark.parametrize("text", ["just a note\nand another\n", "a: b\nc: d\n", "10:20\n10:21\n10:22\n"])
def test_other_texts_are_not_taken_for_chats(read, text):
    with contextlib.suppress(CsqmError):
        assert read(text).recognition.format != "copied"


def test_who_is_called_by_a_role_has_it(read):
    """Even where the agent speaks first, as in calls."""
    found = said(read("Agent  10:01\nThank you for calling\n\nCustomer  10:05\nThe lid is loose\n"))
    assert [entry[1] for entry in found] == ["agent", "customer"]
