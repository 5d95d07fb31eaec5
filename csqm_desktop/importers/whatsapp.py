"""WhatsApp's “Export chat”: a text file in the notation of the phone's country.

The order of day and month is worked out over the whole file: by numbers above 12, by the order of messages, by
dates that would lie in the future, and last by the notation's custom; a mapping's ``day_first`` wins over all.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import INVISIBLE, ChatText, People, Turn, add
from csqm_desktop.importers.lines import TextStream
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import NeutralFile, content_id, text_facts
from csqm_desktop.importers.persian import from_persian
from csqm_desktop.importers.source import SourceFile

CONFIDENCE = 0.97
_FIRST_YEAR = 2009  # of WhatsApp
_BUDDHIST, _BUDDHIST_FROM = 543, 2500  # Thai phones count from there
_PERSIAN = range(1380, 1480)  # years of the Persian calendar since WhatsApp
_JSON = ('{"', "[{", "[\n", "{\n")
_ORDERS = ("dmy", "mdy", "ymd")
_SPACES = dict.fromkeys(map(ord, "\u202f\u2009\xa0\u2007\u3000"), " ") | INVISIBLE

_STAMP = re.compile(
    r"""\[?
    (?P<a>\d{1,4})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<c>\d{1,4})(?P<dot>\.)?
    (?:\ г\.)?(?:[,،]|\ (?:um|à|a\ las|alle|às|klo|kl\.?|о|в))?\ {0,2}
    (?P<early>上午|下午|凌晨|早上|中午|晚上|午前|午後|오전|오후|ÖÖ|ÖS)?\ ?
    (?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?
    (?:\ ?(?P<late>[AaPp]\.?\ ?[Mm]\.?|[صم]|[بق]\.?ظ\.?|[πμ]\.μ\.|CH|SA|ÖÖ|ÖS|[fe]m
        |PTG|PG|TGH|अपराह्न|पूर्वाह्न))?(?:\ ч\.)?
    (?:(?P<bracket>\])\ ?|\ -\ |:\ |(?(dot)\ (?=[^:]{1,40}:\ )|(?!)))
    """,
    re.VERBOSE,
)
# Vietnamese phones write the time first.
_TIME_FIRST = re.compile(
    r"""\[?
    (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\ ?(?P<late>CH|SA|[AaPp]\.?[Mm]\.?))?,\ {1,2}
    (?P<a>\d{1,4})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})(?P<early>(?!))?(?P<dot>(?!))?
    (?:(?P<bracket>\])\ ?|\ -\ )
    """,
    re.VERBOSE,
)
_AFTERNOON = frozenset({"下午", "晚上", "午後", "오후", "p", "م", "ب", "μ", "c", "ös", "e", "ptg", "tgh", "अपराह्न"})
_MORNING = frozenset({"上午", "凌晨", "早上", "午前", "오전", "a", "ص", "ق", "π", "s", "öö", "f", "pg", "पूर्वाह्न"})
_SENDER = re.compile(r"(?:~\s?)?([^:“”\"«»]{1,60}): ?(.*)", re.DOTALL)
_FILE_NAMES = (
    re.compile(r"WhatsApp Chat (?:with|-) (.+)", re.IGNORECASE),
    re.compile(r"(?:与|和)(.+?)(?:的)?\s*WhatsApp\s*(?:聊天|对话).*", re.IGNORECASE),
    re.compile(r"WhatsApp[-\s]Chat (?:mit|con|avec|com) (.+)", re.IGNORECASE),
    re.compile(r"(?:Chat de|Discussion|Conversa do|Chat) WhatsApp (?:con|avec|com) (.+)", re.IGNORECASE),
)
_COPY = re.compile(r"\s*\(\d+\)$")
_ATTACHED = re.compile(
    r"<\s?(?:attached|附件|已附加|Anhang|adjunto|pièce jointe|allegato|anexado)\s?[:：]\s?([^<>]{1,200})>"
    r"|<[^<>:：]{2,24}[:：]\s?(\d{5,8}-[A-Z]{3,12}-[^<>]{1,100}\.\w{2,5})>"  # in any other language
    r"|^((?:IMG|VID|PTT|AUD|STK|DOC)-\d{8}-WA\d{4,5}\.\w{2,5}) \([^()\n]{3,40}\)"
    r"|^([^<>:\n]{1,200}\.\w{2,5}) \((?:file attached|文件附件|已附加文件|Datei angehängt|archivo adjunto|"
    r"fichier joint|file allegato|arquivo anexado)\)",
    re.IGNORECASE,
)
# What stands for files that were not exported.
_OMITTED = re.compile(
    r"<[^<>\n\d]{0,30}(?:medi|média|mídia|媒体|媒體|メディア|미디어|медиа|وسائط|phương tiện|رسانه|מדיה|πολυμέσ)"
    r"[^<>\n\d]{0,40}>"
    r"|(?:image|video|audio|sticker|GIF|document|contact card|photo)s? (?:omitted|absente?)"
    r"|(?:图片|视频|音频|表情|贴图|文档|GIF|圖片|影片|語音訊息|貼圖|文件) ?已?(?:略去|忽略|省略)"
    r"|(?:Bild|Video|Audio|Sticker|GIF|Dokument|Kontaktkarte) weggelassen"
    r"|(?:imagen|v[ií]deo|[aá]udio|sticker|GIF|documento|imagem|figurinha|immagine|foto) (?:omitid|ocultad"
    r"|esclus|omess)[oaie]"
    r"|vidéo absente|(?:afbeelding|video|audio|sticker) weggelaten",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s*<(?:This message was edited|此消息已编辑|该消息已被编辑)>\s*$", re.IGNORECASE)
# What the program writes in the name of a person. On iPhones such texts begin with a mark of direction.
_MARK = ": \u200e"
_WRITTEN = re.compile(
    r"end-to-end encrypted|端到端加密|端對端加密|Ende-zu-Ende-verschlüsselt|cifrados? de extremo a extremo|"
    r"chiffrés de bout en bout|crittografat[ie] end-to-end|criptografia de ponta a ponta|"
    r"^(?:missed|未接) ?(?:voice|video|语音|視訊|视频) ?(?:call|通话|來電|来电)",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"(?:this message was deleted|you deleted this message|此消息已删除|此消息已刪除|你已删除此消息|您已删除此消息|"
    r"Diese Nachricht wurde gelöscht|Se eliminó este mensaje|Ce message a été supprimé)\.?|null",
    re.IGNORECASE,
)


class _Chat(ChatText):
    """One exported chat with one customer."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._people = People(self.mapping)
        self._dates = _DateOrder(source)
        self.order = {True: "dmy", False: "mdy", None: ""}[self.mapping.day_first]
        self._conversation = ""

    def turns(self, lines: Iterator[tuple[int, str]]) -> Iterator[Turn]:
        """A line with a stamp begins a turn, one without belongs to the turn above."""
        turn: Turn | None = None
        for number, raw in lines:
            match = _stamp_of(raw)
            if match is None:
                if turn is None:
                    turn = Turn(number, None, None)
                add(turn, raw.translate(INVISIBLE) if raw[:1] in "\u200e\u200f" else raw)
                continue
            if turn is not None:
                yield turn
            said = raw.translate(_SPACES)[match.end() :]
            sender = _SENDER.match(said)
            turn = Turn(number, match, sender[1].strip() if sender else None, marked=_MARK in raw)
            add(turn, sender[2] if sender else said)
        if turn is not None:
            yield turn

    def learn(self, turn: Turn) -> None:
        """Collect names and dates."""
        self._dates.met(turn.stamp)
        if turn.sender is not None and not _by_program(turn):
            self._people.met(turn.sender)

    def settle(self) -> None:
        """Decide the order of dates and the roles."""
        self.order = self.order or self._dates.order()
        hint = _partner(self.source.path.stem)
        self._people.settle(hint)
        self._conversation = "whatsapp-" + content_id(self._people.customer() or hint or self.source.path.stem)

    def rows(self, turn: Turn) -> Iterator[dict[str, Any]]:
        """One message; files keep their names, what the program wrote is a system line."""
        text = _EDITED.sub("", "\n".join(turn.lines)).strip("\n")
        files = [name.strip() for match in _ATTACHED.finditer(text) for name in match.groups() if name]
        if files:
            text = _ATTACHED.sub("", text).strip()
        elif len(text) < 80 and _OMITTED.fullmatch(text.translate(INVISIBLE).strip()):
            files, text = [text.translate(INVISIBLE).strip(" <>")], ""
        sent = _moment(turn.stamp, self.order)
        yield {
            "conversation_id": self._conversation,
            "sent_at": sent or _as_written(turn.stamp, self.order),
            "role": Role.SYSTEM if _by_program(turn) else self._people.role(turn.sender or ""),
            "sender": turn.sender or "",
            "text": text,
            "channel": "whatsapp",
            "attachments": files,
        }


def _by_program(turn: Turn) -> bool:
    """Whether nobody said this."""
    if turn.sender is None:
        return True
    text = "\n".join(turn.lines[:5]).strip()
    if turn.marked and _WRITTEN.search(text):
        return True
    return len(text) < 100 and _DELETED.fullmatch(text) is not None


def _stamp_of(line: str) -> re.Match[str] | None:
    """The stamp that a line begins with."""
    if not line or not (line[0] in "[\u200e\u200f\u202a\ufeff" or line[0].isdecimal()):
        return None
    plain = line.translate(_SPACES)
    match = _STAMP.match(plain) or _TIME_FIRST.match(plain)
    if match is None or line.translate(INVISIBLE).startswith("[") != (match["bracket"] is not None):
        return None
    return match


class _DateOrder:
    """What the stamps of a file say about the order of day, month and year."""

    def __init__(self, source: SourceFile) -> None:
        try:
            changed = source.path.stat().st_mtime
        except OSError:
            changed = time.time()
        self._latest = datetime.fromtimestamp(min(max(changed, time.time()), 4e9)) + timedelta(days=2)
        self._readings = {order: _Reading(order) for order in _ORDERS}
        self._custom = ""

    def met(self, stamp: re.Match[str]) -> None:
        """Read a stamp in all ways."""
        if len(stamp["a"]) > 2:
            return
        if not self._custom:
            # Slashes with capital AM and PM are written in the United States, all else puts the day first.
            self._custom = "mdy" if stamp["sep"] == "/" and (stamp["late"] or "").isupper() else "dmy"
        for reading in self._readings.values():
            reading.met(stamp, self._latest)

    def order(self) -> str:
        """The best reading: possible dates, then messages in order, then days close together, then custom."""
        if not self._custom:
            return "ymd"
        ways = sorted(_ORDERS, key=lambda order: order != self._custom)
        shortest = max(min(self._readings[order].span for order in ways if not self._readings[order].impossible)
                       if any(not self._readings[order].impossible for order in ways) else timedelta(),
                       timedelta(days=1))  # fmt: skip

        def faults(order: str) -> tuple[int, int, bool]:
            reading = self._readings[order]
            return reading.impossible, reading.backwards, reading.span > 5 * shortest

        return min(ways, key=faults)


class _Reading:
    """One way to read the dates of a file, and what speaks against it."""

    def __init__(self, order: str) -> None:
        self._order = order
        self.impossible = 0
        self.backwards = 0
        self._last: datetime | None = None
        self._first: datetime | None = None

    @property
    def span(self) -> timedelta:
        """From the first message to the last."""
        return abs(self._last - self._first) if self._last and self._first else timedelta()

    def met(self, stamp: re.Match[str], latest: datetime) -> None:
        """Read one more stamp."""
        moment = _moment(stamp, self._order)
        if moment is None or moment > latest or moment.year < _FIRST_YEAR:
            self.impossible += 1
            return
        if self._last is not None and moment < self._last - timedelta(hours=1):
            self.backwards += 1
        self._first = self._first or moment
        self._last = moment


def _moment(stamp: re.Match[str], order: str) -> datetime | None:
    """The local time of a stamp, None when there is no such day."""
    parts = dict(zip("ymd" if len(stamp["a"]) > 2 else order, map(int, stamp.group("a", "b", "c")), strict=True))
    hour = int(stamp["hour"])
    half = stamp["early"] or (stamp["late"] or "").casefold()
    if half not in _AFTERNOON | _MORNING:
        half = half.casefold() if half.casefold() in _AFTERNOON | _MORNING else half[:1]
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    year = parts["y"] + 2000 if parts["y"] < 100 else parts["y"]
    year -= _BUDDHIST if year > _BUDDHIST_FROM else 0
    try:
        if year in _PERSIAN:
            day = from_persian(year, parts["m"], parts["d"])
            return datetime(day.year, day.month, day.day, hour, int(stamp["minute"]), int(stamp["second"] or 0))
        return datetime(year, parts["m"], parts["d"], hour, int(stamp["minute"]), int(stamp["second"] or 0))
    except ValueError:
        return None


def _as_written(stamp: re.Match[str], order: str) -> str:
    """A day that does not exist, in the notation that says so when it is read."""
    parts = dict(zip("ymd" if len(stamp["a"]) > 2 else order, stamp.group("a", "b", "c"), strict=True))
    return f"{parts['y']:0>4}-{parts['m']}-{parts['d']} {stamp['hour']}:{stamp['minute']}"


def _partner(stem: str) -> str:
    """The customer's name in the name of the file that WhatsApp proposes."""
    for pattern in _FILE_NAMES:
        match = pattern.fullmatch(unicodedata.normalize("NFC", stem))
        if match:
            return _COPY.sub("", match[1]).strip()
    return ""


class WhatsApp:
    """The importer of exported WhatsApp chats."""

    name = "whatsapp"
    endings = (".txt",)

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when lines begin with stamps and most of those name a person."""
        if source.binary_kind is not None or source.head_text().lstrip()[:2] in _JSON:
            return Sniff(0.0, "no")
        lines = [line for line in source.head_lines()[:400] if line.strip()]
        stamps = [(line, match) for line in lines if (match := _stamp_of(line)) is not None]
        if not stamps or (_stamp_of(lines[0]) is None and len(stamps) * 5 < len(lines)):
            return Sniff(0.0, "no")
        named = sum(_SENDER.match(line.translate(_SPACES)[match.end() :]) is not None for line, match in stamps)
        if not named:
            return Sniff(0.0, "no")
        return Sniff(CONFIDENCE, "layout", (stamps[0][1][0].strip(),))

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Read the file once for names and dates, then give its messages."""
        source.require_text()
        chat = _Chat(source, options)
        chat.first_pass()
        stream = TextStream(source, options.encoding)
        day_first = {"dmy": True, "mdy": False}.get(chat.order)
        facts = replace(text_facts(self.name, source, stream), mapping=ColumnMapping(day_first=day_first))
        rows = chat.second_pass(stream)
        return NeutralFile(source, rows, options, facts, lambda: stream.bytes_done, stream.close, notices=True)


IMPORTER = WhatsApp()
