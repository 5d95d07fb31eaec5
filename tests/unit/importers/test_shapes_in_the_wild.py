"""Shapes that public projects have in their samples and that readers did not expect once; the words are ours."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, mapping
from csqm_desktop.importers.persian import from_persian
from tests.unit.importers.samples import messages, table, turn, turns, write


def _read(path: Path, **options: Any) -> tuple[str, list[tuple[str, str, str, str, str]]]:
    """The format that was recognised and who said what; a rejected row fails the test."""
    return base.recognise(path).format, [turn(message) for message in messages(path, **options)]


def _json(path: Path, document: object) -> Path:
    return write(path, json.dumps(document, ensure_ascii=False, indent=1))


def _lines(path: Path, *records: object) -> Path:
    return write(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


@pytest.mark.parametrize(
    ("first", "second", "at"),
    [
        ("13.6.2026 klo 21.25.15 - Anna: moi", "13.6.2026 klo 21.26.15 - Kauppa: hei", "21:25:15"),
        ("[13.6.2026 klo 21.25.15] Anna: moi", "[13.6.2026 klo 21.26.15] Kauppa: hei", "21:25:15"),
        ("13. 6. 2026. 21:25:15 Ana: zdravo", "13. 6. 2026. 21:26:15 Trgovina: da", "21:25:15"),
        ("\u200f١٣/٦/٢٠٢٦، ٩:٢٥ م - آن: مرحبا", "\u200f١٣/٦/٢٠٢٦، ٩:٢٦ م - المتجر: أهلا", "21:25:00"),
        ("13.06.2026 г., 21:25 ч. - Ана: здравей", "13.06.2026 г., 21:26 ч. - Магазин: да", "21:25:00"),
        ("13/6/26, 9:25 μ.μ. - Άννα: γεια", "13/6/26, 9:26 μ.μ. - Κατάστημα: ναι", "21:25:00"),
        ("13/6/2569 21:25 - แอน: สวัสดี", "13/6/2569 21:26 - ร้าน: ค่ะ", "21:25:00"),
        ("13.06.2026 ÖS 9:25 - Ayşe: merhaba", "13.06.2026 ÖS 9:26 - Mağaza: buyurun", "21:25:00"),
        ("[6/13/26, 9:25:15\u202fPM] Anna: hello", "[6/13/26, 9:26:15\u202fPM] Shop: hi", "21:25:15"),
        ("13/06/2026, 9:25 PTG - Ana: hai", "13/06/2026, 9:26 PTG - Kedai: ya", "21:25:00"),
        ("13/06/26, 9:25 अपराह्न - अन्ना: नमस्ते", "13/06/26, 9:26 अपराह्न - दुकान: जी", "21:25:00"),
        ("21:25, 13/06/2026 - Anna: xin chào", "21:26, 13/06/2026 - Shop: vâng", "21:25:00"),
        ("[21:25:15, 13/6/2026] Anna: xin chào", "[21:26:15, 13/6/2026] Shop: vâng", "21:25:15"),
        ("\u200e۱۴۰۵/۳/۲۳،\u200f ۲۱:۲۵ - آنا: سلام", "\u200e۱۴۰۵/۳/۲۳،\u200f ۲۱:۲۶ - فروشگاه: بله", "21:25:00"),
        ("13/06/26, 9:25\u202fp.\u00a0m. - Ana: hola", "13/06/26, 9:26\u202fp.\u00a0m. - Tienda: sí", "21:25:00"),
    ],
)
def test_stamps_of_whatsapp(tmp_path: Path, first: str, second: str, at: str) -> None:
    path = write(tmp_path / "chat.txt", f"{first}\n{second}\n")
    found, said = _read(path, timezone="UTC")
    assert found == "whatsapp"
    assert said[0][1:3] == ("customer", f"2026-06-13 {at}")
    assert said[1][1] == "agent"


@pytest.mark.parametrize(
    "text",
    ["<Media omitted>", "\u200eimage omitted", "<Medien ausgeschlossen>", "<Mídia oculta>", "<Без медиафайлов>",
     "<メディアは含まれていません>", "\u200e图片已略去", "\u200evidéo absente", "<Multimedia omitido>",
     "<Đã bỏ qua phương tiện>", "<رسانه حذف شد>"],
)  # fmt: skip
def test_what_stands_for_a_file_is_no_text_of_a_reply(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "chat.txt", f"13.06.2026, 21:25 - Anna: hi\n13.06.2026, 21:26 - Shop: {text}\n")
    reply = messages(path)[1]
    assert (reply.text, reply.attachments) == ("", (text.strip("\u200e<>"),))


def test_attached_files_in_languages_that_are_not_listed(tmp_path: Path) -> None:
    lines = (
        "[13.06.2026, 21:25:15] Ania: \u200e<załączono: 00000042-PHOTO-2026-06-13-21-25-15.jpg>",
        "[13.06.2026, 21:26:15] Sklep: VID-20260613-WA0001.mp4 (załączony plik)",
        "[13.06.2026, 21:27:15] Sklep: cena: <100 zł>",
    )
    found = messages(write(tmp_path / "chat.txt", "\n".join(lines)))
    assert [message.attachments for message in found] == [
        ("00000042-PHOTO-2026-06-13-21-25-15.jpg",), ("VID-20260613-WA0001.mp4",), ()
    ]  # fmt: skip


def test_livechat_archives_of_version_2(tmp_path: Path) -> None:
    entries = [
        {"author_name": "Lee", "text": "Hello", "timestamp": 1788249903, "user_type": "agent", "type": "message"},
        {"author_name": "Anna", "text": "Anna sent a file", "timestamp": 1788249910, "user_type": "visitor",
         "type": "attachment", "files": ["https://files.example.com/a/tin.jpg"]},
        {"author_name": "Kim", "text": "offer a refund", "timestamp": 1788249920, "user_type": "supervisor",
         "type": "message"},
        {"text": "Anna closed the chat.", "timestamp": 1788249930, "user_type": "visitor", "type": "event"},
    ]  # fmt: skip
    chat = {"type": "chat", "id": "Q1", "visitor": {"name": "Anna"}, "agents": [{"display_name": "Lee"}],
            "rate": "rated_bad", "messages": entries[:1], "events": entries}  # fmt: skip
    path = _json(tmp_path / "archive.json", {"chats": [chat], "total": 1, "pages": 1})
    found, said = _read(path)
    assert found == "livechat"
    assert [(role, sender, text) for _, role, _, sender, text in said] == [
        ("agent", "Lee", "Hello"), ("customer", "Anna", ""), ("agent", "Kim", "offer a refund"),
        ("system", "Anna", "Anna closed the chat."),
    ]  # fmt: skip
    read = messages(path)
    assert read[1].attachments == ("tin.jpg",)
    assert [message.private for message in read] == [False, False, True, False]
    assert {message.rating for message in read} == {1.0}
    assert said[0][2] == "2026-09-01 08:05:03"


def test_audits_of_zendesk(tmp_path: Path) -> None:
    def audit(number: int, author: int, sent: str, body: str, public: bool = True) -> dict[str, Any]:
        comment = {"id": number * 10, "type": "Comment", "author_id": author, "body": body, "public": public}
        change = {"id": number * 10 + 1, "type": "Change", "field_name": "status", "value": "open"}
        return {"id": number, "ticket_id": 35, "created_at": sent, "author_id": author, "via": {"channel": "web"},
                "events": [comment, change]}  # fmt: skip

    audits = [
        audit(1, 501, "2026-09-01T08:00:00Z", "My scale shows nothing."),
        audit(2, 77, "2026-09-01T08:05:00Z", "Please change the battery."),
        audit(3, 77, "2026-09-01T08:06:00Z", "second time this week", public=False),
    ]
    for path in (_json(tmp_path / "a.json", {"audits": audits}), _json(tmp_path / "b.json", audits)):
        found, said = _read(path)
        assert found == "zendesk"
        assert [(role, text) for _, role, _, _, text in said] == [
            ("customer", "My scale shows nothing."), ("agent", "Please change the battery."),
            ("agent", "second time this week"),
        ]  # fmt: skip
        assert [message.private for message in messages(path)] == [False, False, True]
        assert {name for name, *_ in said} == {"35"}


def test_tickets_that_a_zendesk_search_found(tmp_path: Path) -> None:
    ticket = {"id": 7, "requester_id": 5, "submitter_id": 5, "via": {"channel": "email"}, "result_type": "ticket",
              "created_at": "2026-09-01T08:00:00Z", "description": "The lid is loose.",
              "satisfaction_rating": {"score": "good"}}  # fmt: skip
    found, said = _read(_json(tmp_path / "a.json", {"results": [ticket], "count": 1}))
    assert (found, said) == ("zendesk", [("7", "customer", "2026-09-01 08:00:00", "5", "The lid is loose.")])


def _call(event: str, **facts: Any) -> dict[str, Any]:
    return {"event": event, "account": {"id": 1}, "inbox": {"id": 3}, **facts}


def test_a_stream_of_chatwoot_webhooks(tmp_path: Path) -> None:
    """A conversation's calls repeat its messages; the last call about a message counts."""
    asked = {"id": 10, "content": "Where is it?", "created_at": "2026-09-01T08:00:00.250Z", "message_type": "incoming",
             "sender": {"name": "Anna", "type": "contact"}, "conversation": {"id": 4}}  # fmt: skip
    inner = {"id": 10, "content": "Where is it?", "created_at": 1788249600, "message_type": 0, "conversation_id": 4}
    greeting = {"id": 9, "content": "Welcome", "created_at": 1788249590, "message_type": 3, "conversation_id": 4}
    reply = {"id": 11, "content": "On its way", "created_at": "2026-09-01T08:01:00Z", "message_type": "outgoing",
             "sender": {"name": "Lee", "type": "user"}, "conversation": {"id": 4}}  # fmt: skip
    path = _lines(
        tmp_path / "hook.jsonl",
        _call("conversation_created", id=4, messages=[greeting, inner], contact_inbox={}),
        _call("message_created", **asked),
        _call("message_created", **reply),
        _call("conversation_typing_on", conversation={"id": 4}),
        _call("message_updated", **{**reply, "content": "On its way, here tomorrow"}),
        _call("contact_updated", id=2, name="Anna"),
        _call("conversation_status_changed", id=4, messages=[inner], meta={}),
    )
    found, said = _read(path)
    assert found == "chatwoot"
    assert [(role, text) for _, role, _, _, text in said] == [
        ("system", "Welcome"), ("customer", "Where is it?"), ("agent", "On its way, here tomorrow"),
    ]  # fmt: skip


def test_one_chatwoot_call_and_a_list_of_conversations(tmp_path: Path) -> None:
    old = {"event": "message_created", "id": "1", "content": "Hi", "created_at": "2026-09-01 08:00:00 UTC",
           "message_type": "incoming", "sender": {"id": "1", "name": "Lee"}, "contact": {"id": "1", "name": "Anna"},
           "conversation": {"display_id": "12"}, "account": {"id": "1"}}  # fmt: skip
    expected = [("12", "customer", "2026-09-01 08:00:00", "Anna", "Hi")]
    assert _read(_json(tmp_path / "call.json", old)) == ("chatwoot", expected)
    message = {"id": 44, "content": "hello", "message_type": 0, "created_at": 1788249600, "conversation_id": 5}
    listed = {
        "data": {
            "meta": {"all_count": 1},
            "payload": [
                {"id": 5, "account_id": 1, "inbox_id": 2, "meta": {"channel": "Channel::Api"}, "messages": [message]}
            ],
        }
    }
    found, said = _read(_json(tmp_path / "list.json", listed))
    assert (found, said[0][:3]) == ("chatwoot", ("5", "customer", "2026-09-01 08:00:00"))


def test_the_call_of_a_gorgias_webhook(tmp_path: Path) -> None:
    ticket = {
        "id": 99,
        "subject": "Lid",
        "channel": "email",
        "customer": {"id": 5},
        "messages": [
            {"id": 1, "from_agent": False, "body_text": "It leaks.", "created_datetime": "2026-09-01T08:00:00+00:00"},
            {"id": 2, "from_agent": True, "body_text": "Sorry!", "created_datetime": "2026-09-01T08:01:00+00:00"},
        ],
    }
    found, said = _read(_json(tmp_path / "a.json", {"ticket": ticket}))
    assert found == "gorgias"
    assert [(name, role, text) for name, role, _, _, text in said] == [
        ("99", "customer", "It leaks."), ("99", "agent", "Sorry!"),
    ]  # fmt: skip


def test_intercoms_own_bot_and_pictures_within_a_text(tmp_path: Path) -> None:
    parts = [
        {"id": "2", "part_type": "fin_answer", "author": {"type": "fin", "id": "f"}, "body": "<p>Try again</p>",
         "created_at": 1788249700},
        {"id": "3", "part_type": "comment", "author": {"type": "lead", "id": "l", "name": "Anna"},
         "body": '<p><img src="https://files.example.com/i/o/tin.png?x=1"></p>', "created_at": 1788249800},
    ]  # fmt: skip
    document = {"type": "conversation", "id": "6", "created_at": 1788249600,
                "source": {"id": "1", "author": {"type": "user", "name": "Anna"}, "body": "<p>It fails</p>"},
                "conversation_parts": {"conversation_parts": parts}}  # fmt: skip
    path = _json(tmp_path / "a.json", document)
    found, said = _read(path)
    assert found == "intercom"
    assert [(role, text) for _, role, _, _, text in said] == [
        ("customer", "It fails"), ("bot", "Try again"), ("customer", ""),
    ]  # fmt: skip
    assert messages(path)[2].attachments == ("tin.png",)


def test_a_call_of_intercoms_webhook(tmp_path: Path) -> None:
    part = {"type": "conversation_part", "id": "2", "part_type": "comment", "body": "<p>Hey</p>",
            "created_at": 1788249700, "author": {"type": "admin", "id": "a", "name": "Lee"}}  # fmt: skip
    item = {"type": "conversation", "id": "147", "created_at": 1788249600,
            "source": {"id": "1", "author": {"type": "user", "name": "Anna"}, "body": "<p>Hi</p>"},
            "conversation_parts": {"type": "conversation_part.list", "conversation_parts": [part]}}  # fmt: skip
    call = {"type": "notification_event", "topic": "conversation.admin.replied", "id": "n1", "created_at": 1788249700,
            "data": {"type": "notification_event_data", "item": item}}  # fmt: skip
    found, said = _read(_json(tmp_path / "a.json", call))
    assert found == "intercom"
    assert [(name, role, text) for name, role, _, _, text in said] == [
        ("147", "customer", "Hi"), ("147", "agent", "Hey"),
    ]  # fmt: skip


def test_a_rasa_tracker_as_its_server_prints_it(tmp_path: Path) -> None:
    """Most of its events have nothing but a kind and a time."""
    events: list[dict[str, Any]] = [{"event": "session_started", "timestamp": 1788249600.0}] * 3
    events += [
        {"event": "user", "timestamp": 1788249601.0, "text": "open now?", "parse_data": {"intent": {"name": "hours"}}},
        {"event": "bot", "timestamp": 1788249602.0, "text": "Until six."},
        {"event": "rewind", "timestamp": 1788249603.0},
        {"event": "bot", "timestamp": 1788249604.0, "text": None, "data": {"image": "https://x.example.com/map.png"}},
    ]
    path = _json(tmp_path / "tracker.json", {"sender_id": "s9", "slots": {}, "latest_message": {}, "events": events})
    found, said = _read(path)
    assert found == "rasa"
    assert [(name, role, text) for name, role, _, _, text in said] == [
        ("s9", "customer", "open now?"), ("s9", "bot", "Until six."), ("s9", "bot", ""),
    ]  # fmt: skip


def test_calls_of_tools_are_kept_as_what_no_customer_saw(tmp_path: Path) -> None:
    openai = {"messages": [
        {"role": "user", "content": "Is it in stock?"},
        {"role": "assistant", "content": None,
         "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "stock", "arguments": '{"sku": 7}'}}]},
        {"role": "tool", "tool_call_id": "c1", "content": "3"},
        {"role": "assistant", "content": [{"type": "refusal", "refusal": "I may not say."}]},
    ]}  # fmt: skip
    parts = {"messages": [
        {"role": "user", "content": [{"type": "text", "text": "Is it in stock?"}]},
        {"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "stock", "input": {"sku": 7}}]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t", "content": "3"}]},
        {"role": "assistant", "content": [{"type": "text", "text": "I may not say."}]},
    ]}  # fmt: skip
    for name, chat in (("a", openai), ("b", parts)):
        path = _lines(tmp_path / f"{name}.jsonl", chat)
        found, said = _read(path)
        assert found == "openai"
        assert [(role, text) for _, role, _, _, text in said] == [
            ("customer", "Is it in stock?"), ("system", 'stock({"sku": 7})'), ("system", "3"),
            ("bot", "I may not say."),
        ]  # fmt: skip
        assert [message.private for message in messages(path)] == [False, True, True, False]


def test_what_a_batch_of_openai_gives_back(tmp_path: Path) -> None:
    answer = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Until six."}}], "model": "m-1"}
    record = {"id": "b1", "custom_id": "r1", "response": {"status_code": 200, "body": answer}, "error": None}
    found, said = _read(_lines(tmp_path / "out.jsonl", record))
    assert (found, [(role, text) for _, role, _, _, text in said]) == ("openai", [("bot", "Until six.")])


def test_pictures_beside_sharegpt_turns(tmp_path: Path) -> None:
    chat = {
        "id": "x_1",
        "images": ["tin.png", "lid.png"],
        "conversations": [
            {"from": "human", "value": "<image>Which is this?"},
            {"from": "gpt", "value": "A tin."},
            {"from": "human", "value": "<image>And this?"},
            {"from": "gpt", "value": "A lid."},
        ],
    }
    found = messages(_json(tmp_path / "a.json", [chat]))
    assert [message.attachments for message in found] == [("tin.png",), (), ("lid.png",), ()]


def test_wecom_messages_in_the_wrapping_of_platforms(tmp_path: Path) -> None:
    outside = "wmAbCdEfGhIjKlMnOpQrStUvWxYz0123"
    asked = {"msgid": "1", "action": "send", "from": outside, "tolist": "LiNa", "roomid": "",
             "msgtime": "1788249600000",
             "msgtype": "text", "content": "", "image": None,
             "text": {"content": "在吗"}}  # fmt: skip
    reply = {"msgid": "2", "action": "send", "from": "LiNa", "tolist": [outside], "roomid": "",
             "msgtime": 1788249605000, "msgtype": "text", "text": {"content": "在的"}}  # fmt: skip
    pushed = [{"message_id": "9", "type": 101, "content": json.dumps(message)} for message in (asked, reply)]
    found, said = _read(_lines(tmp_path / "push.jsonl", *pushed))
    assert found == "wecom"
    assert [(role, sent, text) for _, role, sent, _, text in said] == [
        ("customer", "2026-09-01 08:00:00", "在吗"), ("agent", "2026-09-01 08:00:05", "在的"),
    ]  # fmt: skip
    assert len({name for name, *_ in said}) == 1
    assert [message.private for message in messages(tmp_path / "push.jsonl")] == [False, False]


def test_telegrams_export_of_a_chat() -> None:
    name = "telegram_chat.json"
    assert [(role, sent, sender, text) for _, role, sent, sender, text in turns(name)] == [
        ("agent", "2026-09-01 08:00:01", "Tea Shop", "Good morning"),
        ("customer", "2026-09-01 08:00:02", "Anna", "see https://example.com and this"),
        ("agent", "2026-09-01 08:00:03", "Tea Shop", ""),
        ("system", "2026-09-01 08:01:40", "Anna", "phone_call"),
    ]
    found = messages(name)
    assert [message.attachments for message in found] == [(), ("p_1.jpg",), ("voice_message",), ()]
    assert len({message.conversation_id for message in found}) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("wechat_weflow.json", [("customer", "安娜", "杯子裂了"), ("customer", "安娜", ""),
                                ("agent", "小店", "给您补发一只"), ("system", "小店", "你撤回了一条消息")]),
        ("wechat_chatlab.jsonl", [("agent", "小店", "您的订单到了"), ("customer", "安娜", "好的"),
                                  ("customer", "安娜", "")]),
        ("wechat_weclone.csv", [("customer", "安娜", "在吗"), ("agent", "小店", "在的"), ("agent", "小店", "")]),
        ("discord_ticket.txt", [("customer", "anna", "need help"), ("agent", "lee", "sure")]),
    ],
)  # fmt: skip
def test_backup_tools(name: str, said: list[tuple[str, str, str]]) -> None:
    found = turns(name, timezone="UTC")
    assert [(role, sender, text) for _, role, _, sender, text in found] == said
    assert len({entry[0] for entry in found}) == 1
    assert found[0][2].startswith("2026-09-01 08:00:0")


def test_who_exported_a_chat_works_for_the_shop(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "2026-09-01 16:00:03 '我'\n您的订单到了\n\n2026-09-01 16:00:09 '安娜'\n好的\n\n")
    assert [(role, sender) for _, role, _, sender, _ in turns(path)] == [("agent", "我"), ("customer", "安娜")]


@pytest.mark.parametrize(
    ("day", "same"),
    [((1405, 3, 23), (2026, 6, 13)), ((1399, 12, 30), (2021, 3, 20)), ((1403, 12, 30), (2025, 3, 20)),
     ((1404, 1, 1), (2025, 3, 21)), ((1388, 10, 11), (2010, 1, 1))],
)  # fmt: skip
def test_days_of_the_persian_calendar(day: tuple[int, int, int], same: tuple[int, int, int]) -> None:
    assert from_persian(*day) == date(*same)


@pytest.mark.parametrize("day", [(1404, 12, 30), (1404, 7, 31), (1404, 13, 1), (1404, 1, 0), (900, 1, 1)])
def test_days_that_the_persian_calendar_does_not_have(day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no such day"):
        from_persian(*day)


def test_settings_and_training_files_are_no_chats(tmp_path: Path) -> None:
    stories = 'version: "3.1"\nstories:\n- story: greet\n  steps:\n  - intent: greet\n  - action: utter_greet\n'
    for name, text in (("stories.yml", stories), ("stories.txt", stories), ("config.yaml", "a:\n  b: 1\n")):
        with pytest.raises(CsqmError) as caught:
            base.read(write(tmp_path / name, text))
        assert caught.value.code == "import_is_yaml"


HEADERS = ("ticket_id", "created_at", "role", "body")
MARKED = (("1", "2026-09-01T08:00:00Z", "customer", "<p>The lid<br>is loose</p>"),
          ("1", "2026-09-01T08:01:00Z", "agent", "<div>Salt &amp; soda</div>"))  # fmt: skip


def test_texts_that_are_markup_become_plain(tmp_path: Path) -> None:
    said = ["The lid\nis loose", "Salt & soda"]
    path = write(tmp_path / "a.csv", table(*MARKED, header=HEADERS))
    assert [entry[4] for entry in turns(path)] == said
    assert len([row for part in base.read(path).plain() if isinstance(part, list) for row in part]) == 2
    records = [dict(zip(HEADERS, row, strict=True)) for row in MARKED]
    assert [entry[4] for entry in turns(_json(tmp_path / "a.json", records))] == said


@pytest.mark.parametrize("text", ["if a <b and b> c", "<3", "1 < 2", "see <https://example.com>", "<b"])
def test_signs_that_are_no_markup_stay(tmp_path: Path, text: str) -> None:
    rows = [(*row[:3], text) for row in MARKED]
    assert {entry[4] for entry in turns(write(tmp_path / "a.csv", table(*rows, header=HEADERS)))} == {text}


def test_markup_in_the_neutral_layout_is_what_was_written(tmp_path: Path) -> None:
    rows = [("c", f"m{n}", "2026-09-01T08:00:00Z", "agent", "", "<p>hi</p>") for n in range(2)]
    assert {entry[4] for entry in turns(write(tmp_path / "a.csv", table(*rows)))} == {"<p>hi</p>"}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (("conversación", "fecha", "rol", "mensaje"), ("cliente", "agente")),
        (("会話ID", "日時", "役割", "本文"), ("お客様", "オペレーター")),
        (("대화ID", "보낸 시간", "역할", "메시지"), ("고객", "상담원")),
        (("диалог", "дата и время", "роль", "сообщение"), ("клиент", "оператор")),
        (("Gesprächs-ID", "Zeitpunkt", "Rolle", "Nachricht"), ("Kunde", "Mitarbeiter")),
        (("hội thoại", "thời gian", "vai trò", "nội dung"), ("khách hàng", "nhân viên")),
        (("conversation_id", "time", "is_agent", "text"), ("False", "True")),
        (("chat_id", "date", "from_me", "text"), ("0", "1")),
        (("chat_id", "date", "incoming", "text"), ("true", "false")),
    ],
)
def test_headers_and_roles_in_other_words(tmp_path: Path, header: tuple[str, ...], words: tuple[str, str]) -> None:
    rows = [("1", f"2026-09-01 08:0{n}:00", word, "hi") for n, word in enumerate(words)]
    found = turns(write(tmp_path / "a.csv", table(*rows, header=header)))
    assert [entry[1] for entry in found] == ["customer", "agent"]


def test_a_person_may_say_what_yes_means(tmp_path: Path) -> None:
    rows = [("1", "2026-09-01 08:00:00", "1", "hi")]
    path = write(tmp_path / "a.csv", table(*rows, header=("chat_id", "date", "from_me", "text")))
    assert turns(path, mapping=mapping.from_json({"roles": {"1": "bot"}}))[0][1] == "bot"


def test_what_mongodb_wraps(tmp_path: Path) -> None:
    wrapped = [
        {"_id": {"$oid": "64"}, "conversationId": {"$oid": "aa"}, "role": "user", "content": "hi",
         "createdAt": {"$date": "2026-09-01T08:00:00Z"}},
        {"_id": {"$oid": "65"}, "conversationId": {"$oid": "aa"}, "role": "assistant", "content": "hello",
         "createdAt": {"$date": {"$numberLong": "1788249609000"}}},
    ]  # fmt: skip
    assert [entry[:3] for entry in turns(_json(tmp_path / "a.json", wrapped))] == [
        ("aa", "customer", "2026-09-01 08:00:00"), ("aa", "bot", "2026-09-01 08:00:09"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("Public", ("True", "False")), ("is_public", ("1", "0")), ("公开", ("是", "否")),
        ("Message Type", ("normal", "private")), ("type", ("reply", "note")), ("visibility", ("public", "internal")),
        ("消息类型", ("文本", "内部备注")),
    ],
)  # fmt: skip
def test_notes_by_any_column(tmp_path: Path, column: str, values: tuple[str, str]) -> None:
    rows = [("1", "2026-09-01 08:00:00", "agent", "hi", value) for value in (*values, values[0])]
    header = ("ticket_id", "created_at", "role", "body", column)
    path = write(tmp_path / "a.csv", table(*rows, header=header))
    assert [message.private for message in messages(path)] == [False, True, False]
    records = [dict(zip(header, row, strict=True)) for row in rows]
    assert [message.private for message in messages(_json(tmp_path / "a.json", records))] == [False, True, False]


def test_a_column_of_kinds_without_notes_says_nothing_of_them(tmp_path: Path) -> None:
    rows = [("1", "2026-09-01 08:00:00", "agent", "hi", kind) for kind in ("text", "image")]
    path = write(tmp_path / "a.csv", table(*rows, header=("ticket_id", "created_at", "role", "body", "type")))
    assert "private" not in base.recognise(path).mapping.fields


def test_comments_without_dates(tmp_path: Path) -> None:
    comments = [{"id": n, "author_id": author, "body": "hi", "public": True} for n, author in enumerate((5, 9))]
    ticket = {"id": 7, "requester_id": 5, "subject": "Lid", "comments": comments}
    path = _json(tmp_path / "a.json", [ticket])
    assert [entry[1] for entry in turns(path)] == ["customer", "agent"]
    assert base.recognise(path).undated
    dated = turns(_json(tmp_path / "b.json", [ticket | {"created_at": "2026-09-01T08:00:00Z"}]))
    assert [entry[2] for entry in dated] == ["2026-09-01 08:00:00"] * 2
