"""Exports of LINE, KakaoTalk and QQ: a line with the day, then lines with a time, a name and what was said.

Both name people but not their roles (see WhatsApp); the chat's name in the first lines is the customer's. LINE parts
fields by tabs, its program for Windows by spaces; KakaoTalk writes ``[name] [9:25 PM] text`` on computers and
``day and time, name : text`` on phones. QQ, and tools for WeChat, write day, time and name, and what was said below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import INVISIBLE, ChatText, People, Turn, add
from csqm_desktop.importers.flat_products import KakaoCsv
from csqm_desktop.importers.flat_table import Product
from csqm_desktop.importers.lines import TextStream
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import NeutralFile, content_id, text_facts
from csqm_desktop.importers.source import SourceFile

SURE = 0.97

Patterns = tuple[re.Pattern[str], ...]

_HALF = r"(?P<{0}>오전|오후|上午|下午|凌晨|早上|中午|晚上|午前|午後|[AaPp]\.?[Mm]\.?)"
_EARLY, _LATE = _HALF.format("early"), _HALF.format("late")
_CLOCK = rf"(?:{_EARLY}\s?)?(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\s?{_LATE})?"
_AFTERNOON = frozenset({"오후", "下午", "晚上", "午後", "pm"})
_MORNING = frozenset({"오전", "上午", "凌晨", "早上", "午前", "am"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# A line that holds nothing but a day.
_DAY = re.compile(
    r"[-\s]*(?:(?:[A-Za-z]{3,9}|[^\W\d]{1,8}),?\s+)?(?:"
    r"(?P<y>(?:19|20)\d\d)(?:[./-]|년\s?|年)\s?(?P<m>\d{1,2})(?:[./-]|월\s?|月)\s?(?P<d>\d{1,2})(?:\.|일|日)?"
    r"|(?P<n>[A-Z][a-z]{2,8})\s(?P<d2>\d{1,2}),\s(?P<y2>(?:19|20)\d\d)"
    r"|(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y3>(?:19|20)\d\d))"
    r"\s?[(（]?[^\d:\t]{0,16}?[)）]?[-\s]*$"
)
_HEAD = re.compile(
    r"\[LINE\]\s*(?:Chat history (?:with|in)\s+(?P<en>.+?)|[與与]?(?P<zh>.+?)的聊天[記记][錄录]|"
    r"(?P<ja>.+?)(?:との|の)トーク履歴"
    r"|ประวัติการ\S*?(?:กับ|ใน)\s*(?P<th>.+?)|(?P<any>.+?))\s*$"
    r"|(?P<ko>.+?)\s?님?과? 카카오톡 대화\s*$|KakaoTalk Chats with (?P<ken>.+?)\s*$|.{1,60} with KakaoTalk Chats\s*$"
)
_SAVED = re.compile(
    r"(?:Saved on|Date Saved|保存日時|[儲储]存日期|保存日期|บันทึก\S*|저장한 날짜|Tanggal\S*)\s?[:：].{0,60}$"
)
_LINE_TABS = re.compile(rf"{_CLOCK}\t(?P<name>[^\t]{{0,80}})(?:\t(?P<text>.*))?$")
_LINE_SPACES = re.compile(rf"{_CLOCK} (?P<name>\S{{1,40}}) (?P<text>.*)$")
_KAKAO_PC = re.compile(rf"\[(?P<name>[^\]]{{1,60}})\] \[{_CLOCK}\] (?P<text>.*)$")
_KAKAO_PHONE = re.compile(
    rf"(?P<y>(?:19|20)\d\d)(?:\. ?|년 )(?P<m>\d{{1,2}})(?:\. ?|월 )(?P<d>\d{{1,2}})(?:\.|일) {_CLOCK}"
    r"(?:, (?:(?P<name>[^:]{1,60}?) : )?(?P<text>.*))?$"
)
_QQ = re.compile(
    rf"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{{1,2}})[-/](?P<d>\d{{1,2}}) {_CLOCK}\s+(?P<name>[^\s\-:：\[][^:：\t]{{0,58}}?)"
    r"(?:\(\d{4,12}\)|<[^<>]{3,80}>)?(?P<text>)$"
)
_QQ_HEAD = re.compile(r"消息记录[（(].*|=+$|消息分组[:：].*|消息对象[:：](?P<qq>.*)")
_FILES = re.compile(
    r"\[?(?:Photo|Photos|Picture|Video|Sticker|File|Voice message|Emoticon|사진|동영상|이모티콘|파일|음성메시지"
    r"|写真|スタンプ|動画"
    r"|ボイスメッセージ|ファイル|表情|视频|语音|文件|照片|貼圖|影片|語音訊息|檔案|图片|รูป|สติกเกอร์)\]?(?:\s?\d{1,3}[장枚]?)?"
)
_RECALLED = re.compile(
    r".{0,60}(?:已收回訊息|收回了訊息|unsent a message|メッセージの送信を取り消しました"
    r"|메시지를 삭제했습니다|삭제된 메시지입니다\.?)"
)


class _Chat(ChatText):
    """One chat; ``patterns`` are the notations of its product, the first that fits a line wins."""

    def __init__(self, source: SourceFile, options: ReadOptions, product: str, patterns: Patterns) -> None:
        super().__init__(source, options)
        self._product = product
        self._patterns = patterns
        self._people = People(self.mapping)
        self._partner = ""
        self._conversation = ""

    def turns(self, lines: Iterator[tuple[int, str]]) -> Iterator[Turn]:
        """A line with a time begins a turn; a line with a day alone sets the day; others go on."""
        turn: Turn | None = None
        day: datetime | None = None
        for number, raw in lines:
            line = raw.translate(INVISIBLE)
            found = _day(line, self.mapping.day_first)
            if found is not None:
                day = found
                continue
            match = _matched(self._patterns, line)
            moment = _moment(match, day) if match else None
            if match is None or moment is None:
                turn = self._more(turn, number, line, day)
                continue
            if turn is not None:
                yield turn
            turn = Turn(number, moment, *_said(match))
        if turn is not None:
            yield turn

    def _more(self, turn: Turn | None, number: int, line: str, day: datetime | None) -> Turn | None:
        """A further line of a turn, or of the file's head."""
        if turn is None and day is None and (head := _HEAD.match(line)):
            self._partner = next((name for name in head.groups() if name), "")
            return None
        if turn is None and (head := _QQ_HEAD.match(line)):
            self._partner = self._partner or (head["qq"] or "").strip()
            return None
        if turn is None and (not line.strip() or _SAVED.match(line)):
            return None
        turn = turn or Turn(number, None, None)
        add(turn, line)
        return turn

    def learn(self, turn: Turn) -> None:
        """Collect the names."""
        if turn.sender:
            self._people.met(turn.sender)

    def settle(self) -> None:
        """Decide who is who."""
        self._people.settle(self._partner)
        known = self._people.customer() or self._partner or self.source.path.stem
        self._conversation = f"{self._product}-{content_id(known)}"

    def rows(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """One message; what nobody said is a system line."""
        text = "\n".join(turn.lines).strip()
        if text.startswith('"') and text.endswith('"') and "\n" in text:
            text = text[1:-1].replace('""', '"')  # LINE quotes texts of several lines
        files = [text.strip("[]")] if _FILES.fullmatch(text.strip()) else []
        if text:
            yield {
                "conversation_id": self._conversation,
                "sent_at": turn.stamp,
                "role": Role.SYSTEM if not turn.sender or _RECALLED.fullmatch(text) else self._people.role(turn.sender),
                "sender": turn.sender or "",
                "text": "" if files else text,
                "channel": self._product,
                "attachments": files,
            }


def _matched(patterns: Patterns, line: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.match(line))), None)


def _said(match: re.Match[str]) -> tuple[str | None, list[str]]:
    """Name and text; a line with one field alone is what the program wrote."""
    name, text = (match["name"] or "").strip(), match["text"]
    if len(name) > 2 and name[0] == name[-1] == "'":  # some tools put names in quotes
        name = name[1:-1]
    return (None, [name]) if text is None else (name or None, [text])


def _day(line: str, day_first: bool | None) -> datetime | None:
    """The day that a line consists of."""
    match = _DAY.match(line) if len(line) < 80 else None
    if match is None:
        return None
    year, month, day = match["y"], match["m"], match["d"]
    if match["n"]:
        month = str(next((at for at, name in enumerate(_MONTHS, 1) if name == match["n"][:3].lower()), 0))
        year, day = match["y2"], match["d2"]
    elif match["a"]:
        year, month, day = match["y3"], match["a"], match["b"]
        if day_first or int(month) > 12:
            month, day = day, month
    try:
        return datetime(int(year), int(month), int(day))
    except ValueError:
        return None


def _moment(match: re.Match[str], day: datetime | None) -> datetime | None:
    """When a line was written; None when it has no day."""
    groups = match.groupdict()
    half = (match["early"] or match["late"] or "").lower().replace(".", "")
    hour = int(match["hour"])
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    try:
        if groups.get("y"):
            day = datetime(int(match["y"]), int(match["m"]), int(match["d"]))
        return day and day.replace(hour=hour, minute=int(match["minute"]), second=int(match["second"] or 0))
    except ValueError:
        return None


class DailyText:
    """The importer of one product's texts."""

    endings = (".txt",)

    def __init__(self, name: str, mark: str, patterns: Patterns) -> None:
        self.name = name
        self._mark = mark
        self._patterns = patterns

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when a day or the product's head is followed by lines in its notation."""
        if source.binary_kind is not None:
            return Sniff(0.0, "no")
        lines = [line.translate(INVISIBLE).rstrip("\r\n") for line in source.head_lines()[:400] if line.strip()]
        if not lines or lines[0][:1] in "{<" or lines[0].startswith(("[{", '["')):
            return Sniff(0.0, "no")
        hits = [line for line in lines if _matched(self._patterns, line)]
        headed = self._mark in lines[0] or any(_day(line, None) for line in lines[:4])
        if self._patterns == (_QQ,):  # what is said stands below, else it is a log of something
            headed = ("消息记录" in lines[0] or lines[:1] == hits[:1]) and len(hits) * 4 <= len(lines) * 3
        if not headed or not hits or len(hits) * 8 < len(lines):
            return Sniff(0.0, "no")
        return Sniff(SURE, "layout", (lines[0][:60] if self._mark in lines[0] else "day, time, name",))

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Read the file once for the names, then give its messages."""
        source.require_text()
        chat = _Chat(source, options, self.name, self._patterns)
        chat.first_pass()
        stream = TextStream(source, options.encoding)
        facts = replace(text_facts(self.name, source, stream), mapping=ColumnMapping(day_first=chat.mapping.day_first))
        rows = chat.second_pass(stream)
        return NeutralFile(source, rows, options, facts, lambda: stream.bytes_done, stream.close, notices=True)


IMPORTERS = (
    DailyText("line", "[LINE]", (_LINE_TABS, _LINE_SPACES)),
    Product("kakaotalk", (DailyText("kakaotalk", "카카오톡", (_KAKAO_PC, _KAKAO_PHONE)), KakaoCsv()), (".txt", ".csv")),
    DailyText("qq", "消息记录", (_QQ,)),
)
