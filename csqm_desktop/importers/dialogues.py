"""Dialogue data of any project: conversations as lists of turns, mostly without times and often without ids.

MultiWOZ, SGD, Taskmaster, ABCD, CrossWOZ, RiSAWOZ and their kin have a speaker and a text for each turn and little
else; no two write it alike. So this reader knows no project: ``dialogue_walk`` finds conversations wherever they lie,
``dialogue_turns`` their turns in any notation, ``dialogue_roles`` who is who. Times are made up (``undated.Undated``)
where there are none. Conversations that tables' readers understand, with times and roles, are left to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.charset import BAD_BYTE
from csqm_desktop.importers.dialogue_lines import DialogueLines
from csqm_desktop.importers.dialogue_rows import Found, TurnRows, has_odd_time, is_clock, own_id, time_of
from csqm_desktop.importers.dialogue_turns import is_list_name, is_told, voices
from csqm_desktop.importers.dialogue_walk import Walk, conversations
from csqm_desktop.importers.dialogue_words import LISTS, is_role_word
from csqm_desktop.importers.json_text import JsonText
from csqm_desktop.importers.json_walk import Beginning, sample_text
from csqm_desktop.importers.lines import TextStream
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow, text_file
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import DamageGuard
from csqm_desktop.importers.talk_tables import TalkTable
from csqm_desktop.importers.undated import ANSWERERS
from csqm_desktop.importers.words import ROLE_VALUES, normal

CONFIDENCE = 0.92  # above tables, which would miss their columns, below products
_UNSURE = 0.4  # tables do as well
_SEATS = ("0", "1")  # the two sides of a talk
_SAMPLE = 20  # conversations


class _Nested:
    """The importer of dialogue data in JSON."""

    name = "dialogues"
    endings = (".json", ".jsonl", ".ndjson", ".txt")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when conversations have turns that a table's reader could make nothing of."""
        found = _sample(source)
        if not found:
            return Sniff(0.0, "no")
        wanted = len(voices(found[0][3])) > 1 or sum(map(_needs_this, found)) * 2 >= len(found)
        _, key, record, turns = found[0]
        name = next((name for name in record if normal(name) in LISTS), key)
        seen = ", ".join(list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))[:3])
        return Sniff(CONFIDENCE if wanted else _UNSURE, "turns", (f"{name}: {seen}" if seen else name,))

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open a file of conversations; of voices a person must say who they are."""
        source.require_text()
        heard = list(dict.fromkeys(name for *_, turns in _sample(source) for name in voices(turns)))
        given = set(map(normal, options.mapping.roles)) if options.mapping else set()
        if len(heard) > 1 and not given & set(map(normal, heard)):
            raise CsqmError("import_voices", file=str(source.path), names=", ".join(heard[:5]), first=heard[0])
        return text_file(self.name, source, options, lambda stream: _rows(source, stream, options))


class Dialogues:
    """The importer of dialogue data: JSON, plain lines, or tables with a conversation in a cell."""

    name = "dialogues"
    endings = (".json", ".jsonl", ".ndjson", ".txt", ".tsv", ".csv")

    def sniff(self, source: SourceFile) -> Sniff:
        """The surest of all."""
        return max((layout.sniff(source) for layout in _LAYOUTS), key=lambda sniff: sniff.confidence)

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open a file of conversations."""
        nested, lines, table = _LAYOUTS
        if sample_text(source):
            return nested.open(source, options)
        return (table if table.sniff(source).confidence > 0 else lines).open(source, options)


_LAYOUTS = (_Nested(), DialogueLines(), TalkTable())
IMPORTER = Dialogues()


def _sample(source: SourceFile) -> list[Found]:
    """The first conversations in the file's beginning."""
    text = sample_text(source)
    if not text:
        return []
    found: list[Found] = []
    try:
        for item in Walk(JsonText(Beginning(source, text)), eager=True).documents():
            if not isinstance(item, RejectedRow):
                found.append(item)
            if len(found) == _SAMPLE:
                break
    except CsqmError:
        pass  # the text is only a beginning
    return found


def _needs_this(found: Found) -> bool:
    """Whether there is anything that the general readers could not tell."""
    _, key, record, turns = found
    if not is_told(turns):
        return False
    speakers = {normal(turn.speaker) for turn in turns if turn.speaker}
    timed = all(time_of(turn.facts) is not None or has_odd_time(turn.facts) for turn in turns)
    if any(is_clock(time_of(turn.facts)) for turn in turns) or any(
        isinstance(value, str) and is_list_name(name) for name, value in record.items()
    ):
        return True
    if not timed:
        return len(turns) > 1 or bool(speakers)
    known = all(is_role_word(name) or name in _SEATS for name in speakers) and bool(speakers)
    plain = all(name in ROLE_VALUES for name in speakers) and not speakers & ANSWERERS
    return known and (bool(key) or not plain or not own_id(record))


def _rows(source: SourceFile, stream: TextStream, options: ReadOptions) -> Iterator[NeutralRow | RejectedRow]:
    guard = DamageGuard(source, stream.charset.name)
    rows = TurnRows(source, options)
    for found in conversations(source, stream, guard):
        if isinstance(found, RejectedRow):
            yield found
            continue
        for values in rows.messages(found):
            if stream.damaged and BAD_BYTE in values["text"]:
                yield guard.reject(found[0], values["text"])
            else:
                guard.passed()
                yield found[0], values
