"""From a reply and what was said around it to what a model reads; used by training and scoring alike.

The reply, each earlier turn and what followed are embedded on their own, by the frozen encoder and by a fine-tuned
network alike, so a text is read once however many replies it stands beside, and a template sent a thousand times is
read once.

``FEATURES`` are figures that a sentence embedding does not hold. Changing anything here changes what
stored versions mean: raise ``ENCODING_VERSION``.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from csqm_desktop.domain.conversation import REPLY_ROLES, ContextTurn, ReplyInput, Role
from csqm_desktop.privacy.pseudonyms import plain

ENCODING_VERSION = 2  # 2: what followed the reply
MAX_CONTEXT_TURNS = 12  # older turns hardly change the verdict and cost as much as new ones
MAX_TEXT_CHARS = 4_000  # a pasted log must not cost a million tokens; the token limit is far below anyway
DIGEST_BYTES = 16

FEATURES = (
    "turns_before",
    "customer_turns",
    "context_chars",
    "reply_chars",
    "last_customer_chars",
    "is_bot",
    "follows_own_turn",
    "no_customer_before",
    "waited",
    "waited_unknown",
    "is_empty",
    "repeats_earlier",
    "repeats_often",
    "asks",
    "digits",
    "link",
    "overlap_customer",
    "is_chinese",
    "reacted",
    "reaction_said",
    "answered",
    "continued",
    "goes_on",
    "reaction_chars",
    "reaction_asks",
    "reaction_thanks",
    "reaction_complains",
    "reaction_overlap_reply",
    "reaction_overlap_question",
)

_MARKERS = {Role.CUSTOMER: "customer:", Role.AGENT: "agent:", Role.BOT: "agent:", Role.SYSTEM: "system:"}
_THEN = "then customer:"
_QUESTION = re.compile(r"[?？]|吗|呢")
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r"https?://|www\.|\.com|\.cn", re.IGNORECASE)
_THANKS = re.compile(r"谢|感谢|多谢|thank|thx|cheers", re.IGNORECASE)
_SETTLED = re.compile(r"好的|可以了|解决了|明白|知道了|收到|\b(?:ok|okay|great|perfect|solved|works?)\b", re.IGNORECASE)
_COMPLAINS = re.compile(
    r"投诉|垃圾|骗|差评|失望|无语|坑|气死|不行|没用|还是没|仍然|根本|到底|又是|敷衍"
    r"|\b(?:still|useless|again|worst|terrible|ridiculous|scam|never|complaint|disappoint\w*)\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Turn:
    """Consecutive messages of one side, joined; ``role`` BOT and AGENT count as one side."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class EncodedReply:
    """A reply as the models see it. ``turns`` are oldest first; ``features`` follow ``FEATURES``.

    ``reaction`` is the customer's next turn, ``answer`` the shop's next one; empty when there is none.
    """

    reply: str
    turns: tuple[Turn, ...]
    features: tuple[float, ...]
    language: str
    reaction: str = ""
    answer: str = ""

    @property
    def last_customer(self) -> str:
        """The latest turn of the customer, empty when there is none."""
        return next((turn.text for turn in reversed(self.turns) if turn.role is Role.CUSTOMER), "")

    @property
    def context(self) -> str:
        """What followed, then the dialogue before, newest turn first: cutting the end loses the oldest."""
        before = " ".join(f"{_MARKERS[turn.role]} {turn.text}" for turn in reversed(self.turns))
        return f"{_THEN} {self.reaction} {before}" if self.reaction else before


def encode_reply(item: ReplyInput) -> EncodedReply:
    """Turn one reply into model input. Never fails: empty and odd texts are legal replies."""
    reply = clean_text(item.text)
    turns = merge_turns(item.context)
    language = detect_language(reply)
    if language == "other":
        language = detect_language(" ".join(turn.text for turn in turns[-3:]))
    reaction, answer = _after(item.following)
    figures = (
        *_features(item, reply, turns, language),
        *_following(item, reply, turns, reaction, answer),
    )
    return EncodedReply(reply, turns[-MAX_CONTEXT_TURNS:], figures, language, reaction or "", answer or "")


def _after(following: Sequence[ContextTurn]) -> tuple[str | None, str | None]:
    """The customer's reaction and the shop's answer to it, None where there is none."""
    turns = merge_turns([turn for turn in following if turn.role is not Role.SYSTEM])
    if turns and turns[0].role is Role.AGENT:
        turns = turns[1:]  # the shop went on before the customer reacted
    reaction, answer = (*(turn.text for turn in turns[:2]), None, None)[:2]
    return reaction, answer


def clean_text(text: str) -> str:
    """Text in one spelling: NFKC (full-width forms), single spaces, at most ``MAX_TEXT_CHARS`` characters.

    Pseudonyms lose their signs: a model must neither learn nor stumble over them.
    """
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", plain(text[:MAX_TEXT_CHARS]))).strip()


def merge_turns(context: Sequence[ContextTurn]) -> tuple[Turn, ...]:
    """Join consecutive messages of one side into turns; empty messages join to nothing."""
    merged = []
    for side, group in groupby(context, key=lambda turn: _side(turn.role)):
        merged.append(Turn(side, clean_text(" ".join(turn.text for turn in group))))
    return tuple(merged)


def _side(role: Role) -> Role:
    return Role.AGENT if role in REPLY_ROLES else role


def detect_language(text: str) -> str:
    """``zh``, ``en`` or ``other`` by script: Chinese writing without kana or hangul, or mostly Latin letters."""
    han = latin = foreign = 0
    for char in text:
        code = ord(char)
        if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0x20000 <= code <= 0x3134F:
            han += 1
        elif char.isascii():
            latin += char.isalpha()
        elif char.isalpha():
            foreign += 1
    # a Chinese character says about as much as a short English word; product names in Latin letters are common
    if foreign > han + latin / 4:
        return "other"
    if han and han * 4 >= latin:
        return "zh"
    return "en" if latin else "other"


def read_texts(encoded: EncodedReply) -> set[str]:
    """Every text of a reply that a network reads, and whose vector is kept."""
    return {encoded.reply, encoded.reaction, encoded.answer, *(turn.text for turn in encoded.turns)}


def texts_holding(item: ReplyInput, texts: set[str]) -> Iterator[str]:
    """Of the texts that are read of a reply those in which any of these messages' texts are, joined or alone."""
    if item.text in texts:
        yield clean_text(item.text)
    for turns in (item.context, [turn for turn in item.following if turn.role is not Role.SYSTEM]):
        for _side_of, group in groupby(turns, key=lambda turn: _side(turn.role)):
            said = [turn.text for turn in group]
            if not texts.isdisjoint(said):
                yield clean_text(" ".join(said))


def text_digest(text: str) -> bytes:
    """A stable key of ``DIGEST_BYTES`` bytes for a text, the same on every machine."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def _features(item: ReplyInput, reply: str, turns: tuple[Turn, ...], language: str) -> tuple[float, ...]:
    customer = [turn.text for turn in turns if turn.role is Role.CUSTOMER]
    last_customer = customer[-1] if customer else ""
    earlier = [clean_text(turn.text) for turn in item.context if turn.role in REPLY_ROLES]
    repeats = sum(text == reply for text in earlier) if reply else 0
    waited = item.seconds_waited
    return (
        math.log1p(len(turns)),
        math.log1p(len(customer)),
        math.log1p(sum(len(turn.text) for turn in turns)),
        math.log1p(len(reply)),
        math.log1p(len(last_customer)),
        float(item.role is Role.BOT),
        float(bool(turns) and turns[-1].role is Role.AGENT),
        float(not customer),
        math.log1p(max(0.0, waited)) if waited is not None else 0.0,
        float(waited is None),
        float(not reply),
        float(repeats > 0),
        float(repeats > 1),
        float(bool(_QUESTION.search(reply))),
        math.log1p(len(_DIGIT.findall(reply))),
        float(bool(_LINK.search(reply))),
        _overlap(reply, last_customer),
        float(language == "zh"),
    )


def _following(
    item: ReplyInput, reply: str, turns: tuple[Turn, ...], reaction: str | None, answer: str | None
) -> tuple[float, ...]:
    """Figures of what came after the reply."""
    question = next((turn.text for turn in reversed(turns) if turn.role is Role.CUSTOMER), "")
    said = reaction or ""
    first = next((i for i, turn in enumerate(item.following) if turn.role is Role.CUSTOMER), len(item.following))
    return (
        float(reaction is not None),
        float(bool(said)),
        float(answer is not None),
        float(item.continued),
        math.log1p(first),
        math.log1p(len(said)),
        float(bool(_QUESTION.search(said))),
        float(bool(_THANKS.search(said))) + float(bool(_SETTLED.search(said))),
        float(bool(_COMPLAINS.search(said))),
        _overlap(said, reply),
        _overlap(said, question),
    )


def _overlap(first: str, second: str) -> float:
    """The share of the shorter text's character pairs that occur in the other, 0..1."""
    a = {first[i : i + 2] for i in range(len(first) - 1)}
    b = {second[i : i + 2] for i in range(len(second) - 1)}
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
