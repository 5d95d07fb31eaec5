"""E-mail: mailboxes (mbox), of which Google's Takeout and help desks make one, and single messages (eml).

What answers each other is a conversation (``References``, ``In-Reply-To``, else ``Re:`` and the subject). A help desk's
address tells itself (``support@…``); others are told over the whole file (``casts``). Quoted mails below an answer are
left out.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions, Recognition, Sniff
from csqm_desktop.importers.casts import Casts
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow, content_id
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.words import normal

CERTAIN = 0.97
MAX_MAIL_BYTES = 25_000_000
_MOST_RECEIVERS = 20  # of one mail
_LONGEST_LINE = 1 << 20  # read at once
_MOST_MAILS = 500_000  # whose threads are remembered
_BEGIN = b"From "
_MBOX = re.compile(rb"From [^\n]{0,300}\d\d:\d\d[^\n]{0,60}\n[A-Za-z][A-Za-z0-9-]{1,60}:")
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):")
_NEEDED = frozenset({b"from", b"date", b"subject"})
_ANSWER = re.compile(r"^(?:(?:re|aw|sv|rv|antw|回复|答复|回覆|转发|fwd?|wg)\s?(?:\[\d+\])?\s?[:：]\s*)+", re.IGNORECASE)
_QUOTED = re.compile(
    r"(?:On\s.{5,200}\swrote:|Am\s.{5,200}\sschrieb.{0,80}:|Le\s.{5,200}\sa écrit\s?:|El\s.{5,200}\sescribió:"
    r"|在.{4,120}写道[:：]|-{2,}\s?(?:Original Message|Forwarded message|原始邮件|Ursprüngliche Nachricht).{0,40}"
    r"|_{10,}|(?:From|发件人|Von):\s.{3,200})\s*$"
)
_DESKS = frozenset({
    "support", "service", "help", "helpdesk", "info", "sales", "care", "customerservice", "customercare", "kefu",
    "contact", "hello", "team", "office", "shop", "billing", "orders", "customersupport",
})  # fmt: skip
_MACHINES = re.compile(r"no-?_?reply|do-?_?not-?_?reply|mailer-daemon|postmaster|notifications?|bounce", re.IGNORECASE)


class Mails:
    """The importer of mailboxes and messages."""

    name = "mail"
    endings = (".mbox", ".eml")

    def sniff(self, source: SourceFile) -> Sniff:
        """Told by a mailbox's first line, or by the headers of a message."""
        head = source.head.lstrip(b"\xef\xbb\xbf\r\n")
        if _MBOX.match(head.replace(b"\r\n", b"\n")):
            return Sniff(CERTAIN, "layout", ("From … , mbox",))
        lines = head[:20_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0].split(b"\n")
        names = [match[1].lower() if (match := _HEADER.match(line)) else b" " * line[:1].isspace() for line in lines]
        if all(names) and set(names) >= _NEEDED:
            return Sniff(CERTAIN, "layout", ("From, Date, Subject",))
        return Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Read the headers once for threads and people, then give the mails."""
        box = _Box(source, options)
        box.learn()
        if not box.known:
            raise CsqmError("import_no_messages", file=str(source.path), format=self.name)
        facts = Recognition(self.name, 0.0, "", source.size)
        return NeutralFile(source, box.rows(), options, facts, lambda: box.done, box.close)


class _Box:
    """The mails of one file."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        self._source = source
        given = options.mapping or ColumnMapping()
        self._given = {normal(word): role for word, role in given.roles.items()}
        self._casts = Casts(given.roles, given.others)
        self._threads: dict[str, str] = {}
        self._subjects: dict[str, str] = {}
        self.known = 0
        self.done = 0

    def close(self) -> None:
        """Nothing stays open between mails."""

    def learn(self) -> None:
        """Threads, and who writes in which."""
        for _, data in self._mails():
            mail = _parsed(data.partition(b"\n\n")[0] + b"\n\n") if data is not None else None
            _, address = _writer(mail)
            if mail is not None and address:
                self.known += 1
                self._meet(mail, address)
        self.done = 0

    def _meet(self, mail: EmailMessage, address: str) -> None:
        """Who wrote, and to whom: somebody to whom nobody wrote but the shop is a customer all the same."""
        thread, sent = self._thread(mail), _sent(mail)
        when = f"{sent.timestamp():020.3f}" if isinstance(sent, datetime) else ""
        if self._told(mail, address) is None:
            self._casts.met(thread, address, when)
        for _, other in getaddresses([_text(mail, "to")])[:_MOST_RECEIVERS]:
            if other and _by_address(other.casefold()) is None:
                self._casts.met(thread, other.strip().casefold(), when + "~")

    def rows(self) -> Iterator[NeutralRow | RejectedRow]:
        """Mails as messages."""
        for number, data in self._mails():
            if data is None:
                limit = str(MAX_MAIL_BYTES // 1_000_000)
                yield rejected(self._source.name, number, "row_too_long", "", limit=limit)
                continue
            mail = _parsed(data)
            row = self._row(mail) if mail is not None and _writer(mail)[1] else None
            if row is None:
                yield rejected(self._source.name, number, "row_value_missing", _start(data), field="sender")
            else:
                yield number, row

    def _row(self, mail: EmailMessage) -> dict[str, Any]:
        thread = self._thread(mail)
        name, address = _writer(mail)
        text, files = _content(mail)
        subject = _text(mail, "subject")
        if subject and not _ANSWER.match(subject):
            text = f"{subject}\n{text}".strip()
        return {
            "conversation_id": "mail-" + content_id(thread),
            "message_id": content_id(_text(mail, "message-id") or [address, _text(mail, "date"), text]),
            "sent_at": _sent(mail),
            "role": self._role(mail, thread, address),
            "sender": name or address,
            "text": text,
            "channel": "email",
            "attachments": files,
        }

    def _role(self, mail: EmailMessage, thread: str, address: str) -> Role:
        return self._told(mail, address) or self._casts.role(thread, address)

    def _told(self, mail: EmailMessage, address: str) -> Role | None:
        """What a person said of the writer, or the mail itself says."""
        for word in (address, address.partition("@")[0], _writer(mail)[0]):
            if role := self._given.get(normal(word)):
                return role
        automatic = _text(mail, "auto-submitted").lower() not in ("", "no")
        return Role.BOT if automatic else _by_address(address)

    def _thread(self, mail: EmailMessage) -> str:
        """The id of the mail with which a thread began."""
        own = _text(mail, "message-id") or content_id([_writer(mail)[1], _text(mail, "date"), _text(mail, "subject")])
        if own in self._threads:
            return self._threads[own]
        before = re.findall(r"<[^<>\s]{1,300}>", f"{_text(mail, 'references')} {_text(mail, 'in-reply-to')}")
        subject = _text(mail, "subject")
        plain = _ANSWER.sub("", subject).strip().casefold()
        found = next((self._threads[each] for each in before if each in self._threads), before[0] if before else "")
        if not found and _ANSWER.match(subject):
            found = self._subjects.get(plain, "")
        found = found or own
        if len(self._threads) < _MOST_MAILS:
            self._threads[own] = found
            self._subjects.setdefault(plain, found)
            for each in before:
                self._threads.setdefault(each, found)
        return found

    def _mails(self) -> Iterator[tuple[int, bytes | None]]:
        """The mails as they are, numbered; None in place of one that is too long."""
        number, size, after_blank = 0, 0, True
        lines: list[bytes] = []
        mailbox = self._source.head.lstrip(b"\xef\xbb\xbf\r\n").startswith(_BEGIN)
        with self._source.path.open("rb") as stream:
            while line := stream.readline(_LONGEST_LINE):
                self.done += len(line)
                if mailbox and after_blank and line.startswith(_BEGIN):
                    if number:
                        yield number, b"".join(lines) if size <= MAX_MAIL_BYTES else None
                    number, lines, size = number + 1, [], 0
                elif size <= MAX_MAIL_BYTES:
                    lines.append(line.replace(b"\r\n", b"\n"))
                size += len(line)
                after_blank = not line.strip()
        if lines:
            yield max(number, 1), b"".join(lines) if size <= MAX_MAIL_BYTES else None


def _by_address(address: str) -> Role | None:
    """What an address says by itself."""
    local = address.partition("@")[0].strip()
    if _MACHINES.search(local):
        return Role.BOT
    return Role.AGENT if normal(local) in _DESKS else None


def _parsed(data: bytes) -> EmailMessage | None:
    try:
        found = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\n"), policy=policy.default)
    except (ValueError, LookupError, TypeError, IndexError, AttributeError):  # headers that mean nothing
        return None
    return found if isinstance(found, EmailMessage) else None


def _text(mail: EmailMessage | None, name: str) -> str:
    try:
        return " ".join(str(mail[name] or "").split()) if mail is not None else ""
    except (ValueError, LookupError, TypeError, IndexError, AttributeError):
        return ""


def _writer(mail: EmailMessage | None) -> tuple[str, str]:
    found = getaddresses([_text(mail, "from")])
    name, address = found[0] if found else ("", "")
    return name.strip(), address.strip().casefold()


def _sent(mail: EmailMessage) -> object:
    written = _text(mail, "date")
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return written  # refused later, with its value


def _content(mail: EmailMessage) -> tuple[str, list[str]]:
    """What was written, and the names of files."""
    files: list[str] = []
    text = ""
    try:
        body = mail.get_body(preferencelist=("plain", "html"))
        written = body.get_content() if body is not None else ""
        text = html_to_text(written) if body is not None and body.get_content_subtype() == "html" else str(written)
        files = [part.get_filename() or part.get_content_type() for part in mail.iter_attachments()]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, KeyError):
        pass  # an odd part costs itself
    return _own_words(text), files


def _own_words(text: str) -> str:
    """A mail without those that are quoted below it; all of it where nothing else is left."""
    lines = text.replace("\r\n", "\n").split("\n")
    end = next(
        (at for at, line in enumerate(lines) if at and len(line) < 400 and _QUOTED.match(line.strip())), len(lines)
    )
    kept = lines[:end]
    while kept and (not kept[-1].strip() or kept[-1].startswith(">")):
        kept.pop()
    return "\n".join(kept).strip() or text.strip()


def _start(data: bytes) -> str:
    return data[:200].decode("utf-8", "replace")


IMPORTER = Mails()
