"""The import job: masked, idempotent, cancelled without a trace, resumed after a crash."""

import io
import sys
from datetime import UTC, datetime

import pytest

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs import message_reading, reading_process
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.jobs.live_store import LiveStore
from tests import builders

NOW = datetime.now(UTC)
SENDERS = ("+86 138 1234 5678", "Li", "13812345678", "li@example.com", "[phone]")
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


def test_numbers_that_senders_are_called_by_count_as_masked(workspace, tmp_path):
    said = [f"c1,{n},2026-09-01T08:0{n}:00Z,customer,{who},hi\n" for n, who in enumerate(SENDERS)]
    result = execute(ImportChats(workspace, chats(tmp_path, said)), SilentContext())
    assert result.masked == {"email": 1, "phone": 2}
    assert workspace.batches.redactions(result.batch_id) == {"email": 1, "phone": 2}
    found = [IncomingMessage(n, "c2", str(n), NOW, Role.CUSTOMER, who, "hi") for n, who in enumerate(SENDERS)]
    assert LiveStore(workspace, "http:shop", "json").store(found).masked == {"email": 1, "phone": 2}


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


class StopWhenReading(SilentContext):
    reading = False

    def progress(self, done, total, stage):
        self.reading = self.reading or stage == "reading"

    def check_cancelled(self):
        if self.reading:
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
    monkeypatch.setattr("csqm_desktop.jobs.message_reading._redact", lambda: lambda *_given: 1 / 0)
    with pytest.raises(CsqmError) as caught:
        execute(ImportChats(workspace, chats(tmp_path, rows(8))), SilentContext())
    assert caught.value.code == "unexpected"
    assert "ZeroDivisionError" in str(caught.value)
    assert workspace.jobs.recent()[0].outcome == "failed"
    assert workspace.conversations.totals().messages == 0


@pytest.fixture
def own_process(monkeypatch):
    """Every file is large enough for a process of its own."""
    monkeypatch.setattr("csqm_desktop.jobs.import_chats.OWN_PROCESS_BYTES", 0)


def test_a_process_of_its_own_reads_the_same(workspace, tmp_path, own_process, monkeypatch):
    path = chats(tmp_path, [*rows(6000), "c9,1,2026-09-01T08:00:00+08:00,customer,Li,call 13812345678\n", "c9,2,bad\n"])
    result = execute(ImportChats(workspace, path), SilentContext())
    assert (result.added, result.rejected, result.masked) == (6001, 1, {"phone": 1})
    assert [(row.row, row.code) for row in result.examples] == [(6003, "row_time_unreadable")]
    assert workspace.batches.rejected(result.batch_id) == list(result.examples)
    other = builders.workspace(tmp_path / "other")
    monkeypatch.setattr("csqm_desktop.jobs.import_chats.OWN_PROCESS_BYTES", 1 << 40)
    execute(ImportChats(other, path), SilentContext())
    query = "SELECT * FROM messages WHERE id < 6001 ORDER BY id"  # what is masked has each workspace's own signs
    both = [[tuple(row) for row in space.database.connection().execute(query)] for space in (workspace, other)]
    assert both[0] == both[1]
    other.close()


def test_errors_and_cancelling_cross_the_process_border(workspace, tmp_path, own_process):
    with pytest.raises(CsqmError) as caught:
        execute(ImportChats(workspace, tmp_path / "absent.csv"), SilentContext())
    assert caught.value.code == "import_missing"
    binary = tmp_path / "a.csv"
    binary.write_bytes(b"%PDF-1.7 x")
    with pytest.raises(CsqmError) as caught:
        execute(ImportChats(workspace, binary), SilentContext())
    assert caught.value.code == "import_binary"
    with pytest.raises(Cancelled):
        execute(ImportChats(workspace, chats(tmp_path, rows(20_000, "x"))), StopWhenReading())
    assert workspace.conversations.totals().messages == 0
    assert workspace.batches.history()[0].outcome == "cancelled"


def test_a_reader_that_dies_is_an_error_and_leaves_nothing(workspace, tmp_path, own_process, monkeypatch):
    code = "import sys; sys.stdin.readline(); sys.exit(3)"
    monkeypatch.setattr("csqm_desktop.jobs.children.command", lambda word: [sys.executable, "-c", code])
    with pytest.raises(CsqmError) as caught:
        execute(ImportChats(workspace, chats(tmp_path, rows(8))), SilentContext())
    assert caught.value.code == "import_reader_died"
    assert workspace.jobs.recent()[0].outcome == "failed"


def test_the_same_file_is_known_and_not_read_again(workspace, tmp_path, monkeypatch):
    path = chats(tmp_path, [*rows(8), "c9,2,bad\n"])
    first = execute(ImportChats(workspace, path), SilentContext())
    monkeypatch.setattr("csqm_desktop.jobs.message_reading.read", lambda request: pytest.fail("read again"))
    again = execute(ImportChats(workspace, path), SilentContext())
    assert (again.added, again.unchanged, again.rejected) == (0, 8, 1)
    assert again.examples == first.examples
    assert again.reasons == first.reasons
    assert workspace.batches.rejected(again.batch_id) == list(first.examples)


@pytest.mark.parametrize("change", ["undo", "delete", "edit", "options", "other"])
def test_the_same_file_is_read_again_when_anything_is_different(workspace, tmp_path, change):
    path = chats(tmp_path, rows(8))
    first = execute(ImportChats(workspace, path), SilentContext())
    expected = (0, 8, 0)
    options = {}
    if change == "undo":
        workspace.batches.roll_back(first.batch_id, "undone")
        expected = (8, 0, 0)
    elif change == "delete":
        with workspace.database.transaction() as connection:
            connection.execute("DELETE FROM messages WHERE id = 3")
        expected = (1, 7, 0)
    elif change == "edit":
        builders.add(workspace, [builders.message(0, "c0", text="edited")])
        expected = (0, 7, 1)
    elif change == "options":
        options = {"timezone": "+05:00"}  # the times of this file have their own
    else:
        other = chats(tmp_path, ["c0,0,2026-09-01T08:00:00Z,customer,Li,changed\n"], "other.csv")
        assert execute(ImportChats(workspace, other), SilentContext()).updated == 1
        expected = (0, 7, 1)
    again = execute(ImportChats(workspace, path, **options), SilentContext())
    assert (again.added, again.unchanged, again.updated) == expected


def test_whoever_redacts_a_portion_it_is_done_once_and_alike(tmp_path, monkeypatch):
    """The reader redacts portions that the redactor has no time for; the redactor leaves them as they are."""
    lines = [f"c{i},{i},2026-09-01T08:00:00Z,customer,Li,我的电话是138{i:08d}\n" for i in range(12)]
    path = chats(tmp_path, [*lines, "c9,1,bad,customer,Li,call 13812345678\n"])
    monkeypatch.setattr(message_reading, "CHUNK", 4)
    request = message_reading.ReadingRequest(path, pseudonym_key=b"k" * 32, keep_originals=True)
    late = iter([False, True, True, False])

    class Out:
        @property
        def full(self):
            return next(late)

    monkeypatch.setattr("sys.stdin", io.StringIO(request.to_json() + "\n"))
    shared = list(reading_process._read_here(Out()))
    assert [portion.clean for portion in shared[1:]] == [False, True, True, False]
    assert "138" not in repr([portion.rows for portion in shared[2:4]])
    assert list(message_reading.redacted(shared)) == list(message_reading.read(request))
    assert "138" not in repr([portion.rows + portion.rejected for portion in message_reading.redacted(shared[1:])])


def test_texts_met_again_outlive_a_change_of_generations(monkeypatch):
    monkeypatch.setattr(message_reading, "KEPT_TEXTS", 3)
    masking = message_reading.Masking()
    looked = []
    plain = message_reading.Masking._redacted
    monkeypatch.setattr(
        message_reading.Masking, "_redacted", lambda self, text: looked.append(text) or plain(self, text)
    )
    for text in ("好的", "1", "2", "3", "好的", "4", "5", "6", "好的", "我的电话是13812345678"):
        masking.text(text)
    assert looked.count("好的") == 1
    assert masking.text("我的电话是13812345678") == "我的电话是[phone]"
    assert masking.take_counts() == {"phone": 2}
