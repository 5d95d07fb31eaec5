"""Zendesk Support: tickets with their comments as JSON, and the flat CSV with one comment in each row.

Who asked is the ticket's requester; other authors are looked up in the users that come along, and are agents
otherwise. A comment that is not public is an internal note. JSON comes as one ticket on each line (the account
export), as pages of the API (``tickets``, ``comments``, ``users``), or as an array.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.base import ReadOptions
from csqm_desktop.importers.flat_table import FlatConverter, FlatLayout, Product
from csqm_desktop.importers.html_text import html_to_text
from csqm_desktop.importers.json_walk import Converter, JsonLayout, sample
from csqm_desktop.importers.neutral import BAD_RATING, GOOD_RATING, file_names, key_of, mapping_of, objects_of, word_of
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.times import TimeProblem, Times, parse_timezone
from csqm_desktop.importers.zendesk_audits import comments_of, is_audit, is_event

_RATINGS = {"good": GOOD_RATING, "good_with_comment": GOOD_RATING, "bad": BAD_RATING, "bad_with_comment": BAD_RATING}
_STAFF = frozenset({"agent", "admin", "light_agent", "owner"})
_SYSTEM_AUTHOR = "-1"  # triggers and automations


_BODIES = frozenset({"plain_body", "html_body", "body"})


class _Tickets(Converter):
    """Knows the people and requesters of a file. Comments without a ticket are taken for those of one ticket."""

    two_passes = True

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._file_ticket = source.path.stem
        self._staff: dict[str, bool] = {}
        self._names: dict[str, str] = {}
        self._tickets: dict[str, dict[str, Any]] = {}
        self._only: dict[str, Any] = {}
        self._several = False
        self._first_author = ""
        self._commented: set[str] = set()
        self._asked: dict[str, tuple[str, str]] = {}

    def learn(self, key: str, record: dict[str, Any]) -> None:
        """Remember users, the requesters of tickets whose comments come apart, and who wrote first."""
        if key == "users":
            self._user(record)
            return
        if is_audit(record):
            self._asked_first(record)
            return
        if key == "comments":
            ticket = key_of(record.get("ticket_id"))
            if ticket:
                self._commented.add(ticket)
            elif not self._first_author:
                self._first_author = key_of(record.get("author_id"))
            return
        ticket_record = mapping_of(record.get("ticket")) or record
        for user in objects_of(record.get("users")):
            self._user(user)
        if "requester_id" in ticket_record:
            known = _summary(ticket_record)
            self._several = self._several or bool(self._only and self._only["id"] != known["id"])
            self._only = known
            if "comments" not in ticket_record:
                self._tickets[known["id"]] = known

    def _asked_first(self, audit: dict[str, Any]) -> None:
        """Audits name no requester: it is who wrote the ticket's first comment."""
        ticket, written = key_of(audit.get("ticket_id")), key_of(audit.get("created_at"))
        for comment in comments_of(audit)[:1]:
            if ticket not in self._asked or written < self._asked[ticket][0]:
                self._asked[ticket] = written, key_of(comment.get("author_id"))

    def _user(self, record: dict[str, Any]) -> None:
        user = key_of(record.get("id"))
        if record.get("role"):
            self._staff[user] = word_of(record["role"]) in _STAFF
        if isinstance(record.get("name"), str):
            self._names[user] = record["name"]

    def rows(self, key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The comments of a ticket, or one comment that stands alone."""
        if key == "users":
            return
        if is_audit(record):
            ticket_id = key_of(record.get("ticket_id"))
            asked = {"id": ticket_id, "requester_id": self._asked.get(ticket_id, ("", ""))[1]}
            yield from (
                self._comment(self._tickets.get(ticket_id) or asked, comment) for comment in comments_of(record)
            )
            return
        if key == "comments":
            ticket = self._tickets.get(key_of(record.get("ticket_id"))) or self._lone_ticket(record)
            yield self._comment(ticket, record)
            return
        inner = mapping_of(record.get("ticket"))
        full = {**record, **inner} if inner else record
        if "requester_id" in full or objects_of(full.get("comments")):
            yield from self._ticket(full)
        elif "author_id" in full and _BODIES & full.keys():
            yield self._comment(self._tickets.get(key_of(full.get("ticket_id"))) or self._lone_ticket(full), full)

    def _lone_ticket(self, comment: dict[str, Any]) -> dict[str, Any]:
        """The ticket of comments that do not name one: the file is the answer about a single ticket."""
        given = key_of(comment.get("ticket_id"))
        if self._several:  # a comment of nobody knows which is refused
            return {"id": given, "requester_id": ""}
        if self._only and (not given or given == self._only["id"]):
            return self._only
        return {"id": given or self._file_ticket, "requester_id": self._first_author}

    def _ticket(self, ticket: dict[str, Any]) -> Iterator[dict[str, Any]]:
        known = _summary(ticket)
        for user in objects_of(ticket.get("users")):
            self._user(user)
        for role in ("requester", "submitter", "assignee"):
            self._user(mapping_of(ticket.get(role)))
        comments = objects_of(ticket.get("comments"))
        for comment in comments:
            yield self._comment(known, comment)
        text = ticket.get("description")
        if not comments and text and known["id"] not in self._commented and not self._only_has_comments(known):
            author = key_of(ticket.get("submitter_id")) or known["requester_id"]
            yield self._row(known, author, html_to_text(str(text)), ticket.get("created_at"), "description")

    def _only_has_comments(self, ticket: dict[str, Any]) -> bool:
        return not self._several and bool(self._first_author) and ticket["id"] == self._only.get("id")

    def _comment(self, ticket: dict[str, Any], comment: dict[str, Any]) -> dict[str, Any]:
        row = self._row(
            ticket, key_of(comment.get("author_id")), _body(comment),
            comment.get("created_at") or ticket.get("created_at"), key_of(comment.get("id")),
        )  # fmt: skip
        author = mapping_of(comment.get("author"))
        if isinstance(author.get("name"), str):
            row["sender"] = author["name"]
        row["private"] = comment.get("public") is False
        row["attachments"] = file_names(comment.get("attachments"), "file_name", "name", "content_url")
        via = mapping_of(comment.get("via")).get("channel")
        row["channel"] = ticket.get("channel") or (via if isinstance(via, str) else "")
        return row

    def _row(self, ticket: dict[str, Any], author: str, text: object, sent: object, message: str) -> dict[str, Any]:
        return {
            "conversation_id": ticket["id"],
            "message_id": message,
            "sent_at": sent,
            "role": self._role(ticket, author),
            "sender": self._names.get(author, author),
            "text": text,
            "channel": ticket.get("channel", ""),
            "rating": ticket.get("rating"),
        }

    def _role(self, ticket: dict[str, Any], author: str) -> Role:
        if author == _SYSTEM_AUTHOR:
            return Role.SYSTEM
        if author and author == ticket["requester_id"]:
            return Role.CUSTOMER
        return Role.AGENT if self._staff.get(author, True) else Role.CUSTOMER


def _body(comment: dict[str, Any]) -> object:
    """The text of a comment; ``body`` is plain in Zendesk, only ``html_body`` is not."""
    plain = comment.get("plain_body") or comment.get("body")
    html = comment.get("html_body")
    if isinstance(html, str) and not (isinstance(plain, str) and plain.strip()):
        return html_to_text(html)
    return plain.replace("&nbsp;", " ") if isinstance(plain, str) else plain


def _summary(ticket: dict[str, Any]) -> dict[str, Any]:
    """What comments need to know of their ticket."""
    score = mapping_of(ticket.get("satisfaction_rating")).get("score")
    channel = mapping_of(ticket.get("via")).get("channel")
    return {
        "id": key_of(ticket.get("id")),
        "requester_id": key_of(ticket.get("requester_id")),
        "created_at": ticket.get("created_at"),
        "channel": channel if isinstance(channel, str) else "",
        "rating": _RATINGS.get(score) if isinstance(score, str) else None,
    }


class _Comments(FlatConverter):
    """Rows of comments. Nothing names the requester: it is who wrote the ticket's description, or wrote first."""

    two_passes = True

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        zone = options.timezone or (options.mapping.timezone if options.mapping else None) or "UTC"
        self._times = Times(parse_timezone(zone), options.mapping.day_first if options.mapping else None)
        self._asked: dict[str, tuple[float, int]] = {}  # ticket: when and by whom the first comment was written

    def learn(self, row: dict[str, str]) -> None:
        """Find the first author of each ticket; the description's author counts as earliest of all."""
        ticket = row.get("ticket id", "").strip()
        try:
            sent = self._times.parse(row.get("comment date", "")).timestamp()
        except TimeProblem:
            return
        description = row.get("ticket description", "").strip()
        if description and description == row.get("comment", "").strip():
            sent -= 1e10
        if ticket not in self._asked or sent < self._asked[ticket][0]:
            self._asked[ticket] = sent, hash(_address(row))

    def rows(self, row: dict[str, str]) -> Iterator[dict[str, Any]]:
        """One comment."""
        ticket = row.get("ticket id", "").strip()
        asked = self._asked.get(ticket, (0.0, hash(_address(row))))
        yield {
            "conversation_id": ticket,
            "sent_at": row.get("comment date", ""),
            "role": Role.CUSTOMER if asked[1] == hash(_address(row)) else Role.AGENT,
            "sender": row.get("from email", ""),
            "text": html_to_text(row.get("comment", "")),
            "channel": row.get("original ticket channel", ""),
        }


def _address(row: dict[str, str]) -> str:
    return row.get("from email", "").strip().casefold()


class _Json(JsonLayout):
    name = "zendesk"
    converter = _Tickets
    arrays = frozenset({"tickets", "comments", "users", "results", "audits", "ticket_audits", "ticket_events"})

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A ticket with its comments."""
        return "requester_id" in record or isinstance(record.get("ticket"), dict) or is_audit(record)

    def stands_alone(self, source: SourceFile) -> bool:
        """Whole tickets, one on each line or in an array, as the account export has them."""
        found = sample(source)
        if not found.lines and not source.head_text().lstrip().startswith("["):
            return False
        keys = {key for _, key, _ in found.records}
        return not keys & {"tickets", "users"} and any("requester_id" in record for _, _, record in found.records)

    def evidence(self, key: str, record: dict[str, Any]) -> str:
        """Tickets with a requester, or comments with author and visibility."""
        if is_audit(record) or is_event(key, record):
            return "events: Comment"
        record = mapping_of(record.get("ticket")) or record
        if "requester_id" in record and (record.keys() & {"comments", "raw_subject", "satisfaction_rating", "via"}):
            return "requester_id"
        if key in ("comments", "") and "author_id" in record and "public" in record and (_BODIES & record.keys()):
            return "comments: author_id, public"
        return ""


class _Csv(FlatLayout):
    name = "zendesk"
    required = frozenset({"comment date", "ticket id", "from email", "comment"})
    converter = _Comments


IMPORTER = Product("zendesk", (_Json(), _Csv()), (".json", ".jsonl", ".csv"))
