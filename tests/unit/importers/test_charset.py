"""Encodings: never silently the wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import base, charset

CHINESE = "会话ID,时间,角色,内容\nc1,2026-09-01 08:00:00,客服,您好，请问有什么可以帮您？\n" * 3
ENGLISH = "conversation_id,sent_at,role,text\nc1,2026-09-01,agent,Hello there\n"
TRADITIONAL = (
    "對話編號,時間,角色,內容\nc1,2026-09-01,客服,您好，請問有什麼可以為您服務的嗎？訂單已經出貨了，謝謝您的耐心等候\n"
    * 5
)
JAPANESE = (
    "会話,時刻,役割,本文\nc1,2026-09-01,担当,お問い合わせありがとうございます。ご注文の商品は本日発送いたしました。\n"
    * 5
)
KOREAN = (
    "대화,시간,역할,내용\nc1,2026-09-01,상담원,안녕하세요 고객님 주문하신 상품은 오늘 발송되었습니다 감사합니다\n" * 5
)
FRENCH = "conversation_id;texte\nc1;Bonjour, le colis a été livré à côté de l'entrée, désolé pour la gêne\n" * 5


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("text", [CHINESE, CHINESE[:60], "内容,客服\n您好,在的\n"])
def test_chinese_comes_back_as_it_was(codec: str, text: str) -> None:
    data = text.encode(codec)
    found = charset.detect(data)
    assert data[found.bom :].decode(found.name) == text
    assert found.sure


@pytest.mark.parametrize("codec", ["ascii", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_english_comes_back_as_it_was(codec: str) -> None:
    data = ENGLISH.encode(codec)
    found = charset.detect(data)
    assert data[found.bom :].decode(found.name) == ENGLISH


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (TRADITIONAL, "big5"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (KOREAN, "euc_kr"), (FRENCH, "cp1252"),
        (FRENCH, "latin-1"), (FRENCH, "mac-roman"), (FRENCH.upper(), "cp850"),
    ],
)  # fmt: skip
def test_other_encodings_are_right_or_unsure(text: str, codec: str) -> None:
    """A wrong guess is allowed only if a person is asked."""
    data = text.encode(codec)
    found = charset.detect(data)
    assert found.name != "gb18030"
    if found.sure:
        assert data.decode(found.name) == text


def test_a_damaged_character_does_not_turn_utf8_into_gb18030() -> None:
    data = (CHINESE * 20).encode()
    for broken in (data[:-4], data[:500] + data[501:], data.replace("客".encode(), b"\xe5\xae", 1)):
        assert charset.detect(broken).name == "utf-8"


def test_text_cut_at_any_byte_keeps_its_encoding() -> None:
    for codec in ("utf-8", "gb18030", "utf-16-le", "utf-16"):
        data = CHINESE.encode(codec)
        expected = charset.detect(data).name
        for size in range(40, len(data)):
            assert charset.detect(data[:size]).name == expected, (codec, size)


def test_random_bytes_are_not_utf16() -> None:
    assert charset.utf16_or_32(bytes(range(256)) * 20) is None
    assert charset.utf16_or_32(b"\x00" * 100) is None


def test_iso2022_is_not_taken_for_ascii() -> None:
    assert charset.detect(JAPANESE.encode("iso2022_jp")).name == "iso2022_jp"


def test_chosen_encodings() -> None:
    assert charset.chosen("GBK", b"").name == "gb18030"
    assert charset.chosen("UTF8", b"\xef\xbb\xbfa").bom == 3
    assert charset.chosen("utf-16", "abc,\n".encode("utf-16-be") * 9).name == "utf-16-be"
    assert charset.chosen("utf-16", "abc".encode("utf-16")).bom == 2
    for name in charset.CHOICES:
        assert charset.chosen(name, b"").reason == "chosen"
    for name in ("", "none", "base64", "idna", "undefined", "unicode_escape", "a\x00b"):
        with pytest.raises(CsqmError) as caught:
            charset.chosen(name, b"")
        assert caught.value.code == "import_encoding_name"


@pytest.mark.parametrize("others", [5, 45])
def test_files_put_together_from_two_encodings_lose_only_the_rows_of_one(tmp_path: Path, others: int) -> None:
    rows = [f"c1,m{n},2026-09-01T08:00:00Z,user,您好请问今天可以发货吗{n}\n" for n in range(100)]
    written = [row.encode("gb18030" if n < others else "utf-8") for n, row in enumerate(rows)]
    path = tmp_path / "a.csv"
    path.write_bytes(b"conversation_id,message_id,sent_at,role,text\n" + b"".join(written))
    codes = [getattr(item, "code", "ok") for item in base.read(path)]
    assert codes == ["row_bytes"] * others + ["ok"] * (100 - others)
