"""csqm search, roles, rejected, and import from standard input."""

import csv
import io
import json
import sys

import pytest

CHAT = "张三 2026-09-01 10:20:33\n怎么退款，电话13812345678\n店:小满 2026-09-01 10:21:01\n马上为您办理退款\n"


@pytest.fixture
def shop(tmp_path, csqm, monkeypatch):
    folder = tmp_path / "shop"
    csqm("init", "--workspace", folder)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CHAT.encode())))
    code, result, err = csqm("import", "-", "-w", folder, "--json")
    assert code == 0, err
    assert (result["files"][0]["added"], result["files"][0]["path"]) == (2, "standard input")
    return folder


def test_search(shop, csqm):
    code, result, _ = csqm("search", "退款", "-w", shop, "--json")
    assert (code, [hit["role"] for hit in result["hits"]]) == (0, ["agent", "customer"])
    assert "[phone#" in result["hits"][1]["text"]
    assert len(csqm("search", "退款", "--replies", "-w", shop, "--json")[1]["hits"]) == 1
    assert csqm("search", "发货", "-w", shop, "--json")[1]["hits"] == []


def test_search_prints_what_explain_wants(shop, csqm):
    hit = csqm("search", "退款", "--replies", "-w", shop, "--json")[1]["hits"][0]
    pair = f"{hit['conversation']} / {hit['source_message_id']}"
    assert pair in csqm("search", "退款", "--replies", "-w", shop)[1]


def test_explain_names_the_message_that_is_no_reply(shop, csqm):
    hit = csqm("search", "退款", "-w", shop, "--json")[1]["hits"][1]
    words = (hit["conversation"], hit["source_message_id"])
    code, result, _ = csqm("explain", *words, "-w", shop, "--json")
    assert (code, result["error"]["code"]) == (1, "message_no_reply")
    assert " / ".join(words) in result["error"]["what"]


def test_roles_are_rehearsed_then_changed(shop, csqm, tmp_path):
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"rules": [{"role": "bot", "prefix": "店"}]}), encoding="utf-8")
    for apply, left in (((), 1), (("--apply",), 1), ((), 0)):
        code, result, _ = csqm("roles", "--mapping", rules, *apply, "-w", shop, "--json")
        assert (code, result["changed"]) == (0, left)


def test_refused_rows_are_listed_and_written(shop, csqm, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("conversation_id,message_id,sent_at,role,sender,text\nc,1,never,bot,B,=1+1\n", encoding="utf-8")
    csqm("import", bad, "-w", shop)
    out = tmp_path / "out.csv"
    code, result, _ = csqm("rejected", "--out", out, "-w", shop, "--json")
    assert (code, [row["code"] for row in result["rejected"]]) == (0, ["row_time_unreadable"])
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["row", "code", "reason", "excerpt"]
    assert rows[1][0] == "2"
    code, result, _ = csqm("rejected", "99", "-w", shop, "--json")
    assert (code, result["error"]["code"]) == (1, "import_batch_missing")
