"""The prefilter: it saves detectors work, and never keeps one from what it would find."""

from __future__ import annotations

import random

import pytest

from csqm_desktop import privacy
from csqm_desktop.privacy import masking
from csqm_desktop.privacy.normal import normal_form, with_digits
from csqm_desktop.privacy.prefilter import Prefilter
from tests import planted_messages
from tests import privacy_corpus as corpus

_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_HAN = str.maketrans("0123456789", "零一二三四五六七八九")


def _texts() -> list[str]:
    texts = [text for name in planted_messages.SETS for text in planted_messages.decoys(name, 5, 2)]
    texts += [message.text for name in planted_messages.SETS for message in planted_messages.planted(name, 5, 2)]
    for folder in (corpus.DATA, corpus.HELD_OUT):
        texts += [message.text for message in corpus.messages(folder)] + corpus.decoys(folder)
    return texts


def _disguised(draw: random.Random, text: str) -> str:
    """The text as people write it to get past filters, or as programs spoil it."""
    match draw.randrange(6):
        case 0:
            return text.translate(_FULL_WIDTH)
        case 1:
            return "".join(char + ("\u200b" if draw.random() < 0.2 else "") for char in text)
        case 2:
            return text.replace(" ", draw.choice("\u3000\u00a0\u2009\n"))
        case 3:
            return text.translate(_HAN)
        case 4:
            return text.upper() if draw.random() < 0.5 else text.lower()
    return text[draw.randrange(len(text)) :] + text[: draw.randrange(len(text))]


@pytest.mark.parametrize("disguised", [False, True])
def test_it_never_holds_a_detector_back(disguised: bool) -> None:
    draw = random.Random(3)
    found_in = 0
    for text in _texts():
        text = _disguised(draw, text) if disguised else text
        plain, places = normal_form(text)
        everything = masking.detect(plain, with_digits(plain))
        found = masking._in_original(everything, places, len(text))
        assert privacy.find(text) == found, text
        found_in += bool(found)
    assert found_in > 500


def test_most_texts_give_nobody_a_reason() -> None:
    prefilter = masking._prefilter
    for text in (
        "运费险怎么理赔啊，急",
        "感谢您的咨询，祝您生活愉快！",
        "ok, when will it arrive?",
        "还有货吗",
        "",
        "😀",
    ):
        assert prefilter.look(text) is None, text


def test_who_has_reason_looks_once_and_in_order() -> None:
    look = Prefilter([r"\d{3}", "电话", "x"]).look("电话１２３ 一二三四五六")
    assert look is not None
    assert look.detectors == [0, 1]
    assert (look.plain, look.digits) == ("电话123 一二三四五六", "电话123 123456")


def test_half_a_pair_of_surrogates_hides_nothing() -> None:
    assert privacy.redact("\ud83d 13812345678") == ("\ud83d [phone]", {"phone": 1})
    assert privacy.redact("\ud83d 一三八一二三四五六七八")[1] == {"phone": 1}
    assert privacy.redact("\ud83d １３８１２３４５６７８")[1] == {"phone": 1}


@pytest.mark.parametrize("zero", ["٠", "０", "𝟎", "०"])
def test_digits_of_any_script_are_seen(zero: str) -> None:
    number = "".join(chr(ord(zero) + int(digit)) for digit in "13812345678")
    assert privacy.redact(f"call {number}")[1] == {"phone": 1}
