"""Dialogue data as plain text: a conversation on each line, or a turn on each line.

- ``label<tab>turn<tab>turn…`` (E-commerce and Douban corpus): lines whose label is 0 end with a reply that nobody gave,
  and are left out.
- ``1 asked<tab>answered``, numbered from 1 in each conversation (ParlAI, bAbI's dialogues).
- ``turn __eou__ turn __eou__`` (DailyDialog).
- ``time<tab>sender<tab>receiver<tab>text`` (Ubuntu Dialogue Corpus): a file is a conversation.
- texts with the marks of a language model (``chat_templates``), several where each begins with its mark.
- ``Customer: …`` and ``Agent: …``: a file is a conversation, or several with a rule or ``Conversation 2`` between them;
  a line without a speaker goes on with the one above.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.chat_templates import begins, is_templated
from csqm_desktop.importers.dialogue_roles import roles_of
from csqm_desktop.importers.dialogue_turns import Turn, spoken, templated
from csqm_desktop.importers.dialogue_words import is_role_word
from csqm_desktop.importers.lines import MAX_ROW_CHARS, Lines, LineTooLong, TextStream
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow, content_id, text_file
from csqm_desktop.importers.records import rejected
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard
from csqm_desktop.importers.undated import Undated
from csqm_desktop.importers.words import normal

CONFIDENCE = 0.92
_LEAST_SHARE = 0.9
_LEAST_SPOKEN = 0.6  # of lines begin with a speaker
_LEAST_ALONE = 0.15  # where names stand on lines of their own
_NUMBERED = re.compile(r"(\d{1,4}) (.*)")
_SILENCE = "<SILENCE>"
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_BETWEEN = re.compile(
    r"[-=_*#~—]{3,}|id\s?[=:]\s?\d+|[-=_*#~—\s]*(?:conversation|dialogue|chat|session|call|transcript|会话|对话)\s*#?\d+[-=_*#~—\s:]*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:date|time|day|start(?:ed)?|end(?:ed)?|duration|length|title|subject|topic|category|channel|participants?"
    r"|(?:call|chat|session)[ _-]?id|(?:ticket|order)(?:[ _-]?(?:id|number))?|(?:call )?transcript"
    r"|status|language|rating|summary|日期|时间|主题|时长|工单号?|订单号?|渠道|会话id|通话时长|开始时间|结束时间)",
    re.IGNORECASE,
)
_END = "__eou__"
_LABELS = ("0", "1")
_FEWEST = 3  # fields: a label and two turns
_CHAT = 4

_Sides = tuple[Role, Role]
_SHOP: _Sides = (Role.CUSTOMER, Role.AGENT)


def _kind(lines: list[str]) -> tuple[str, str]:
    """The notation of a text's beginning and what shows it; empty when it is none of these."""
    lines = [line.strip("\r\n") for line in lines if line.strip()][:200]
    if lines and not lines[0].startswith(("{", '["', "[{")) and is_templated("\n".join(lines)):
        return "template", "user, assistant"
    rows = [line.split("\t") for line in lines]
    tests: tuple[tuple[str, str, Callable[[int], bool]], ...] = (
        ("labels", "label, turn, turn", lambda i: len(rows[i]) >= _FEWEST and rows[i][0].strip() in _LABELS),
        ("numbers", "number, asked, answered", lambda i: _numbered(lines, i)),
        ("ends", _END, lambda i: lines[i].count(_END) > 1),
        ("stamps", "time, sender, receiver, text", lambda i: len(rows[i]) == _CHAT and bool(_STAMP.match(rows[i][0]))),
    )
    for name, seen, fits in tests:
        if lines and sum(map(fits, range(len(lines)))) >= _LEAST_SHARE * len(lines):
            return name, seen
    said = [found[0] if (found := spoken(line)) else "" for line in lines]
    said = [name for name in said if not _ABOUT.fullmatch(name)]
    names = list(filter(is_role_word, said))
    alone = sum(is_role_word(line.strip().rstrip(":：")) for line in lines) * 2 > len(names)
    if len(set(map(normal, names))) > 1 and len(names) >= (_LEAST_ALONE if alone else _LEAST_SPOKEN) * len(said):
        return "alone" if alone else "spoken", ", ".join(list(dict.fromkeys(names))[:3])
    return "", ""


def _numbered(lines: list[str], at: int) -> bool:
    """Whether a line's number goes on from the line above or begins again, and most have an answer behind a tab."""
    match, before = _NUMBERED.match(lines[at]), _NUMBERED.match(lines[at - 1]) if at else None
    follows = match is not None and int(match[1]) in ((1, int(before[1]) + 1) if before else (1,))
    return follows and sum("\t" in line for line in lines) * 2 > len(lines)


class DialogueLines:
    """The importer of these texts."""

    name = "dialogues"
    endings = (".txt", ".tsv", ".log")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when nearly all first lines are of one notation."""
        if source.binary_kind is not None:
            return Sniff(0.0, "no")
        kind, seen = _kind(source.head_lines())
        return Sniff(CONFIDENCE, "turns", (seen,)) if kind else Sniff(0.0, "no")

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open a text."""
        source.require_text()
        return text_file(self.name, source, options, lambda stream: _rows(source, stream, options))


def _rows(source: SourceFile, stream: TextStream, options: ReadOptions) -> Iterator[NeutralRow | RejectedRow]:
    kind, _ = _kind(source.head_lines(options.encoding))
    given = {normal(word): role for word, role in (options.mapping or ColumnMapping()).roles.items()}
    undated = Undated(source, options)
    guard = DamageGuard(source, stream.charset.name)
    whole: list[tuple[int, Turn]] = []

    def ended() -> Iterator[NeutralRow]:
        if kind == "template" and whole:
            number, text = whole[0][0], whole[0][1].text
            whole[:] = [(number, turn) for turn in templated(text)]
        rows = _messages([turn for _, turn in whole], given, undated, source.path.stem)
        yield from ((number, row) for (number, _), row in zip(whole, rows, strict=True))
        whole.clear()

    for entry in _lines(source, stream, guard):
        if isinstance(entry, RejectedRow):
            yield entry
        elif kind in ("labels", "ends"):
            yield from ((entry[0], row) for row in _messages(_turns(kind, entry[1]), given, undated, ""))
        else:
            if _begins(kind, entry[1]):
                yield from ended()
            _gather(kind, entry, whole)
    yield from ended()


def _begins(kind: str, line: str) -> bool:
    """Whether a conversation ends above this line."""
    if kind in ("spoken", "alone"):
        return _BETWEEN.fullmatch(line.strip()) is not None
    return begins(line) if kind == "template" else kind == "numbers" and line.startswith("1 ")


def _lines(source: SourceFile, stream: TextStream, guard: DamageGuard) -> Iterator[tuple[int, str] | RejectedRow]:
    lines = Lines(stream)
    number = 0
    while True:
        number += 1
        try:
            line = next(lines).strip("\r\n")
        except StopIteration:
            return
        except LineTooLong as problem:
            yield rejected(source.name, number, "row_too_long", problem.start, limit=str(MAX_ROW_CHARS // 1024**2))
            continue
        if stream.damaged and BAD_BYTE in line:
            yield guard.reject(number, line)
        elif line.strip():
            guard.passed()
            yield number, line


def _round(line: str) -> list[Turn]:
    """What was asked and answered on a numbered line; facts that a line tells of the speakers are nobody's."""
    match = _NUMBERED.match(line)
    asked, *answered = (match[2] if match else line).split("\t")
    if not answered:
        return []
    said = (("user", asked), ("bot", answered[0]))
    return [Turn(who, text.strip()) for who, text in said if text.strip() and text.strip() != _SILENCE]


def _turns(kind: str, line: str) -> list[Turn]:
    if kind == "ends":
        return [Turn(None, part.strip()) for part in line.split(_END) if part.strip()]
    label, *texts = line.split("\t")
    return [Turn(None, text.strip()) for text in texts if text.strip()] if label.strip() != "0" else []


def _gather(kind: str, entry: tuple[int, str], whole: list[tuple[int, Turn]]) -> None:
    number, line = entry
    if kind == "numbers":
        whole.extend((number, turn) for turn in _round(line))
        return
    if kind in ("spoken", "alone") and _BETWEEN.fullmatch(line.strip()):
        return
    if kind == "template" and not whole:
        whole.append((number, Turn(None, line)))
        return
    fields = line.split("\t", _CHAT - 1)
    if kind == "stamps" and len(fields) == _CHAT and _STAMP.match(fields[0]):
        if fields[3].strip():
            whole.append((number, Turn(fields[1].strip() or None, fields[3].strip(), {"sent_at": fields[0].strip()})))
    elif kind not in ("stamps", "template") and (found := spoken(line)) and (kind != "alone" or is_role_word(found[0])):
        if whole or not _ABOUT.fullmatch(found[0]):  # a head tells of the conversation
            whole.append((number, Turn(*found)))
    elif whole:
        whole[-1][1].text += "\n" + (line if kind == "template" else line.strip())


def _messages(
    turns: list[Turn], given: dict[str, Role], undated: Undated, conversation: str
) -> Iterator[dict[str, Any]]:
    if not turns:
        return
    for turn in turns:
        turn.text = turn.text.strip()
    known = content_id([[turn.speaker, turn.text] for turn in turns])
    roles = roles_of(turns, given, sides=_SHOP)
    for place, (turn, role) in enumerate(zip(turns, roles, strict=True)):
        speaker = turn.speaker or ""
        yield {
            "conversation_id": f"{conversation}-{known}" if conversation else known,
            "message_id": str(place + 1),
            "sent_at": turn.facts.get("sent_at", undated.at(place)),
            "role": role,
            "sender": "" if is_role_word(speaker) else speaker,
            "text": turn.text,
        }
