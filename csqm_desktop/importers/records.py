"""One row of raw values to one message, or to the reason why it cannot be one."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from operator import itemgetter
from pathlib import PurePath
from typing import Any, Protocol

from csqm_desktop.domain.conversation import IncomingMessage, RejectedRow, Role
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.mapping import FIELDS, ColumnMapping
from csqm_desktop.importers.roles import Rules, told
from csqm_desktop.importers.times import TimeProblem, Times, parse_timezone
from csqm_desktop.importers.words import FALSE_WORDS, TRUE_WORDS, normal

EXCERPT_CHARS = 120
NOTHING = (None, "")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CUT_WORD = re.compile(r"[\w@.+\-()]*[\d@][\w@.+\-() ]*$")
_RATING = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(?:星|分|stars?)?$", re.IGNORECASE)
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d\d")
_EXACT = 1e15  # from here on a spreadsheet's number has lost digits
_LIST = re.compile(r"[|\n]+|;\s+|;(?=https?:)")


class Rejection(Exception):  # noqa: N818 -- becomes a RejectedRow, never shown as an exception
    """Why a row cannot be used: a code of ``errors.MESSAGES`` and its values."""

    def __init__(self, code: str, **values: str) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


def rejected(file: str, row: int, code: str, raw: object = "", **values: str) -> RejectedRow:
    """A rejection whose sentence can name the file and the row."""
    return RejectedRow(row, code, {"file": file, "row": str(row), **values}, excerpt(raw))


def excerpt(raw: object) -> str:
    """The start of a row for the list of rejections."""
    if isinstance(raw, str):
        text = raw[: 2 * EXCERPT_CHARS]
    elif isinstance(raw, list | tuple):
        text = " | ".join(as_text(cell)[:EXCERPT_CHARS] for cell in raw[:20])
    else:
        text = repr(raw)[: 2 * EXCERPT_CHARS]
    text = clean(" ".join(text.split()))
    # A number or address cut in two would not be recognised as personal data later.
    return text if len(text) <= EXCERPT_CHARS else _CUT_WORD.sub("", text[: EXCERPT_CHARS - 1]) + "…"


def clean(text: str) -> str:
    """``text`` without what cannot be stored: NUL and halves of surrogate pairs."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text) if _UNSTORABLE.search(text) else text


def as_text(value: object) -> str:
    """Any cell or JSON value as the text a person would expect."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


class NextTime(Protocol):
    """Times of messages that have none."""

    def next(self, conversation: str, /) -> datetime:
        """The time of a conversation's next message."""


class MessageBuilder:
    """Builds messages from rows whose values come in the order of ``mapping.FIELDS``."""

    def __init__(
        self, mapping: ColumnMapping, file: str, timezone: str | None = None, undated: NextTime | None = None
    ) -> None:
        self._file = file
        self.undated = undated  # for rows of a file that has no times
        self.lone = (
            PurePath(file).stem if mapping.one_conversation and not mapping.fields.get("conversation_id") else ""
        )
        self._roles = mapping.role_words()
        self._rules = Rules(mapping.rules, notices=bool(mapping.notices))
        self.ruled = bool(self._rules)  # whether a row's role depends on more than its role column
        self._others = mapping.others
        self._role_cache: dict[str, Role] = {}
        self.times = Times(parse_timezone(timezone or mapping.timezone), mapping.day_first)

    def build(self, row: int, values: Sequence[object]) -> IncomingMessage | RejectedRow:
        """The message of one row, or its rejection."""
        try:
            return self._message(row, values)
        except Rejection as problem:
            return rejected(self._file, row, problem.code, [v for v in values if v], **problem.values)

    def _message(self, row: int, values: Sequence[object]) -> IncomingMessage:
        (conversation, message, sent, role, sender, text, channel, shop, product, order, rating, attachments,
         bot_version, intent, private) = values  # fmt: skip
        files = attachments_of(attachments) if attachments else ()
        who = self._role_cache.get(role) if isinstance(role, str) else None
        return IncomingMessage(
            row,
            whole(conversation) or self.lone or _required("conversation_id", conversation),
            whole(message) if message not in NOTHING else "",
            self._time(sent, conversation),
            (self._rules.decide(values) if self.ruled else None)
            or who
            or self._untold(role, sender)
            or self.role(role),
            short(sender) if sender not in NOTHING else "",
            text
            if isinstance(text, str) and text.isprintable() and not text.isspace() and text
            else _body(text, bool(files)),
            short(channel) if channel not in NOTHING else "",
            short(shop) if shop not in NOTHING else "",
            short(product) if product not in NOTHING else "",
            short(order) if order not in NOTHING else "",
            rating_of(rating) if rating not in NOTHING else None,
            files,
            short(bot_version) if bot_version not in NOTHING else "",
            short(intent) if intent not in NOTHING else "",
            private_of(private) if private else False,
        )

    def _time(self, value: object, conversation: object) -> datetime:
        if value is None or value == "":
            if self.undated is not None:
                return self.undated.next(short(conversation) or self.lone)
            raise Rejection("row_value_missing", field="sent_at")
        try:
            return self.times.parse(value)
        except TimeProblem as problem:
            raise Rejection(problem.code, value=clean(as_text(value))[:60]) from problem

    def _untold(self, role: object, sender: object) -> Role | None:
        """Whose words those of a named sender are where nothing tells and a person has said it of all such."""
        if self._others is None or role not in NOTHING or sender in NOTHING:
            return None
        return told(short(sender), {}) or self._others

    def role(self, value: object) -> Role:
        """The role that a value of the role column says, by the column alone."""
        text = as_text(value)
        role = self._role_cache.get(text)
        if role is not None:
            return role
        if not text.strip():
            raise Rejection("row_value_missing", field="role")
        role = self._roles.get(normal(text))
        if role is None:
            raise Rejection("row_role_unknown", value=clean(text.strip())[:60])
        if len(self._role_cache) < 1000:
            self._role_cache[text] = role
        return role


def picker(columns: Sequence[str], mapping: ColumnMapping) -> Callable[[list[Any]], tuple[Any, ...]]:
    """A function from a row of cells, one for each of ``columns``, to values in the order of ``FIELDS``."""
    nothing = len(columns)
    pick = itemgetter(*(columns.index(mapping.fields[name]) if name in mapping.fields else nothing for name in FIELDS))
    return lambda cells: pick([*cells, None])


def damaged(values: Sequence[object]) -> bool:
    """Whether any value holds bytes that the encoding could not decode."""
    return any(isinstance(value, str) and BAD_BYTE in value for value in values)


def short(value: object) -> str:
    """An identifier or name: text without space around it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value.strip() if value.isprintable() else clean(value).strip()
    return clean(as_text(value)).strip()


def whole(value: object) -> str:
    """An identifier; one that a spreadsheet program has rounded would stand for several conversations."""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        if abs(value) >= _EXACT:
            raise Rejection("row_id_rounded", value=repr(value))
    text = short(value)
    if text[-4:-2] == "E+" and _ROUNDED.fullmatch(text):
        raise Rejection("row_id_rounded", value=text)
    return text


def _required(name: str, value: object) -> str:
    text = short(value)
    if not text:
        raise Rejection("row_value_missing", field=name)
    return text


def _body(value: object, has_files: bool) -> str:
    """The message's text as it is, with line ends in one form."""
    if isinstance(value, str) and value.isprintable() and value and not value.isspace():
        return value  # nearly all: one line, nothing to mend
    text = clean(as_text(value))
    if not has_files and not text.strip():
        raise Rejection("row_value_missing", field="text")
    return text


def rating_of(value: object) -> float | None:
    """A rating as a number, None where there is none."""
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value) if abs(value) < 1e15 else math.inf
    else:
        text = as_text(value).strip()
        if not text:
            return None
        match = _RATING.match(text)
        number = float(match[1]) if match else math.nan
    if not math.isfinite(number):
        raise Rejection("row_rating", value=clean(as_text(value))[:60])
    return number


def private_of(value: object) -> bool:
    """Whether a message is an internal note."""
    if value is None or value is False or value == "":
        return False
    text = normal(as_text(value))
    if text in TRUE_WORDS:
        return True
    if text in FALSE_WORDS:
        return False
    # Guessing could show an internal note to people as a reply to a customer, or hide a reply.
    raise Rejection("row_private", value=clean(as_text(value))[:60])


def attachments_of(value: object) -> tuple[str, ...]:
    """The names of attached files."""
    if not value:
        return ()
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            value = as_text(value)
    items = value if isinstance(value, list) else _LIST.split(as_text(value))
    return tuple(text for item in items if (text := clean(as_text(item)).strip()))
