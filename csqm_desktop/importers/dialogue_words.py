"""The names that dialogue data gives to turns, speakers and texts. Plain data, compared after ``normal()``."""

from __future__ import annotations

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers.words import HEADERS, ROLE_VALUES, normal


def _ranked(*names: str) -> dict[str, int]:
    return {normal(name): rank for rank, name in reversed(list(enumerate(names)))}


_OF_TICKETS = (
    "comments", "replies", "ticket_comments", "ticket_replies", "conversation_parts", "parts", "correspondence",
    "correspondences", "interactions", "notes", "updates", "回复", "回复记录", "回复列表", "评论", "沟通记录",
    "处理记录",
)  # fmt: skip
DESK_LISTS = frozenset(map(normal, _OF_TICKETS))
"""Under which name help desks keep what was said on a ticket; elsewhere such lists are anything."""

LISTS = _ranked(
    "turns", "utterances", "original", "dialogue", "dialog", "dial", "dialogues", "dialogs", "messages", "conversation",
    "conversations", "chat_messages", "transcript", "transcription", "events", "activities", "entries", "log", "logs",
    "chat", "chat_history", "conversation_history", "utts", "phrases", "exchanges", "thread", "posts", "data",
    "delexed", "session", "content", "chosen",
    "对话", "对话内容", "聊天记录", "消息",
    *_OF_TICKETS,
)  # fmt: skip
"""Under which name a conversation holds its turns, best first."""

HEADS = frozenset(map(normal, ("ticket", "case", "issue", "conversation", "工单", "会话")))
"""Objects beside a list of turns that say which conversation it is."""

NO_IDS = LISTS.keys() | frozenset(map(normal, (
    "ticket", "tickets", "case", "cases", "issue", "issues", "result", "results", "response", "payload", "record",
    "records", "item", "items", "export", "body", "value", "root", "工单", "会话",
)))  # fmt: skip
"""Keys that say what lies under them and not which one: as ids of conversations they would be the same in any file."""

PEOPLE = frozenset(map(normal, ("participants", "speakers", "interlocutors")))
"""Where a conversation says who takes part."""

PERSON_IDS = tuple(map(normal, ("participant_id", "speaker_id", "id", "name")))
PERSON_ROLES = tuple(map(normal, ("participant_role", "speaker_role", "role", "type")))

TALKS = frozenset(map(normal, (
    "transcript", "transcription", "dialogue", "dialog", "conversation", "chat", "chat_history", "conversation_history",
    "chosen", "对话", "对话内容", "聊天记录",
)))  # fmt: skip
"""Where a whole conversation may be one text."""

TEMPLATED = TALKS | frozenset(
    map(normal, ("text", "prompt", "formatted_text", "sample", "completion", "content", "input"))
)
"""Where a conversation may be one text with the marks of a language model."""

TEXTS = tuple(map(normal, (
    "utterance", "text", "content", "message", "value", "transcript", "sentence", "utt", "body", "data", "msg", "words",
    "sentences", "内容", "文本",
)))  # fmt: skip
"""What was said, best first."""

FILES = tuple(map(normal, (
    "attachments", "attachment", "files", "file", "file_name", "images", "image", "image_url", "file_url", "media",
    "media_url", "附件", "图片",
)))  # fmt: skip
"""What was sent beside or instead of a text."""

SAYINGS = ("utterance", "text", "content", "value", "transcript")
"""What was said, where it lies one object deeper."""

SPEAKERS = tuple(map(normal, (
    "speaker", "role", "actor_type", "speaker_role", "author_role", "participant_role", "sender_role", "author",
    "agent", "from", "sender", "sender_worker_id", "speaker_id", "participant", "participant_id", "who", "turn",
    "user_type", "from_type", "author_type", "creator", "participant_purpose", "sender_type", "sender_id",
    "user_id", "uid", "user", "name", "direction", "角色", "说话人",
)))  # fmt: skip
"""Who said it, best first."""

IDS = tuple(map(normal, (
    "conversation_id", "dialogue_id", "dialog_id", "dial_id", "convo_id", "conv_id", "session_id", "chat_id", "call_id",
    "contact_id", "ticket_id", "thread_id", "dialogue_idx", "dialog_idx", "conversation_hash", "会话ID", "会话编号",
    "conversation_transcript_id", "对话ID", "对话编号", "工单编号", "工单号", "工单ID", "ticket", "ticket_number",
    "ticket_no", "case_id", "case_number", "issue_id", "id", "_id", "uuid", "number", "reference",
)))  # fmt: skip

COUNTED = frozenset(map(normal, (
    "id", "uuid", "number", "dialogue_id", "dialog_id", "dial_id", "dialogue_idx", "dialog_idx", "convo_id", "conv_id",
    "对话ID", "对话编号",
)))  # fmt: skip
"""Ids that may count conversations from the beginning in each file."""

SEVERAL = frozenset(IDS[: IDS.index("id")]) | frozenset(map(normal, HEADERS["conversation_id"]))
"""A turn that has one of these belongs to a table of messages of several conversations."""

TURN_IDS = tuple(map(normal, ("message_id", "utterance_id", "id", "uuid", "turn_id", "utt_idx", "index")))

TIMES = tuple(map(normal, (
    "sent_at", "created_at", "timestamp", "utterance_time", "unix_time", "create_time", "created", "time", "date",
    "datetime", "absolute_time", "start_timestamp", "start_timestamp_usec", "date_created", "dialog_time",
    "created_time", "created_date", "created_on", "original_arrival_time", "start_time_ms", "date_sent", "sent_time",
)))  # fmt: skip

STARTS = tuple(map(normal, (
    "start_time", "started_at", "start", "chat_start_time", "conversation_start_time", "call_start_time", "start_date",
    "begin_time", "开始时间",
)))  # fmt: skip
"""When a conversation began."""

DAYS = {
    normal(f"{kind}_date"): normal(f"{kind}_time") for kind in ("call", "chat", "conversation", "session", "contact")
}
"""On which day it began, and where the time of that day stands."""

FLAGS = {
    "isagent": ("agent", "customer"), "fromagent": ("agent", "customer"), "iscreatedbyuser": ("user", "assistant"),
    "isuser": ("user", "assistant"), "isbot": ("bot", "user"), "iscustomer": ("customer", "agent"),
    "fromcustomer": ("customer", "agent"), "isuserutterance": ("user", "assistant"),
}  # fmt: skip
"""Who said it, where a turn only says yes or no to one side."""

OFFSETS = {"beginoffsetmillis": 0.001, "timeoffset": 1.0}
"""Seconds since the conversation began, with the unit."""

ROUNDS = (
    ("user_utterance", "system_utterance"), ("usr.transcript", "sys.sent"), ("transcript", "system_transcript"),
    ("user", "system"), ("user", "assistant"), ("user", "bot"), ("user", "agent"), ("usr", "sys"),
    ("human", "assistant"), ("human", "bot"), ("human", "ai"), ("customer", "agent"), ("question", "answer"),
    ("query", "response"), ("query", "answer"), ("input", "output"), ("prompt", "response"), ("instruction", "output"),
    ("Human", "MOSS"), ("问", "答"), ("用户", "客服"), ("用户", "机器人"), ("顾客", "客服"), ("客户", "客服"),
    ("问题", "回答"),
)  # fmt: skip
"""Both sides of one round in an object: who asks and who answers."""

_MORE = {
    Role.CUSTOMER: ("apprentice", "driver", "prompter", "seeker", "caller", "patient", "inquirer", "questioner",
                    "external", "user1", "client1", "病人", "患者", "求助者", "来电者"),
    Role.AGENT: ("wizard", "expert", "supporter", "helper", "recommender", "doctor", "navigator", "guide", "technician",
                 "internal", "representative", "call center agent", "human agent", "医生", "大夫"),
    Role.BOT: ("automated_agent", "virtual agent", "assistant", "policy", "ivr"),
    Role.SYSTEM: ("action", "kb", "database", "api_call", "supervisor"),
}  # fmt: skip
ROLES = ROLE_VALUES | {normal(word): role for role, words in _MORE.items() for word in words}

QUESTION, ANSWER = "q", "a"


def is_role_word(word: str) -> bool:
    """Whether a speaker is called by what he does and not by a name."""
    key = normal(word)
    return key in ROLES or key in (QUESTION, ANSWER, "问", "答")
