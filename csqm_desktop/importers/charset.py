"""Which encoding a file is in: byte order mark, strict UTF-8, GB18030, UTF-16, then statistics.

GB18030 decodes nearly any bytes, so decoding alone proves nothing: the decoded text must also look like
Chinese as people write it. A text that fits nothing well is reported as unsure instead of being garbled.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from csqm_desktop.errors import CsqmError

_ENOUGH_LINES = 5
BAD_BYTE = "\udcff"  # stands for bytes that the encoding cannot hold; never occurs in decoded text

CHOICES = (
    "utf-8", "gb18030", "utf-16", "big5", "shift_jis", "euc_jp", "euc_kr", "windows-1252", "iso-8859-1",
)  # fmt: skip
"""Encodings that a person is offered, most likely first."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Supersets: what Windows writes under these names is the larger set.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "utf-8-sig": "utf-8", "utf_8_sig": "utf-8"}
# Python codecs that are not encodings of files, or that run away on large input.
_NOT_FOR_FILES = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "unicode_escape",
                  "raw_unicode_escape"}  # fmt: skip
_MULTIBYTE = {"big5", "big5hkscs", "cp950", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "johab",
              "iso2022_jp", "shift_jisx0213", "shift_jis_2004", "euc_jis_2004"}  # fmt: skip
_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "您请谢客服亲吗呢吧哦啊帮查订单退款货快递物商品买卖店铺员户内容时间角色发送消息话题号码问系统机器坐席"
    "已给您们什么怎麻烦稍等收到付钱元优惠券尺寸质量换修保支持联系电邮件地址姓名评价满意差"
)

# Characters that chats are written in; random bytes read as UTF-16 hit them about every second time.
_WRITTEN = re.compile(
    "[\t\r\n -~\xa0-\u024f\u0370-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1e00-\u1eff\u200b-\u206f\u20a0-\u27bf"
    "\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\ufe00-\ufe0f\uff00-\uffef\U0001f000-\U0001faff]"
)


@dataclass(frozen=True, slots=True)
class Charset:
    """An encoding with the reason for it.

    ``reason`` is one of ``bom``, ``valid`` (the bytes prove it), ``statistics`` and ``chosen``. ``sure`` is
    False when several encodings fit: a person should look at the preview before anything is imported. ``mixed``
    is True when many lines are in another encoding; they are lost, the file is not.
    """

    name: str
    reason: str
    bom: int = 0
    sure: bool = True
    mixed: bool = False


def bom_length(head: bytes) -> int:
    """The length of the byte order mark, 0 when there is none."""
    return next((len(mark) for mark, _ in _BOMS if head.startswith(mark)), 0)


def decoder(name: str) -> codecs.IncrementalDecoder:
    """A decoder that marks bad bytes with ``BAD_BYTE`` and goes on."""
    return codecs.getincrementaldecoder(name)(errors="csqm-mark")


def chosen(name: str, head: bytes) -> Charset:
    """The encoding that a person named; an unknown name is a ``CsqmError``."""
    try:
        info = codecs.lookup(name.strip())
    except (LookupError, ValueError) as error:
        raise CsqmError("import_encoding_name", encoding=name, known=", ".join(CHOICES)) from error
    is_text = getattr(info, "_is_text_encoding", True)
    if not is_text or info.name in _NOT_FOR_FILES or info.incrementaldecoder is None:
        raise CsqmError("import_encoding_name", encoding=name, known=", ".join(CHOICES))
    codec = _SUPERSETS.get(info.name, info.name)
    for mark, mark_codec in _BOMS:
        if head.startswith(mark) and mark_codec.startswith(codec):
            return Charset(mark_codec, "chosen", len(mark))
    if codec in ("utf-16", "utf-32"):
        return Charset(utf16_or_32(head) or f"{codec}-le", "chosen")
    return Charset(codec, "chosen")


def detect(head: bytes, later: bytes = b"") -> Charset:
    """The encoding of a file that starts with ``head``; ``later`` is a sample with bytes beyond ASCII."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Charset(name, "bom", len(mark))
    wide = utf16_or_32(head)
    if wide is not None:
        return Charset(wide, "valid")
    sample = head if not head.isascii() else later
    if not sample and b"\x1b$" not in head:
        return Charset("utf-8", "valid")
    if sample and _is_utf8(sample):
        return Charset("utf-8", "valid")
    if sample and _is_chinese(sample):
        return Charset("gb18030", "valid")
    if sample and _mostly_utf8_lines(sample):
        return Charset("utf-8", "valid", mixed=True)
    return _by_statistics(sample or head)


def utf16_or_32(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by where the zero bytes are; None when it is neither.

    Commas, quotes and line ends are ASCII in any table, so each such character brings zero bytes that are
    all on one side.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name if name.startswith("utf-16") or name.startswith("utf-32") else None
    if b"\x00" not in head[:4096]:
        return None
    whole = head[: len(head) // 4 * 4]
    for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        if _reads_as_text(whole, name):
            return name
    return None


def _reads_as_text(data: bytes, name: str) -> bool:
    """Whether the bytes decode to text with line ends or separators and hardly any control characters."""
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(data[:65536])
    except UnicodeDecodeError:
        return False
    ordinary = sum((ch.isascii() and ch.isprintable()) or ch in "\r\n\t" for ch in text)
    return len(_WRITTEN.findall(text)) * 100 >= len(text) * 97 and ordinary * 20 >= len(text) > 0


def _is_utf8(sample: bytes) -> bool:
    """UTF-8, allowing for a character cut at the end and for a few damaged bytes in a long text.

    Damaged rows are rejected one by one later; treating the file as another encoding would garble all of it.
    """
    text = decoder("utf-8").decode(sample, final=False)
    bad = text.count(BAD_BYTE)
    if bad == 0:
        return True
    good = sum(1 for ch in text if ch > "\x7f") - bad
    return good >= 20 * bad


def _mostly_utf8_lines(sample: bytes) -> bool:
    """Whether most lines beyond ASCII are UTF-8 although others are not: files that were put together from several.

    Hardly a line in another encoding is UTF-8 by chance; the lines of other encodings become rejections.
    """
    lines = [line for line in sample.split(b"\n")[:-1] if not line.isascii()]
    fitting = sum(_decodes(line) for line in lines)
    return fitting >= _ENOUGH_LINES and fitting * 2 > len(lines)


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese(sample: bytes) -> bool:
    """GB18030, with characters that Chinese text is made of rather than rare ones side by side."""
    text = decoder("gb18030").decode(sample[:65536], final=False)
    beyond = [ch for ch in text if ch > "\x7f"]
    bad = text.count(BAD_BYTE)
    if not beyond or bad * 50 > len(beyond):
        return False
    han = [ch for ch in beyond if "\u4e00" <= ch <= "\u9fff"]
    kana = sum("\u3040" <= ch <= "\u30ff" for ch in beyond)
    marks = sum("\u3000" <= ch <= "\u303f" or "\uff00" <= ch <= "\uffef" or "\u2010" <= ch <= "\u2026" for ch in beyond)
    if not han or kana * 10 > len(beyond) or (len(han) + marks) * 10 < len(beyond) * 8:
        return False
    frequent = sum(ch in _FREQUENT for ch in han)
    return frequent * 100 >= len(han) * 15


def _by_statistics(sample: bytes) -> Charset:
    """What charset-normalizer makes of it; ``sure`` only for encodings whose bytes check themselves."""
    from charset_normalizer import from_bytes  # 60 ms that most files do not need

    best = from_bytes(sample[:65536].rsplit(b"\n", 1)[0] or sample[:65536]).best()
    if best is None:
        return Charset("windows-1252", "statistics", sure=False)
    name = codecs.lookup(best.encoding).name
    name = _SUPERSETS.get(name, name)
    sure = name.replace("-", "_") in _MULTIBYTE and best.percent_chaos < 5
    return Charset(name, "statistics", sure=sure)


def _mark(error: UnicodeError) -> tuple[str, int]:
    """The error handler behind ``decoder``."""
    if isinstance(error, UnicodeDecodeError):
        return BAD_BYTE, error.end
    raise error


codecs.register_error("csqm-mark", _mark)
