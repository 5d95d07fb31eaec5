"""Columns to fields: guess, check, keep as a file.

A mapping file is JSON: ``{"fields": {"text": "消息内容", …}, "roles": {"小二": "agent", …},
"rules": [{"role": "agent", "field": "sender", "is": ["小禾"]}, …], "timezone": "+08:00"}``; every part may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from csqm_desktop.domain.conversation import Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import more_words
from csqm_desktop.importers.roles import RoleRule, rules_from_json
from csqm_desktop.importers.times import TimeProblem, Times, guess_day_first, parse_timezone
from csqm_desktop.importers.words import HEADERS, ROLE_VALUES, normal

FIELDS: tuple[str, ...] = tuple(HEADERS)
"""Everything a column can be, in the order of the neutral layout."""

REQUIRED: tuple[str, ...] = ("conversation_id", "sent_at", "role", "text")
"""Without these a row cannot become a message."""

MAX_MAPPING_BYTES = 1024 * 1024
MOST_COLUMNS = 500  # that are looked at: a line of text read as a table may have thousands

_KEYS = {"fields", "roles", "timezone", "day_first", "rules", "notices", "start", "one_conversation", "others"}

_KNOWN: dict[str, tuple[str, int]] = {}  # normal header → field and rank; the first field to claim a word wins
for _table in (HEADERS, more_words.HEADERS):
    for _field, _words in _table.items():
        for _rank, _word in enumerate(_words):
            _KNOWN.setdefault(normal(_word), (_field, _rank))

# Headers that name a role only if the values agree: a column "type" often holds text, image, file.
WEAK_ROLE_HEADERS = frozenset(
    map(normal, ("type", "类型", "message_type", "direction", "方向", "消息来源", "identity"))
)


_OF_SHOP = ("isagent", "fromagent", "isstaff", "fromstaff", "fromme", "isfromme", "issender", "isoutgoing", "outgoing",
            "outbound", "isoutbound", "issend")  # fmt: skip
_OF_CUSTOMER = ("iscustomer", "fromcustomer", "isincoming", "incoming", "inbound", "isinbound", "isvisitor")
# Columns that say yes or no: whose words they are if yes, and if no.
_FLAGS = {
    **dict.fromkeys(_OF_SHOP, (Role.AGENT, Role.CUSTOMER)),
    **dict.fromkeys(_OF_CUSTOMER, (Role.CUSTOMER, Role.AGENT)),
}
_DIRECTIONS = frozenset(map(normal, ("direction", "方向", "消息方向")))
_CONTACTS = frozenset(map(normal, (
    "number", "phone", "phone_number", "telephone", "mobile", "wa_id", "jid", "remote_jid", "contact", "contact_id",
    "contact_number", "customer_phone", "customer_number", "customer_id", "客户手机", "手机号", "电话",
)))  # fmt: skip
_PUBLIC = frozenset(
    map(normal, ("public", "is_public", "customer_visible", "visible_to_customer", "公开", "是否公开", "对外"))
)
_KINDS = frozenset(map(normal, ("message_type", "type", "kind", "visibility", "comment_type", "part_type", "消息类型")))
NOTES = frozenset(map(normal, (
    "private", "note", "notes", "private_note", "internal", "internal_note", "internal_comment", "whisper",
    "内部备注", "备注", "内部消息",
)))  # fmt: skip
"""Kinds of messages that no customer saw."""
_YES, _NO = frozenset({"true", "1", "yes", "y", "t", "是"}), frozenset({"false", "0", "no", "n", "f", "否"})


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column holds which field, and how roles and times are written.

    ``roles`` adds to the built-in role words (and wins over them); its keys are as in the file.
    ``rules`` decide before the role column does. ``notices`` makes transfer and auto-reply lines system lines;
    None leaves it to the format: layouts without a role column do, others do not. ``day_first`` settles dates
    such as 03/04/2026. ``start`` is when conversations without any times began. ``one_conversation`` says that a file
    without a column of conversations is a single one. ``others`` is whose words those are that nothing tells of.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    timezone: str | None = None
    day_first: bool | None = None
    rules: tuple[RoleRule, ...] = ()
    notices: bool | None = None
    start: str | None = None
    one_conversation: bool = False
    others: Role | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Required fields that no column holds; rules can stand for a role column."""
        told = {"role": bool(self.rules) or self.others is not None, "conversation_id": self.one_conversation}
        return tuple(name for name in REQUIRED if not self.fields.get(name) and not told.get(name))

    def role_words(self) -> dict[str, Role]:
        """All role words of this mapping in normal form."""
        return ROLE_VALUES | {normal(word): role for word, role in self.roles.items()}

    def to_json(self) -> dict[str, Any]:
        """The mapping as plain values for a file."""
        plain: dict[str, Any] = {"fields": dict(self.fields)}
        if self.roles:
            plain["roles"] = {word: role.value for word, role in self.roles.items()}
        if self.timezone:
            plain["timezone"] = self.timezone
        if self.day_first is not None:
            plain["day_first"] = self.day_first
        if self.rules:
            plain["rules"] = [rule.to_json() for rule in self.rules]
        if self.notices is not None:
            plain["notices"] = self.notices
        if self.start:
            plain["start"] = self.start
        if self.one_conversation:
            plain["one_conversation"] = True
        if self.others is not None:
            plain["others"] = self.others.value
        return plain


def known_headers(headers: Sequence[str]) -> int:
    """How many of the headers are words this module knows, each field counted once."""
    return len({_KNOWN[key][0] for key in map(_header_key, headers) if key in _KNOWN})


def guess(headers: Sequence[str], samples: Sequence[Sequence[object]] = ()) -> ColumnMapping:
    """The most likely mapping, by header words first and by what the sample rows hold second."""
    headers = headers[:MOST_COLUMNS]
    best: dict[str, tuple[int, str]] = {}
    for header in headers:
        name, rank = _KNOWN.get(_header_key(header), ("", 0))
        if name and (name not in best or rank < best[name][0]):
            best[name] = (rank, header)
    fields = {name: best[name][1] for name in FIELDS if name in best}
    _prefer_by_content(fields, headers, samples)
    if "private" not in fields and (public := next(filter(says_public, headers), "")):
        fields["private"] = public
    if "private" not in fields and (kinds := _of_kinds(fields, headers, samples)):
        fields["private"] = kinds
    if "conversation_id" not in fields and (contact := _contact(fields, headers, samples)):
        fields["conversation_id"] = contact
    if "conversation_id" not in fields and fields.get("message_id") and normal(fields["message_id"]) == "id":
        del fields["message_id"]  # a lone "id" says nothing about which of the two it is
    times = _column(fields.get("sent_at"), headers, samples)
    roles = _flagged(fields, headers, samples) if "role" not in fields else {}
    return ColumnMapping(fields, roles, day_first=guess_day_first(times))


def _contact(fields: Mapping[str, str], headers: Sequence[str], samples: Sequence[Sequence[object]]) -> str:
    """The column of the telephone or account on the other side, where messages only say in or out.

    What goes to and comes from one contact is one conversation then; a column that has gaps or never repeats is none.
    """
    if _header_key(fields.get("role", "")) not in _DIRECTIONS:
        return ""
    for header in headers:
        if normal(header.rpartition(".")[2]) in _CONTACTS and header not in fields.values():
            values = _column(header, headers, samples)
            if len(values) == len(samples) > len(set(values)):
                return header
    return ""


def _flagged(fields: dict[str, str], headers: Sequence[str], samples: Sequence[Sequence[object]]) -> dict[str, Role]:
    """Roles from a column that only says yes or no to one side, such as ``is_agent``; it becomes the role's."""
    for header in headers:
        sides = _FLAGS.get(normal(header.rpartition(".")[2]))
        values = {normal(value) for value in _column(header, headers, samples)}
        if sides and values and values <= _YES | _NO:
            fields["role"] = header
            return {**dict.fromkeys(_YES, sides[0]), **dict.fromkeys(_NO, sides[1])}
    return {}


def _of_kinds(fields: Mapping[str, str], headers: Sequence[str], samples: Sequence[Sequence[object]]) -> str:
    """A column with the kinds of messages, among them notes; empty when there is none."""
    used = set(fields.values())
    free = [name for name in headers if normal(name.rpartition(".")[2]) in _KINDS and name not in used]
    return next((name for name in free if any(normal(v) in NOTES for v in _column(name, headers, samples))), "")


def says_public(header: str) -> bool:
    """Whether a column says the opposite of ``private``."""
    return normal(header.rpartition(".")[2]) in _PUBLIC


def complete(given: ColumnMapping | None, guessed: ColumnMapping, headers: Sequence[str]) -> ColumnMapping:
    """The mapping to use: the given one where it speaks, else the guess; its columns must exist.

    A field given as an empty text stays without a column.
    """
    if given is None:
        return guessed
    for column in given.fields.values():
        if column and column not in headers:
            raise CsqmError("import_mapping_column", column=column, found=", ".join(headers))
    taken = set(given.fields.values())
    fields = {
        name: column for name, column in guessed.fields.items() if name not in given.fields and column not in taken
    }
    fields |= {name: column for name, column in given.fields.items() if column}
    ordered = {name: fields[name] for name in FIELDS if name in fields}
    day_first = given.day_first if given.day_first is not None else guessed.day_first
    roles = {**guessed.roles, **given.roles} if ordered.get("role") == guessed.fields.get("role") else given.roles
    return replace(given, fields=ordered, day_first=day_first, roles=roles)


def load(path: Path | str) -> ColumnMapping:
    """Read a mapping file; ``CsqmError`` says what is wrong with it."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_MAPPING_BYTES:
            raise _bad(path, "larger than 1 MB")
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise CsqmError("import_mapping_missing", file=str(path)) from error
    except OSError as error:
        raise _bad(path, error.strerror or "cannot be read") from error
    except (ValueError, RecursionError) as error:
        raise _bad(path, f"not JSON: {error}") from error
    try:
        return from_json(raw)
    except ValueError as error:
        raise _bad(path, str(error)) from error


def with_agents(mapping: ColumnMapping | None, names: Sequence[str]) -> ColumnMapping | None:
    """The mapping with the names of those who work for the shop; everybody of whom nothing tells is a customer then."""
    if not names:
        return mapping
    given = mapping or ColumnMapping()
    rule = RoleRule(Role.AGENT, values=tuple(names))
    roles = {**given.roles, **dict.fromkeys(names, Role.AGENT)}  # for readers that look at names before rules do
    return replace(given, rules=(rule, *given.rules), roles=roles, others=given.others or Role.CUSTOMER)


def from_json(raw: object) -> ColumnMapping:
    """The inverse of ``ColumnMapping.to_json``; ``ValueError`` says what is wrong with the values."""
    if not isinstance(raw, dict):
        raise ValueError('expected an object with "fields"')
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise ValueError(f"unknown key “{unknown[0]}”; known are {', '.join(sorted(_KEYS))}")
    return ColumnMapping(
        _fields(raw), _roles(raw), _timezone(raw), _switch(raw, "day_first"),
        rules_from_json(raw.get("rules", [])), _switch(raw, "notices"), _start(raw),
        bool(_switch(raw, "one_conversation")), _others(raw),
    )  # fmt: skip


def save(mapping: ColumnMapping, path: Path | str) -> None:
    """Write the mapping as a file that ``load`` reads."""
    text = json.dumps(mapping.to_json(), ensure_ascii=False, indent=2)
    try:
        Path(path).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CsqmError("import_mapping_not_saved", file=str(path), reason=error.strerror or "") from error


def _header_key(header: str) -> str:
    """The normal form of a header; a dotted name also goes by its last part."""
    key = normal(header)
    if key in _KNOWN or "." not in key:
        return key
    return normal(header.rpartition(".")[2])


def _column(header: str | None, headers: Sequence[str], samples: Sequence[Sequence[object]]) -> list[str]:
    """The sample values of a column as text, without empty ones."""
    if header is None or header not in headers:
        return []
    at = list(headers).index(header)
    return [str(row[at]) for row in samples if at < len(row) and row[at] not in (None, "")]


def _prefer_by_content(fields: dict[str, str], headers: Sequence[str], samples: Sequence[Sequence[object]]) -> None:
    """Mend the guess where the sample rows contradict it: role and time can be told by their values."""
    if not samples:
        return
    for name, fits, may_share in (("role", _looks_like_role, "sender"), ("sent_at", _looks_like_time, None)):
        if name in fields and fits(_column(fields[name], headers, samples)):
            continue
        for header in headers:
            used_as = next((key for key, column in fields.items() if column == header), None)
            if used_as in (None, may_share, name) and fits(_column(header, headers, samples)):
                fields[name] = header
                break
        else:
            if _header_key(fields.get(name, "")) in WEAK_ROLE_HEADERS:
                del fields[name]
    if _header_key(fields.get("role", "")) in WEAK_ROLE_HEADERS:
        _prefer_bots(fields, headers, samples)


def _prefer_bots(fields: dict[str, str], headers: Sequence[str], samples: Sequence[Sequence[object]]) -> None:
    """A column that tells bots from people, where the role's only tells who was on which side."""
    if Role.BOT in _roles_in(_column(fields["role"], headers, samples)):
        return
    used = {column: name for name, column in fields.items()}
    for header in headers:
        values = _column(header, headers, samples)
        if used.get(header, "sender") == "sender" and _looks_like_role(values) and Role.BOT in _roles_in(values):
            fields["role"] = header
            return


def _roles_in(values: Sequence[str]) -> set[Role]:
    return {role for value in values if (role := ROLE_VALUES.get(normal(value))) is not None}


def _looks_like_role(values: Sequence[str]) -> bool:
    return bool(values) and sum(normal(value) in ROLE_VALUES for value in values) * 10 >= len(values) * 8


def _looks_like_time(values: Sequence[str]) -> bool:
    times = Times(parse_timezone("UTC"), day_first=True)

    def fits(value: str) -> bool:
        try:
            times.parse(value)
        except TimeProblem:
            return False
        return True

    return bool(values) and sum(map(fits, values)) * 10 >= len(values) * 8


def _fields(raw: dict[str, Any]) -> dict[str, str]:
    fields = raw.get("fields", {})
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise ValueError('"fields" must name a column for each field')
    for name in fields:
        if name not in FIELDS:
            raise ValueError(f"unknown field {name}; known are {', '.join(FIELDS)}")
    return fields


def _roles(raw: dict[str, Any]) -> dict[str, Role]:
    roles = raw.get("roles", {})
    if not isinstance(roles, dict):
        raise ValueError('"roles" must map values of the role column to roles')
    try:
        return {word: Role(role) for word, role in roles.items()}
    except ValueError as error:
        raise ValueError(f"{error}; roles are {', '.join(Role)}") from error


def _others(raw: dict[str, Any]) -> Role | None:
    role = raw.get("others")
    if role is not None and role not in list(Role):
        raise ValueError(f'"others" must be a role; roles are {", ".join(Role)}')
    return Role(role) if role else None


def _timezone(raw: dict[str, Any]) -> str | None:
    zone = raw.get("timezone")
    if zone is not None and not isinstance(zone, str):
        raise ValueError('"timezone" must be a text such as +08:00')
    parse_timezone(zone)
    return zone


def _switch(raw: dict[str, Any], key: str) -> bool | None:
    value = raw.get(key)
    if value is not None and not isinstance(value, bool):
        raise ValueError(f'"{key}" must be true or false')
    return value


def _start(raw: dict[str, Any]) -> str | None:
    value = raw.get("start")
    if value is None:
        return None
    try:
        Times(parse_timezone("UTC")).parse(value if isinstance(value, str) else None)
    except TimeProblem as error:
        raise ValueError('"start" must be a time such as 2026-09-01T08:00:00+08:00') from error
    return str(value)


def _bad(path: Path, reason: str) -> CsqmError:
    return CsqmError("import_mapping_file", file=str(path), reason=reason)
