"""Tables of texts and classes are told by their headers, and what does not fit is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from csqm_desktop.errors import CsqmError
from csqm_desktop.importers import labelled_table


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "goods.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_columns_and_classes(tmp_path):
    found = labelled_table.read(
        table(tmp_path, 'id,Text,Label\n1,"soft, warm coat",clothes\n2,,food\n3,green tea,food\n')
    )
    assert (found.text_column, found.label_column, found.classes) == ("Text", "Label", ("clothes", "food"))
    assert [(r.row, r.text, r.label) for r in found.rows] == [
        (2, "soft, warm coat", "clothes"),
        (4, "green tea", "food"),
    ]
    assert [(r.row, r.code, r.values["field"]) for r in found.rejected] == [(3, "label_value_missing", "text")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_headers_and_encodings(tmp_path, encoding):
    rows = "".join(f"这是第{i}件商品的描述文字\t{'服装' if i % 2 else '食品'}\n" for i in range(40))
    found = labelled_table.read(table(tmp_path, "商品描述\t类别\n" + rows, encoding))
    assert len(found.rows) == 40
    assert set(found.classes) == {"服装", "食品"}


def test_numbers_are_classes_in_their_order(tmp_path):
    assert labelled_table.read(table(tmp_path, "text,label\na,10\nb,2\nc,0\n")).classes == ("0", "2", "10")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("text,price\na,1\n", "labelled_columns"),
        ("text,label\na,x\nb,x\n", "labelled_classes"),
        ("text,label\n" + "".join(f"t,{c}\n" for c in "abcdef"), "labelled_classes"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, text, code):
    with pytest.raises(CsqmError) as caught:
        labelled_table.read(table(tmp_path, text))
    assert caught.value.code == code


def test_a_chat_is_no_such_table():
    assert labelled_table.looks_like(["Text", "label"])
    assert labelled_table.looks_like(["商品描述", "类别"])
    assert not labelled_table.looks_like(["conversation_id", "text", "role"])
