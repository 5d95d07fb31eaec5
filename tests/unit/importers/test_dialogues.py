"""Dialogue data without times: conversations wherever they lie, turns in any notation, who is who."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from csqm_desktop.domain.conversation import RejectedRow
from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping
from tests.unit.importers.samples import messages, table, turn, turns, write

START = mapping.from_json({"start": "2026-09-01T08:00:00+00:00"})

USER, SYSTEM = {"speaker": "USER", "utterance": "hi"}, {"speaker": "SYSTEM", "utterance": "hello"}


def _file(folder: Path, document: object) -> Path:
    return write(folder / "talks.json", json.dumps(document, ensure_ascii=False, indent=1))


def test_turns_keep_their_order_and_get_no_times_of_their_own() -> None:
    assert turns("dialogues_turns.json", mapping=START)[:4] == [
        ("TEA0001.json", "customer", "2026-09-01 08:00:00", "", "Is the glass teapot in stock?"),
        ("TEA0001.json", "bot", "2026-09-01 08:00:01", "", "Yes, two of them. Shall I keep one for you?"),
        ("TEA0001.json", "customer", "2026-09-01 08:00:02", "", "Please do."),
        ("TEA0002.json", "customer", "2026-09-01 08:00:00", "", "Where is my parcel?"),
    ]
    assert [m.message_id for m in messages("dialogues_turns.json")] == ["0", "1", "2", "0", "1"]


def test_conversations_under_their_ids() -> None:
    assert [said[:2] + said[4:] for said in turns("dialogues_by_id.json")] == [
        ("dialogues_by_id-101", "customer", "白瓷杯多少钱？"), ("dialogues_by_id-101", "bot", "三十九元一只。"),
        ("dialogues_by_id-102", "customer", "可以退吗？"), ("dialogues_by_id-102", "bot", "七天内可以。"),
    ]  # fmt: skip


def test_a_talk_in_one_text() -> None:
    assert [said[:2] + said[4:] for said in turns("dialogues_texts.jsonl")][:3] == [
        ("call-7", "agent", "Good morning, this is the tea shop."),
        ("call-7", "customer", "The lid of my pot is cracked.\nIt came like that."),
        ("call-7", "agent", "I will send you a new one."),
    ]


@pytest.mark.parametrize(
    ("document", "sides"),
    [
        ({"D1": {"goal": {"message": ["You want tea"]}, "log": [{"text": "hi", "metadata": {}}, {"text": "hello"}]}},
         "cb"),
        ([{"conversation_id": "d", "utterances": [{"index": 0, "speaker": "ASSISTANT", "text": "hello"},
                                                  {"index": 1, "speaker": "USER", "text": "hi"}]}], "bc"),
        ({"train": [{"convo_id": 1, "scenario": {"order": {"id": "1"}}, "delexed": [{"speaker": "agent", "text": "x"}],
                     "original": [["agent", "hello"], ["customer", "hi"], ["action", "looked up"]]}], "dev": []},
         "acs"),
        ([{"dialogue_id": "g", "dialogue": [{"turn_id": 0, "user_utterance": "hi", "system_utterance": "hello"}]}],
         "cb"),
        ([{"dialogue_id": 0, "dial": [{"turn": 0, "usr": {"transcript": "hi"}, "sys": {"sent": "hello"}}]}], "cb"),
        ([{"dialogue_idx": 0, "dialogue": [{"transcript": "hi", "system_transcript": ""},
                                           {"transcript": "bye", "system_transcript": "hello"}]}], "cbc"),
        ([{"dialogue": [{"turn": "driver", "data": {"utterance": "hi"}},
                        {"turn": "assistant", "data": {"utterance": "hello"}}]}], "cb"),
        ({"dial_data": {"tax": {"Doc": [{"dial_id": "9", "turns": [{"role": "user", "utterance": "hi"},
                                                                   {"role": "agent", "utterance": "hello"}]}]}}}, "ca"),
        ([{"id": "m", "user_id": "b", "bot_id": "a", "turns": ["hello, what can I do?", "hi"]}], "bc"),
        ([{"dialogue": ["customer: hi", "agent: hello: sir"]}], "ca"),
        ([["hi", "hello", "bye"]], "cbc"),
        ([{"Dialogue": [{"turn": 0, "speaker": "Q", "utterance": "hi"},
                        {"turn": 1, "speaker": "A", "utterance": "yes"}]}],
         "ca"),
        ({"D1": {"Events": [{"Agent": "User", "Text": "hi"}, {"Agent": "Wizard", "Text": "hello"},
                            {"Agent": "Wizard", "KB": "x"}]}}, "ca"),
        ([{"conversationId": "3", "initiatorWorkerId": 8, "messages": [
            {"timeOffset": 0, "text": "hello", "senderWorkerId": 9},
            {"timeOffset": 5, "text": "hi", "senderWorkerId": 8}]}],
         "ac"),
        ({"Transcript": [{"BeginOffsetMillis": 160, "Content": "hello", "ParticipantId": "AGENT"},
                         {"BeginOffsetMillis": 9000, "Content": "hi", "ParticipantId": "CUSTOMER"}]}, "ac"),
        ([{"speaker": "Agent", "text": "hello"}, {"speaker": "Customer", "text": "hi"}], "ac"),
        ({"Participants": [{"ParticipantId": "A1", "ParticipantRole": "AGENT"},
                           {"ParticipantId": "C1", "ParticipantRole": "CUSTOMER"}], "Version": "1.1.0",
          "Transcript": [{"ParticipantId": "A1", "Id": "1", "Content": "hello"},
                         {"ParticipantId": "C1", "Id": "2", "Content": "hi"}]}, "ac"),
        ({"turns": [{"speaker": "system", "text": "be kind"}, {"speaker": "user", "text": "hi"}]}, "sc"),
        ({"turns": [{"speaker": "user", "text": "hi"}, {"speaker": "system", "text": "handed over"},
                    {"speaker": "agent", "text": "hello"}]}, "csa"),
        ([{"chosen": "\n\nHuman: hi\n\nAssistant: hello\nyou", "rejected": "\n\nHuman: hi\n\nAssistant: no"}], "cb"),
        ({"t_1": {"content": [{"message": "hi", "agent": "agent_1"}, {"message": "yes", "agent": "agent_2"}]}}, "ca"),
        ({"session-id": "v1", "turns": [{"output": {"transcript": "welcome"}, "input": {}},
                                        {"output": {"transcript": "which food?"}, "input": {}}]}, "bb"),
        ({"turns": [{"speaker": "Anna", "text": "hi"}, {"speaker": "Lee", "text": "hello"}]}, "ca"),
    ],
)  # fmt: skip
def test_notations(tmp_path: Path, document: Any, sides: str) -> None:
    path = _file(tmp_path, document)
    assert base.recognise(path).format == "dialogues"
    found = messages(path)
    assert "".join(message.role.value[0] for message in found) == sides
    assert len({message.conversation_id for message in found}) == 1
    assert [message.sent_at for message in found] == sorted(message.sent_at for message in found)


def test_offsets_count_from_the_start(tmp_path: Path) -> None:
    said = [{"BeginOffsetMillis": at, "Content": "hi", "ParticipantId": "AGENT"} for at in (160, 64_000)]
    found = turns(_file(tmp_path, {"Transcript": said}), mapping=START)
    assert [entry[2] for entry in found] == ["2026-09-01 08:00:00", "2026-09-01 08:01:04"]


def test_a_turn_without_a_time_has_that_of_the_one_before(tmp_path: Path) -> None:
    said = [USER | {"timestamp": 1788249903}, SYSTEM, USER | {"timestamp": 1788249999}]
    found = turns(_file(tmp_path, [{"id": "x", "turns": said}]))
    assert [entry[2][11:] for entry in found] == ["08:05:03", "08:05:03", "08:06:39"]


def test_a_person_knows_better_who_is_who(tmp_path: Path) -> None:
    path = _file(tmp_path, [{"id": "x", "turns": [USER, SYSTEM]}])
    given = mapping.from_json({"roles": {"system": "agent"}})
    assert [entry[1] for entry in turns(path, mapping=given)] == ["customer", "agent"]


@pytest.mark.parametrize(
    "document",
    [
        [{"id": "x", "messages": [{"author": "Anna", "text": "hi", "time": "2026-09-01T08:00:00Z"},
                                  {"author": "Lee", "text": "hello", "time": "2026-09-01T08:01:00Z"}]}],
        [{"id": "x", "messages": [{"role": "customer", "text": "hi", "time": "2026-09-01T08:00:00Z"},
                                  {"role": "agent", "text": "hello", "time": "2026-09-01T08:01:00Z"}]}],
    ],
)  # fmt: skip
def test_what_has_times_is_left_to_the_readers_that_ask(tmp_path: Path, document: object) -> None:
    """Names with times may be anybody: the page asks which column is the role."""
    assert base.recognise(_file(tmp_path, document)).format == "json"


def test_a_broken_line_costs_one_conversation(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"d{n}", "turns": [USER, SYSTEM]}) for n in range(3)]
    path = write(tmp_path / "a.jsonl", "\n".join([lines[0], lines[1][:-9], lines[2]]))
    items = list(base.read(path))
    assert [item.row for item in items if isinstance(item, RejectedRow)] == [2]
    assert len(items) == 5


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_conversation_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    talks = [{"id": "d1", "turns": [USER, SYSTEM]}, {"id": "d2", "turns": [{"a": 1}]}, {"id": "d3", "turns": []}]
    talks += [{"id": "d4", "turns": [USER, SYSTEM]}, {"id": "d5"}]
    text = "\n".join(map(json.dumps, talks)) if name == "a.jsonl" else json.dumps(talks)
    items = list(base.read(write(tmp_path / name, text)))
    refused = [(item.row, item.code) for item in items if isinstance(item, RejectedRow)]
    assert refused == [(2, "row_value_missing"), (5, "row_value_missing")]
    assert len(items) == 2 + 4


def test_a_person_says_whose_the_voices_of_a_call_are(tmp_path: Path) -> None:
    said = [("A", "Tea shop, good morning."), ("B", "My pot is broken."), ("A", "I am sorry.")]
    heard = [{"speaker": who, "text": text, "start": at * 900, "end": at * 900 + 800}
             for at, (who, text) in enumerate(said)]  # fmt: skip
    path = _file(tmp_path, {"id": "call-1", "text": "…", "utterances": heard})
    with pytest.raises(CsqmError) as caught:
        base.read(path)
    assert caught.value.code == "import_voices"
    assert "A, B" in caught.value.what + caught.value.remedy
    known = mapping.from_json({"roles": {"A": "agent", "B": "customer"}})
    assert [message.role.value for message in messages(path, mapping=known)] == ["agent", "customer", "agent"]


def test_a_turn_may_be_a_picture(tmp_path: Path) -> None:
    picture = {"speaker": "USER", "utterance": "", "attachments": [{"url": "https://tea.example/a/lid.png"}]}
    found = messages(_file(tmp_path, [{"id": "d1", "turns": [USER, SYSTEM, picture, SYSTEM]}]))
    assert [(message.role.value, message.text, message.attachments) for message in found][2:] == [
        ("customer", "", ("lid.png",)),
        ("bot", "hello", ()),
    ]


def test_a_conversation_is_known_by_its_content(tmp_path: Path) -> None:
    first = _file(tmp_path, [{"turns": [USER, SYSTEM]}])
    ids = {message.conversation_id for message in messages(first)}
    other = write(tmp_path / "b.json", first.read_bytes())
    assert {turn(message)[0] for message in messages(other)} == ids


def test_plain_lines(tmp_path: Path) -> None:
    assert [said[1:2] + said[4:] for said in turns("dialogues_lines.txt")] == [
        ("customer", "亲 在 吗"), ("agent", "在 的"), ("customer", "今天 发货 吗"), ("agent", "下午 发"),
    ]  # fmt: skip
    assert [said[1:2] + said[4:] for said in turns("dialogues_spoken.txt")] == [
        ("customer", "The lid is loose."), ("agent", "Since when?"), ("customer", "Since it came.\nI have a photo."),
    ]  # fmt: skip
    ends = write(tmp_path / "a.txt", "Hi __eou__ Hello __eou__\nBye __eou__ See you __eou__ Yes __eou__\n")
    assert [said[1] for said in turns(ends)] == ["customer", "agent", "customer", "agent", "customer"]
    stamps = "2004-11-23T11:49:00.000Z\tanna\t\tany idea?\n2004-11-23T11:50:00.000Z\tlee\tanna\ttry again\n"
    found = turns(write(tmp_path / "b.tsv", stamps))
    assert [said[1:] for said in found] == [
        ("customer", "2004-11-23 11:49:00", "anna", "any idea?"), ("agent", "2004-11-23 11:50:00", "lee", "try again"),
    ]  # fmt: skip


TALK = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "it's fine"}]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("transcript", "Customer: hi\nAgent: it's fine"),
        ("messages", json.dumps(TALK)),
        ("conversation", str(TALK)),
        ("dialog", str(["hi", "it's fine"])),
        ("dialogue", "User: hi\nSystem: it's fine"),
    ],
)
def test_a_conversation_in_a_cell(tmp_path: Path, column: str, cell: str) -> None:
    header = ("chat_id", "started_at", column, "channel")
    path = write(tmp_path / "a.csv", table(("c1", "2026-09-01 08:00:00", cell, "web"), header=header))
    found = messages(path, timezone="UTC")
    assert base.recognise(path).format == "dialogues"
    assert [(m.conversation_id, m.role.value[0] in "ba", m.text, m.channel) for m in found] == [
        ("c1", False, "hi", "web"), ("c1", True, "it's fine", "web"),
    ]  # fmt: skip
    assert [f"{m.sent_at:%H:%M:%S}" for m in found] == ["08:00:00", "08:00:01"]


def test_lists_of_messages_in_parquet(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"prompt_id": ["p1"], "prompt": ["hi"], "messages": [TALK]}), path)
    assert [said[1:2] + said[4:] for said in turns(path)] == [("customer", "hi"), ("bot", "it's fine")]


@pytest.mark.parametrize("cell", ["all went well", "[08:00] hi", "see: https://example.com", "[1, 2"])
def test_cells_that_hold_no_conversation_are_asked_about(tmp_path: Path, cell: str) -> None:
    path = write(tmp_path / "a.csv", table(("c1", cell), header=("chat_id", "transcript")))
    assert base.recognise(path).missing


def test_several_spoken_conversations_in_a_text(tmp_path: Path) -> None:
    text = "**Customer:** hi\n**Agent:** hello\n\n---\n\nCustomer: second\nAgent: yes\nConversation 3\nAgent: third\n"
    found = turns(write(tmp_path / "a.md", text))
    assert [said[1:2] + said[4:] for said in found] == [
        ("customer", "hi"), ("agent", "hello"), ("customer", "second"), ("agent", "yes"), ("agent", "third"),
    ]  # fmt: skip
    assert len({said[0] for said in found}) == 3


@pytest.mark.parametrize(
    ("name", "known"),
    [("会话ID", "7"), ("ticket_id", "7"), ("conversation_id", "7"), ("dialogue_id", "talks-7"), ("id", "talks-7")],
)
def test_numbers_that_count_within_a_file_are_told_from_ids(tmp_path: Path, name: str, known: str) -> None:
    assert turns(_file(tmp_path, [{name: 7, "turns": [USER, SYSTEM]}]))[0][0] == known


def test_the_head_of_a_transcript_is_nobodys(tmp_path: Path) -> None:
    text = "Date: 2026-09-01\nDuration: 3 min\nAgent: hello\nCustomer: the lid\nDate: none\nAgent: yes\n"
    found = turns(write(tmp_path / "a.txt", text))
    assert [entry[4] for entry in found] == ["hello", "the lid", "none", "yes"]
