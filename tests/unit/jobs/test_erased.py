"""An erased customer stays away when their files come again, until somebody lifts that."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from csqm_desktop.domain.conversation import IncomingMessage, Role
from csqm_desktop.domain.permissions import PersonRole
from csqm_desktop.errors import CsqmError
from csqm_desktop.jobs import erased
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.erase_customer import EraseCustomer, Subject, preview
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.jobs.live_store import LiveStore
from csqm_desktop.jobs.undo_import import UndoImport
from csqm_desktop.store import erased as store_erased
from tests import builders

NAME, ORDER = "Xanthippe", "20260917-4711"
NOW = datetime.now(UTC)


@pytest.fixture
def space(tmp_path):
    made = builders.workspace(tmp_path / "w")
    yield made
    made.close()


def chats(path, *rows):
    """A table: conversation, customer, order, when."""
    lines = ["conversation_id,message_id,sent_at,role,sender,text,order_id"]
    for conversation, customer, order, when in rows:
        lines.append(f"{conversation},1,{when.isoformat()},agent,Shop,good day,{order}")
        lines.append(f"{conversation},2,{when.isoformat()},customer,{customer},where is it,{order}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path):
    then = NOW - timedelta(days=9)
    return chats(tmp_path / "a.csv", ("one", NAME, ORDER, then), ("two", "Bob", "", then), ("three", NAME, "", then))


def take(space, path):
    return execute(ImportChats(space, path), SilentContext())


def erase(space, **subject):
    return execute(EraseCustomer(space, preview(space, Subject(**subject))), SilentContext())


def there(space):
    rows = space.database.connection().execute("SELECT source_id FROM conversations ORDER BY source_id")
    return [row[0] for row in rows]


@pytest.mark.parametrize("subject", [{"customer": NAME}, {"conversations": ("one", "three")}])
def test_the_same_file_brings_an_erased_customer_back_only_after_a_lift(space, file, subject):
    assert take(space, file).added == 6
    stub = erase(space, **subject).stub
    again = take(space, file)
    assert (again.added, again.unchanged, again.left_out) == (0, 2, 4)
    assert take(space, file).left_out == 4  # it is not taken for known
    assert space.batches.history()[0].left_out == 4
    assert there(space) == ["two"]
    (found,) = space.erased.list()
    assert found.stub == stub
    assert erased.lift(space, stub, "Ann") == found.marks
    assert space.erased.list() == []
    assert take(space, file).added == 4
    assert there(space) == ["one", "three", "two"]
    row = space.database.connection().execute("SELECT * FROM audit_log WHERE action = 'erasure_lifted'").fetchone()
    assert (row["actor"], row["subject"], json.loads(row["detail"])) == ("Ann", stub, {"marks": found.marks})


def test_what_is_kept_names_nobody(space, file):
    take(space, file)
    erase(space, customer=NAME)
    take(space, file)
    space.close()
    found = b"".join(path.read_bytes() for path in space.folder.rglob("*") if path.is_file())
    assert NAME.encode() not in found
    assert ORDER.encode() not in found
    assert b"three" not in found


def test_a_name_or_an_order_keeps_out_only_what_was_written_before(space, file, tmp_path):
    take(space, file)
    erase(space, customer=NAME)
    early, late = NOW - timedelta(days=1), NOW + timedelta(days=1)
    other = chats(
        tmp_path / "b.csv", ("other-1", NAME, "", early), ("other-2", NAME, "", late), ("one", NAME, "", late)
    )
    assert take(space, other).left_out == 4  # other ids, but written before; and "one" by its id
    assert there(space) == ["other-2", "two"]


@pytest.mark.parametrize("spelled", ["olivia brown", "Olivia  Brown", "ＯＬＩＶＩＡ　ＢＲＯＷＮ", "OLIVIA\u00a0BROWN"])
def test_another_spelling_of_a_name_is_the_same_customer(space, tmp_path, spelled):
    then = NOW - timedelta(days=9)
    take(space, chats(tmp_path / "a.csv", ("one", "Olivia Brown", "", then), ("two", "Olivia Browne", "", then)))
    erase(space, customer="Olivia Brown")
    assert take(space, chats(tmp_path / "b.csv", ("new", spelled, "", then))).left_out == 2
    assert there(space) == ["two"]


def test_marks_of_earlier_releases_are_of_the_name_as_it_was_written(space, file, tmp_path, monkeypatch):
    take(space, file)
    monkeypatch.setattr(store_erased, "_spelled", lambda _kind, name: name)
    erase(space, customer=NAME)
    monkeypatch.undo()
    other = chats(tmp_path / "b.csv", ("new", NAME, "", NOW - timedelta(days=1)))
    assert take(space, other).left_out == 2


def test_an_order_is_known_again_in_another_conversation(space, file, tmp_path):
    take(space, file)
    erase(space, order=ORDER)
    assert there(space) == ["three", "two"]
    early = NOW - timedelta(days=1)
    assert take(space, chats(tmp_path / "b.csv", ("x", "Ann", ORDER, early), ("y", "Bob", "", early))).left_out == 2
    assert there(space) == ["three", "two", "y"]


def test_a_rehearsal_says_it_too_and_an_undo_forgets_it(space, file):
    take(space, file)
    erase(space, customer=NAME)
    rehearsed = execute(ImportChats(space, file, dry_run=True), SilentContext())
    assert (rehearsed.added, rehearsed.left_out) == (2, 4)
    batch = take(space, file).batch_id
    execute(UndoImport(space, batch), SilentContext())
    assert space.batches.history()[0].left_out == 0


def live(number, conversation, sender="Bob"):
    role = Role.CUSTOMER if number % 2 else Role.AGENT
    return IncomingMessage(number, conversation, str(number), NOW, role, sender, f"text {number}")


def test_messages_that_come_by_themselves(space, file):
    take(space, file)
    erase(space, customer=NAME)
    store = LiveStore(space, "http:shop", "json")
    counts = store.store([live(1, "one"), live(2, "new"), live(3, "one"), live(5, "new")])
    assert (counts.added, counts.left_out) == (2, 2)
    assert counts.known == [True, False, True, False]
    assert store.store([live(2, "new"), live(3, "one")]).known == [True, True]
    assert there(space) == ["new", "two"]
    assert space.batches.history()[0].left_out == 3


def test_lifting_needs_a_lead_and_a_stub_that_is_there(space, file):
    take(space, file)
    stub = erase(space, customer=NAME).stub
    for role in (PersonRole.LEAD, PersonRole.SUPERVISOR):
        space.people.add(role.value, role, f"words of {role}")
    for person, name, code in (("supervisor", stub, "not_allowed"), ("lead", "erasure 0", "erasure_unknown")):
        space.people.sign_in(person, f"words of {person}")
        with pytest.raises(CsqmError) as caught:
            erased.lift(space, name)
        assert caught.value.code == code
    assert len(space.erased.list()) == 1


def test_without_erasures_nothing_is_looked_at(space, file, monkeypatch):
    monkeypatch.setattr(erased.LeavingOut, "_look", lambda *_: pytest.fail("looked"))
    assert take(space, file).added == 6
    assert LiveStore(space, "http:shop", "json").store([live(1, "new")]).known == [False]
