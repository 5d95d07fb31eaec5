"""The words that exports use: column headers and role values, Chinese and English.

Plain data; how it is used is in ``mapping.py``. Compared after ``normal()``: case, spaces, underscores,
full-width forms and punctuation do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from csqm_desktop.domain.conversation import Role
from csqm_desktop.importers import more_words

_SHORT = 64
_NOISE = re.compile(r"[\s_\-–—()（）\[\]【】:：'\"`*#/\\]+")


def normal(text: str) -> str:
    """``text`` without case, spaces, punctuation and full-width forms."""
    return _remembered(text) if len(text) <= _SHORT else _normal(text)


def _normal(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold().replace("\ufeff", ""))


_remembered = lru_cache(maxsize=8192)(_normal)  # the keys of records come again with every record


# Headers of each field, best first. The neutral layout's own name is always the first.
HEADERS: dict[str, tuple[str, ...]] = {
    "conversation_id": (
        "conversation_id", "会话ID", "会话编号", "会话id", "对话ID", "对话编号", "session_id", "session", "sessionID",
        "chat_id", "ticket_id", "thread_id", "dialog_id", "dialogue_id", "tid", "cid", "会话", "对话", "會話ID",
        "對話ID", "會話編號", "對話編號", "會話", "對話", "工单编号",
        "工单ID", "工单号", "咨询编号", "接待编号", "聊天ID", "conversation", "chat", "ticket", "thread", "dialogue",
        "message_tree_id", "conversation_sid", "conv_id", "call_id", "chatid", "channel_url",
    ),
    "message_id": (
        "message_id", "消息ID", "消息编号", "msg_id", "msgid", "mid", "event_id", "comment_id", "part_id", "记录ID",
        "消息序号", "訊息ID", "訊息編號", "uuid", "log_id", "id", "序号", "编号", "seq",
    ),
    "sent_at": (
        "sent_at", "时间", "发送时间", "消息时间", "sent_time", "send_time", "message_created_at",
        "created_at", "timestamp",
        "msgtime", "msg_time", "message_time", "create_time", "createTime", "chat_time", "聊天时间",
        "对话时间", "创建时间",
        "发言时间", "日期时间", "datetime", "time", "date_time", "comment_date", "sent", "date", "日期", "记录时间",
        "created_time", "created_on", "created_date", "originalarrivaltime",
        "時間", "發送時間", "訊息時間", "傳送時間",
    ),
    "role": (
        "role", "角色", "发送方", "发送者类型", "发送人类型", "发送者角色", "发送人角色", "身份", "消息方向", "方向",
        "sender_type", "author_type", "message_author_type", "sender_role", "speaker_role", "from_type", "user_type",
        "消息来源", "發送方", "身分", "发言方", "identity", "direction", "type", "类型", "speaker", "说话人",
        "message_type",
    ),
    "sender": (
        "sender", "发送人", "发送者", "發送者", "發送人", "傳送者", "发言人", "昵称", "姓名", "author", "from",
        "sender_name", "author_name",
        "nickname",
        "nick", "from_name", "name", "message_author_name", "username", "user_name", "发送人昵称", "发送者昵称",
        "author_id", "sender_id", "from_id", "user", "账号", "发送账号", "客服", "客服昵称", "客服账号", "agent",
        "staff", "买家", "买家昵称", "customer", "visitor",
    ),
    "text": (
        "text", "内容", "消息内容", "內容", "訊息", "訊息內容", "對話內容", "聊天内容", "消息", "对话内容",
        "发送内容", "文本", "message_text",
        "message_body",
        "body", "content", "words", "message", "msg", "utterance", "plain_body", "comment", "正文", "聊天记录",
        "body_text", "message_content", "text_content", "plain_text", "message_html", "body_html",
        "文本内容", "回复内容", "value",
    ),
    "channel": (
        "channel", "ticket_channel", "渠道", "来源渠道", "平台", "platform", "source", "via", "来源", "接入渠道",
        "original_channel",
    ),
    "shop": ("shop", "店铺", "店铺名称", "门店", "shop_name", "store", "store_name", "店名", "商家"),
    "product": ("product", "商品", "商品名称", "sku", "product_name", "商品ID", "item", "sku_id", "商品编号",
                "宝贝", "product_purchased"),
    "order_id": ("order_id", "订单号", "订单", "订单编号", "order", "order_no", "order_number", "订单ID"),
    "rating": ("rating", "customer_satisfaction_rating", "评价", "评分", "满意度", "csat", "score", "星级",
               "satisfaction", "服务评价"),
    "attachments": ("attachments", "附件", "图片", "attachment", "files", "文件", "images", "媒体"),
    "bot_version": ("bot_version", "机器人版本", "bot", "模型版本", "model", "model_version"),
    "intent": ("intent", "ticket_type", "意图", "intent_name", "识别意图", "问题类型"),
    "private": ("private", "内部备注", "私密", "internal", "is_private", "private_note", "内部消息", "是否内部"),
}  # fmt: skip

# Values of a role column.
_ROLE_WORDS: dict[Role, tuple[str, ...]] = {
    Role.CUSTOMER: (
        "customer", "client", "user", "end-user", "enduser", "visitor", "buyer", "guest", "lead", "contact",
        "consumer",
        "member", "human", "requester", "incoming", "inbound", "in", "received", "c2b", "usr", "cust", "shopper",
        "prompter",
        "客户", "顾客", "买家", "用户", "客戶", "顧客", "買家", "用戶", "访客", "消费者", "会员", "客人", "来访者",
        "咨询者", "提问者", "接收",
        "收到",
        "买方", "用户消息", "客户消息", "访客消息", "客户发送", "用户发送", "游客",
    ),
    Role.AGENT: (
        "agent", "staff", "human_agent", "admin", "operator", "employee", "support", "representative", "rep",
        "seller",
        "merchant", "waiter", "service", "csr", "kefu", "teammate", "outgoing", "outbound", "out", "sent", "b2c",
        "customer_service", "assignee", "advisor", "客服", "坐席", "座席", "人工", "人工客服", "人工坐席",
        "人工座席", "卖家", "賣家",
        "商家", "店家", "店铺", "员工", "客服人员", "接待员", "小二", "店小二", "专员", "接待客服", "在线客服",
        "客服消息",
        "客服发送", "发送", "卖方", "运营", "顾问",
    ),
    Role.BOT: (
        "bot", "robot", "assistant", "ai", "chatbot", "virtual_agent", "virtual_assistant", "gpt", "machine", "auto",
        "ai_agent", "ai_bot", "model", "机器人", "機器人", "智慧客服", "智能客服", "智能助手", "智能机器人",
        "机器人客服", "AI客服",
        "AI助手",
        "助手", "店小蜜", "自动回复", "虚拟客服", "客服机器人", "机器人消息", "智能",
    ),
    Role.SYSTEM: (
        "system", "event", "activity", "notification", "notice", "info", "sys", "系统", "系統", "系统消息",
        "系统提示",
        "系统通知",
        "通知", "提示", "事件",
    ),
}  # fmt: skip

ROLE_VALUES: dict[str, Role] = {
    normal(word): role
    for table in (more_words.ROLE_WORDS, _ROLE_WORDS)
    for role, words in table.items()
    for word in words
}

TRUE_WORDS = frozenset({"true", "1", "yes", "y", "t", "是", "内部", "private", "internal", "agents", "note", "对内"})
FALSE_WORDS = frozenset({"", "false", "0", "no", "n", "f", "否", "公开", "public", "external", "all", "对外"})
