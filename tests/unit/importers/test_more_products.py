"""Products of the second round, by the samples in ``tests/data/imports``: who said what, when, and what was private."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base
from tests.unit.importers.samples import DATA, messages, turn, turns, write

# Role, time in UTC, sender, text, private, names of files.
SAID: dict[str, list[tuple[object, ...]]] = {
    "crisp_messages.json": [
        ("customer", "2026-09-01 08:00:01", "Anna", "Any news?", False),
        ("agent", "2026-09-01 08:00:02", "Lee", "", False, "slip.png"),
        ("agent", "2026-09-01 08:00:03", "Lee", "lost again", True),
        ("bot", "2026-09-01 08:00:05", "Shop", "How did we do?", False),
    ],
    "discord_ticket.csv": [
        ("customer", "2026-09-01 08:00:00", "anna", "need help", False),
        ("agent", "2026-09-01 08:01:00", "lee", "sure", False, "x.png"),
    ],
    "discord_ticket.json": [
        ("bot", "2026-09-01 08:00:00", "Desk", "Ticket\nStaff comes soon", False),
        ("customer", "2026-09-01 08:01:00", "Anna", "need help", False),
        ("agent", "2026-09-01 08:02:00", "Lee", "sure", False, "x.png"),
        ("system", "2026-09-01 08:03:00", "Lee", "Pinned a message.", False),
    ],
    "freshchat_messages.json": [
        ("customer", "2026-09-01 08:00:00", "u1", "Is it open?", False),
        ("agent", "2026-09-01 08:01:00", "a1", "Until six", False, "door.png"),
        ("agent", "2026-09-01 08:02:00", "a1", "a regular", True),
    ],
    "freshdesk_tickets.json": [
        ("customer", "2026-09-01 08:00:00", "23", "The lid is loose.", False),
        ("agent", "2026-09-01 08:05:00", "31", "I send a new one", False, "lid.pdf"),
        ("agent", "2026-09-01 08:06:00", "31", "second time this week", True),
        ("customer", "2026-09-01 08:07:00", "23", "thanks", False),
    ],
    "front_messages.json": [
        ("agent", "2026-09-01 08:01:40", "Lee K", "No.", False),
        ("customer", "2026-09-01 08:00:00", "anna@example.com", "Is it late?", False, "a.png"),
    ],
    "helpscout_conversations.json": [
        ("customer", "2026-09-01 08:00:00", "Anna B", "When does it ship?", False, "box.png"),
        ("agent", "2026-09-01 08:05:00", "Lee K", "who packs?", True),
        ("agent", "2026-09-01 08:09:00", "Lee K", "Hello,\ntoday.", False),
    ],
    "hubspot_thread.json": [
        ("agent", "2026-09-01 08:01:00", "Lee", "We do", False, "x.png"),
        ("agent", "2026-09-01 08:02:00", "", "ask Kim", True),
        ("customer", "2026-09-01 08:00:00", "Anna", "Do you ship?", False),
    ],
    "kakaotalk_mac.csv": [
        ("customer", "2026-09-01 08:00:00", "지수", "안녕하세요", False),
        ("agent", "2026-09-01 08:01:00", "상점", "네", False),
    ],
    "kakaotalk_pc.txt": [
        ("customer", "2026-09-01 08:00:00", "지수", "안녕하세요", False),
        ("agent", "2026-09-01 08:01:00", "상점", "네\n말씀하세요", False),
        ("customer", "2026-09-01 16:05:00", "지수", "", False, "사진"),
    ],
    "kakaotalk_phone.txt": [
        ("customer", "2026-09-01 08:00:00", "지수", "안녕하세요", False),
        ("agent", "2026-09-01 08:01:00", "상점", "네: 말씀하세요", False),
        ("system", "2026-09-01 08:02:00", "", "상점님이 나갔습니다.", False),
    ],
    "line_chat.txt": [
        ("customer", "2026-09-01 08:00:00", "小明", "在嗎", False),
        ("agent", "2026-09-01 08:01:00", "店家", "在的\n請說", False),
        ("agent", "2026-09-01 08:02:00", "店家", "", False, "貼圖"),
        ("system", "2026-09-01 08:03:00", "", "小明已收回訊息", False),
        ("customer", "2026-09-02 01:00:00", "小明", "早", False),
    ],
    "messenger_thread.json": [
        ("agent", "2026-09-01 08:01:00", "Shop", "Café until six", False),
        ("customer", "2026-09-01 08:00:00", "Anna", "open?", False),
        ("customer", "2026-09-01 07:59:59", "Anna", "", False, "1.jpg"),
    ],
    "qq_record.txt": [
        ("customer", "2026-09-01 08:00:00", "小明", "在吗", False),
        ("agent", "2026-09-01 08:00:05", "店铺", "在的\n请说", False),
        ("customer", "2026-09-01 08:00:06", "小明", "", False, "图片"),
    ],
    "salesforce_emails.csv": [
        ("customer", "2026-09-01 08:00:00", "Anna", "Where is it?", False),
        ("agent", "2026-09-01 09:00:00", "Lee", "On its way", False),
    ],
    "salesforce_transcripts.csv": [
        ("agent", "2026-09-01 08:00:03", "Lee K", "Hello", False),
        ("customer", "2026-09-01 08:00:20", "Anna", "Where is it?", False),
        ("agent", "2026-09-01 08:01:12", "Lee K", "Let me see.\nOn its way & safe.", False),
    ],
    "slack_2026-09-01.json": [
        ("customer", "2026-09-01 08:00:00", "Anna", "Hello <@U2> & all", False),
        ("system", "2026-09-01 08:00:50", "Lee", "<@U2> has joined", False),
        ("agent", "2026-09-01 08:01:40", "Lee", "see the page", False),
        ("bot", "2026-09-01 08:03:20", "Desk", "Ticket 5", False),
        ("customer", "2026-09-01 08:05:00", "Anna", "", False, "a.png"),
    ],
    "sunshine_messages.json": [
        ("customer", "2026-09-01 08:00:00", "Anna", "Where is it?", False),
        ("bot", "2026-09-01 08:00:01", "Tea Bot", "I ask.", False),
        ("agent", "2026-09-01 08:01:00", "Lee", "", False, "slip.png"),
    ],
    "tawk_chats.json": [
        ("customer", "2026-09-01 08:00:00", "Anna", "hi", False),
        ("system", "2026-09-01 08:01:00", "", "Lee joined", False),
        ("agent", "2026-09-01 08:02:00", "Lee", "hello", False),
    ],
    "tidio_messages.csv": [
        ("bot", "2026-09-01 08:00:00", "", "Welcome", False),
        ("customer", "2026-09-01 08:00:05", "Anna", "Hello", False),
        ("agent", "2026-09-01 08:00:09", "", "yes, of course", False),
    ],
    "wechat_backup.csv": [
        ("customer", "2026-09-01 08:00:00", "小明", "在吗", False),
        ("agent", "2026-09-01 08:00:05", "我", "在的", False),
        ("customer", "2026-09-01 08:00:06", "小明", "", False, "image"),
        ("system", "2026-09-01 08:00:07", "小明", "撤回了一条消息", False),
    ],
    "zendeskchat_chats.json": [
        ("bot", "2026-09-01 08:01:00", "Greeter", "Can I help?", False),
        ("customer", "2026-09-01 08:02:00", "Anna", "Yes please", False),
        ("agent", "2026-09-01 08:03:00", "Lee", "Hello Anna", False),
        ("customer", "2026-09-01 08:04:00", "Anna", "", False, "a.png"),
        ("customer", "2026-09-01 08:09:00", "Bo", "Anybody?", False),
    ],
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_who_said_what(name: str) -> None:
    found = messages(name, timezone="Asia/Shanghai")
    assert [(*turn(message)[1:], message.private, *message.attachments) for message in found] == SAID[name]


@pytest.mark.parametrize("name", sorted(SAID))
def test_ids_are_there_and_the_same_each_time(name: str) -> None:
    first = [(message.conversation_id, message.message_id) for message in messages(name, timezone="UTC")]
    assert all(conversation for conversation, _ in first)
    assert first == [(message.conversation_id, message.message_id) for message in messages(name, timezone="UTC")]


def _json(path: Path, document: object) -> Path:
    return write(path, json.dumps(document, ensure_ascii=False))


def test_a_rating_of_zendesk_chat_belongs_to_its_chat() -> None:
    assert {(message.conversation_id, message.rating) for message in messages("zendeskchat_chats.json")} == {
        ("18.a", 5.0), ("off1", None),
    }  # fmt: skip


def test_one_ticket_of_freshdesk_with_its_description(tmp_path: Path) -> None:
    said = {"id": 3, "incoming": False, "private": False, "user_id": 31, "ticket_id": 20, "body": "<p>Hi</p>",
            "created_at": "2026-09-01T09:00:00Z"}  # fmt: skip
    ticket = {"id": 20, "requester_id": 23, "responder_id": 31, "source": 2, "description_text": "It leaks",
              "created_at": "2026-09-01T08:00:00Z", "requester": {"id": 23, "name": "Anna"}}  # fmt: skip
    expected = [("20", "customer", "2026-09-01 08:00:00", "Anna", "It leaks"),
                ("20", "agent", "2026-09-01 09:00:00", "31", "Hi")]  # fmt: skip
    for place, document in enumerate(({**ticket, "conversations": [said]}, [{**ticket, "conversations": [said]}])):
        path = _json(tmp_path / f"{place}.json", document)
        assert base.recognise(path).format == "freshdesk"
        assert turns(path) == expected
    assert [role for _, role, *_ in turns(_json(tmp_path / "list.json", [said]))] == ["agent"]
    outbound = _json(tmp_path / "out.json", [{**ticket, "source": 10}])
    assert [role for _, role, *_ in turns(outbound)] == ["agent"]


def test_a_webhook_of_help_scout_and_the_threads_alone(tmp_path: Path) -> None:
    thread = {"id": 8, "type": "customer", "createdAt": "2026-09-01T08:00:00Z", "body": "help",
              "createdBy": {"id": 5, "firstName": "Anna", "lastName": "B", "type": "customer"}}  # fmt: skip
    call = {"id": 2100, "type": "email", "mailbox": {"id": 1}, "threads": [thread], "createdAt": "2026-09-01T08:00:00Z"}
    alone = {"_embedded": {"threads": [thread]},
             "_links": {"self": {"href": "https://api.example.com/v2/conversations/2100/threads/"}}}  # fmt: skip
    for place, document in enumerate((call, alone)):
        path = _json(tmp_path / f"{place}.json", document)
        assert base.recognise(path).format == "helpscout"
        assert turns(path) == [("2100", "customer", "2026-09-01 08:00:00", "Anna B", "help")]


def test_a_file_for_crisps_own_importer(tmp_path: Path) -> None:
    talk = {"user": {"name": "Anna"}, "messages": [
        {"text": "open?", "date": 1788249600000, "from": "user"},
        {"note": "regular", "date": 1788249601000, "from": "operator"},
        {"text": "until six", "date": 1788249602000, "from": "operator"},
    ]}  # fmt: skip
    path = _json(tmp_path / "a.json", [talk, {**talk, "user": {"name": "Bo"}}])
    found = messages(path)
    assert base.recognise(path).format == "crisp"
    assert [(message.role.value, message.text, message.private) for message in found[:3]] == [
        ("customer", "open?", False), ("agent", "regular", True), ("agent", "until six", False),
    ]  # fmt: skip
    assert len({message.conversation_id for message in found}) == 2


def test_a_transcript_that_tawk_pushes(tmp_path: Path) -> None:
    call = {"event": "chat:transcript_created", "chat": {"id": "70f", "messages": [
        {"sender": {"t": "v", "n": "Anna"}, "type": "msg", "msg": "hi", "time": "2026-09-01T08:00:00Z"}]}}  # fmt: skip
    path = _json(tmp_path / "a.json", call)
    assert base.recognise(path).format == "tawk"
    assert turns(path) == [("70f", "customer", "2026-09-01 08:00:00", "Anna", "hi")]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("[LINE] Chat history with Anna\nSaved on: 9/2/2026, 10:00\n\n"
         "Tue, 9/1/2026\n4:00 PM\tAnna\thi\n4:01 PM\tShop\tyes\n", "Anna"),
        ("[LINE] 花子とのトーク履歴\n保存日時：2026/09/02 10:00\n\n"
         "2026/09/01(火)\n16:00\t花子\thi\n16:01\t店\tyes\n", "花子"),
        ("[LINE] ประวัติการสนทนากับ แอน\nบันทึกวันที่: 2026/09/02 10:00\n\n"
         "2026.09.01 วันอังคาร\n16:00\tแอน\thi\n16:01\tร้าน\tyes\n", "แอน"),
        ("2026.09.01 Tuesday\n16:00 Anna hi\n16:01 Shop yes\n2026.09.02 Wednesday\n09:00 Shop again\n", "Anna"),
    ],
)  # fmt: skip
def test_line_in_other_languages(tmp_path: Path, text: str, first: str) -> None:
    path = write(tmp_path / "chat.txt", text)
    assert base.recognise(path).format == "line"
    said = [turn(message)[1:] for message in messages(path, timezone="UTC")]
    assert said[0] == ("customer", "2026-09-01 16:00:00", first, "hi")
    assert said[1][0] == "agent"


@pytest.mark.parametrize(
    "text",
    [
        "KakaoTalk Chats with Jisu\nDate Saved : 2026-09-02 10:00:00\n\n--------------- Tuesday, September 1, 2026 "
        "---------------\n[Jisu] [4:00 PM] hi\n[Shop] [4:01 PM] yes\n",
        "Jisu 님과 카카오톡 대화\n저장한 날짜 : 2026. 9. 2. 오전 10:00\n\n\n2026년 9월 1일 화요일\n"
        "2026. 9. 1. 오후 4:00, Jisu : hi\n"
        "2026. 9. 1. 오후 4:01, Shop : yes\n",
    ],
)
def test_kakaotalk_in_other_notations(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "chat.txt", text)
    assert base.recognise(path).format == "kakaotalk"
    assert [turn(message)[1:] for message in messages(path, timezone="UTC")] == [
        ("customer", "2026-09-01 16:00:00", "Jisu", "hi"), ("agent", "2026-09-01 16:01:00", "Shop", "yes"),
    ]  # fmt: skip


def test_a_log_of_a_program_is_no_chat(tmp_path: Path) -> None:
    log = "".join(f"2026-09-01 16:00:{second:02} ERROR something failed\n" for second in range(20))
    path = write(tmp_path / "app.txt", log)
    with pytest.raises(CsqmError) as problem:
        base.recognise(path)
    assert problem.value.code == "import_format_unknown"


def test_what_a_comma_cut_off_from_a_text_of_tidio_stays(tmp_path: Path) -> None:
    rows = "CONVERSATION_ID,TIME_SENT,SENDER,MESSAGE_CONTENT,NAME,EMAIL\n"
    rows += "9,2026-09-01T08:00:00Z,operator,yes, of course,,\n"
    assert messages(write(tmp_path / "a.csv", rows))[0].text == "yes, of course"


@pytest.mark.parametrize("noise", [None, 5, [1], {"a": "x"}])
@pytest.mark.parametrize("name", [name for name in sorted(SAID) if name.endswith(".json")])
def test_any_value_may_be_anything(tmp_path: Path, name: str, noise: object) -> None:
    """Each field in turn holds what it should not; nothing but messages, rejections and one refusal may come of it."""
    document = json.loads((DATA / name).read_text(encoding="utf-8"))
    for field in sorted(_fields(document)):
        path = _json(tmp_path / "a.json", _with(document, field, noise))
        assert _refusal(path, name.partition("_")[0]) in ("", "import_no_messages")


def _refusal(path: Path, format: str) -> str:
    """The code of the error that a file is refused with, empty when it is read."""
    try:
        with base.read(path, format=format) as reader:
            assert all(item.row for item in reader)
    except CsqmError as error:
        return error.code
    return ""


def _fields(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_fields, value))
    return set(value) | set().union(*map(_fields, value.values())) if isinstance(value, dict) else set()


def _with(value: object, field: str, noise: object) -> object:
    if isinstance(value, list):
        return [_with(item, field, noise) for item in value]
    if isinstance(value, dict):
        return {key: noise if key == field else _with(inner, field, noise) for key, inner in value.items()}
    return value
