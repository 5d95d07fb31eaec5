"""The turns of a conversation in the ways that dialogue data writes them, without any product's name.

Known are objects with a speaker and a text, pairs ``[speaker, text]``, plain texts that take turns, texts that begin
with their speaker (``agent: …``), objects with both sides of a round, and one text with a speaker on each line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from csqm_desktop.importers.chat_templates import said_in
from csqm_desktop.importers.dialogue_names import name_in
from csqm_desktop.importers.dialogue_words import (
    DESK_LISTS,
    FILES,
    FLAGS,
    LISTS,
    PEOPLE,
    PERSON_IDS,
    PERSON_ROLES,
    ROUNDS,
    SAYINGS,
    SEVERAL,
    SPEAKERS,
    TALKS,
    TEMPLATED,
    TEXTS,
    TIMES,
    TURN_IDS,
    is_role_word,
)
from csqm_desktop.importers.neutral import file_names, key_of, mapping_of
from csqm_desktop.importers.words import normal

_LOOKED_AT = 12  # turns from which a notation is told
_NUMBERED = re.compile(r"(?:turn|round|msg|message|utterance)[_ ]?\d{1,5}", re.IGNORECASE)
_LONG_KEY = 16  # characters of a key that no person thought of
_SIDES: Mapping[object, str] = {0: "bot", 1: "user"}  # as Copilot Studio writes them
_ABOUT_LAST = re.compile(r"last|latest|recent|pinned|first|preview|reply|quoted", re.IGNORECASE)
_PREFIX = re.compile(r"\s*([^\s:：][^:：\n]{0,38}?)\s*[:：](?!//)\s*(.*)", re.DOTALL)
_LINE_PREFIX = re.compile(r"^[ \t]*([^\s:：][^:：\n]{0,38}?)[ \t]*[:：](?!//)[ \t]*(.*)$")
_MAY_NAME = re.compile(
    r"name|user|author|creat[eo]r|sender|from|who|agent|role|person|speaker|account|owner|participant|visitor|customer"
    r"|client|kind|^type|direction|客|人$"
)
_MOSS = re.compile(r"<\|(?:Human|MOSS)\|>: ?|<eo[hm]>")
_QUOTES = ('""', "“”", "''", "「」")
_JSON_LIST = re.compile(r"\s*\[\s*(?:[{\[\"]|\])")
_FILE_NAMES = ("name", "file_name", "filename", "fileName", "title", "url", "src", "type")
_EMPHASIS = dict.fromkeys(map(ord, "*_#"))
_VOICE = re.compile(r"(?:speaker|spk|voice|channel|说话人|发言人)?[ _-]?(?:[A-Z]|\d{1,2})", re.IGNORECASE)
_TELLS_APART = re.compile(
    r"id$|idx$|customer|user|phone|mail|room|channel|ticket|session|conversation|dialog|chat|number|contact|^to$"
    r"|recipient|receiver|会话|对话|手机|电话"
)

Record = dict[str, Any]


@dataclass(slots=True)
class Turn:
    """What was said: the speaker as the file calls him, None where it does not say, and the turn's other facts."""

    speaker: str | None
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[str] = ()

    @property
    def name(self) -> str:
        """What the speaker is called, where the turn says that beside a role."""
        return name_in(self.facts)


def turns_of(record: Mapping[str, Any]) -> list[Turn]:
    """The turns of a conversation, those under the best known name if it has several lists; none if it has none."""
    for key in sorted(filter(is_list_name, record), key=lambda name: LISTS[normal(name)]):
        if found := _turns_in(key, record[key]):
            return _with_people(found, record)
    texts = (value for key, value in record.items() if is_template_name(key) and isinstance(value, str))
    return next((found for text in texts if (found := templated(text))), [])


def is_template_name(key: str) -> bool:
    """Whether a chat with a model's marks in one text may lie under this name."""
    return normal(key) in TEMPLATED


def templated(text: str) -> list[Turn]:
    """The turns of a text with the marks of a language model."""
    return [Turn(who, said) for who, said in said_in(text) if said]


def _turns_in(key: str, value: object) -> list[Turn]:
    if normal(key) in DESK_LISTS and not _is_of_desk(value[0] if isinstance(value, list) and value else None):
        return []
    if isinstance(value, str):
        value = _unquoted(value)
    if isinstance(value, str):
        return (templated(value) or _lines(value)) if normal(key) in TALKS else []
    return _listed(value)


def _unquoted(text: str) -> object:
    """The list that a text holds as JSON, as stores without lists keep it; other texts as they are."""
    if not _JSON_LIST.match(text):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _with_people(turns: list[Turn], record: Mapping[str, Any]) -> list[Turn]:
    """Ids of speakers as what the conversation's list of people says they are."""
    known: dict[str, str] = {}
    for key, value in record.items():
        for person in value if normal(key) in PEOPLE and isinstance(value, list) else []:
            if isinstance(person, dict):
                facts = {normal(name): key_of(fact) for name, fact in person.items()}
                who = next((facts[name] for name in PERSON_IDS if facts.get(name)), "")
                role = next((facts[name] for name in PERSON_ROLES if is_role_word(facts.get(name, ""))), "")
                known |= {who: role} if who and role else {}
    for turn in turns:
        turn.speaker = known.get(turn.speaker or "", turn.speaker)
    return turns


def is_list_name(key: str) -> bool:
    """Whether turns may lie under this name."""
    return normal(key) in LISTS


def begins_turns(key: str, first: object) -> bool:
    """Whether a list under ``key`` whose first element is ``first`` may hold turns."""
    if not is_list_name(key):
        return False
    if normal(key) in DESK_LISTS:
        return _is_of_desk(first)
    if isinstance(first, dict):
        return not _is_of_several(first) and (bool(_round(first)) or _text_key(first) is not None)
    return isinstance(first, str) or _is_pair(first)


def _is_of_desk(first: object) -> bool:
    """Whether a ticket's list begins with what somebody said: notes and parts may be anything."""
    return isinstance(first, dict) and (turn := _turn(first)) is not None and turn.speaker is not None


def is_told(turns: Sequence[Turn]) -> bool:
    """Whether it is known who speaks: by a word for each, or because nothing in the turns could name anybody."""
    if any(turn.speaker for turn in turns):
        return not voices(turns)
    return not any(_MAY_NAME.search(normal(key)) for turn in turns[:_LOOKED_AT] for key in turn.facts)


def voices(turns: Sequence[Turn]) -> list[str]:
    """What a program calls the voices that it told apart; nothing where anybody else speaks."""
    heard = bool(turns) and all(_is_heard(turn) for turn in turns)
    return list(dict.fromkeys(turn.speaker or "" for turn in turns)) if heard else []


def _is_heard(turn: Turn) -> bool:
    """Whether a program told voices apart: letters and numbers say nothing, and who calls does not speak first."""
    return turn.speaker is not None and is_voice(turn.speaker) and {"start", "end"} <= set(map(normal, turn.facts))


def is_voice(name: str) -> bool:
    """Whether a speaker is called by a letter or a number, as programs call the voices that they tell apart."""
    return _VOICE.fullmatch(name.strip("[]<> ")) is not None


def bare_turns(items: object) -> list[Turn]:
    """The turns of a list of plain texts that has no name; none where it is anything else."""
    fits = isinstance(items, list) and len(items) > 1 and all(isinstance(item, str) for item in items)
    return _texts(items) if fits and isinstance(items, list) else []


def spoken(line: str) -> tuple[str, str] | None:
    """Who says what, where a line begins with its speaker."""
    match = _LINE_PREFIX.match(line.translate(_EMPHASIS) if line.lstrip()[:1] in "*_#" else line)
    return (match[1].strip(), match[2]) if match else None


def is_loose(item: Record) -> bool:
    """Whether an object can be a turn of a file that is one conversation: it has nothing that tells several apart."""
    turn = _turn(item)
    if turn is None or turn.speaker is None or not is_role_word(turn.speaker):
        return False
    return not any(_TELLS_APART.search(key) for key in map(normal, item) if key not in (*TURN_IDS, *SPEAKERS))


def is_made_up(key: str) -> bool:
    """Whether a key is one thing's own and no name of a field."""
    return key.startswith("-") or any(map(str.isdigit, key)) or (len(key) >= _LONG_KEY and key.isalnum())


def is_keyed_turn(key: str, item: Record) -> bool:
    """Whether an object under a key of its own is a turn, as databases of phones keep messages under made up keys."""
    if not is_made_up(key) or _ABOUT_LAST.match(key) or _text_key(item) is None:
        return False
    return _speaker(item) is not None or any(normal(name) in TIMES for name in item)


def loose_turns(items: Sequence[Any]) -> list[Turn]:
    """The turns of a file that is one conversation."""
    return [turn for item in items if isinstance(item, dict) and (turn := _turn(item)) is not None]


def _listed(value: object) -> list[Turn]:
    if isinstance(value, dict) and value and all(_NUMBERED.fullmatch(key) for key in value):
        value = list(value.values())  # turn_1, turn_2, …
    if not isinstance(value, list) or not value:
        return []
    if isinstance(value[0], str):
        return bare_turns(value)
    if _is_pair(value[0]):
        return [Turn(pair[0], pair[1]) for pair in value if _is_pair(pair)]
    objects = [item for item in value if isinstance(item, dict) and not _is_of_several(item)]
    return _rounds(objects) or [turn for item in objects if (turn := _turn(item)) is not None]


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


def _turn(item: Record) -> Turn | None:
    """A turn that is an object; None for what nobody said."""
    if _is_of_several(item) or key_of(item.get("Action")) == "instruct":  # STAR tells its people what to do
        return None
    key, files, speaker = _text_key(item), _files(item), _speaker(item)
    if key is None and (not files or speaker is None):
        return None
    return Turn(speaker, "" if key is None else _said(item[key]), item, files)


def _files(item: Record) -> list[str]:
    """The names of what was sent beside the text."""
    sent = [value for key, value in item.items() if value and normal(key) in FILES]
    return [name for value in sent for name in file_names(value if isinstance(value, list) else [value], *_FILE_NAMES)]


def _text_key(item: Record) -> str | None:
    known = {normal(key): key for key in item}
    return next((known[name] for name in TEXTS if name in known and _said(item[known[name]])), None)


def _is_of_several(item: Record) -> bool:
    return any(normal(key) in SEVERAL for key in item)


def _said(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in SAYINGS if isinstance(value.get(name), str)), "")
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return " ".join(value)
    return value if isinstance(value, str) else ""


def _speaker(item: Record) -> str | None:
    known = {normal(key): key for key in item}
    for name, (yes, no) in FLAGS.items() if known.keys() & FLAGS.keys() else ():
        flag = item.get(known.get(name, ""))
        if flag is True or flag is False:
            return yes if flag else no
    for name in SPEAKERS:
        value = item.get(known.get(name, ""))
        if isinstance(value, dict):
            value = _of_person(value)
        if name == "turn" and key_of(value).isdigit():
            continue  # its number
        if isinstance(value, str | int) and not isinstance(value, bool) and key_of(value):
            return key_of(value)
    return None


def _of_person(person: Record) -> object:
    """The role of who is described by an object, else the name."""
    kind = key_of(person.get("type"))
    role = _SIDES.get(person.get("role"), person.get("role")) or (kind if is_role_word(kind) else "")
    return role or person.get("name") or person.get("id")


def _rounds(items: Sequence[Record]) -> list[Turn]:
    """Both sides of each round; where the first has no answer but later ones do, answers precede questions."""
    sides = next((found for item in items[:_LOOKED_AT] if (found := _round(item))), None)
    if sides is None:
        return []
    asked, answered = sides
    late = not _at(items[0], answered) and any(_at(item, answered) for item in items[1:])
    order = (("bot", answered), ("user", asked)) if late else (("user", asked), ("bot", answered))
    return [
        Turn(who, text) for item in items for who, path in order if (text := _MOSS.sub("", _at(item, path)).strip())
    ]


def _round(item: Record) -> tuple[str, str] | None:
    return next(((ask, answer) for ask, answer in ROUNDS if _has(item, ask) and _has(item, answer)), None)


def _has(item: Record, path: str) -> bool:
    holder, _, name = path.rpartition(".")
    return name in (mapping_of(item.get(holder)) if holder else item)


def _at(item: Record, path: str) -> str:
    holder, _, name = path.rpartition(".")
    return _said((mapping_of(item.get(holder)) if holder else item).get(name))


def _texts(items: Sequence[str]) -> list[Turn]:
    """Plain texts, which take turns unless most of them begin with the word for a role."""
    found = [_PREFIX.fullmatch(item) for item in items]
    if all(match and is_role_word(match[1]) for match in found[:_LOOKED_AT]):
        return [
            Turn(match[1], match[2]) if match else Turn(None, item) for match, item in zip(found, items, strict=True)
        ]
    return [Turn(None, item) for item in items]


def _lines(text: str) -> list[Turn]:
    """A talk in one text with ``name: text`` on its lines; a line without a name goes on with the one above."""
    found: list[Turn] = []
    names: set[str] = set()
    for line in text.splitlines():
        match = _LINE_PREFIX.match(line)
        if match and match[2]:
            names.add(match[1])
            found.append(Turn(match[1], match[2]))
        elif found and line.strip():
            found[-1].text += "\n" + line.strip()
        elif line.strip():
            return []
    if all(len(turn.text) > 1 and turn.text[0] + turn.text[-1] in _QUOTES for turn in found):
        for turn in found:
            turn.text = turn.text[1:-1]
    talk = 1 < len(names) <= max(2, len(found) // 2) or any(map(is_role_word, names))
    return found if talk and len(found) > 1 else []
