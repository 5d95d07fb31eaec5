"""千牛 and 旺旺: what a person copies from the chat window of a Taobao or Tmall shop.

A turn begins with a name and a time, in one of several notations, and its text follows. Read marks are dropped;
recalls, transfers and product cards become system lines, so that turns hold only what people wrote. Names with a
colon (shop:person) are staff; a mapping's roles and rules tell the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import INVISIBLE, ChatText, People, Turn, add
from csqm_desktop.importers.neutral import NeutralFile, content_id, text_file
from csqm_desktop.importers.source import SourceFile

ZONE = "+08:00"  # the shops' clocks, unless a person says otherwise
SURE, LIKELY = 0.97, 0.9

_TIME = (
    r"[(（\[]?(?P<time>(?:19|20)\d\d(?P<dash>[-/.])(?:1[0-2]|0?[1-9])(?P=dash)(?:[12]\d|3[01]|0?[1-9])\s+\d{1,2}:\d{2}:\d{2})[)）\]]?"
    r"\s*[:：]?\s*(?:已读|未读|发送中|送达)?"
)
_HEADER = re.compile(r"(?P<name>\S.{0,59}?)\s*" + _TIME + "$")
_TIME_ONLY = re.compile("(?P<name>)" + _TIME + "$")
_ARROW = re.compile(r"(?P<sender>\S.*?)\s*-{1,2}>\s*(?P<receiver>.*\S)")
_NO_NAME = re.compile(r"[,，。;；|\t\"“”？?！!]|时间|日期|[:：]$|^(?:19|20)\d\d[-/.]")
_STATUS = re.compile(r"(?:已读|未读|发送中|送达|已送达|发送失败)$")
_RECALL = re.compile(r".{1,60}\s?撤回了一条消息.{0,10}$")
_MOVED = re.compile(r"由\s*.{1,40}?\s*(?:转交|转接)给.{0,40}$|原因\s*[:：]\s*【.{1,40}】.{0,60}$")
_CARD = re.compile(r"(?:当前用户来自|商品详情页|商品推荐|我要推荐|发送宝贝|订单卡片).{0,60}$")
_PRICE = re.compile(r"[¥￥]\s?\d[\d,.]*(?:\s?[-~]\s?[¥￥]?\d[\d,.]*)?$")
_CARD_LINES = 4  # between the beginning of a product card and its price
_TICKED = re.compile(r"`(https?://[^`\s]{1,2000})`")
_ITEM = re.compile(r"https?://[\w.]*(?:taobao|tmall)\.com/\S{0,300}?[?&]id=(\d{5,20})")


def _header(line: str) -> re.Match[str] | None:
    """A line with a name and a time."""
    match = _HEADER.match(line.strip()) if len(line) < 160 else None
    return match if match is not None and not _NO_NAME.search(match["name"]) else None


def _is_name(line: str) -> bool:
    return 0 < len(line.strip()) <= 40 and not _NO_NAME.search(line.strip()) and _special(line) == ""


class _Chat(ChatText):
    """The text of one window, or of several when turns name both sides."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._people = People(self.mapping)
        self._conversation = ""

    def turns(self, lines: Iterator[tuple[int, str]]) -> Iterator[Turn]:
        """A turn begins with name and time on one line, or on two."""
        turn: Turn | None = None
        for number, raw in lines:
            line = raw.translate(INVISIBLE).rstrip()
            found = _header(line) or _TIME_ONLY.match(line.strip())
            name = found["name"] if found else ""
            if found and not name:
                name = _pop_name(turn)
            if not found or not name:
                turn = turn or Turn(number, None, None)
                add(turn, line)
                continue
            if turn is not None:
                yield turn
            turn = Turn(number, found["time"], name.strip())
        if turn is not None:
            yield turn

    def learn(self, turn: Turn) -> None:
        """Collect the names."""
        arrow = _ARROW.fullmatch(turn.sender or "")
        if arrow:
            self._people.met_pair(arrow["sender"], arrow["receiver"])
        else:
            self._people.met(turn.sender or "")

    def settle(self) -> None:
        """Decide who is who."""
        self._people.settle()
        self._conversation = _conversation(self._people.customer() or self.source.path.stem)

    def rows(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """What was said as one message, and system lines for what the program wrote below it."""
        sender, conversation = turn.sender or "", self._conversation
        arrow = _ARROW.fullmatch(sender)
        if arrow:
            sender = arrow["sender"]
            customers = [name for name in arrow.groups() if self._people.role(name) is Role.CUSTOMER]
            conversation = _conversation(customers[0] if customers else " ".join(sorted(arrow.groups())))
        for kind, text in _parts(turn.lines):
            item = _ITEM.search(text)
            yield {
                "conversation_id": conversation,
                "sent_at": turn.stamp,
                "role": Role.SYSTEM if kind else self._people.role(sender),
                "sender": "" if kind else sender,
                "text": text,
                "channel": "taobao",
                "product": item[1] if item else "",
            }


def _conversation(customer: str) -> str:
    return "qianniu-" + content_id(customer)


def _pop_name(turn: Turn | None) -> str:
    """The line above a time, if it is a name."""
    if turn is None:
        return ""
    while turn.lines and not turn.lines[-1].strip():
        turn.lines.pop()
    return turn.lines.pop() if turn.lines and _is_name(turn.lines[-1]) else ""


def _special(line: str) -> str:
    """What kind of line the program writes this is; empty for what a person wrote."""
    text = line.strip()
    for kind, pattern in (("status", _STATUS), ("recall", _RECALL), ("moved", _MOVED), ("card", _CARD)):
        if pattern.match(text):
            return kind
    return ""


def _kinds(lines: list[str]) -> list[str]:
    """The kind of each line; lines of a product card go with its beginning."""
    kinds = [_special(line) for line in lines]
    for at, kind in enumerate(kinds):
        below = range(at + 1, min(at + 1 + _CARD_LINES, len(lines)))
        price = next((place for place in below if _PRICE.match(lines[place].strip())), None) if kind == "card" else None
        if price is not None:
            kinds[at : price + 1] = ["card"] * (price + 1 - at)
    return kinds


def _parts(lines: list[str]) -> list[tuple[str, str]]:
    """The texts of a turn with their kinds: all that was said first, unless the program wrote before it."""
    said: list[str] = []
    written: list[tuple[str, str]] = []
    before = 0
    for line, kind in zip(lines, _kinds(lines), strict=True):
        if not kind:
            said.append(_TICKED.sub(r"\1", line))
        elif kind != "status" and written and written[-1][0] == kind != "recall":
            written[-1] = kind, f"{written[-1][1]}\n{line.strip()}"
        elif kind != "status":
            written.append((kind, line.strip()))
            before += not any(map(str.strip, said))
    text = "\n".join(said).strip("\n").strip()
    return [*written[:before], ("", text), *written[before:]] if text else written


class Qianniu:
    """The importer of copied 千牛 chats."""

    name = "qianniu"
    endings = (".txt",)

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when there are several lines with a name and a time to the second."""
        if source.binary_kind is not None:
            return Sniff(0.0, "no")
        lines = [line.translate(INVISIBLE).strip() for line in source.head_lines()[:400]]
        lines = [line for line in lines if line]
        headers = [line for line in lines if _header(line)]
        pairs = [f"{name} {below}" for name, below in pairwise(lines)
                 if _TIME_ONLY.match(below) and _is_name(name)]  # fmt: skip
        found = headers + pairs
        if not found or len(found) * 40 < len(lines):
            return Sniff(0.0, "no")
        marked = any(_special(line) for line in lines)
        return Sniff(SURE if len(found) > 1 or marked else LIKELY, "layout", ("用户名 YYYY-M-D H:MM:SS",))

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Read the text once for the names, then give its messages."""
        source.require_text()
        chat = _Chat(source, options)
        chat.first_pass()
        return text_file(self.name, source, options, chat.second_pass, ZONE, notices=True)


IMPORTER = Qianniu()
