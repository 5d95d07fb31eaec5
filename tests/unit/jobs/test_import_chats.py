"""The import job: masked, idempotent, cancelled without a trace, resumed after a crash."""

import pytest

from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.import_chats import ImportChats
from tests import builders

HEADER = "conversation_id,message_id,sent_at,role,sender,text\n"


@pytest.fixture
def workspace(tmp_path):
    made = builders.workspace(tmp_path / "w")
    yield made
    made.close()


def chats(tmp_path, rows, name="chats.csv"):
    path = tmp_path / name
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def rows(count, conversation="c"):
    return [
        f"{conversation}{i // 4},{i},2026-09-01T08:{i % 60:02d}:00Z,{'bot' if i % 2 else 'customer'},Li,hello {i}\n"
        for i in range(count)
    ]


def test_counts_and_masking(workspace, tmp_path):
    path = chats(tmp_path, [*rows(8), "c9,1,2026-09-01T08:00:00+08:00,customer,Li,call 13812345678\n", "c9,2,bad\n"])
    result = execute(ImportChats(workspace, path), SilentContext())
    assert (result.added, result.rejected) == (9, 1)
    assert result.masked == {"phone": 1}
    stored = workspace.conversations.get(3).messages[0].text
    assert "13812345678" not in stored
    assert workspace.batches.redactions(result.batch_id) == {"phone": 1}
    assert len(workspace.batches.rejected(result.batch_id)) == 1
    assert b"13812345678" not in (tmp_path / "w" / "csqm.sqlite3").read_bytes()


def test_a_dry_run_stores_nothing(workspace, tmp_path):
    result = execute(ImportChats(workspace, chats(tmp_path, rows(8)), dry_run=True), SilentContext())
    assert (result.added, result.batch_id) == (8, None)
    assert workspace.conversations.totals().messages == 0
    assert workspace.batches.history() == []


class StopAfter(SilentContext):
    def __init__(self, calls):
        self.calls = calls

    def check_cancelled(self):
        self.calls -= 1
        if self.calls < 0:
            raise Cancelled


def test_cancel_leaves_the_workspace_as_it_was(workspace, tmp_path):
    execute(ImportChats(workspace, chats(tmp_path, rows(8), "first.csv")), SilentContext())
    with pytest.raises(Cancelled):
        execute(ImportChats(workspace, chats(tmp_path, rows(9000, "x"))), StopAfter(2))
    assert workspace.conversations.totals().messages == 8
    assert workspace.batches.history()[0].outcome == "cancelled"
    assert workspace.jobs.recent()[0].outcome == "cancelled"


def test_a_file_that_breaks_in_the_middle_leaves_the_workspace_as_it_was(workspace, tmp_path, monkeypatch):
    class Broken(SilentContext):
        seen = 0

        def progress(self, done, total, stage):
            self.seen += 1
            if self.seen == 2 and stage == "reading":
                raise CsqmError("import_missing", file="chats.csv")

    with pytest.raises(CsqmError):
        execute(ImportChats(workspace, chats(tmp_path, rows(9000))), Broken())
    assert workspace.conversations.totals().messages == 0
    assert workspace.batches.history()[0].outcome == "failed"


def test_a_bug_becomes_a_sentence_and_an_outcome(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr("csqm_desktop.privacy.redact", lambda text: 1 / 0)
    with pytest.raises(CsqmError) as caught:
        execute(ImportChats(workspace, chats(tmp_path, rows(8))), SilentContext())
    assert caught.value.code == "unexpected"
    assert "ZeroDivisionError" in str(caught.value)
    assert workspace.jobs.recent()[0].outcome == "failed"
    assert workspace.conversations.totals().messages == 0
