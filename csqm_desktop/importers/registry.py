"""All formats. A new reader is named here and nowhere else.

Readers are loaded when a file may be theirs: most of an import's start would go into readers of other files.
"""

from __future__ import annotations

from functools import cache

from csqm_desktop.importers.kinds import Importer

Importers = tuple[Importer, ...]

_JSON = (b"{", b"[")
_MARKS = b"\xef\xbb\xbf\xff\xfe\xfe\xff\x00 \t\r\n"  # what may stand before the first character


def importers(start: bytes | None = None) -> Importers:
    """The formats of files that begin so, without a beginning all; the first wins among equally sure ones."""
    if start is None:
        return (*_general(), *_objects(), *_texts())
    begins_json = start.lstrip(_MARKS)[:1] in _JSON
    # A copied or stamped chat may begin with a bracket too: [10:02] Anna: hi
    is_json = begins_json and start.lstrip(_MARKS)[1:].lstrip(_MARKS)[:1] in (b"{", b"[", b'"', b"}", b"]")
    return (*_general(), *(_objects() if begins_json else ()), *(() if is_json else _texts()))


@cache
def _general() -> Importers:
    """Tables, binary files, and what is JSON in one export and a table or a text in another."""
    from csqm_desktop.importers import (
        arrow_files,
        delimited,
        dialogues,
        flat_products,
        intercom,
        json_lines,
        json_records,
        names_shapes,
        pairs,
        rasa,
        tweets,
        workbook,
        zendesk,
    )

    return (
        workbook.IMPORTER,
        arrow_files.IMPORTER,
        json_lines.IMPORTER,
        json_records.IMPORTER,
        delimited.IMPORTER,
        dialogues.IMPORTER,
        intercom.IMPORTER,
        pairs.IMPORTER,
        rasa.IMPORTER,
        tweets.IMPORTER,
        zendesk.IMPORTER,
        *names_shapes.IMPORTERS,
        *flat_products.IMPORTERS,
    )


@cache
def _objects() -> Importers:
    """What is always JSON."""
    from csqm_desktop.importers import (
        aliyun,
        bot_logs,
        bot_platforms,
        chat_apps,
        chatgpt,
        chatwoot,
        desk_more,
        desk_others,
        desk_shapes,
        gorgias,
        livechat,
        message_shapes,
        messenger_hooks,
        oasst,
        open_desks,
        openai,
        sharegpt,
        telegram,
        wecom,
    )

    return (
        aliyun.IMPORTER,
        chatgpt.IMPORTER,
        chatwoot.IMPORTER,
        gorgias.IMPORTER,
        livechat.IMPORTER,
        oasst.IMPORTER,
        openai.IMPORTER,
        sharegpt.IMPORTER,
        telegram.IMPORTER,
        wecom.IMPORTER,
        *desk_shapes.IMPORTERS,
        *bot_logs.IMPORTERS,
        *message_shapes.IMPORTERS,
        *chat_apps.IMPORTERS,
        *desk_more.IMPORTERS,
        *open_desks.IMPORTERS,
        *bot_platforms.IMPORTERS,
        *desk_others.IMPORTERS,
        *messenger_hooks.IMPORTERS,
    )


@cache
def _texts() -> Importers:
    """What is never JSON."""
    from csqm_desktop.importers import copied, daily_text, jddc, mail_files, qianniu, stamped, subtitles, whatsapp

    return (
        copied.IMPORTER,
        jddc.IMPORTER,
        mail_files.IMPORTER,
        qianniu.IMPORTER,
        stamped.IMPORTER,
        subtitles.IMPORTER,
        whatsapp.IMPORTER,
        *daily_text.IMPORTERS,
    )
