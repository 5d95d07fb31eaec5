"""WeCom 会话存档: decrypted messages of the archive, one JSON object each.

Ids of people outside begin with wm or wo, those of bots with wb; all others are staff. A chat between staff only is
private. A recalled message is a system line. Files are known by their checksum or name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.json_walk import Converter, JsonLayout
from csqm_desktop.importers.neutral import NeutralFile, key_of, mapping_of, objects_of
from csqm_desktop.importers.source import SourceFile

_OUTSIDE = ("wm", "wo")
_BOT = "wb"
_ENDINGS = {"image": ".jpg", "voice": ".amr", "video": ".mp4", "emotion": ".gif"}
_TEXTS = ("content", "title", "description", "address", "corpname", "displayname", "room_name", "link_url")
_NOTES = frozenset({"revoke", "agree", "disagree"})
_ENCRYPTED = "encrypt_chat_msg"


class _Archive(Converter):
    """Messages."""

    def rows(self, _key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """One message; switching the enterprise is none."""
        record = _inner(record)
        kind = record.get("msgtype")
        if not _is_message(record) or not isinstance(kind, str):
            return
        sender = key_of(record.get("from"))
        others = _receivers(record.get("tolist"))
        body = mapping_of(record.get(kind)) or mapping_of(record.get("info"))
        recalled = record.get("action") == "recall" or kind in _NOTES
        text, files = _content(kind, body)
        yield {
            "conversation_id": key_of(record.get("roomid")) or "|".join(sorted({sender, *others})),
            "message_id": key_of(record.get("msgid")),
            "sent_at": record.get("msgtime"),
            "role": Role.SYSTEM if recalled else _role(sender),
            "sender": sender,
            "text": text or (kind if recalled or not files else ""),
            "channel": "wecom",
            "attachments": files,
            "private": not any(map(_is_outside, (sender, *others))) and not key_of(record.get("roomid")),
        }


def _receivers(value: object) -> list[str]:
    """Some tools write the list as a text."""
    items = value if isinstance(value, list) else re.split(r"[,;|]", value) if isinstance(value, str) else []
    return [name for item in items if (name := key_of(item))]


def _inner(record: dict[str, Any]) -> dict[str, Any]:
    """The message in what a platform puts around it: an object, or JSON in a text."""
    for value in record.values():
        if _is_message(value):
            return mapping_of(value)
        if isinstance(value, str) and value.startswith("{") and '"msgid"' in value:
            with suppress(ValueError, RecursionError):
                inner = json.loads(value)
                if _is_message(inner):
                    return mapping_of(inner)
    return record


def _is_message(value: object) -> bool:
    return isinstance(value, dict) and "msgid" in value and "msgtype" in value and "from" in value


def _is_outside(person: str) -> bool:
    return person.startswith(_OUTSIDE) and len(person) > 10


def _role(sender: str) -> Role:
    if _is_outside(sender):
        return Role.CUSTOMER
    return Role.BOT if sender.startswith(_BOT) and len(sender) > 10 else Role.AGENT


def _content(kind: str, body: dict[str, Any]) -> tuple[str, list[str]]:
    """What a message of any kind says, and its files."""
    if kind in ("mixed", "chatrecord"):
        return _several(body)
    if kind == "revoke":
        return f"revoke {key_of(body.get('pre_msgid'))}".strip(), []
    if kind == "news":
        return "\n".join(key_of(item.get("title")) for item in objects_of(body.get("item"))), []
    name = key_of(body.get("filename")) if kind == "file" else ""
    if not name and kind in _ENDINGS and body.get("md5sum"):
        name = key_of(body.get("md5sum")) + _ENDINGS[kind]
    texts = [key_of(body.get(key)) for key in _TEXTS if kind != "file" and body.get(key)]
    return "\n".join(dict.fromkeys(filter(None, texts))), [name] if name else []


def _several(body: dict[str, Any]) -> tuple[str, list[str]]:
    """Messages within a message; their contents are JSON in a text."""
    texts: list[str] = []
    files: list[str] = []
    for item in objects_of(body.get("item"))[:200]:
        content = item.get("content")
        if isinstance(content, str):
            try:
                content = json.loads(content)
            except (ValueError, RecursionError):
                content = {"content": content}
        kind = str(item.get("type", "")).removeprefix("ChatRecord").casefold()
        text, names = _content(kind, mapping_of(content)) if kind not in ("mixed", "chatrecord") else ("", [])
        texts.append(text)
        files += names
    return "\n".join(filter(None, texts)), files


class _WeCom(JsonLayout):
    name = "wecom"
    arrays = frozenset({"chatdata", "messages", "data", "msglist"})
    converter = _Archive

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A message."""
        return "msgid" in record

    def evidence(self, _key: str, record: dict[str, Any]) -> str:
        """Messages with the archive's names, decrypted or not."""
        if _ENCRYPTED in record:
            return _ENCRYPTED
        record = _inner(record)
        return "msgid, msgtype, tolist" if _is_message(record) and ("tolist" in record or "msgtime" in record) else ""

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open the archive; one that is still encrypted is explained."""
        if f'"{_ENCRYPTED}"'.encode() in source.head:
            raise CsqmError("import_encrypted", file=str(source.path))
        return super().open(source, options)


IMPORTER = _WeCom()
