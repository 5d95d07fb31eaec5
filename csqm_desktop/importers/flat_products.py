"""Tables with a known header: Tidio, Salesforce, WeChat's backup tools, and chats that only have names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_text import People
from csqm_desktop.importers.flat_table import FlatConverter, FlatLayout, Product, header_of
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import content_id
from csqm_desktop.importers.records import attachments_of
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import TimeProblem, Times, parse_timezone
from csqm_desktop.importers.wechat_json import ChatLab, WeFlow

Row = dict[str, str]

_TIDIO = {"visitor": Role.CUSTOMER, "operator": Role.AGENT, "automation": Role.BOT, "bot": Role.BOT, "lyro": Role.BOT}
_LINE = re.compile(r"\(\s*(?:(\d+)h\s*)?(?:(\d+)m\s*)?(?:(\d+)s)\s*\)\s*([^:\n]{1,80}):\s?(.*)")
_AGENT = re.compile(r"(?:Agent|Chat Started with Agent|Chat transferred to)\s+(.{1,80})", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</?p[^>]*>", re.IGNORECASE)


class _Tidio(FlatConverter):
    def rows(self, row: Row) -> Iterator[dict[str, Any]]:
        """One message."""
        kind = row.get("sender", "").strip().casefold()
        name, text = row.get("name", ""), row.get("message_content", "")
        if name.startswith(" "):  # texts are not always quoted: a comma moved the rest of it
            name, text = "", f"{text},{name}"
        yield {
            "conversation_id": row.get("conversation_id", ""), "sent_at": row.get("time_sent", ""),
            "role": _TIDIO.get(kind, kind), "sender": name, "text": text, "channel": row.get("channel", ""),
        }  # fmt: skip


class TidioCsv(FlatLayout):
    """Messages as Tidio exports them."""

    name = "tidio"
    required = frozenset({"conversation_id", "time_sent", "sender", "message_content"})
    converter = _Tidio


class _Emails(FlatConverter):
    def rows(self, row: Row) -> Iterator[dict[str, Any]]:
        """One e-mail of a case."""
        incoming = row.get("incoming", "").strip().casefold() in ("true", "1", "yes")
        yield {
            "conversation_id": row.get("parentid", ""), "message_id": row.get("id", ""),
            "sent_at": row.get("messagedate", ""),
            "role": Role.CUSTOMER if incoming else Role.AGENT, "sender": row.get("fromname") or row.get("fromaddress"),
            "text": row.get("textbody") or html_to_text(row.get("htmlbody", "")), "channel": "email",
        }  # fmt: skip


class _EmailCsv(FlatLayout):
    name = "salesforce"
    required = frozenset({"parentid", "incoming", "messagedate"})
    converter = _Emails


class _Transcripts(FlatConverter):
    """The chat is one text: ``( 1m 12s ) Name: text`` after the time at which it started."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._times = Times(parse_timezone(options.timezone or "UTC"))
        self._mapping = options.mapping or ColumnMapping()

    def rows(self, row: Row) -> Iterator[dict[str, Any]]:
        """All messages of a chat."""
        lines = [html_to_text(line).strip() for line in _BREAK.sub("\n", row.get("body", "")).split("\n")]
        agents = {match[1].split()[0].casefold() for line in lines if (match := _AGENT.match(line))}
        found = _spoken(lines)
        people = People(self._mapping)
        for _, name, _ in found:
            if name.split()[0].casefold() not in agents:
                people.met(name)
        people.settle()
        for place, (after, name, text) in enumerate(found, start=1):
            yield {
                "conversation_id": row.get("id") or row.get("name", ""), "message_id": str(place),
                "sent_at": self._at(row.get("starttime", ""), after),
                "role": Role.AGENT if name.split()[0].casefold() in agents else people.role(name),
                "sender": name, "text": text, "channel": "chat",
            }  # fmt: skip

    def _at(self, start: str, after: int) -> object:
        try:
            return self._times.parse(start) + timedelta(seconds=after)
        except (TimeProblem, OverflowError):
            return start  # refused later, with its value


def _spoken(lines: list[str]) -> list[tuple[int, str, str]]:
    """Seconds since the start, name and text; lines without a time go on with the message above."""
    found: list[tuple[int, str, str]] = []
    for line in lines:
        match = _LINE.match(line)
        if match and match[4].strip():
            hours, minutes, seconds = (int((part or "0")[:6]) for part in match.groups()[:3])
            found.append((hours * 3600 + minutes * 60 + seconds, match[4].strip(), match[5]))
        elif found and line:
            after, name, text = found[-1]
            found[-1] = after, name, f"{text}\n{line}"
    return found


class _TranscriptCsv(FlatLayout):
    name = "salesforce"
    required = frozenset({"body", "starttime", "endtime", "ownerid"})
    converter = _Transcripts


class _WeChat(FlatConverter):
    def rows(self, row: Row) -> Iterator[dict[str, Any]]:
        """One message; what is no text is named by its kind."""
        kind, own = row.get("type", "").strip(), row.get("issender", "").strip() == "1"
        text = row.get("strcontent", "") if kind in ("1", "10000") else ""
        yield {
            "conversation_id": f"wechat-{content_id(row.get('talkerid', ''))}", "message_id": row.get("localid", ""),
            "sent_at": row.get("createtime", ""),
            "role": Role.SYSTEM if kind == "10000" else Role.AGENT if own else Role.CUSTOMER,
            "sender": row.get("remark") or row.get("nickname", ""), "text": text, "channel": "wechat",
            "attachments": [] if text.strip() else [_KINDS.get(kind, "file")],
        }  # fmt: skip


_KINDS = {"3": "image", "34": "voice", "43": "video", "47": "sticker", "48": "location", "49": "card", "50": "call"}


class WeChatCsv(FlatLayout):
    """The table of WeChat's message backup tools; whose computer it was works for the shop."""

    name = "wechat"
    required = frozenset({"talkerid", "type", "issender", "createtime", "strcontent"})
    zone = None
    converter = _WeChat


class _Named(FlatConverter):
    """One chat whose people are known by their names alone."""

    two_passes = True
    columns = ("author", "date", "content", "attachments")

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._people = People(options.mapping or ColumnMapping())
        self._settled = False
        self._beginning = ""

    def learn(self, row: Row) -> None:
        """Names in the order they first wrote."""
        name = row.get(self.columns[0], "").strip()
        if name:
            self._beginning = self._beginning or row.get(self.columns[1], "") + name
            self._people.met(name)

    def rows(self, row: Row) -> Iterator[dict[str, Any]]:
        """One message."""
        if not self._settled:
            self._people.settle()
            self._settled = True
        name, sent, text, files = (row.get(column, "") for column in self.columns)
        yield {
            "conversation_id": "chat-" + content_id(self._beginning), "sent_at": sent,
            "role": self._people.role(name.strip()), "sender": name, "text": text,
            "attachments": [each.rpartition("/")[2] for each in attachments_of(files.replace(",http", "|http"))],
        }  # fmt: skip


class DiscordCsv(FlatLayout):
    """A channel as DiscordChatExporter writes it."""

    name = "discord"
    required = frozenset({"authorid", "author", "date", "content", "attachments", "reactions"})
    converter = _Named


class _Kakao(_Named):
    columns = ("user", "date", "message", "")


class KakaoCsv(FlatLayout):
    """A chat as KakaoTalk on a Mac saves it."""

    name = "kakaotalk"
    required = frozenset({"date", "user", "message"})
    zone = None
    converter = _Kakao

    def sniff(self, source: SourceFile) -> Sniff:
        """Only with these three columns: the words are common."""
        return super().sniff(source) if len(header_of(source)) == 3 else Sniff(0.0, "no")


class _WeClone(FlatConverter):
    def rows(self, row: Row) -> Iterator[dict[str, Any]]:
        """One message of a chat; texts are texts, all else is named by its kind."""
        kind, own = row.get("type_name", "").strip(), row.get("is_sender", "").strip() == "1"
        text = row.get("msg", "") if kind in ("文本", "text", "系统", "引用", "链接", "quote") else ""
        yield {
            "conversation_id": f"wechat-{content_id(self.source.path.stem)}",
            "message_id": row.get("msgsvrid") or row.get("id", ""), "sent_at": row.get("createtime", ""),
            "role": Role.SYSTEM if kind.startswith("系统") else Role.AGENT if own else Role.CUSTOMER,
            "sender": row.get("talker", ""), "text": text, "channel": "wechat",
            "attachments": [] if text.strip() else [row.get("src", "").rpartition("/")[2] or kind or "file"],
        }  # fmt: skip


class WeCloneCsv(FlatLayout):
    """One chat as WeClone takes it; whose computer it was works for the shop."""

    name = "wechat"
    required = frozenset({"msgsvrid", "type_name", "is_sender", "talker", "msg", "createtime"})
    zone = None
    converter = _WeClone


WECHAT = Product("wechat", (WeChatCsv(), WeCloneCsv(), WeFlow(), ChatLab()), (".csv", ".json", ".jsonl"))
SALESFORCE = Product("salesforce", (_EmailCsv(), _TranscriptCsv()), (".csv",))
IMPORTERS = (Product("tidio", (TidioCsv(),), (".csv",)), SALESFORCE, WECHAT)
