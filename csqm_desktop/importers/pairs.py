"""Questions with their answers: a row is a conversation of two messages, or a round of the conversation it names.

Columns are told by name (``question``/``answer``, ``instruction``/``output``, 问题/回答). Read as text tables and JSON;
workbooks and Parquet files that are nothing else come here too (``instead_of``). Whose answer it is, is seldom told:
it counts as a bot's unless the column says otherwise. Earlier rounds may stand beside it (``history``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.importers import mapping as columns
from csqm_desktop.importers import talk_tables
from csqm_desktop.importers.base import ReadOptions, Sniff
from csqm_desktop.importers.chat_templates import is_marked, rounds_before, unmarked
from csqm_desktop.importers.delimited import IMPORTER as TABLES
from csqm_desktop.importers.flat_table import Product, header_of
from csqm_desktop.importers.json_walk import Converter, JsonLayout, sample
from csqm_desktop.importers.mapping import ColumnMapping
from csqm_desktop.importers.neutral import NeutralFile, NeutralRow, content_id, key_of
from csqm_desktop.importers.records import as_text
from csqm_desktop.importers.source import SourceFile
from csqm_desktop.importers.table import TableFile
from csqm_desktop.importers.times import TimeProblem, Times, parse_timezone
from csqm_desktop.importers.undated import Places, Undated
from csqm_desktop.importers.words import ROLE_VALUES, normal

CONFIDENCE = 0.92  # above tables, which would miss their columns, below products
_ASK = (
    "instruction", "question", "query", "prompt", "问题", "问", "提问", "用户问题", "客户问题", "买家问题",
    "咨询内容",
    "ticket_description", "question_text", "customer_query", "customer_question", "user_query", "user_message",
    "request", "human",
    "user_input", "user_msg", "user_text", "user_question", "customer_message", "customer_input", "customer_msg",
    "client_message", "body", "questions", "input",
)  # fmt: skip
_ANSWER = {
    "output": Role.BOT, "response": Role.BOT, "answer": Role.BOT, "completion": Role.BOT, "chosen": Role.BOT,
    "reply": Role.BOT, "answers": Role.BOT, "回答": Role.BOT, "答案": Role.BOT, "答": Role.BOT, "回复": Role.BOT,
    "bot_reply": Role.BOT, "bot_message": Role.BOT, "机器人回复": Role.BOT, "bot_response": Role.BOT,
    "bot_msg": Role.BOT, "bot_answer": Role.BOT, "bot_text": Role.BOT, "chatbot_response": Role.BOT,
    "ai_response": Role.BOT, "model_response": Role.BOT, "assistant_response": Role.BOT, "ai_reply": Role.BOT,
    "answer_text": Role.BOT, "assistant": Role.BOT, "target": Role.BOT, "human_answers": Role.AGENT,
    "resolution": Role.AGENT, "客服回答": Role.AGENT, "客服回复": Role.AGENT, "卖家回复": Role.AGENT,
    "回复内容": Role.AGENT,
    "agent_response": Role.AGENT, "agent_reply": Role.AGENT, "support_response": Role.AGENT,
    "agent_message": Role.AGENT, "agent_msg": Role.AGENT, "agent_answer": Role.AGENT,
}  # fmt: skip
_ASKS = tuple(map(normal, _ASK))
_ANSWERS = {normal(name): role for name, role in _ANSWER.items()}
_SHAPES = 1000  # different sets of columns of records
_MORE = ("input",)  # what an instruction is about, stands below it
_FACTS = ("channel", "shop", "product", "order_id", "rating", "intent")

Sides = tuple[str, str, Role]


def sides_of(headers: Sequence[str]) -> Sides | None:
    """The column of questions, that of answers, and whose answers they are; None where there are no two such."""
    known = {normal(name): name for name in reversed(headers)}
    ask = next((known[name] for name in _ASKS if name in known), None)
    answer = next((name for name in _ANSWERS if name in known), None)
    return (ask, known[answer], _ANSWERS[answer]) if ask and answer else None


def _has_role(headers: Sequence[str]) -> bool:
    """Whether a column says who wrote; one called ``type`` need not."""
    return normal(columns.guess(headers).fields.get("role", "type")) not in columns.WEAK_ROLE_HEADERS


def instead_of(table: TableFile, source: SourceFile, options: ReadOptions) -> TableFile | NeutralFile:
    """The table, or its conversations or its questions and answers where it has no messages but those."""
    if (talks := talk_tables.instead_of(table, source, options)) is not None:
        return talks
    found = table.recognition
    given = options.mapping is not None and bool(options.mapping.fields)
    if given or "role" not in found.missing or sides_of(found.headers) is None:
        return table
    return _opened(table, source, options)


def _opened(table: TableFile, source: SourceFile, options: ReadOptions) -> NeutralFile:
    rounds = _Rounds(source, options)
    headers = table.recognition.headers

    def rows() -> Iterator[NeutralRow | RejectedRow]:
        for entry in table.rows():
            if isinstance(entry, RejectedRow):
                yield entry
            else:
                for values in rounds.of(dict(zip(headers, entry[1], strict=False))):
                    yield entry[0], values

    return NeutralFile(source, rows(), options, table.recognition, lambda: table.bytes_done, table.close)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column of a row holds what."""

    ask: str
    answer: str
    role: Role
    fields: Mapping[str, str]  # of the neutral layout, beside question and answer
    own_id: str = ""


def _columns_of(headers: tuple[str, ...]) -> _Columns | None:
    sides = sides_of(headers)
    if sides is None:
        return None
    guessed = columns.guess([name for name in headers if name not in sides[:2]]).fields
    own = next((name for name in headers if normal(name) in ("id", "uuid", "编号", "序号")), "")
    return _Columns(*sides, guessed, own)


class _Rounds:
    """Rows to messages."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        mapping = options.mapping or ColumnMapping()
        self._stem = source.path.stem
        self._undated = Undated(source, options)
        self._times = Times(parse_timezone(options.timezone or mapping.timezone), mapping.day_first)
        self._places = Places()
        self._known: dict[tuple[str, ...], _Columns | None] = {}

    def of(self, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The messages of a row; a side that is empty is left out."""
        headers = tuple(row)
        if headers not in self._known and len(self._known) < _SHAPES:
            self._known[headers] = _columns_of(headers)
        found = self._known.get(headers)
        if found is None:
            yield _nothing(key_of(row.get("id")))
            return
        asked = _asked(row, found.ask)
        said = [
            *(_before(asked, found.role) or [(Role.CUSTOMER, asked)]),
            (found.role, _answered(row, found.answer)),
        ]
        said = [entry for entry in [*_history(row, found.role), *said] if entry[1].strip()]
        if not said and any(as_text(value).strip() for value in row.values()):
            yield _nothing(key_of(row.get(found.own_id)))
            return
        given = key_of(row.get(found.fields.get("conversation_id", "")))
        conversation = given or self._name(key_of(row.get(found.own_id)), said)
        start = row.get(found.fields.get("sent_at", ""))
        facts = {name: row[found.fields[name]] for name in _FACTS if name in found.fields}
        for position, (who, text) in enumerate(said):
            place = self._places.next(conversation) if given else position
            yield {
                **facts,
                "conversation_id": conversation,
                "message_id": str(place + 1),
                "sent_at": self._undated.at(place) if start in (None, "") else self._at(start, who),
                "role": who,
                "text": text,
            }

    def _name(self, own: str, said: Sequence[tuple[Role, str]]) -> str:
        return (f"{self._stem}-{own}" if own.isdigit() else own) or content_id([text for _, text in said])

    def _at(self, start: object, who: Role) -> object:
        """An answer comes a second after its question."""
        try:
            return self._times.parse(start) + timedelta(seconds=int(who is not Role.CUSTOMER))
        except (TimeProblem, OverflowError):
            return start  # refused later, with its value


def _asked(row: Mapping[str, Any], ask: str) -> str:
    more = [_text(value) for name, value in row.items() if normal(name) in _MORE and name != ask]
    return "\n".join(filter(str.strip, [_text(row[ask]), *more]))


def _nothing(own: str) -> dict[str, Any]:
    """A message without words, which is refused: so that a row with neither side is not lost unseen."""
    return {"conversation_id": own or "-", "role": Role.CUSTOMER, "sent_at": "", "text": ""}


def _answered(row: Mapping[str, Any], answer: str) -> str:
    text = _text(row[answer])
    return unmarked(text) if is_marked(text) else text


def _before(asked: str, role: Role) -> list[tuple[Role, str]]:
    """The rounds within a question, as data of many rounds has them: ``Human: … Assistant: … Human: …``."""
    return [(ROLE_VALUES.get(normal(who), role), text) for who, text in rounds_before(asked)]


def _history(row: Mapping[str, Any], role: Role) -> list[tuple[Role, str]]:
    rounds = next((value for name, value in row.items() if normal(name) == "history"), None)
    pairs = [pair for pair in rounds if isinstance(pair, list)] if isinstance(rounds, list) else []
    return [(who, _text(text)) for pair in pairs for who, text in zip((Role.CUSTOMER, role), pair, strict=False)]


def _text(value: object) -> str:
    while isinstance(value, list):
        value = next((item for item in value if isinstance(item, str | list)), "")  # several answers: the first
    return as_text(value) if not isinstance(value, dict) else ""


class _Table:
    """Text tables."""

    name = "pairs"
    endings = (".csv", ".tsv")

    def sniff(self, source: SourceFile) -> Sniff:
        """Sure when the header has a question and an answer and no role."""
        header = header_of(source) if source.binary_kind is None else []
        sides = sides_of(header)
        if sides is None or _has_role(header):
            return Sniff(0.0, "no")
        return Sniff(CONFIDENCE, "pairs", sides[:2])

    def open(self, source: SourceFile, options: ReadOptions) -> NeutralFile:
        """Open a table; a mapping's columns do not apply."""
        table = TABLES.open(source, ReadOptions(None, options.encoding, options.timezone))
        table.recognition = replace(table.recognition, format=self.name)
        return _opened(table, source, options)


class _Objects(Converter):
    """Records with both sides."""

    def __init__(self, source: SourceFile, options: ReadOptions) -> None:
        super().__init__(source, options)
        self._rounds = _Rounds(source, options)
        lines = sample(source).lines and len(source.head_lines(options.encoding)) > 1
        self._alone = lines or source.head_text(options.encoding).lstrip().startswith("[")

    def rows(self, key: str, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """A question and its answer; what lies around arrays of them has neither."""
        if key or self._alone or sides_of(list(record)) is not None:
            yield from self._rounds.of(record)


class _Json(JsonLayout):
    name = "pairs"
    endings = (".json", ".jsonl", ".ndjson")
    arrays = frozenset(
        {"data", "items", "examples", "train", "test", "rows", "faq", "faqs", "questions", "qa", "pairs"}
    )
    converter = _Objects

    def sniff(self, source: SourceFile) -> Sniff:
        """As for products, but not as sure."""
        found = super().sniff(source)
        return Sniff(min(found.confidence, CONFIDENCE), "pairs" if found.evidence else found.reason, found.evidence)

    def is_whole(self, record: dict[str, Any]) -> bool:
        """A question with its answer."""
        return sides_of(list(record)) is not None

    def evidence(self, _key: str, record: dict[str, Any]) -> str:
        """Both sides, as texts, and no list of messages beside them."""
        sides = sides_of(list(record))
        if sides is None or _has_role(list(record)) or "messages" in record:
            return ""
        return f"{sides[0]}, {sides[1]}" if _text(record[sides[0]]) and _text(record[sides[1]]) else ""


IMPORTER = Product("pairs", (_Json(), _Table()), (".csv", ".tsv", ".json", ".jsonl"))
