"""The same number has the same sign everywhere in a workspace, another one elsewhere; models see none."""

import json

import pytest

from csqm_desktop import privacy
from csqm_desktop.jobs import import_chats
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.export_data import ExportData
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.privacy.pseudonyms import Pseudonyms, new_key, plain
from csqm_desktop.scoring.encoding import clean_text
from tests import builders

ROWS = [
    ("c1", "1", "customer", "my phone is 13812345678"),
    ("c2", "1", "customer", "call １３８ 1234 5678 please"),
    ("c3", "1", "customer", "not 13912345678 but +86 13812345678"),
]


def file(path):
    path.write_text(
        "conversation_id,message_id,sent_at,role,sender,text\n"
        + "".join(f"{c},{m},2026-09-01T08:00:00Z,{role},u13812345678,{text}\n" for c, m, role, text in ROWS),
        encoding="utf-8",
    )
    return path


def texts(space):
    rows = space.database.connection().execute("SELECT text, sender FROM messages ORDER BY id").fetchall()
    return [row[0] for row in rows], {row[1] for row in rows}


@pytest.mark.parametrize("processes", [False, True])
def test_one_number_one_sign(tmp_path, monkeypatch, processes):
    monkeypatch.setattr(import_chats, "OWN_PROCESS_BYTES", 0 if processes else 10**9)
    found = []
    for name in ("a", "b"):
        space = builders.workspace(tmp_path / name)
        execute(ImportChats(space, file(tmp_path / "f.csv")), SilentContext())
        found.append(texts(space))
        again = execute(ImportChats(space, file(tmp_path / "g.csv")), SilentContext())
        assert (again.added, again.updated) == (0, 0)
        space.close()
    (first, senders), (other, _) = found
    sign = first[0].removeprefix("my phone is ")
    assert sign.startswith("[phone#")
    assert first[1] == f"call {sign} please"
    assert first[2].endswith(f"but {sign}")
    assert first[2].count("[phone#") == 2
    assert first[2].split()[1] != sign
    assert senders == {f"u{sign}"}
    assert [plain(text) for text in first] == [plain(text) for text in other]
    assert sign not in other[0]
    assert "138" not in json.dumps(first + other)


def test_an_export_gets_signs_of_its_own_when_asked(tmp_path):
    space = builders.workspace(tmp_path / "w")
    execute(ImportChats(space, file(tmp_path / "f.csv")), SilentContext())
    written = []
    for name, fresh in (("a", False), ("b", True), ("c", True)):
        execute(ExportData(space, "conversations", tmp_path / f"{name}.jsonl", fresh_signs=fresh), SilentContext())
        lines = (tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        written.append([json.loads(line)["text"] for line in lines])
    stored, _senders = texts(space)
    space.close()
    assert written[0] == stored
    assert written[1] != written[0] != written[2] != written[1]
    for lines in written:
        assert lines[0].split()[-1] == lines[1].split()[1] == lines[2].split()[-1]


def test_a_workspace_of_an_earlier_release_keeps_bare_placeholders(tmp_path):
    space = builders.workspace(tmp_path / "w")
    space.set_fact("pseudonym_key", "")
    execute(ImportChats(space, file(tmp_path / "f.csv")), SilentContext())
    assert texts(space)[0][0] == "my phone is [phone]"
    space.close()


def test_conversations_named_after_people_cannot_be_guessed(tmp_path):
    lines = [f"2026/9/{day}, 08:0{day} - {who}: hello {day}" for day in (1, 2, 3) for who in ("Ann", "Li Lei")]
    (tmp_path / "WhatsApp Chat with Ann.txt").write_text("\n".join(lines), encoding="utf-8")
    ids = set()
    for name in ("a", "b"):
        space = builders.workspace(tmp_path / name)
        execute(ImportChats(space, tmp_path / "WhatsApp Chat with Ann.txt"), SilentContext())
        ids.add(space.database.connection().execute("SELECT source_id FROM conversations").fetchone()[0])
        space.close()
    assert len(ids) == 2
    assert all(name.startswith("whatsapp-") for name in ids)


def test_signs_are_stable_under_redaction_and_unknown_to_models():
    signs = Pseudonyms(new_key())
    text, counts = privacy.redact("张三 13800138000，邮箱 a@b.cn", signs)
    assert counts == {"name": 1, "phone": 1, "email": 1}
    assert privacy.redact(text, signs) == (text, {})
    assert privacy.redact(text) == (text, {})
    assert clean_text(text) == clean_text("[name] [phone]，邮箱 [email]")
    assert signs.placeholder("phone", "+86 138-0013-8000") == signs.placeholder("phone", "１３８００１３８０００")
    assert signs.placeholder("name", "Ann") != signs.placeholder("account", "Ann")
    assert repr(signs.key) not in repr(signs)
