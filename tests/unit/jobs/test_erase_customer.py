"""After an erasure no byte of the customer is left, totals change by what was said, everybody else stays."""

import json

import numpy as np
import pytest

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.erase_customer import EraseCustomer, Subject, preview
from csqm_desktop.jobs.export_data import ExportData
from csqm_desktop.scoring.encoding import clean_text, text_digest
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.store.search import Search
from tests import builders
from tests.builders import message, review

WORDS = ["zebrafish", "quokka", "小熊猫饼干"]


@pytest.fixture
def workspace(tmp_path):
    """A customer, Xanthippe, in two conversations, and another one who wrote one of the same texts."""
    made = builders.workspace(tmp_path / "w")
    mine = {"sender": "Xanthippe", "role": Role.CUSTOMER}
    chats = [
        message(1, "kept", sender="Bob", text="hello", role=Role.CUSTOMER),
        message(2, "kept", sender="Li", text="good day"),
        message(1, "gone-one", text=f"{WORDS[0]} please", product="one of a kind", **mine),
        message(2, "gone-one", sender="Li", text=f"your {WORDS[1]}"),
        message(1, "gone-two", text="hello", **mine),
        message(2, "gone-two", sender="Li", text=f"send {WORDS[2]}", attachments=("a.png",)),
    ]
    batch, _ = builders.add(made, chats)
    made.batches.reject(batch, [RejectedRow(9, "row_role_unknown", {"value": "x"}, f"Xanthippe | {WORDS[0]}")])
    with made.database.transaction() as connection:
        connection.execute("UPDATE import_batches SET path = '/in/Chat with Xanthippe.txt'")
    builders.random_scores(made)
    replies = {m.source_id: m.id for c in (2, 3) for m in made.conversations.get(c).messages if m.is_reply}
    made.reviews.submit(review(replies["2"], comment=f"about {WORDS[2]}"))
    made.reviews.save_draft(4, "Ann", {"comment": WORDS[1]})
    (made.folder / "backups" / "old.sqlite3").write_bytes(b"Xanthippe")
    yield made
    made.close()


@pytest.fixture
def cache(workspace):
    folder = workspace.model_store / "cache" / "base"
    with VectorCache(folder, 4) as cache:
        texts = [
            clean_text(t) for t in ("hello", "good day", f"{WORDS[0]} please", f"your {WORDS[1]}", f"send {WORDS[2]}")
        ]
        cache.add([text_digest(text) for text in texts], np.arange(20, dtype=np.float32).reshape(5, 4))
    return folder


def erase(workspace, **options):
    found = preview(workspace, Subject(customer="Xanthippe"))
    return execute(EraseCustomer(workspace, found, "asked by letter", "Wu", **options), SilentContext())


def bytes_left(workspace, *words):
    found = []
    for path in workspace.folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        found += [(path.name, word) for word in words if word.encode() in data]
    return found


def test_no_byte_of_the_customer_is_left(workspace, cache):
    assert bytes_left(workspace, *WORDS, "Xanthippe", "gone-one", "one of a kind")
    erase(workspace)
    assert bytes_left(workspace, *WORDS, "Xanthippe", "gone-one", "gone-two", "one of a kind") == []
    assert Search(workspace.database).find(WORDS[0]) == []
    assert Search(workspace.database).problems() == []
    assert workspace.database.integrity_problems() == []


def test_all_spellings_of_a_name_are_found(workspace):
    builders.add(workspace, [message(1, "gone-three", sender="ＸＡＮＴＨＩＰＰＥ", role=Role.CUSTOMER)])
    rows = [RejectedRow(n, "row_role_unknown", {"value": value}, "x") for n, value in enumerate(["xantHippe", 'a"b'])]
    workspace.batches.reject(1, rows)
    found = preview(workspace, Subject(customer=" xanthippe "))
    assert (found.counts.conversations, found.counts.rejected_rows) == (3, 2)
    assert set(found.called) == {"xanthippe", "Xanthippe", "ＸＡＮＴＨＩＰＰＥ"}
    execute(EraseCustomer(workspace, found), SilentContext())
    assert bytes_left(workspace, "Xanthippe", "xantHippe", "ＸＡＮＴＨＩＰＰＥ") == []


def test_totals_and_sums_change_by_what_was_said(workspace):
    before = workspace.conversations.totals()
    found = preview(workspace, Subject(customer="Xanthippe"))
    assert (found.counts.conversations, found.counts.messages, found.counts.replies) == (2, 4, 2)
    assert (found.counts.scores, found.counts.reviews, found.counts.drafts, found.counts.rejected_rows) == (2, 1, 1, 1)
    execute(EraseCustomer(workspace, found), SilentContext())
    after = workspace.conversations.totals()
    assert (before.messages - after.messages, before.replies - after.replies) == (4, 2)
    daily = workspace.aggregates.model_daily(1)
    assert sum(day.n for day in daily) == 1
    kept = workspace.database.connection().execute("SELECT * FROM rollups ORDER BY 1, 2, 3, 4, 5, 6").fetchall()
    workspace.scores.rebuild_rollups(1)
    anew = workspace.database.connection().execute("SELECT * FROM rollups ORDER BY 1, 2, 3, 4, 5, 6").fetchall()
    assert [tuple(row)[:7] for row in kept] == [tuple(row)[:7] for row in anew]
    assert [tuple(row)[7] for row in kept] == pytest.approx([tuple(row)[7] for row in anew])


def test_only_vectors_that_nobody_else_needs_go(workspace, cache):
    assert erase(workspace).vectors == 3
    with VectorCache(cache, 4) as opened:
        rows = opened.find([text_digest(text) for text in ("hello", "good day", f"your {WORDS[1]}")])
        assert (rows >= 0).tolist() == [True, True, False]
        assert opened.read(rows[:2]).tolist() == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_nothing_is_erased_while_the_model_works(workspace, cache, monkeypatch):
    monkeypatch.setattr("csqm_desktop.scoring.vector_cache_erasure._WAIT", 0.05)
    with VectorCache(cache, 4), pytest.raises(CsqmError) as caught:
        erase(workspace)
    assert caught.value.code == "erase_model_busy"
    assert workspace.conversations.totals().conversations == 3


def test_the_log_says_how_much_and_why_but_not_whom(workspace):
    result = erase(workspace)
    row = workspace.database.connection().execute("SELECT * FROM audit_log WHERE action = 'erase'").fetchone()
    assert (row["actor"], row["subject"]) == ("Wu", result.stub)
    assert json.loads(row["detail"])["messages"] == 4
    assert json.loads(row["detail"])["reason"] == "asked by letter"
    assert workspace.audit.first_broken() is None


def test_earlier_exports_are_named_and_removed_when_wanted(workspace, tmp_path):
    inside = execute(ExportData(workspace, "conversations", workspace.exports / "a.csv"), SilentContext()).path
    outside = execute(ExportData(workspace, "conversations", tmp_path / "b.csv"), SilentContext()).path
    assert set(preview(workspace, Subject(customer="Xanthippe")).exports) == {inside, outside}
    result = erase(workspace, remove_exports=True)
    assert (result.exports, result.left) == (3, (outside,))
    assert list(workspace.exports.iterdir()) == []


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        (Subject(customer="Nobody"), "erase_unknown"),
        (Subject(customer="13812345678"), "erase_unknown"),  # its sign stands for this one number
        (Subject(conversations=("gone-9",)), "erase_unknown"),
    ],
)
def test_who_is_not_meant_is_not_erased(workspace, subject, code):
    with pytest.raises(CsqmError) as caught:
        preview(workspace, subject)
    assert caught.value.code == code


def test_one_conversation_by_its_id(workspace):
    assert preview(workspace, Subject(conversations=("gone-two",))).counts.messages == 2


def test_an_erasure_that_was_cut_off_is_finished_by_the_next_one(workspace, monkeypatch):
    def cut(_store):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("csqm_desktop.store.erasure.ErasureStore.purge", cut)
        with pytest.raises(KeyboardInterrupt):
            erase(workspace)
    assert workspace.conversations.totals().conversations == 1
    assert workspace.database.connection().execute("SELECT action FROM audit_log").fetchone()[0] == "erase"
    with pytest.raises(CsqmError):
        preview(workspace, Subject(customer="Xanthippe"))  # says that nothing is there, and rewrites the file
    assert bytes_left(workspace, *WORDS, "Xanthippe") == []
    assert workspace.fact("purge_pending") == ""
