"""From a reply to what the models read."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csqm_desktop.domain.conversation import ContextTurn, ReplyInput, Role
from csqm_desktop.scoring.encoding import (
    FEATURES,
    MAX_CONTEXT_TURNS,
    clean_text,
    detect_language,
    encode_reply,
    read_texts,
    text_digest,
    texts_holding,
)


def reply(text: str, *context: tuple[Role, str], **facts) -> ReplyInput:
    values = {"reply_id": 1, "conversation": "c", "role": Role.AGENT}
    return ReplyInput(**(values | facts), text=text, context=tuple(ContextTurn(r, t) for r, t in context))


def feature(item: ReplyInput, name: str) -> float:
    return encode_reply(item).features[FEATURES.index(name)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("您好，请问有什么可以帮您？", "zh"),
        ("请下载 iPhone 版 App", "zh"),
        ("Your parcel is on its way.", "en"),
        ("Please visit 北京 store for the repair of your phone", "en"),
        ("お荷物を確認いたします", "other"),
        ("안녕하세요 고객님", "other"),
        ("Здравствуйте", "other"),
        ("", "other"),
        ("😀 123", "other"),
        ("𠮷", "zh"),
    ],
)
def test_language_by_script(text, language):
    assert detect_language(text) == language


def test_a_reply_without_words_takes_the_language_of_the_dialogue():
    assert encode_reply(reply("👍", (Role.CUSTOMER, "什么时候发货"))).language == "zh"


def test_consecutive_messages_of_one_side_are_one_turn():
    item = reply("ok", (Role.CUSTOMER, "hi"), (Role.CUSTOMER, "my order?"), (Role.BOT, "which"), (Role.AGENT, "one?"))
    assert [(t.role, t.text) for t in encode_reply(item).turns] == [
        (Role.CUSTOMER, "hi my order?"),
        (Role.AGENT, "which one?"),
    ]


def test_the_newest_turns_are_kept_and_come_first():
    turns = [(Role.CUSTOMER if i % 2 else Role.AGENT, f"turn{i}") for i in range(40)]
    encoded = encode_reply(reply("r", *turns))
    assert len(encoded.turns) == MAX_CONTEXT_TURNS
    assert encoded.context.startswith("customer: turn39 agent: turn38")
    assert "turn5 " not in encoded.context
    assert encoded.last_customer == "turn39"


def test_repeats_of_an_earlier_reply_are_seen_whatever_the_width_of_letters():
    item = reply("ＯＫ，稍等", (Role.AGENT, "OK,稍等"), (Role.CUSTOMER, "还要多久"), (Role.BOT, "OK，稍等"))
    assert feature(item, "repeats_earlier") == 1
    assert feature(item, "repeats_often") == 1
    assert feature(reply("", (Role.AGENT, "")), "repeats_earlier") == 0


def test_figures_of_waiting_and_roles():
    assert feature(reply("x", seconds_waited=99), "waited") == pytest.approx(math.log(100))
    assert feature(reply("x"), "waited_unknown") == 1
    assert feature(reply("x", seconds_waited=-5), "waited") == 0
    assert feature(reply("x", role=Role.BOT), "is_bot") == 1
    assert feature(reply("x"), "no_customer_before") == 1
    assert feature(reply("x", (Role.CUSTOMER, "a"), (Role.AGENT, "b")), "follows_own_turn") == 1


def test_what_followed_is_the_customers_next_turn_and_the_shops_answer():
    after = [
        (Role.AGENT, "one more thing"),
        (Role.SYSTEM, "joined"),
        (Role.CUSTOMER, "谢谢 好的"),
        (Role.CUSTOMER, "再见"),
    ]
    item = reply("r", (Role.CUSTOMER, "q"), following=tuple(ContextTurn(*turn) for turn in after), continued=False)
    encoded = encode_reply(item)
    assert (encoded.reaction, encoded.answer) == ("谢谢 好的 再见", "")
    assert encoded.context == "then customer: 谢谢 好的 再见 customer: q"
    assert feature(item, "reacted") == 1
    assert feature(item, "answered") == 0
    assert feature(item, "reaction_thanks") == 2
    assert feature(item, "goes_on") == pytest.approx(math.log(3))
    assert feature(reply("r"), "reacted") == 0


def test_clean_text_is_one_spelling():
    assert clean_text("  Ｈｅｌｌｏ\n\tworld　！ ") == "Hello world !"
    assert len(clean_text("长" * 10_000)) == 4_000


@given(st.text(), st.lists(st.tuples(st.sampled_from(Role), st.text()), max_size=5), st.none() | st.floats(-1e9, 1e9))
def test_any_text_gives_finite_figures(text, context, waited):
    encoded = encode_reply(reply(text, *context, seconds_waited=waited))
    assert len(encoded.features) == len(FEATURES)
    assert all(math.isfinite(value) for value in encoded.features)


@given(st.text())
def test_digest_is_stable_and_short(text):
    assert text_digest(text) == text_digest(text)
    assert len(text_digest(text)) == 16


def test_digest_is_the_same_on_every_machine():
    assert text_digest("您好").hex() == "024eb76e9506294e42682f573ea27443"
    assert text_digest("a") != text_digest("b")
    assert text_digest("\ud800")  # half a surrogate, as broken exports hold


def test_texts_that_hold_a_changed_message_are_all_that_read_otherwise_afterwards():
    """Whose vectors must go: turns are joined of several messages, and cut where the window ends."""
    rng = random.Random(5)
    words = ["my number is 1", "hello", "please wait", "sorry", "", "ok"]
    for _ in range(300):
        said = [(rng.choice(list(Role)), rng.choice(words)) for _ in range(rng.randrange(1, 16))]
        cut = rng.randrange(len(said))
        before, after = ([ContextTurn(role, text) for role, text in part] for part in (said[:cut], said[cut:]))
        item = ReplyInput(1, "c", Role.AGENT, rng.choice(words), tuple(before), following=tuple(after))
        masked = [replace(turn, text=turn.text.replace("1", "[phone]")) for turn in (*before, *after)]
        now = replace(
            item, text=item.text.replace("1", "[phone]"), context=tuple(masked[:cut]), following=tuple(masked[cut:])
        )
        gone = read_texts(encode_reply(item)) - read_texts(encode_reply(now))
        found = set(texts_holding(item, {"my number is 1"}))
        assert gone <= found
        assert all("1" in text for text in found)
