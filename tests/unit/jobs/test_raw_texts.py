"""Originals from every way in to their end: kept sealed, taken along by undo and erasure, in no backup or export."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

pytest.importorskip("sqlcipher3")

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.permissions import PersonRole
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import doctor, encryption, import_chats, pasted, raw_texts
from csqm_desktop.jobs.backup import BackUp, restore
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.erase_customer import EraseCustomer, Subject, preview
from csqm_desktop.jobs.export_data import ExportData
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.jobs.labelled_texts import ImportLabelledTexts, scorecard_for
from csqm_desktop.jobs.live_store import LiveStore
from csqm_desktop.jobs.undo_import import UndoImport
from csqm_desktop.jobs.watch_folder import Watch
from csqm_desktop.store import raw_texts as stored
from csqm_desktop.store.workspace import Workspace
from csqm_desktop.vault import unlock
from csqm_desktop.vault.day_keys import DayKeys
from tests import builders

PASS = "correct horse battery"
PHONE = "13812345678"
TEXT = f"please call me at {PHONE}"


@pytest.fixture
def space(tmp_path):
    """An encrypted workspace that keeps originals for a week."""
    keys, key, _code = unlock.new_keys(PASS)
    made = Workspace.create(tmp_path / "w", builders.scorecard(), keys=(keys, key))
    raw_texts.keep_for(made, 7)
    yield made
    made.close()


def export(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["conversation_id", "message_id", "sent_at", "role", "sender", "text"])
        writer.writerows(rows)
    return path


def chat(path, conversation="c1", text=TEXT, message_ids=("1", "2")):
    return export(
        path,
        [conversation, message_ids[0], "2026-09-01 10:00", "customer", "Ann", text],
        [conversation, message_ids[1], "2026-09-01 10:01", "agent", "Shop", "hello there"],
    )


def take(space, path, **options):
    return execute(ImportChats(space, path, **options), SilentContext())


def kept(space):
    """What can be read back, by text as it is stored."""
    rows = space.database.connection().execute("SELECT id, text FROM messages ORDER BY id").fetchall()
    found = {number: space.raw_texts.read(number) for number, _text in rows}
    return {number: text for number, text in found.items() if text is not None}


def bytes_of(folder):
    """Every byte below a folder, what lies inside of backups included."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.append(path.read_bytes())
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    found += [archive.read(name) for name in archive.namelist()]
    return b"\0".join(found)


def code_of(work, *arguments, **options):
    try:
        work(*arguments, **options)
    except CsqmError as error:
        str(error)
        return error.code
    return ""


def test_a_file_keeps_what_it_masked_and_nothing_else(space, tmp_path):
    assert take(space, chat(tmp_path / "a.csv")).masked == {"phone": 1}
    assert kept(space) == {1: TEXT}
    take(space, chat(tmp_path / "b.csv", "c2", message_ids=("", "")))  # ids made up
    assert kept(space) == {1: TEXT, 3: TEXT}
    take(space, chat(tmp_path / "a.csv", text="call 13987654321 instead"))  # an edit
    assert kept(space) == {1: "call 13987654321 instead", 3: TEXT}
    take(space, chat(tmp_path / "a.csv", text="no number any more"))
    assert kept(space) == {3: TEXT}
    assert PHONE.encode() not in bytes_of(space.folder)


def test_large_files_go_through_the_other_processes(space, tmp_path, monkeypatch):
    monkeypatch.setattr(import_chats, "OWN_PROCESS_BYTES", 0)
    take(space, chat(tmp_path / "a.csv"))
    assert kept(space) == {1: TEXT}


def test_off_is_the_default_and_keeps_nothing(tmp_path):
    made = builders.workspace(tmp_path / "w")
    assert code_of(raw_texts.keep_for, made, 7) == "raw_text_plain"
    take(made, chat(tmp_path / "a.csv"))
    assert made.raw_texts.state() == stored.RawState(0, 0, None)
    assert not (made.folder / "originals.keys").exists()
    assert code_of(raw_texts.reveal, made, 1, "wants to know") == "raw_texts_not_kept"
    assert PHONE.encode() not in bytes_of(made.folder)
    made.close()


def test_a_watched_folder_a_paste_and_a_live_message(space, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    space.watched.add(folder)
    chat(folder / "a.csv")
    execute(Watch(space, [folder], settle=0.0, once=True), SilentContext())
    pasted = tmp_path / "pasted.txt"
    pasted.write_text(f"Ann 2026-09-02 10:00:00\n{TEXT}\nshop:Bo 2026-09-02 10:01:00\nhello\n", encoding="utf-8")
    take(space, pasted, shown_as="pasted")
    moment = datetime(2026, 9, 3, tzinfo=UTC)
    live = IncomingMessage(1, "live", "m1", moment, Role.CUSTOMER, "Ann", TEXT)
    LiveStore(space, "http:shop", "json").store([live])
    assert list(kept(space).values()) == [TEXT] * 3
    assert PHONE.encode() not in bytes_of(space.folder)


def test_what_is_known_is_not_kept_longer(space, tmp_path, monkeypatch):
    take(space, chat(tmp_path / "a.csv"))
    now = stored.now_ms()
    monkeypatch.setattr(stored, "now_ms", lambda: now + 6 * stored.DAY_MS)
    export(tmp_path / "b.csv", ["c1", "1", "2026-09-01 10:00", "customer", "Ann", TEXT])
    assert take(space, tmp_path / "b.csv").unchanged == 1
    monkeypatch.setattr(stored, "now_ms", lambda: now + 7 * stored.DAY_MS)
    assert kept(space) == {}
    assert raw_texts.end_due(space) == 1
    assert raw_texts.end_due(space) == 0
    entry = space.database.connection().execute("SELECT action, detail FROM audit_log ORDER BY id DESC").fetchone()
    assert (entry["action"], json.loads(entry["detail"])) == ("purge_raw", {"ended": 1})


def test_undo_takes_originals_also_of_reviewed_messages(space, tmp_path):
    text = f"{TEXT}, says the shop"
    rows = [["c1", str(n), f"2026-09-01 10:0{n}", role, "Ann", text] for n, role in ((1, "customer"), (2, "agent"))]
    batch = take(space, export(tmp_path / "a.csv", *rows)).batch_id
    assert set(kept(space)) == {1, 2}
    space.reviews.submit(builders.review(2))
    assert execute(UndoImport(space, batch), SilentContext()).removed == 1
    assert kept(space) == {}
    assert space.raw_texts.state().kept == 0


def test_erasing_a_customer_takes_their_originals(space, tmp_path):
    take(space, chat(tmp_path / "a.csv"))
    take(space, chat(tmp_path / "b.csv", "c2"))
    found = preview(space, Subject(conversations=("c1",)))
    assert found.counts.originals == 1
    execute(EraseCustomer(space, found), SilentContext())
    assert list(kept(space)) == [3]


def test_backups_and_exports_are_without_them(space, tmp_path):
    take(space, chat(tmp_path / "a.csv"))
    backup = execute(BackUp(space), SilentContext()).path
    execute(ExportData(space, "conversations", tmp_path / "out.jsonl"), SilentContext())
    assert PHONE not in (tmp_path / "out.jsonl").read_text("utf-8")
    assert kept(space) == {1: TEXT}
    space.close()
    result = restore(backup, space.folder, unlock_it=lambda folder: unlock.with_secret(folder, PASS))
    again = Workspace.open(space.folder)
    assert again.raw_texts.state() == stored.RawState(7, 0, None)
    assert again.conversations.totals().messages == 2
    again.close()
    assert not (result.moved / "originals.keys").exists()  # nobody would end them there
    unlock.with_secret(result.moved, PASS)
    aside = Workspace.open(result.moved)
    assert aside.raw_texts.read(1) is None
    aside.close()
    assert PHONE.encode() not in bytes_of(tmp_path / "w")


def test_fewer_days_end_what_is_older_and_none_ends_all(space, tmp_path, monkeypatch):
    take(space, chat(tmp_path / "a.csv"))
    now = stored.now_ms()
    monkeypatch.setattr(stored, "now_ms", lambda: now + 3 * stored.DAY_MS)
    take(space, chat(tmp_path / "b.csv", "c2"))
    assert raw_texts.keep_for(space, 2) == 1
    assert list(kept(space)) == [3]
    assert raw_texts.keep_for(space, 0) == 1
    assert space.raw_texts.state() == stored.RawState(0, 0, None)
    assert not (space.folder / "originals.keys").exists()


def test_without_encryption_there_are_none(space, tmp_path):
    take(space, chat(tmp_path / "a.csv"))
    execute(BackUp(space), SilentContext())
    space.close()
    encryption.decrypt(space.folder, PASS)
    plain = Workspace.open(space.folder)
    assert plain.raw_texts.state() == stored.RawState(0, 0, None)
    assert PHONE.encode() not in bytes_of(plain.folder)
    assert DayKeys(plain.folder).read() == {}
    plain.close()


def test_revealing_needs_a_lead_a_reason_and_is_written_down(space, tmp_path):
    take(space, chat(tmp_path / "a.csv"))
    for role in (PersonRole.LEAD, PersonRole.SUPERVISOR):
        space.people.add(role.value, role, f"words of {role}")
    space.people.sign_in("supervisor", "words of supervisor")
    assert code_of(raw_texts.reveal, space, 1, "wants to know") == "not_allowed"
    assert raw_texts.revealable(space, [1, 2]) == frozenset()
    space.people.sign_in("lead", "words of lead")
    assert raw_texts.revealable(space, [1, 2]) == {1}
    assert code_of(raw_texts.reveal, space, 1, "  x ") == "reveal_reason"
    assert code_of(raw_texts.reveal, space, 2, "to call back") == "raw_text_gone"
    assert raw_texts.reveal(space, 1, f"to call\nback {PHONE}", "somebody else") == TEXT
    rows = space.database.connection().execute("SELECT actor, action, subject, detail FROM audit_log").fetchall()
    (entry,) = [row for row in rows if row["action"] == "reveal"]
    assert (entry["actor"], entry["subject"]) == ("lead", "message 1")
    assert json.loads(entry["detail"]) == {"reason": "to call back [phone]"}
    assert PHONE not in json.dumps([tuple(row) for row in rows])
    assert space.audit.first_broken() is None
    jobs = space.database.connection().execute("SELECT parameters, result FROM jobs").fetchall()
    assert PHONE not in json.dumps([tuple(row) for row in jobs])


def test_without_the_log_there_is_no_text(space, tmp_path, monkeypatch):
    take(space, chat(tmp_path / "a.csv"))
    monkeypatch.setattr(
        space.audit, "append", lambda *_: (_ for _ in ()).throw(CsqmError("disk_full", path="", reason=""))
    )
    assert code_of(raw_texts.reveal, space, 1, "to call back") == "disk_full"


def test_purging_before_the_time_needs_a_lead(space, tmp_path):
    take(space, chat(tmp_path / "a.csv"))
    space.people.add("lead", PersonRole.LEAD, "words of lead")
    space.people.add("rev", PersonRole.REVIEWER, "words of rev")
    space.people.sign_in("rev", "words of rev")
    assert execute(raw_texts.PurgeRawTexts(space), SilentContext()) == raw_texts.PurgeResult(0, 1)
    assert code_of(execute, raw_texts.PurgeRawTexts(space, everything=True), SilentContext()) == "not_allowed"
    assert code_of(raw_texts.keep_for, space, 0) == "not_allowed"
    space.people.sign_in("lead", "words of lead")
    assert execute(raw_texts.PurgeRawTexts(space, everything=True), SilentContext()) == raw_texts.PurgeResult(1, 0)


def test_the_commands(csqm_cli, space, tmp_path, monkeypatch):
    monkeypatch.setenv("CSQM_PASSPHRASE", PASS)
    folder = space.folder
    space.close()
    chat(tmp_path / "a.csv")
    assert csqm_cli("originals", "keep", "5", "-w", folder) == (0, {"days": 5, "ended": 0})
    csqm_cli("import", tmp_path / "a.csv", "-w", folder)
    assert csqm_cli("originals", "show", "-w", folder)[1]["kept"] == 1
    code, found = csqm_cli("reveal", "c1", "1", "--reason", "to call back", "-w", folder)
    assert (code, found["text"]) == (0, TEXT)
    assert (
        csqm_cli("reveal", "c1", "9", "--reason", "to call back", "-w", folder)[1]["error"]["code"] == "message_unknown"
    )
    assert (
        csqm_cli("reveal", "c1", "2", "--reason", "to call back", "-w", folder)[1]["error"]["code"] == "raw_text_gone"
    )
    assert csqm_cli("originals", "purge", "--all", "-w", folder) == (0, {"ended": 1, "kept": 0})


@pytest.fixture
def csqm_cli(monkeypatch):
    """Run a command in this process: exit code and JSON."""
    import sys

    from csqm_desktop import cli

    def run(*words):
        out = io.StringIO()
        monkeypatch.setattr(sys, "argv", ["csqm", *map(str, words), "--json"])
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            code = cli.main()
        return code, json.loads(out.getvalue())

    return run


def test_the_check_up_says_how_many_and_what_is_overdue(space, tmp_path, monkeypatch):
    take(space, chat(tmp_path / "a.csv"))

    def found():
        return [(f.level, f.text) for f in doctor.examine(space.folder, with_model=False) if f.area == "originals"]

    assert found() == [("ok", "1 are kept, each for 7 days")]
    now = stored.now_ms()
    monkeypatch.setattr(stored, "now_ms", lambda: now + 8 * stored.DAY_MS)
    assert [level for level, _text in found()] == ["problem"]
    raw_texts.end_due(space)
    assert found() == [("ok", "0 are kept, each for 7 days")]


class Watching(SilentContext):
    """Looks for a text on the disk each time that a job says how far it is."""

    def __init__(self, folder, words):
        self.folder, self.words, self.looks = folder, words.encode(), 0

    def progress(self, done, total, stage):
        self.looks += 1
        assert self.words not in bytes_of(self.folder)


def test_a_table_of_texts_never_lies_open_beside_an_encrypted_workspace(tmp_path):
    table = tmp_path / "goods.csv"
    lines = [f"a sturdy zebrafish tank {n} for {PHONE},{'good' if n % 2 else 'bad'}" for n in range(60)]
    table.write_text("text,label\n" + "\n".join(lines), encoding="utf-8")
    keys, key, _code = unlock.new_keys(PASS)
    made = Workspace.create(tmp_path / "w", scorecard_for(table), keys=(keys, key))
    raw_texts.keep_for(made, 3)
    context = Watching(made.folder, "zebrafish")
    result = execute(ImportLabelledTexts(made, table), context)
    assert (result.messages.added, result.labels.added, result.messages.masked) == (60, 60, {"phone": 60})
    assert context.looks >= 4
    assert len(kept(made)) == 60
    assert made.batches.history()[0].path == str(table)
    again = execute(ImportLabelledTexts(made, table), context)
    assert (again.messages.added, again.messages.unchanged, again.labels.unchanged) == (0, 60, 60)
    assert b"zebrafish" not in bytes_of(made.folder)
    made.close()


def test_what_is_pasted_is_overwritten_before_it_is_deleted(tmp_path):
    with pasted.as_file(TEXT.encode()) as path:
        other_name = tmp_path / "kept"
        other_name.hardlink_to(path)
        assert path.read_bytes() == TEXT.encode()
    assert not path.exists()
    assert set(other_name.read_bytes()) == {0}
