"""The importers' words as sentences: formats, reasons, fields, roles, kinds of personal data."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from csqm_desktop.errors import QT_TRANSLATE_NOOP
from csqm_desktop.ui.translations import listed

FORMATS = {
    "auto": QT_TRANSLATE_NOOP("Importing", "Recognise automatically"),
    "csv": QT_TRANSLATE_NOOP("Importing", "Table (CSV, TSV)"),
    "xlsx": QT_TRANSLATE_NOOP("Importing", "Excel workbook (XLSX)"),
    "jsonl": QT_TRANSLATE_NOOP("Importing", "JSON lines"),
    "json": QT_TRANSLATE_NOOP("Importing", "JSON"),
    "zendesk": "Zendesk",
    "intercom": "Intercom",
    "chatwoot": "Chatwoot",
    "livechat": "LiveChat",
    "gorgias": "Gorgias",
    "rasa": QT_TRANSLATE_NOOP("Importing", "Rasa tracker"),
    "whatsapp": QT_TRANSLATE_NOOP("Importing", "WhatsApp chat"),
    "qianniu": QT_TRANSLATE_NOOP("Importing", "Qianniu (Taobao) copied chat"),
    "copied": QT_TRANSLATE_NOOP("Importing", "Copied chat (WeChat, web page)"),
    "jddc": QT_TRANSLATE_NOOP("Importing", "JD dialogue file (JDDC)"),
    "aliyun": QT_TRANSLATE_NOOP("Importing", "Aliyun dialogue JSON"),
    "wecom": QT_TRANSLATE_NOOP("Importing", "WeCom archive"),
    "wecomkf": QT_TRANSLATE_NOOP("Importing", "WeCom customer service"),
    "openai": QT_TRANSLATE_NOOP("Importing", "OpenAI messages (JSON lines)"),
    "sharegpt": "ShareGPT",
    "chatgpt": QT_TRANSLATE_NOOP("Importing", "ChatGPT or DeepSeek account export"),
    "amazonconnect": "Amazon Connect",
    "botframework": "Bot Framework",
    "liveperson": "LivePerson",
    "twilio": "Twilio",
    "oasst": QT_TRANSLATE_NOOP("Importing", "Open Assistant trees"),
    "googlechat": "Google Chat",
    "skype": "Skype",
    "teams": "Microsoft Teams",
    "rocketchat": "Rocket.Chat",
    "matrix": "Matrix (Element)",
    "feishu": QT_TRANSLATE_NOOP("Importing", "Feishu (Lark)"),
    "telegrambot": QT_TRANSLATE_NOOP("Importing", "Telegram bot"),
    "facebook": "Facebook",
    "drift": "Drift",
    "papercups": "Papercups",
    "livehelperchat": "Live Helper Chat",
    "tiledesk": "Tiledesk",
    "zulip": "Zulip",
    "mattermost": "Mattermost",
    "kustomer": "Kustomer",
    "reamaze": "Re:amaze",
    "olark": "Olark",
    "jivo": "JivoChat",
    "qiyu": QT_TRANSLATE_NOOP("Importing", "NetEase Qiyu"),
    "lex": "Amazon Lex",
    "dialogflow": "Dialogflow",
    "watson": "IBM watsonx Assistant",
    "tweets": QT_TRANSLATE_NOOP("Importing", "Tweets with replies (table)"),
    "stamped": QT_TRANSLATE_NOOP("Importing", "Chat log (time, name, text on each line)"),
    "pairs": QT_TRANSLATE_NOOP("Importing", "Questions and answers"),
    "dialogues": QT_TRANSLATE_NOOP("Importing", "Dialogue data (turns, often without times)"),
    "telegram": "Telegram",
    "freshdesk": "Freshdesk",
    "freshchat": "Freshchat",
    "helpscout": "Help Scout",
    "hubspot": "HubSpot",
    "crisp": "Crisp",
    "tawk": "Tawk.to",
    "front": "Front",
    "zendeskchat": "Zendesk Chat",
    "sunshine": "Zendesk messaging (Sunshine)",
    "slack": "Slack",
    "discord": "Discord",
    "messenger": "Messenger, Instagram",
    "line": "LINE",
    "kakaotalk": "KakaoTalk",
    "qq": QT_TRANSLATE_NOOP("Importing", "QQ or WeChat record (text)"),
    "tidio": "Tidio",
    "salesforce": "Salesforce",
    "wechat": QT_TRANSLATE_NOOP("Importing", "WeChat backup"),
    "subtitles": QT_TRANSLATE_NOOP("Importing", "Call transcript (VTT, SRT)"),
    "mail": QT_TRANSLATE_NOOP("Importing", "E-mail (mbox, eml)"),
    "voiceflow": "Voiceflow",
    "librechat": "LibreChat",
    "botpress": "Botpress",
    "gladly": "Gladly",
    "dixa": "Dixa",
    "salesiq": "Zoho SalesIQ",
    "zohodesk": "Zoho Desk",
    "jira": "Jira Service Management",
    "easemob": QT_TRANSLATE_NOOP("Importing", "Easemob"),
    "whatsappcloud": QT_TRANSLATE_NOOP("Importing", "WhatsApp cloud calls"),
    "messengerhooks": QT_TRANSLATE_NOOP("Importing", "Messenger and Instagram calls"),
    "linehooks": QT_TRANSLATE_NOOP("Importing", "LINE calls"),
}
REASONS = {
    "layout": QT_TRANSLATE_NOOP("Importing", "it has this product's fields"),
    "headers": QT_TRANSLATE_NOOP("Importing", "its column names are known"),
    "table": QT_TRANSLATE_NOOP("Importing", "it has regular columns, but their names are new"),
    "json_lines": QT_TRANSLATE_NOOP("Importing", "each line is a JSON object"),
    "json_records": QT_TRANSLATE_NOOP("Importing", "it holds a JSON list of records"),
    "workbook": QT_TRANSLATE_NOOP("Importing", "it is a workbook"),
    "turns": QT_TRANSLATE_NOOP("Importing", "it holds conversations turn by turn"),
    "pairs": QT_TRANSLATE_NOOP("Importing", "it holds questions and answers"),
    "ending": QT_TRANSLATE_NOOP("Importing", "only its file name says so"),
    "chosen": QT_TRANSLATE_NOOP("Importing", "you chose it"),
}
ENCODING_REASONS = {
    "bom": QT_TRANSLATE_NOOP("Importing", "the file begins with its mark"),
    "valid": QT_TRANSLATE_NOOP("Importing", "all bytes fit"),
    "statistics": QT_TRANSLATE_NOOP("Importing", "the characters look right"),
    "chosen": QT_TRANSLATE_NOOP("Importing", "you chose it"),
}
FIELDS = {
    "conversation_id": QT_TRANSLATE_NOOP("Importing", "Conversation"),
    "message_id": QT_TRANSLATE_NOOP("Importing", "Message number"),
    "sent_at": QT_TRANSLATE_NOOP("Importing", "Time"),
    "role": QT_TRANSLATE_NOOP("Importing", "Role"),
    "sender": QT_TRANSLATE_NOOP("Importing", "Sender"),
    "text": QT_TRANSLATE_NOOP("Importing", "Text"),
    "channel": QT_TRANSLATE_NOOP("Importing", "Channel"),
    "shop": QT_TRANSLATE_NOOP("Importing", "Shop"),
    "product": QT_TRANSLATE_NOOP("Importing", "Product"),
    "order_id": QT_TRANSLATE_NOOP("Importing", "Order"),
    "rating": QT_TRANSLATE_NOOP("Importing", "Rating"),
    "attachments": QT_TRANSLATE_NOOP("Importing", "Attachments"),
    "bot_version": QT_TRANSLATE_NOOP("Importing", "Bot version"),
    "intent": QT_TRANSLATE_NOOP("Importing", "Intent"),
    "private": QT_TRANSLATE_NOOP("Importing", "Internal note"),
}
ROLES = {
    "customer": QT_TRANSLATE_NOOP("Importing", "Customer"),
    "agent": QT_TRANSLATE_NOOP("Importing", "Agent"),
    "bot": QT_TRANSLATE_NOOP("Importing", "Bot"),
    "system": QT_TRANSLATE_NOOP("Importing", "System"),
}
PERSONAL = {
    "phone": QT_TRANSLATE_NOOP("Importing", "phone number"),
    "email": QT_TRANSLATE_NOOP("Importing", "e-mail address"),
    "id-number": QT_TRANSLATE_NOOP("Importing", "ID number"),
    "bank-card": QT_TRANSLATE_NOOP("Importing", "bank card"),
    "passport": QT_TRANSLATE_NOOP("Importing", "passport"),
    "address": QT_TRANSLATE_NOOP("Importing", "address"),
    "name": QT_TRANSLATE_NOOP("Importing", "name"),
    "account": QT_TRANSLATE_NOOP("Importing", "account"),
    "order-number": QT_TRANSLATE_NOOP("Importing", "order number"),
    "waybill-number": QT_TRANSLATE_NOOP("Importing", "waybill number"),
    "plate": QT_TRANSLATE_NOOP("Importing", "number plate"),
    "link-data": QT_TRANSLATE_NOOP("Importing", "link with personal data"),
    "secret": QT_TRANSLATE_NOOP("Importing", "password or code"),
    "birth-date": QT_TRANSLATE_NOOP("Importing", "date of birth"),
    "network-address": QT_TRANSLATE_NOOP("Importing", "network address"),
}
OUTCOMES = {
    "succeeded": QT_TRANSLATE_NOOP("Importing", "Imported"),
    "failed": QT_TRANSLATE_NOOP("Importing", "Failed, nothing kept"),
    "cancelled": QT_TRANSLATE_NOOP("Importing", "Cancelled, nothing kept"),
    "interrupted": QT_TRANSLATE_NOOP("Importing", "Interrupted, part kept"),
    "undone": QT_TRANSLATE_NOOP("Importing", "Taken back"),
    "": QT_TRANSLATE_NOOP("Importing", "Running"),
}
ENCODINGS = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030 / GBK",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "big5": "Big5",
    "shift_jis": "Shift JIS",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "windows-1252": "Windows-1252",
    "iso-8859-1": "ISO-8859-1",
}
TIMEZONES = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "UTC",
)

_ATTACHED = {
    "copied": QT_TRANSLATE_NOOP("Importing", "{n} copied"),
    "missing": QT_TRANSLATE_NOOP("Importing", "{n} not beside the export"),
    "refused": QT_TRANSLATE_NOOP("Importing", "{n} refused"),
}
_REFUSED = {
    "path": QT_TRANSLATE_NOOP("Importing", "outside the export's folder"),
    "link": QT_TRANSLATE_NOOP("Importing", "a link"),
    "too_large": QT_TRANSLATE_NOOP("Importing", "larger than 25 MB"),
    "not_a_file": QT_TRANSLATE_NOOP("Importing", "no plain file"),
    "unreadable": QT_TRANSLATE_NOOP("Importing", "unreadable"),
}


def word(table: dict[str, str], key: str) -> str:
    """A word of one of the tables above in the language in use; an unknown key stands for itself."""
    return QCoreApplication.translate("Importing", table[key]) if key in table else key


def encoding_name(encoding: str) -> str:
    """An encoding as people know it."""
    return ENCODINGS.get(encoding, encoding.upper())


def masked_text(masked: Mapping[str, int]) -> str:
    """How much personal data of each kind was masked, in words."""
    if not masked:
        return QCoreApplication.translate("Importing", "No personal data found")
    kinds = listed(f"{count:,} × {word(PERSONAL, kind)}" for kind, count in sorted(masked.items()))
    return QCoreApplication.translate("Importing", "Masked: {kinds}").format(kinds=kinds)


def attachments_text(counts: Mapping[str, int]) -> str:
    """What became of the files that messages refer to: counts by ``jobs.media`` outcome and reason."""
    parts = []
    for key, source in _ATTACHED.items():
        if counts.get(key):
            parts.append(QCoreApplication.translate("Importing", source).format(n=f"{counts[key]:,}"))
    reasons = [
        f"{word(_REFUSED, key.removeprefix('refused_'))} {count:,}"
        for key, count in sorted(counts.items())
        if key.startswith("refused_")
    ]
    if reasons:
        parts[-1] += f" ({listed(reasons)})"
    return QCoreApplication.translate("Importing", "Attached files: {parts}.").format(parts=" · ".join(parts))


def file_size(size: int) -> str:
    """A size in bytes as people read it."""
    value = float(size)
    for unit in ("B", "KB", "MB"):
        if value < 1024:
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} GB"
