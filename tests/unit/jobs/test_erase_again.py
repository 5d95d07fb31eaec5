"""A restored backup does not bring back whom the workspace there had erased."""

import pytest

from csqm_desktop.domain.conversation import RejectedRow, Role
from csqm_desktop.jobs import backup
from csqm_desktop.jobs.backup import BackUp
from csqm_desktop.jobs.base import SilentContext, execute
from csqm_desktop.jobs.erase_customer import EraseCustomer, Subject, preview
from csqm_desktop.jobs.import_chats import ImportChats
from csqm_desktop.store.workspace import DATABASE, Workspace
from tests import builders
from tests.builders import message

SECRETS = ["Xanthippe", "zebrafish", "quokka", "gone-one", "photograph"]


@pytest.fixture
def space(tmp_path):
    made = builders.workspace(tmp_path / "w")
    batch, _ = builders.add(
        made,
        [
            message(1, "kept", sender="Bob", text="hello", role=Role.CUSTOMER),
            message(2, "kept", sender="Li", text="good day"),
            message(1, "gone-one", sender="Xanthippe", text="zebrafish please", role=Role.CUSTOMER),
            message(2, "gone-one", sender="Li", text="your quokka", attachments=("a.png",)),
        ],
    )
    made.batches.reject(batch, [RejectedRow(9, "row_role_unknown", {"value": "x"}, "Xanthippe | zebrafish")])
    (made.folder / "media").mkdir(exist_ok=True)
    (made.folder / "media" / "pic").write_bytes(b"photograph")
    with made.database.transaction() as connection:
        connection.execute("UPDATE attachments SET path = 'media/pic'")
        connection.execute("UPDATE import_batches SET path = '/in/Chat with Xanthippe.txt'")
    builders.random_scores(made)
    yield made
    made.close()


def back_up(space, path):
    return execute(BackUp(space, path), SilentContext()).path


def erase(space, **subject):
    return execute(EraseCustomer(space, preview(space, Subject(**subject))), SilentContext())


def bytes_left(folder, words):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, word) for path in files for word in words if word.encode() in path.read_bytes()]


def there(space):
    rows = space.database.connection().execute("SELECT source_id FROM conversations ORDER BY source_id")
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("subject", "words"),
    [({"customer": "Xanthippe"}, SECRETS), ({"conversations": ("gone-one",)}, SECRETS[2:])],  # rows of nobody stay
)
def test_no_byte_of_an_erased_customer_comes_back(space, tmp_path, subject, words):
    old = back_up(space, tmp_path / "old.zip")
    erase(space, **subject)
    space.close()
    result = backup.restore(old, space.folder)
    assert (result.erased, result.messages) == (1, 2)
    assert bytes_left(space.folder, words) == []
    assert bytes_left(result.moved, words) == []
    with_bob = Workspace.open(space.folder)
    try:
        assert there(with_bob) == ["kept"]
        assert with_bob.audit.first_broken() is None
        actions = with_bob.database.connection().execute("SELECT action FROM audit_log ORDER BY id DESC LIMIT 2")
        assert [row[0] for row in actions] == ["restore", "erase"]
        assert len(with_bob.erased.list()) == 1
        file = tmp_path / "again.csv"
        file.write_text(
            "conversation_id,message_id,sent_at,role,sender,text\n"
            "gone-one,1,2020-09-01T10:00:00+00:00,customer,Xanthippe,zebrafish\n",
            encoding="utf-8",
        )
        assert execute(ImportChats(with_bob, file), SilentContext()).left_out == 1
    finally:
        with_bob.close()


def test_lists_of_two_workspaces_are_kept_beside_each_other(space, tmp_path):
    other = builders.workspace(tmp_path / "other")
    builders.add(other, [message(1, name, sender=name, role=Role.CUSTOMER) for name in ("Ann", "Bob", "Cleo", "Dora")])
    erase(other, customer="Ann")
    copy = back_up(other, tmp_path / "other.zip")
    other.close()
    erase(space, customer="Bob")
    space.close()
    assert backup.restore(copy, space.folder).erased == 1
    restored = Workspace.open(space.folder)
    try:
        assert there(restored) == ["Cleo", "Dora"]
        erase(restored, customer="Cleo")  # under a key of its own, as before
        marks = restored.erased.marks()
        assert [name for name in ("Ann", "Bob", "Cleo", "Dora") if marks.erased_at("customer", name)] == [
            "Ann", "Bob", "Cleo",
        ]  # fmt: skip
    finally:
        restored.close()


def test_what_cannot_be_asked_is_said(space, tmp_path):
    old = back_up(space, tmp_path / "old.zip")
    erase(space, customer="Xanthippe")
    space.close()
    (space.folder / DATABASE).write_bytes(b"no database" * 400)
    assert backup.restore(old, space.folder).erased is None
    assert backup.restore(old, tmp_path / "elsewhere").erased == 0
