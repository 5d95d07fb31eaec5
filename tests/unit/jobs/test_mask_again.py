"""Masking the stored texts again: every place, labels kept, scores stale, nothing else touched, no byte left."""

import json

import numpy as np
import pytest

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.domain.masking_rules import MASKING_RULES
from csqm_desktop.errors import Cancelled, CsqmError
from csqm_desktop.jobs.backup import BackUp
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.export_data import ExportBlockedError, ExportData
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.jobs.mask_again import MaskAgain
from csqm_desktop.jobs.raw_texts import keep_for
from csqm_desktop.jobs.undo_import import UndoImport
from csqm_desktop.scoring.encoding import clean_text, text_digest
from csqm_desktop.scoring.vector_cache import VectorCache
from csqm_desktop.store.attachments import names_of
from csqm_desktop.store.connect import connect
from csqm_desktop.store.prepared import content_hash
from csqm_desktop.store.search import Search
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault.unlock import new_keys
from tests import builders
from tests.builders import message, review

PHONE, OTHER, MAIL = "13800138000", "13912345678", "xi.wang@mail.example.com"
SECRETS = (PHONE, OTHER, MAIL)


@pytest.fixture
def space(tmp_path):
    """Texts as rules that knew neither telephones nor mail would have left them."""
    made = builders.workspace(tmp_path / "w")
    batch, _ = builders.add(
        made,
        [
            message(1, "a", text=f"my number is {PHONE}", sender=f"tel {PHONE}"),
            message(2, "a", text="good day", attachments=("a.png", "b.png")),
            message(3, "a", text=f"call {PHONE} please", attachments=("c.png",)),
            message(4, "a", text=f"we call {PHONE}"),
            message(1, "b", text="hello"),
            message(2, "b", text="good day", role=Role.BOT, sender=f"bot {OTHER}", bot_version="2"),
            message(1, "c", text="thank you"),
            message(2, "c", text="bye"),
        ],
    )
    detail = {"value": f"role {MAIL}"}
    made.batches.reject(batch, [RejectedRow(9, "row_role_unknown", detail, f"Ann | {PHONE}")])
    builders.random_scores(made)
    made.reviews.submit(review(4, comment=f"told {PHONE}", better_reply=f"write to {MAIL}", root_causes=(OTHER,)))
    made.reviews.save_draft(2, "Ann", {"comment": f"about {PHONE}", "tone": 1})
    failed = made.jobs.start("import", {"path": "/in/a.csv"})
    made.jobs.finish(failed, "failed", {"code": "x", "values": {"path": f"/in/{OTHER}", "line": f"is {PHONE}"}})
    made.set_fact("masked_by", "0")
    yield made
    made.close()


def column(space, query):
    return [row[0] for row in space.database.connection().execute(query)]


def texts(space):
    return column(space, "SELECT text FROM messages ORDER BY id")


def run(space, **options):
    return execute(MaskAgain(space, "Wu", **options), SilentContext())


def bytes_left(space, *words):
    found = []
    for path in space.folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        found += [(path.name, word) for word in words if word.encode() in data]
    return found


def test_every_place_is_masked_and_no_byte_is_left(space):
    with space.database.transaction() as connection:  # what stays on purpose: the way to a file
        connection.execute("UPDATE jobs SET result = replace(result, ?, 'old')", (f"/in/{OTHER}",))
    assert {word for _name, word in bytes_left(space, *SECRETS)} == set(SECRETS)
    result = run(space)
    assert bytes_left(space, *SECRETS) == []
    assert (result.read, result.messages) == (8, 4)
    assert space.batches.redactions(1) == {"phone": 5}  # as the import's report and a card of an export tell it
    assert result.masked == {"phone": 5}
    assert result.beside == {"reviews": 1, "rejected_rows": 1, "records": 1, "drafts": 1, "causes": 1}
    found = texts(space)
    sign = found[0].removeprefix("my number is ")
    assert sign.startswith("[phone#")
    assert found[2:4] == [f"call {sign} please", f"we call {sign}"]  # the same number, the same sign
    assert column(space, "SELECT sender FROM messages WHERE id = 1") == [f"tel {sign}"]
    assert space.reviews.live(4)[0].review.comment == f"told {sign}"
    assert json.loads(column(space, "SELECT payload FROM drafts")[0]) == {"comment": f"about {sign}", "tone": 1}
    rejected = space.batches.rejected(1)[0]
    assert (rejected.excerpt, rejected.values) == ("[name] | [phone]", {"value": "role [email]"})
    assert Search(space.database).find(PHONE) == []
    assert Search(space.database).problems() == space.database.integrity_problems() == []


def test_paths_in_records_stay_for_finding_the_file(space):
    run(space)
    values = json.loads(column(space, "SELECT result FROM jobs WHERE outcome = 'failed'")[0])["values"]
    assert values == {"path": f"/in/{OTHER}", "line": "is [phone]"}


def test_labels_stay_and_only_scores_of_what_reads_otherwise_go(space):
    labels = space.reviews.labels()
    before = space.database.connection().execute("SELECT count(*) FROM scores").fetchone()[0]
    result = run(space)
    assert space.reviews.labels() == labels
    # both replies of a, whose window or context changed, and the bot whose name did
    assert (before, result.scores) == (4, 3)
    assert set(space.scores.unscored(1)) == {2, 4, 6}
    kept = column(space, "SELECT n FROM rollups WHERE dimension = 'all' OR n = 0")
    assert 0 not in kept
    assert sum(day.n for day in space.aggregates.model_daily(1)) == 1
    assert [row[0] for row in space.database.connection().execute("SELECT sender FROM bot_versions")] == (
        column(space, "SELECT sender FROM messages WHERE role = 'bot'")
    )


def test_what_does_not_change_is_not_written(space):
    with space.database.transaction() as connection:
        connection.execute("CREATE TABLE written (id INTEGER)")
        connection.execute(
            "CREATE TRIGGER note AFTER UPDATE ON messages BEGIN INSERT INTO written VALUES (old.id); END"
        )
    run(space)
    assert column(space, "SELECT id FROM written ORDER BY id") == [1, 3, 4, 6]
    with space.database.transaction() as connection:
        connection.execute("DELETE FROM written")
    again = run(space)
    assert (again.messages, again.beside, again.changed, again.left) == (0, {}, False, ())
    assert column(space, "SELECT id FROM written") == []


def test_hashes_fit_so_that_the_same_messages_are_known_again(space):
    run(space)
    connection = space.database.connection()
    names = names_of(connection, "1,2,3,4,5,6,7,8")
    for row in connection.execute("SELECT * FROM messages").fetchall():
        assert row["content_hash"] == content_hash(
            row["sent_at"], row["role"], row["sender"], row["text"], bool(row["private"]), row["intent"],
            row["bot_version"], names.get(row["id"], ()),
        )  # fmt: skip


def test_reading_the_file_again_changes_nothing(tmp_path, space):
    file = tmp_path / "chats.csv"
    file.write_text(f"conversation_id,role,text,sent_at\nz,customer,call {OTHER},2026-09-01 10:00\n", encoding="utf-8")
    execute(ImportChats(space, file), SilentContext())
    masked = texts(space)[-1]
    with space.database.transaction() as connection:  # as older rules would have left it
        row = connection.execute("SELECT * FROM messages ORDER BY id DESC LIMIT 1").fetchone()
        old = f"call {OTHER}"
        digest = content_hash(row["sent_at"], row["role"], row["sender"], old, False, "", "", ())
        connection.execute("UPDATE messages SET text = ?, content_hash = ? WHERE id = ?", (old, digest, row["id"]))
    run(space)
    assert texts(space)[-1] == masked
    again = execute(ImportChats(space, file), SilentContext())
    assert (again.added, again.unchanged, again.updated) == (0, 1, 0)


def test_an_undone_import_brings_nothing_unmasked_back(space):
    batch, counts = builders.add(space, [message(1, "c", text="thanks a lot")])
    assert counts.updated == 1
    with space.database.transaction() as connection:
        before = json.loads(column(space, "SELECT before FROM message_history")[0]) | {"text": f"it is {PHONE}"}
        connection.execute("UPDATE message_history SET before = ?", (json.dumps(before),))
    assert run(space).beside["earlier_wordings"] == 1
    execute(UndoImport(space, batch), SilentContext())
    row = space.database.connection().execute("SELECT * FROM messages WHERE id = 7").fetchone()
    assert row["text"].startswith("it is [phone#")
    digest = content_hash(row["sent_at"], row["role"], row["sender"], row["text"], False, "", "", ())
    assert row["content_hash"] == digest


def test_an_export_that_was_stopped_goes_out_afterwards(space, tmp_path):
    with pytest.raises(ExportBlockedError) as stopped:
        execute(ExportData(space, "conversations", tmp_path / "a.jsonl"), SilentContext())
    assert stopped.value.code == "export_blocked_older_rules"
    assert "csqm mask-again" in str(stopped.value)
    run(space)
    execute(ExportData(space, "conversations", tmp_path / "a.jsonl"), SilentContext())
    assert PHONE not in (tmp_path / "a.jsonl").read_text(encoding="utf-8")


def test_the_rules_are_noted_at_the_end_only(space):
    assert space.masked_texts.outdated()
    assert run(space, dry_run=True).messages == 4
    assert PHONE in texts(space)[0]
    assert space.masked_texts.outdated()
    with pytest.raises(Cancelled):
        execute(MaskAgain(space), StopAfter(1))
    assert space.masked_texts.outdated()
    run(space)
    assert (space.masked_texts.masked_by, space.masked_texts.outdated()) == (MASKING_RULES, False)
    row = space.database.connection().execute("SELECT * FROM audit_log WHERE action = 'mask_again'").fetchone()
    detail = json.loads(row["detail"])
    assert (row["actor"], detail["messages"], detail["rules_before"], detail["rules"]) == ("Wu", 4, 0, MASKING_RULES)
    assert space.audit.first_broken() is None


def test_a_new_workspace_is_up_to_date_and_an_empty_one_needs_nothing(tmp_path):
    made = builders.workspace(tmp_path / "new", *builders.dialogues())
    assert not made.masked_texts.outdated()
    made.close()
    empty = builders.workspace(tmp_path / "empty")
    empty.set_fact("masked_by", "0")
    assert not empty.masked_texts.outdated()
    empty.close()


class StopAfter(SilentContext):
    """Cancels after so many looks."""

    def __init__(self, looks):
        self.looks = looks

    def check_cancelled(self):
        self.looks -= 1
        if self.looks < 0:
            raise Cancelled


@pytest.mark.parametrize("looks", [1, 3, 5, 8, 11])
def test_cut_off_anywhere_the_next_run_does_the_rest(space, monkeypatch, looks):
    monkeypatch.setattr("csqm_desktop.jobs.mask_again._WRITTEN", 1)
    monkeypatch.setattr("csqm_desktop.jobs.mask_again._ROUND", 2)
    with space.database.transaction() as connection:
        connection.execute("UPDATE jobs SET result = replace(result, ?, 'old')", (f"/in/{OTHER}",))
    try:
        execute(MaskAgain(space), StopAfter(looks))
    except Cancelled:
        assert space.masked_texts.outdated()
    run(space)
    assert bytes_left(space, *SECRETS) == []
    assert Search(space.database).problems() == []


def test_vectors_of_changed_texts_go_and_others_stay(space):
    folder = space.model_store / "cache" / "base"
    joined = f"call {PHONE} please"
    gone = [f"my number is {PHONE}", joined, f"we call {PHONE}"]
    kept = ["hello", "good day", "bye"]
    with VectorCache(folder, 4) as cache:
        keys = [text_digest(clean_text(text)) for text in gone + kept]
        cache.add(keys, np.arange(24, dtype=np.float32).reshape(6, 4))
    assert run(space).vectors == 3
    with VectorCache(folder, 4) as cache:
        assert (cache.find(keys) >= 0).tolist() == [False] * 3 + [True] * 3


def test_vectors_of_turns_joined_of_several_messages_go(space):
    first = [message(1, "t", text=f"it is {MAIL}"), message(3, "t", text="or so", sent_at=builders.START)]
    builders.add(space, [*first, message(4, "t", text="fine")])
    folder = space.model_store / "cache" / "base"
    key = text_digest(clean_text(f"or so it is {MAIL}"))
    with VectorCache(folder, 4) as cache:
        cache.add([key], np.zeros((1, 4), dtype=np.float32))
    assert run(space).vectors == 1


def test_nothing_changes_while_the_model_works(space, monkeypatch):
    monkeypatch.setattr("csqm_desktop.scoring.vector_cache_erasure._WAIT", 0.05)
    with VectorCache(space.model_store / "cache" / "base", 4), pytest.raises(CsqmError) as caught:
        run(space)
    assert caught.value.code == "mask_model_busy"
    assert PHONE in texts(space)[0]


def test_backups_and_exports_that_may_hold_it_are_named(space, tmp_path):
    execute(BackUp(space), SilentContext())
    execute(BackUp(space, tmp_path / "outside.zip"), SilentContext())
    execute(ExportData(space, "conversations", tmp_path / "a.jsonl", override="a test"), SilentContext())
    left = run(space).left
    assert {path.name for path in left} >= {"outside.zip", "a.jsonl"}
    assert len(left) == 3
    assert all(path.exists() for path in left)


def test_a_workspace_without_signs_gets_none(tmp_path):
    made = builders.workspace(tmp_path / "old", message(1, text=f"my number is {PHONE}"))
    with made.database.transaction() as connection:
        connection.execute("DELETE FROM workspace_facts WHERE key = 'pseudonym_key'")
    run(made)
    assert texts(made) == ["my number is [phone]"]
    made.close()


def test_sealed_originals_stay_and_an_encrypted_workspace_is_masked_too(tmp_path, monkeypatch):
    keys, key, _code = new_keys("a passphrase")
    made = Workspace.create(tmp_path / "w", builders.scorecard(), keys=(keys, key))
    keep_for(made, 30)
    file = tmp_path / "chats.csv"
    came = f"call {PHONE} or write to {MAIL}"
    file.write_text(
        f"conversation_id,message_id,role,text,sent_at\nz,1,agent,{came},2026-09-01 10:00\n", encoding="utf-8"
    )
    with builders.older_rules(monkeypatch, lambda text: text.replace(PHONE, "[phone]")):
        execute(ImportChats(made, file), SilentContext())
    assert texts(made) == [f"call [phone] or write to {MAIL}"]
    assert made.raw_texts.read(1) == came
    run(made)
    assert texts(made)[0].startswith("call [phone] or write to [email#")
    assert made.raw_texts.read(1) == came
    made.close()


def test_a_large_database_is_not_rewritten_in_memory(space, monkeypatch):
    monkeypatch.setattr("csqm_desktop.store.erasure._IN_MEMORY", 0)
    said = []
    space.database.connection().set_trace_callback(said.append)
    run(space)
    space.database.connection().set_trace_callback(None)
    at = said.index("VACUUM")
    assert said[at - 1] == "PRAGMA temp_store = FILE"
    assert space.database.connection().execute("PRAGMA temp_store").fetchone()[0] == 2
    assert Search(space.database).find("phone please")


def test_who_reads_for_long_is_waited_for(space):
    """Their view of the database is in the log, old texts included."""
    with space.database.transaction() as connection:
        connection.execute("UPDATE jobs SET result = replace(result, ?, 'old')", (f"/in/{OTHER}",))
    reader = connect(space.database.path, None)
    reading = reader.execute("SELECT text FROM messages")
    reading.fetchone()
    space.database.connection().execute("PRAGMA busy_timeout = 50")
    with pytest.raises(CsqmError) as caught:
        run(space)
    assert caught.value.code == "rewrite_waits"
    assert space.erasure.pending()
    assert space.masked_texts.outdated()
    assert PHONE not in texts(space)[0]
    reading.close()
    reader.close()
    run(space)
    assert bytes_left(space, *SECRETS) == []
    assert not space.erasure.pending()
